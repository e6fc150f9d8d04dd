"""External nodes and schedules in diagrams: users that no answer states are left out, what is assumed is marked, and data lakes are inside AWS."""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture import LegendRow, Node
from advisor.architecture.callers import unstated_callers
from advisor.design import Design
from advisor.text import Text, bracketed
from advisor.vocabulary.schedule_expression import SCHEDULE, assumed_zone
from renderers.drawn.graph import Drawing

#: Answers by which there is a caller or a source; where none of them was stated, it is assumed.
_OF_SOURCES = ("source", "event_source")
_OF_CALLERS = ("trigger", "exposure")
_LAKE = "data-lake"
_ASSUMED = Text("assumed", "仮定")
_NO_TIME = Text("Assumed, because no answer states the schedule", "仮定の理由: スケジュールに関する回答がない")
_NO_ZONE = Text("Time zone assumed, because no answer states it", "仮定の理由: タイムゾーンに関する回答がない")
_NO_CALLER = Text("Assumed, because no answer states who the callers are", "仮定の理由: 呼び出し元に関する回答がない")
_NO_SOURCE = Text("Assumed, because no answer states who the sender is", "仮定の理由: 送信元に関する回答がない")


def leave_out_users(drawing: Drawing) -> None:
    """Leave out the requests of users that no answer states, up to the first part on their way, and the users who send no others."""
    for id in unstated_callers(drawing.graph):
        del drawing.edges[id]
    joined = {end for edge in drawing.edges.values() for end in (edge.source, edge.target)}
    for user in drawing.graph.of_service("client"):
        if user.id not in joined:
            del drawing.nodes[user.id]


def settle_outside(drawing: Drawing) -> None:
    """Mark assumed nodes, and place data lakes inside AWS: a lake is a bucket outside the project."""
    for node in [*drawing.nodes.values()]:
        if node.kind == "outside" and node.id in {known.id for known in drawing.graph.nodes}:
            placed = replace(node, group="cloud") if node.service == _LAKE else node
            drawing.nodes[node.id] = placed
            if _assumed(drawing.design, node):
                drawing.nodes[node.id] = _marked(placed)
                _say(drawing, node)


def mark_schedules(drawing: Drawing) -> None:
    """Mark schedules whose time or time zone no answer states."""
    for node in [*drawing.nodes.values()]:
        decided = drawing.design.verdict.subjects.get(node.subject)
        if node.role != "schedule" or decided is None or node.settings.get("set_by_program"):
            continue
        is_assumed = SCHEDULE in decided.known.assumed
        if is_assumed or assumed_zone(decided.known.values):
            drawing.nodes[node.id] = _marked(node)
            _add_row(drawing, node, _NO_TIME if is_assumed else _NO_ZONE)


def _assumed(design: Design, node: Node) -> bool:
    """Return whether an external node is assumed: a caller or an event source that no answer states."""
    if node.service == "client":
        callers = [*_assumptions(design, node, _OF_CALLERS)]
        return bool(callers) and all(callers)
    return node.id.endswith(".source") and any(_assumptions(design, node, _OF_SOURCES))


def _assumptions(design: Design, node: Node, fields: tuple[str, ...]) -> Iterator[bool]:
    """Return, for each subject with an external node, whether one of these answers is assumed."""
    reached = (design.architecture.node(edge.target).subject for edge in design.architecture.leaving(node.id))
    for subject in dict.fromkeys(reached):
        if (decided := design.verdict.subjects.get(subject)) is not None:
            yield not decided.known.assumed.isdisjoint(fields)


def _marked(node: Node) -> Node:
    return replace(node, note=bracketed(node.note, _ASSUMED) if node.note.en else _ASSUMED, is_assumed=True)


def _say(drawing: Drawing, node: Node) -> None:
    """Add the reasons of assumptions to the legend."""
    _add_row(drawing, node, _NO_CALLER if node.service == "client" else _NO_SOURCE)


def _add_row(drawing: Drawing, node: Node, words: Text) -> None:
    """Add a row to the legend, or a part to the row that says the same."""
    for at, row in enumerate(drawing.rows):
        if (row.icon, row.words) == (node.icon, words):
            drawing.rows[at] = replace(row, nodes=(*row.nodes, node.id))
            return
    drawing.rows.append(LegendRow(node.icon, words, (node.id,)))
