"""The architecture as a Mermaid flowchart, for Markdown pages that draw Mermaid."""

import re
from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Flow, Group, Node
from advisor.text import Lang, Text, spaced
from renderers.support import mark_words, marked
from renderers.words import clean, shown_note

_ARROWS: dict[Flow, str] = {
    "sync": "-->",
    "async": "-.->",
    "data": "==>",
    "image": "-.->",
    "identity": "-.->",
    "failure": "-.-x",
    "observe": "-.->",
}
_PLAIN = frozenset(" .,:+-*/()_?!=@'")


def write(
    architecture: Architecture, title: str, description: str, lang: Lang, links: Mapping[str, str] | None = None
) -> bytes:
    """Return the flowchart's source; `links` are addresses by node id."""
    return _Chart(architecture, lang).source(title, description, links or {}).encode()


def graph(architecture: Architecture, lang: Lang) -> str:
    """Return the flowchart without title, description and groups, for a page that has its own texts.

    What no connection is drawn to is left out: other parts name it as a remark, or it is the network.
    """
    return _Chart(architecture, lang).graph()


def escape(text: str) -> str:
    """Return a text with all Mermaid syntax encoded; letters, digits and plain punctuation are unchanged."""
    return "".join(
        char if char.isalnum() or char in _PLAIN or char > "\u2e80" else f"#{ord(char)};" for char in clean(text)
    )


#: An arrow with what it leads to, up to the end of the clause.
_ARROW_JA = re.compile(r" ?→ ?([^:。→]+)")


def _plain(text: str, lang: Lang) -> str:
    """Return a text for the title and description, where Mermaid decodes nothing; other syntax characters become spaces."""
    if lang == "ja":
        text = spaced(Text("", _ARROW_JA.sub(r"から\1へ", text))).ja
    for char, word in ((";", ","), ('"', "'"), ("→", "to")):
        text = text.replace(char, word)
    letters = "".join(
        char if char.isalnum() or char in _PLAIN or char > "\u2e80" or char == "×" else " " for char in clean(text)
    )
    return " ".join(letters.split())


class _Chart:
    """Writes one chart; ids are numbers in the order of the architecture, because node ids contain dots."""

    def __init__(self, architecture: Architecture, lang: Lang) -> None:
        self.architecture = architecture
        self.lang = lang
        self.ids = {node.id: f"n{number}" for number, node in enumerate(architecture.nodes)}
        self.marks = marked(architecture)
        self.groups = {group.id: f"g{number}" for number, group in enumerate(architecture.groups)}

    def source(self, title: str, description: str, links: Mapping[str, str]) -> str:
        about = (("accTitle", _plain(title, self.lang)), ("accDescr", _plain(description, self.lang)))
        lines = ["flowchart LR", *(f"    {key}: {words}" for key, words in about if words)]
        lines += self._inside(None, 1, frozenset())
        clicks = [f'    click {self.ids[id]} href "{at}"' for id, at in links.items() if id in self.ids]
        return "\n".join([*lines, *self._edges(), *self._assumed(), *clicks]) + "\n"

    def graph(self) -> str:
        drawn = [edge for edge in self.architecture.edges if edge not in self.marks.get(edge.source, ())]
        ends = {id for edge in drawn for id in (edge.source, edge.target)}
        nodes = [f"    {self._node(node)}" for node in self.architecture.nodes if node.id in ends or not ends]
        assumed = [line for line in self._assumed() if any(f" {self.ids[id]} " in line for id in ends)]
        return "\n".join(["flowchart LR", *nodes, *self._edges(), *assumed]) + "\n"

    def _assumed(self) -> Iterator[str]:
        """Add a dashed outline to assumed nodes."""
        for node in self.architecture.nodes:
            if node.is_assumed:
                yield f"    style {self.ids[node.id]} stroke-dasharray: 4 3"

    def _edges(self) -> Iterator[str]:
        for edge in self.architecture.edges:
            drawn = edge not in self.marks.get(edge.source, ())
            if drawn and edge.source in self.ids and edge.target in self.ids:
                words = clean(edge.label.in_(self.lang))
                label = f"{edge.step}. {words}" if edge.step is not None else words
                arrow = _ARROWS[edge.flow]
                middle = f'{arrow}|"{escape(label)}"|' if label else arrow
                yield f"    {self.ids[edge.source]} {middle} {self.ids[edge.target]}"

    def _inside(self, group: str | None, depth: int, above: frozenset[str]) -> list[str]:
        lines = []
        for node in self.architecture.nodes:
            if self._home(node.group) == group:
                lines.append("    " * depth + self._node(node))
        for inner in self.architecture.groups:
            if self._home(inner.parent) == group and inner.id not in above:
                lines += self._group(inner, depth, above)
        return lines

    def _home(self, group: str | None) -> str | None:
        return group if group in self.groups else None

    def _node(self, node: Node) -> str:
        marks = (mark_words(edge, self.architecture, self.lang) for edge in self.marks.get(node.id, ()))
        texts = (*(text.in_(self.lang) for text in (node.heading, shown_note(node), *node.remarks)), *marks)
        words = [escape(text) for text in texts if clean(text)]
        shape = '(["{}"])' if node.kind == "outside" else '["{}"]'
        return self.ids[node.id] + shape.format("<br/>".join(words) or " ")

    def _group(self, group: Group, depth: int, above: frozenset[str]) -> list[str]:
        inside = self._inside(group.id, depth + 1, above | {group.id})
        if not inside:
            return []
        pad = "    " * depth
        return [
            f'{pad}subgraph {self.groups[group.id]}["{escape(group.title.in_(self.lang)) or " "}"]',
            *inside,
            f"{pad}end",
        ]
