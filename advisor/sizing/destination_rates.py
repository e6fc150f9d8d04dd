"""How fast a channel calls its external destinations, and for how long it keeps what waits for them."""

import math
from collections.abc import Mapping
from typing import Any

from advisor.sizing.service_settings import offers
from advisor.sizing.sized import Sized, Values, rate, seconds
from advisor.vocabulary.channel import CALLED_OVER_HTTPS, DESTINATION_RATE

#: What limits the calls of each service: the rate of an API destination, and the throttle policy of a subscription (read 2026-12-01).
RATE_SOURCES = {
    "eventbridge-bus": "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html",
    "sns": "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.ThrottlePolicy.html",
}
#: A bus keeps an event that was not delivered for at most a day, and tries again at most 185 times (read 2026-12-01).
AGE_S, AGE_SOURCE = 86400, "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html"


def kept_rate(stated: float) -> float:
    """Return the rate of calls per second that a service keeps for a stated limit: a whole number, at least 1."""
    return float(max(1, math.floor(stated)))


def stated_rate(values: Mapping[str, Any]) -> float | None:
    """Return the stated limit of the destinations of a channel in calls per second, or None."""
    stated = values.get(DESTINATION_RATE)
    return None if stated is None else float(stated)


def calls_outside(sized: Sized, service: str, values: Values) -> None:
    """Set the rate at which a bus or a topic calls each destination over HTTPS, where a limit is stated."""
    stated = stated_rate(values)
    if stated is None or not set(values["destination_kinds"]) & set(CALLED_OVER_HTTPS):
        return
    kept = kept_rate(stated)
    en, ja = "Each destination accepts at most {stated}", "各宛先が受け付ける上限は{stated}です"
    if kept > stated:
        en, ja = en + "; the lowest limit that can be set is {kept}.", ja + "。設定できる最小値は{kept}です。"
    elif kept < stated:
        en, ja = en + "; the limit is set in whole numbers.", ja + "。設定できるのは整数だけです。"
    else:
        en, ja = en + ".", ja + "。"
    sized.put(
        "calls_per_s",
        int(kept),
        unit="per_s",
        en=en,
        ja=ja,
        source=RATE_SOURCES[service],
        stated=rate(stated, "call"),
        kept=rate(kept, "call"),
    )
    if offers(service, "call_age_s"):
        sized.put(
            "call_age_s", AGE_S, unit="s",
            en="Events above the rate limit wait. EventBridge keeps them for at most {age}, and then sends them to the dead-letter queue.",
            ja="レート制限を超えたイベントは待ち状態になります。EventBridge が保持するのは最長{age}で、その後はデッドレターキューに送ります。",
            source=AGE_SOURCE, age=seconds(AGE_S),
        )  # fmt: skip
