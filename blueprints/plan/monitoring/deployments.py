"""The alarms that roll back a release: those on the responses and messages of the replaced service.

An alarm on the service's own metrics cannot be among them: it needs the service's name, and the service its own.
"""

from collections.abc import Iterable, Iterator

from advisor.architecture import Architecture
from advisor.architecture.balancing import is_shared
from blueprints.plan.monitoring.alarms import Alarm
from blueprints.traits import dead_letter_queue

#: What the metrics of failed answers are called: of load balancers and of APIs.
_FAILED_ANSWERS = "5XX"


def rollback_alarms(architecture: Architecture, alarms: Iterable[Alarm], node: str) -> tuple[Alarm, ...]:
    """Return the alarms that detect a faulty new version of the program of a node."""
    entries, queues = set(_entries(architecture, node)), set(_dead_letters(architecture, node))
    return tuple(
        alarm
        for alarm in alarms
        if not alarm.expires
        and (alarm.node in queues or (alarm.node in entries and _shows_failed_answers(architecture, alarm, node)))
    )


def _shows_failed_answers(architecture: Architecture, alarm: Alarm, node: str) -> bool:
    """Return whether an alarm counts failed answers of a node: behind a shared load balancer, those of its target group."""
    if _FAILED_ANSWERS not in alarm.metric.upper():
        return False
    groups = {ref.node for name, ref in alarm.dimensions if name == "TargetGroup"}
    return node in groups if groups else not is_shared(architecture.node(alarm.node))


def _entries(architecture: Architecture, node: str) -> Iterator[str]:
    """Yield the load balancer or API that sends requests to a node, and the API before a load balancer."""
    for edge in architecture.entering(node, "invoke"):
        yield edge.source
        yield from _entries(architecture, edge.source)


def _dead_letters(architecture: Architecture, node: str) -> Iterator[str]:
    """Yield the queues for the messages that a node has failed at."""
    for edge in architecture.entering(node, "consume"):
        for failed in architecture.leaving(edge.source, "dead-letter"):
            if architecture.node(failed.target).service == dead_letter_queue.TRAITS.service:
                yield failed.target
