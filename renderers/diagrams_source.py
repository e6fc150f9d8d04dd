"""The architecture as Python source for the `diagrams` package (0.25), which draws a PNG when it is run."""

import re
from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Flow, Group, Node
from advisor.text import Lang
from renderers import icons
from renderers.support import mark_words, marked
from renderers.words import clean, shown_note

_STYLES: dict[Flow, str] = {
    "sync": "solid",
    "async": "dashed",
    "data": "bold",
    "image": "dotted",
    "identity": "dashed",
    "failure": "dashed",
    "observe": "dotted",
}
_HTML = re.compile(r"\s*<.*>\s*", re.DOTALL)


def write(
    architecture: Architecture, title: str, lang: Lang, outformat: str = "png", filename: str = "architecture"
) -> bytes:
    """Return the source. Every text in it is a Python literal, so that user input cannot become code."""
    return _Source(architecture, lang).text(title, outformat, filename).encode()


def literal(text: str) -> str:
    """Return a text as a Python literal that Graphviz treats as plain text."""
    plain = clean(text).replace("\\", "\\\\")
    if _HTML.fullmatch(plain):
        plain = plain.replace("<", "‹").replace(">", "›")
    return repr(plain)


class _Source:
    """Writes one program; variables are numbered in the architecture's order."""

    def __init__(self, architecture: Architecture, lang: Lang) -> None:
        self.architecture = architecture
        self.lang = lang
        self.names = {node.id: f"node_{number}" for number, node in enumerate(architecture.nodes)}
        self.marks = marked(architecture)
        self.groups = {group.id: f"group_{number}" for number, group in enumerate(architecture.groups)}

    def text(self, title: str, outformat: str, filename: str) -> str:
        lines = [
            '"""Draw the architecture. Needs the packages diagrams (0.25) and Graphviz."""',
            "",
            *self._imports(),
            "",
        ]
        options = f'filename="{filename}", outformat={outformat!r}, show=False, direction="LR"'
        lines.append(f'with Diagram({literal(title)}, {options}, graph_attr={{"splines": "spline"}}):')
        body = [*self._inside(None, 1, frozenset()), *self._edges()]
        return "\n".join([*lines, *(body or ["    pass"])]) + "\n"

    def _imports(self) -> list[str]:
        imports: dict[str, set[str]] = {"diagrams": {"Cluster", "Diagram", "Edge"}}
        for node in self.architecture.nodes:
            module, name = _class(node)
            imports.setdefault(module, set()).add(name)
        return [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(imports.items())]

    def _inside(self, group: str | None, depth: int, above: frozenset[str]) -> Iterator[str]:
        for node in self.architecture.nodes:
            if self._home(node.group) == group:
                yield "    " * depth + self._node(node)
        for inner in self.architecture.groups:
            if self._home(inner.parent) == group and inner.id not in above:
                yield from self._group(inner, depth, above)

    def _home(self, group: str | None) -> str | None:
        return group if group in self.groups else None

    def _node(self, node: Node) -> str:
        title, note = literal(node.heading.in_(self.lang)), literal(shown_note(node).in_(self.lang))
        marks = [literal(mark_words(edge, self.architecture, self.lang)) for edge in self.marks.get(node.id, ())]
        remarks = [literal(remark.in_(self.lang)) for remark in node.remarks]
        label = ' "\\n" '.join([title, *([] if note == "''" else [note]), *remarks, *marks])
        outline = ', shape="box", style="dashed,rounded"' if node.is_assumed else ""
        return f"{self.names[node.id]} = {_class(node)[1]}({label}, nodeid={self.names[node.id]!r}{outline})"

    def _group(self, group: Group, depth: int, above: frozenset[str]) -> list[str]:
        inside = list(self._inside(group.id, depth + 1, above | {group.id}))
        if not inside:
            return []
        name, pad = self.groups[group.id], "    " * depth
        return [
            f"{pad}with Cluster({literal(group.title.in_(self.lang))}) as {name}:",
            f"{pad}    {name}.dot.name = {'cluster_' + name!r}",
            *inside,
        ]

    def _edges(self) -> Iterator[str]:
        for edge in self.architecture.edges:
            drawn = edge not in self.marks.get(edge.source, ())
            if drawn and edge.source in self.names and edge.target in self.names:
                words = _label(edge, self.lang)
                arrow = f'Edge(label={literal(words)}, style="{_STYLES[edge.flow]}")'
                yield f"    {self.names[edge.source]} >> {arrow} >> {self.names[edge.target]}"


def _class(node: Node) -> tuple[str, str]:
    module, _, name = f"diagrams.{icons.icon(node.icon).diagrams}".rpartition(".")
    return module, name


def _label(edge: Edge, lang: Lang) -> str:
    words = edge.label.in_(lang)
    return f"{edge.step}. {words}" if edge.step is not None else words
