"""How fast a channel calls its external destinations, and for how long it keeps what waits for them."""

import math
from collections.abc import Mapping
from typing import Any

from advisor.book import DatedBook
from advisor.sizing.service_settings import offers
from advisor.sizing.sized import Sized, Values, rate, seconds
from advisor.verdict.arrivals import RATES
from advisor.vocabulary.channel import CALLED_OVER_HTTPS, DESTINATION_RATE

#: What limits the calls of each service: the rate of an API destination, and the throttle policy of a subscription (read 2026-12-01).
RATE_SOURCES = {
    "eventbridge-bus": "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html",
    "sns": "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.ThrottlePolicy.html",
}
#: A bus keeps an event that was not delivered for at most a day, and tries again at most 185 times (read 2026-12-01).
AGE_S, AGE_SOURCE = 86400, "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"
#: How often a bus calls one destination, unless the quota was raised.
QUOTA = "eb-api-destination-rate"


def kept_rate(stated: float) -> float:
    """Return the rate of calls per second that a service keeps for a stated limit: a whole number, at least 1."""
    return float(max(1, math.floor(stated)))


def stated_rate(values: Mapping[str, Any]) -> float | None:
    """Return the stated limit of the destinations of a channel in calls per second, or None."""
    stated = values.get(DESTINATION_RATE)
    return None if stated is None else float(stated)


def calls_outside(sized: Sized, service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> None:
    """Set the rate at which a bus or a topic calls each destination over HTTPS.

    It is the limit of the destinations if they have one. Otherwise a topic has none, and a bus, which must have one, calls as
    often as messages arrive at the peak, up to the quota; `stated` are the answers that were given.
    """
    if not set(values["destination_kinds"]) & set(CALLED_OVER_HTTPS):
        return
    accepted = stated_rate(values)
    if accepted is not None:
        _accepted(sized, service, accepted)
    elif offers(service, "call_age_s"):
        _as_sent(sized, service, float(values["rate_peak_rps"]) if {*RATES} & stated else None, dated)
    if "calls_per_s" in sized.settings and offers(service, "call_age_s"):
        sized.put(
            "call_age_s", AGE_S, unit="s",
            en="Events above the rate limit wait. EventBridge keeps them for at most {age}, and then sends them to the dead-letter queue.",
            ja="レート制限を超えたイベントは待ち状態になります。EventBridge が保持するのは最長{age}で、その後はデッドレターキューに送ります。",
            source=AGE_SOURCE, age=seconds(AGE_S),
        )  # fmt: skip


def _accepted(sized: Sized, service: str, accepted: float) -> None:
    kept = kept_rate(accepted)
    en, ja = (
        "According to the requirements, each destination accepts at most {stated}",
        "要件では、各宛先が受け付ける上限は{stated}です",
    )
    if kept > accepted:
        en, ja = en + "; the lowest limit that can be set is {kept}.", ja + "。設定できる最小値は{kept}です。"
    elif kept < accepted:
        en, ja = en + "; the limit is set in whole numbers.", ja + "。設定できるのは整数だけです。"
    else:
        en, ja = en + ".", ja + "。"
    sized.put(
        "calls_per_s", int(kept), unit="per_s", en=en, ja=ja, source=RATE_SOURCES[service], stated=rate(accepted, "call"),
        kept=rate(kept, "call"),
    )  # fmt: skip


def _as_sent(sized: Sized, service: str, peak: float | None, dated: DatedBook) -> None:
    """Set a rate for destinations of which no limit is known: the peak, or the quota if no rate is stated or the peak is higher."""
    quota = dated.whole(QUOTA, "per_s", 300)
    if peak is None:
        en = "No rate is stated, so the limit is the default quota of {quota}."
        ja = "レートが回答されていないため、デフォルトのクォータの{quota}とします。"
    elif peak <= quota:
        en = "The peak rate is {peak}. The default quota is {quota}."
        ja = "ピークは{peak}です。デフォルトのクォータは{quota}です。"
    else:
        en = (
            "The peak rate is {peak}, but the default quota is {quota}: request an increase, and then raise this limit."
        )
        ja = "ピークは{peak}ですが、デフォルトのクォータは{quota}です。引き上げを申請し、承認後にこの値を上げてください。"
    sized.put(
        "calls_per_s", quota if peak is None else max(1, min(quota, math.ceil(round(peak, 6)))), unit="per_s",
        en=en + " State a lower limit of the destinations as destination_max_rps.",
        ja=ja + "宛先の上限がこれより低い場合は、destination_max_rps に回答してください。",
        source=RATE_SOURCES[service], quota=rate(quota, "call"), peak=rate(peak or 0, "message"),
    )  # fmt: skip
