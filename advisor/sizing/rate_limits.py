"""Rate limits of the systems that a component calls itself: bounds on parallel work do not keep them, and say so."""

from advisor.sizing.sized import Sized, count, rate, seconds
from advisor.verdict.known import Known

#: The setting of a program that waits for a rate limit: how many of its messages are processed at the same time.
UNPACED = "unpaced_at_once"


def say_unpaced(sized: Sized, consumer: Known, key: str) -> None:
    """Say of a bound on parallel messages, with this key, that it keeps no limit of calls per second."""
    if "rate-limit" not in (consumer.values.get("waits_for") or ()) or key not in sized.grounds:
        return
    at_once, typical = int(str(sized.settings[key])), float(consumer.values["typical_run_s"])
    bound = sized.grounds[key]
    sized.settings[UNPACED] = at_once
    sized.put(
        key, at_once, unit="count", source=bound.source,
        en=bound.reason.en
        + " This setting limits parallel processing, but does not enforce the rate limit: if a message takes {typical}, up to {each} are "
        "processed, and more if the calls are shorter. To stay within the limit, have the program spend at least {at_once} ÷ (allowed "
        "calls per second) seconds on each message: for example, {example} if 2 calls per second are allowed.",
        ja=bound.reason.ja
        + "この設定は並列の処理数の上限であり、レート制限を守るものではありません。1 件の処理時間が{typical}の場合は{each}まで処理し、呼び出しが"
        "短ければさらに増えます。レート制限を守るには、プログラムで待機し、1 件あたり {at_once} ÷（1 秒あたりの呼び出し数の上限）秒以上をかけて"
        "ください。例えば上限が毎秒 2 回なら、1 件あたり{example}以上です。",
        typical=seconds(typical), each=rate(at_once / typical, "message"), at_once=count(at_once),
        example=seconds(at_once / 2),
    )  # fmt: skip
