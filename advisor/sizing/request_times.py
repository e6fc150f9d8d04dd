"""How long a request takes, for the number of containers that answer the peak, and how many of them one container answers."""

from advisor.architecture import Node
from advisor.sizing.node_updates import number
from advisor.sizing.parallel_messages import REQUESTS_AT_ONCE
from advisor.sizing.sized import Sized, count, seconds
from advisor.text import ASSUMED, Text
from advisor.verdict.known import Known

_RUN, _LONGEST, _RESPONSE, _LATENCY = "typical_run_s", "longest_run_s", "response_s", "latency_ms"
#: A response usually takes half of what it takes at most.
USUALLY = 0.5
KEY = "requests_at_once"
#: Answers about one run, and from which amount on they mean that a container has no room for several: web servers of an ordinary
#: size have less.
_HEAVY = {"vcpu": 2.0, "memory_mib": 4096.0, "gpu": 1.0}


def request_s(facts: Known) -> float | None:
    """Return the time of a request in seconds as the answers bound it, or None if no answer does.

    A stated run time comes first. Otherwise, a request takes half of the stated response time, and no longer than 99% of the
    requests may take.
    """
    values = facts.values
    if not {_RUN, _LONGEST} <= facts.assumed:
        return float(values[_RUN])
    bounds = []
    if values.get(_RESPONSE) is not None and _RESPONSE not in facts.assumed:
        bounds.append(float(values[_RESPONSE]) * USUALLY)
    if values.get(_LATENCY) is not None and _LATENCY not in facts.assumed:
        bounds.append(float(values[_LATENCY]) / 1000)
    return min([float(values[_RUN]), *bounds]) if bounds else None


def said_s(facts: Known) -> Text:
    """Return the time of a request in words, with where it comes from if no run time is stated."""
    known = request_s(facts)
    time = seconds(float(facts.values[_RUN]) if known is None else known)
    if known is None:
        return Text(time.en + ASSUMED.en, time.ja + ASSUMED.ja)
    if {_RUN, _LONGEST} <= facts.assumed:
        return Text(
            f"{time.en} (assumed: half of the stated response time, or the stated latency if this is shorter)",
            f"{time.ja}（応答期限の半分、またはこれより短いレイテンシーの要件の値と仮定）",
        )
    return time


def requests_at_once(facts: Known) -> int:
    """Return how many requests a container answers at the same time: one if it is sized for what one run needs."""
    heavy = any(float(facts.values.get(key) or 0) >= most and key not in facts.assumed for key, most in _HEAVY.items())
    return 1 if heavy else REQUESTS_AT_ONCE


def say_requests_at_once(sized: Sized, at_once: int, copy: Text) -> None:
    """Set how many requests a container answers at the same time, if it is not the usual number."""
    if at_once != REQUESTS_AT_ONCE:
        sized.put(
            KEY, at_once, unit="count", source="", copy=copy, usual=count(REQUESTS_AT_ONCE),
            en=(
                "The requirements state the CPU or memory of one run, and a {copy} is sized for it. It therefore answers one request at "
                "a time; other {copy}s answer {usual}."),
            ja=(
                "1 件の処理に必要な CPU またはメモリが要件にあり、{copy}の大きさはそれに合わせてあります。そのため、1 つの{copy}が同時に処理するのは "
                "1 件です（指定がない場合は {usual} 件）。"),
        )  # fmt: skip


def requests_of(node: Node) -> int:
    """Return how many requests a container of a node answers at the same time, as its sizing has set it."""
    return int(number(node, KEY, REQUESTS_AT_ONCE))
