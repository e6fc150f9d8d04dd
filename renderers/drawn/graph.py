"""The graph while additional resources are added: nodes, lines and borders, with the texts of `parts.yaml`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.architecture import Architecture, Edge, Group, LegendRow, Node
from advisor.architecture.groups import PUBLIC_SUBNETS, vpc_title
from advisor.design import Design
from advisor.graph_builder.sentences import connection_sentence
from advisor.text import EMPTY, Text
from renderers.drawn.table import parts

#: What new lines are numbered by, after those of the graph: the numbers of the graph stand in other documents, too.
_NUMBERED = ("sync", "async", "data", "identity")


class Drawing:
    """The nodes, lines and borders of a picture, in the order in which they are drawn."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.graph = design.architecture
        self.nodes = {node.id: node for node in self.graph.nodes}
        self.edges = {edge.id: edge for edge in self.graph.edges}
        self.groups = list(self.graph.groups)
        self.rows: list[LegendRow] = []
        self.steps = max((edge.step or 0 for edge in self.graph.edges), default=0)

    def graph_edge(self, id: str) -> Edge:
        """Return a line of the graph of the project."""
        return next(edge for edge in self.graph.edges if edge.id == id)

    def architecture(self) -> Architecture:
        """Return the graph as it is drawn."""
        nodes, edges, groups = self.nodes.values(), self.edges.values(), self.groups
        return Architecture(tuple(nodes), tuple(edges), tuple(groups), rows=tuple(self.rows))

    def add(
        self,
        part: str,
        id: str,
        *,
        service: str = "",
        note: Text = EMPTY,
        subject: str = "workload",
        private: bool = False,
    ) -> Node:
        """Add a node; its service, if any, provides title and icon. `private` places it in the private subnets."""
        row = parts()[part]
        service = service or row.get("service", part)
        known = self.design.book.services.get(service)
        node = Node(
            id=id,
            service=service,
            kind="outside" if "group" not in row else "part",
            subject=subject,
            role=part,
            title=_text(row["title"]) if "title" in row else known.name if known else Text.same(service),
            note=note if note != EMPTY else _text(row.get("note")),
            icon=row.get("icon", service),
            group=self._border("private-subnet" if private else row.get("group")),
        )
        self.nodes.setdefault(id, node)
        return self.nodes[id]

    def _border(self, group: str | None) -> str | None:
        """Return the id of a border, and add a network border if it does not exist yet."""
        ids = {known.id for known in self.groups}
        if group in ("vpc", "public-subnet") and "vpc" not in ids:
            self.groups.append(Group("vpc", "vpc", vpc_title(self.design.requirements.workload_answers), "cloud"))
        if group == "public-subnet" and group not in ids:
            self.groups.append(PUBLIC_SUBNETS)
        return group

    def connect(
        self,
        part: str,
        source: str,
        verb: str,
        target: str,
        *,
        listed: Text = EMPTY,
        numbered: bool = True,
        lines: str = "lines",
    ) -> None:
        """Draw a line to a node, with the label of the first line of its part, or of the lines for another case."""
        edge = self._line(parts()[part][lines][0], source, verb, target, listed)
        if numbered and edge.flow in _NUMBERED and edge.id not in self.edges:
            self.steps += 1
            edge = replace(edge, step=self.steps)
        self.edges.setdefault(edge.id, edge)

    def between(self, part: str, edge: Edge, node: Node) -> None:
        """Route a line through a part; it keeps its number up to that part."""
        first, second = parts()[part]["lines"]
        old = self.edges[edge.id]
        whole = self._line(first, old.source, old.verb, node.id) if "sentence" in first else old
        onwards = self._line(second, node.id, old.verb, old.target)
        to = replace(old, target=node.id, label=_text(first["label"]), sentence=whole.sentence)
        self.replace(edge.id, to, onwards)

    def replace(self, id: str, *others: Edge) -> None:
        """Draw other lines in the place of one."""
        lines: dict[str, Edge] = {}
        for known, edge in self.edges.items():
            lines.update({other.id: other for other in others} if known == id else {known: edge})
        self.edges = lines

    def _line(self, row: Mapping[str, Any], source: str, verb: str, target: str, listed: Text = EMPTY) -> Edge:
        words = _text(row.get("sentence"))
        said = Text(words.en.replace("{listed}", listed.en), words.ja.replace("{listed}", listed.ja))
        return Edge(
            id=f"{source}>{verb}>{target}",
            source=source,
            verb=verb,
            target=target,
            label=_text(row["label"]),
            sentence=connection_sentence(said, self.nodes[source], self.nodes[target]),
            flow=row.get("flow", "sync"),
        )


def _text(row: Mapping[str, str] | None) -> Text:
    return Text(row["en"], row["ja"]) if row else EMPTY
