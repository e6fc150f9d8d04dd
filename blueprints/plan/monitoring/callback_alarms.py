"""Alarms of the endpoints that take the answers to callbacks: an answer that is refused keeps a run waiting.

The outside system may sign with a wrong secret, or answer late or in a wrong form. Its operator sees the status, and the operator of
the workload only the run that times out, days later. Answers are few, so one that is refused is enough.
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import is_shared
from advisor.text import Text
from blueprints.plan.monitoring.alarms import Alarm, alarm_of, measured, shown_in_alarms
from blueprints.traits import AlarmRule, traits_of_node
from blueprints.traits.callbacks import RESUME

_WORDS = Text(
    "{}: refused answers to callbacks (4xx); a wrong signature, a late answer or a wrong form. The log of the function says which",
    "{}: コールバックへの回答を拒否した（4xx）。署名の誤り、期限切れ、または形式の誤りで、関数のログで確認できる",
)


def callback_alarms(architecture: Architecture, names: Mapping[str, str]) -> Iterator[Alarm]:
    """Yield an alarm for each endpoint of callbacks that has a metric of its own for refused requests."""
    programs = dict.fromkeys(edge.source for edge in architecture.edges if edge.verb == RESUME)
    for program in map(architecture.node, programs):
        entries = [architecture.node(edge.source) for edge in architecture.entering(program.id, "invoke")]
        for node in filter(None, (_counting(entry, program) for entry in entries)):
            yield _alarm(architecture, names, node)


def _counting(entry: Node, program: Node) -> Node | None:
    """Return the node whose metric counts what an entry refuses: its function where the entry has no metrics."""
    node = program if measured(entry) is None else entry
    metrics = traits_of_node(node).metrics
    # What a shared load balancer refuses may have been sent to others.
    return node if metrics is not None and metrics.refused and not is_shared(entry) else None


def _alarm(architecture: Architecture, names: Mapping[str, str], node: Node) -> Alarm:
    metrics, known = traits_of_node(node).metrics, measured(node)
    assert metrics is not None
    assert known is not None
    rule = AlarmRule("RefusedAlarm", metrics.refused, "Sum", 0, _WORDS)
    return alarm_of(node, names[node.id], *known, rule, shown_in_alarms(architecture, node))
