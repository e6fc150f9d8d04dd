"""A sheet as an architecture: a part of the whole, with references to the sheets on which its flow goes on."""

from dataclasses import replace

from advisor.architecture import Architecture, Edge, LegendRow, Node
from advisor.architecture.numbering import renumbered
from advisor.text import EMPTY, Text
from renderers.sheets.context import content, encryption, loose
from renderers.sheets.division import Unit
from renderers.words import shown_note

#: Roles of what a flow passes: it goes on wherever else they are drawn.
_PASSED = ("messaging", "buffer", "entry", "delivery")
_MOST_REFERENCES = 4


def part_of(
    architecture: Architecture, groups: list[list[Unit]], number: int, *, has_own_steps: bool = True
) -> Architecture:
    """Return the architecture on a sheet (counted from 1), its steps numbered from 1 in its own flow, or as in the whole."""
    ids, shown = content(architecture, groups[number - 1])
    alone = loose(architecture, groups, number)
    protecting = encryption(architecture, alone)
    ids |= alone | {edge.target for edge in protecting}
    shown |= {edge.id for edge in protecting}
    edges = tuple(edge for edge in architecture.edges if edge.id in shown)
    earlier = {id for group in groups[: number - 1] for id in content(architecture, group)[0]}
    sheets = [_Sheet(architecture, group) for group in groups]
    nodes = tuple(
        replace(node, note=referred(shown_note(node), _elsewhere(node, sheets, number)))
        for node in architecture.nodes
        if node.id in ids
    )
    return replace(
        architecture,
        nodes=nodes,
        edges=renumbered(nodes, edges) if has_own_steps else edges,
        rows=_rows(architecture, ids, earlier),
    )


def _rows(architecture: Architecture, ids: set[str], earlier: set[str]) -> tuple[LegendRow, ...]:
    """Return the rows of the legend about parts of a sheet; what a view says about a part is said on its first sheet only."""
    told = earlier if architecture.view != EMPTY else set[str]()
    return tuple(row for row in architecture.rows if {*row.nodes} & ids - told)


class _Sheet:
    """The components, nodes and connections of a sheet."""

    def __init__(self, architecture: Architecture, group: list[Unit]) -> None:
        self.subjects = {unit.subject for unit in group}
        self.nodes, shown = content(architecture, group)
        self.edges: list[Edge] = [edge for edge in architecture.edges if edge.id in shown]

    def writes(self, node: Node) -> bool:
        """Tell whether something is written to a store on this sheet."""
        return any(edge.target == node.id and edge.verb != "read" for edge in self.edges)

    def hands_on(self, node: Node) -> bool:
        """Tell whether a store hands its changes on to something on this sheet."""
        return any(edge.source == node.id and edge.flow in ("sync", "async") for edge in self.edges)


def _elsewhere(node: Node, sheets: list[_Sheet], number: int) -> list[int]:
    """Return the other sheets on which the flow goes on from a node; data and helpers are shared by many."""
    here = sheets[number - 1]
    others = {n: sheet for n, sheet in enumerate(sheets, 1) if n != number and node.id in sheet.nodes}
    if node.kind == "outside":
        return []
    if node.role == "compute":
        return [n for n, sheet in others.items() if node.subject in sheet.subjects]
    if node.role in _PASSED:
        return list(others)
    if node.role == "store" and here.hands_on(node):
        return [n for n, sheet in others.items() if sheet.writes(node) and not sheet.hands_on(node)]
    if node.role == "store" and here.writes(node):
        return [n for n, sheet in others.items() if sheet.hands_on(node)]
    return []


def referred(note: Text, sheets: list[int]) -> Text:
    """Return the note of a node with the numbers of sheets."""
    if not sheets:
        return note
    listed = ", ".join(map(str, sheets[:_MOST_REFERENCES]))
    en, ja = f"sheet {listed}", f"シート {listed}"
    if note == EMPTY:
        return Text(en, ja)
    return Text(f"{note.en}, {en}", f"{note.ja}（{ja}）")
