"""An overview that is too large for a page, as an overview of groups of sheets, each of which has an overview of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Edge, Flow, Node
from advisor.text import Lang, Text
from renderers.sheets.division import Unit
from renderers.sheets.overview import SHEET, named, sheet_of

#: The numbers of the sheets of a group.
Chapter = range


def shared_out(sheets: int, count: int, first: int) -> dict[int, Chapter]:
    """Return so many groups of about the same number of sheets, in their order; the keys number their overviews."""
    return {first + n: range(1 + n * sheets // count, 1 + (n + 1) * sheets // count) for n in range(count)}


def name_of(chapter: Chapter, lang: Lang) -> str:
    """Return the name of the overview of a group of sheets."""
    said = _heading(chapter)
    return f"Overview of {said.en[0].lower()}{said.en[1:]}" if lang == "en" else f"{said.ja}の概要"


def _heading(chapter: Chapter) -> Text:
    first, last = chapter[0], chapter[-1]
    if first == last:
        return Text(f"Sheet {first}", f"シート {first}")
    return Text(f"Sheets {first}–{last}", f"シート {first}〜{last}")


@dataclass(frozen=True)
class Chapters:
    """The sheets of an architecture in groups; the keys are the numbers of the overviews of these."""

    architecture: Architecture
    groups: list[list[Unit]]
    found: Mapping[int, Chapter]

    def whole(self, overview: Architecture) -> Architecture:
        """Return an overview with one node for each group."""
        return self._joined(overview, {node.id: self._number(node.id) for node in overview.nodes})

    def part(self, overview: Architecture, number: int, *, is_alone: bool) -> Architecture:
        """Return what an overview shows of one group and of what is connected to it.

        Of the other groups each is one node, or left out where the group is shown alone.
        """
        own = {node.id for node in overview.nodes if self._number(node.id) == number}
        merged = {node.id: None if node.id in own else self._number(node.id) for node in overview.nodes}
        ways_in = {edge.source for edge in overview.edges if edge.target in own} & self._inside(overview)
        edges = tuple(edge for edge in overview.edges if {edge.source, edge.target} & own or edge.target in ways_in)
        if is_alone:
            edges = tuple(edge for edge in edges if {merged[edge.source], merged[edge.target]} == {None})
        near = own | {end for edge in edges for end in (edge.source, edge.target)}
        nodes = tuple(node for node in overview.nodes if node.id in near)
        return self._joined(replace(overview, nodes=nodes, edges=edges, rows=()), merged)

    def _inside(self, overview: Architecture) -> set[str]:
        """Return what an overview shows of entry points and load balancers: what comes first is what calls them."""
        return {node.id for node in overview.nodes if node.kind != "outside" and node.role in ("entry", "delivery")}

    def _number(self, id: str) -> int | None:
        """Return the number of the overview of the group with the sheet that a node stands for."""
        sheet = sheet_of(id)
        return next((number for number, chapter in self.found.items() if sheet in chapter), None) if sheet else None

    def _joined(self, overview: Architecture, merged: Mapping[str, int | None]) -> Architecture:
        """Return an overview in which nodes of the same group are one, with one connection for each kind of flow."""
        homes = {id: id if number is None else f"{SHEET}{number}" for id, number in merged.items()}
        nodes: dict[str, Node] = {}
        for node in overview.nodes:
            nodes.setdefault(homes[node.id], self._node(node, homes[node.id], merged[node.id]))
        edges: dict[tuple[str, str, Flow], Edge] = {}
        for edge in overview.edges:
            source, target = homes[edge.source], homes[edge.target]
            if source != target:
                id = f"{source}>{edge.flow}>{target}"
                edges.setdefault((source, target, edge.flow), replace(edge, id=id, source=source, target=target))
        return replace(overview, nodes=tuple(nodes.values()), edges=tuple(edges.values()))

    def _node(self, node: Node, home: str, number: int | None) -> Node:
        if number is None:
            return node
        chapter = self.found[number]
        units = [unit for sheet in chapter for unit in self.groups[sheet - 1]]
        names = Text(*(named(self.architecture, units, lang) for lang in ("en", "ja")))
        return replace(node, id=home, title=_heading(chapter), note=names, icon="application", group=self._cloud)

    @property
    def _cloud(self) -> str | None:
        return next((group.id for group in self.architecture.groups if group.parent is None), None)
