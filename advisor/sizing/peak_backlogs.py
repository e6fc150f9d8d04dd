"""How long the oldest message of a queue waits at the stated peak, so that no alarm rings at what was planned.

A consumer that scales follows a peak only after some minutes, and one whose limit is below the peak works off the rest
after it.
"""

from advisor.architecture import Node
from advisor.sizing.batches import arrivals
from advisor.sizing.node_updates import QUEUES, NodeUpdates, number
from advisor.sizing.parallel_messages import at_once_of
from advisor.sizing.sized import Sized

#: How long a peak is taken to last, as no answer says it.
PEAK_S = 3600
#: Until more tasks work: the policy acts on the metric of some minutes, and tasks need some to start. An assumption, not measured.
SCALES_S = 300
#: A message is never planned to wait for longer than this share of its retention.
_OF_RETENTION = 0.5


def set_peak_wait(updates: NodeUpdates, queue: Node) -> None:
    """Set how long the oldest message of a queue waits at the stated peak: nothing if all are taken as they arrive."""
    if queue.service not in QUEUES:
        return
    consumers = [
        updates.nodes[edge.target] for edge in updates.edges if edge.source == queue.id and edge.verb == "consume"
    ]
    waits = max((_waits_s(updates, queue, one) for one in consumers if one.subject in updates.facts), default=0.0)
    if waits > 0:
        kept = number(queue, "retention_s", 345_600)
        sized = Sized()
        sized.settings["peak_wait_s"] = round(min(waits, kept * _OF_RETENTION))
        updates.change(queue, sized)


def _waits_s(updates: NodeUpdates, queue: Node, consumer: Node) -> float:
    facts, channel = updates.facts_of(consumer), updates.facts_of(queue)
    if not facts.rated and not channel.rated:
        return 0.0
    peak, typical = arrivals(facts, channel)[1], float(facts.values["typical_run_s"])
    least, most = _at_once(consumer)
    if not most or not typical:
        return 0.0
    starts = SCALES_S if least < most and peak * typical > least else 0.0
    return starts + PEAK_S * max(0.0, peak * typical / most - 1)


def _at_once(consumer: Node) -> tuple[float, float]:
    """Return how many messages a consumer processes at once, with its first copies and with all that it may have."""
    if consumer.service.startswith("lambda"):
        most = number(consumer, "max_concurrency")
        return most, most
    least, each = number(consumer, "desired_count"), at_once_of(consumer)
    return least * each, max(least, number(consumer, "most_tasks")) * each
