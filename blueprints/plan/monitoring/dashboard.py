"""The dashboard: the state of all alarms, and the key metrics of each part by service.

A service whose traits state no curves shows what its alarms watch, so nothing that is watched is missing.
"""

from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import is_shared
from advisor.text import Text
from blueprints.plan.monitoring.alarms import Alarm, measured
from blueprints.traits import traits_of_node
from blueprints.values.reference import Ref

ALARMS_TITLE = Text("Alarms", "アラーム")
#: Widgets stand two in a row on a grid of 24 columns, below the alarms.
COLUMNS, WIDTH, HEIGHT, ALARMS_HEIGHT = 24, 12, 6, 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a graph: a metric and its statistic; `right` selects the right axis."""

    namespace: str
    metric: str
    dimensions: tuple[tuple[str, Ref], ...]
    statistic: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Widget:
    """One graph: the node that it shows, its title and its lines."""

    node: str
    title: Text
    lines: tuple[Line, ...]


def widgets_of(architecture: Architecture, alarms: tuple[Alarm, ...]) -> tuple[Widget, ...]:
    """Return the graphs of all nodes that are watched, in the order of the nodes."""
    widgets = []
    for node in architecture.nodes:
        watched = [alarm for alarm in alarms if alarm.node == node.id]
        lines = _lines(node, watched) if watched else ()
        if lines:
            widgets.append(Widget(node.id, Text(_called(node, "en"), _called(node, "ja")), lines))
    return tuple(widgets)


def _called(node: Node, lang: str) -> str:
    if is_shared(node):
        return f"{node.title.en} · {node.note.en}" if lang == "en" else f"{node.title.ja} · {node.note.ja}"
    title, name = (node.title.en, node.own_name.en) if lang == "en" else (node.title.ja, node.own_name.ja)
    return f"{title} · {name or node.subject}"


def _lines(node: Node, watched: list[Alarm]) -> tuple[Line, ...]:
    measurement, metrics = measured(node), traits_of_node(node).metrics
    if measurement is None or metrics is None or not metrics.left:
        own = [Line(alarm.namespace, alarm.metric, alarm.dimensions, alarm.statistic) for alarm in watched]
        return tuple(dict.fromkeys(own))
    namespace, dimensions = measurement
    return (
        *(Line(namespace, metric.metric, dimensions, metric.statistic) for metric in metrics.left),
        *(Line(namespace, metric.metric, dimensions, metric.statistic, right=True) for metric in metrics.right),
    )
