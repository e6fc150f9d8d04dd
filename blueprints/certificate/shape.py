"""The shape of an architecture: its configuration without names and numbers.

Two designs have the same shape when they have the same services, connections and settings, whatever their subjects are
called and however large their numbers are. Its key is made from the graph, with plain names for the subjects. Only
where a proof of that shape is known, the design is brought to its shape by deciding on the same answers under plain
names: what that compiles to, without its numbers, tells whether the proof still holds for this version.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from string import ascii_lowercase
from typing import Any

from advisor.advise import advise
from advisor.architecture import Architecture, Node, Value
from advisor.book import DatedBook
from advisor.design import Design
from advisor.requirements import SUBJECT_KINDS, RequirementsError, make_requirements
from advisor.requirements.reading import plain
from advisor.vocabulary import FIELDS

_LINKS: dict[str, set[str]] = {
    kind: {question.id for question in FIELDS[kind] if question.kind in ("link", "links")} for kind in SUBJECT_KINDS
}
_QUANTITY = re.compile(r"\d[\d.,_]*(?:\s?(?:ms|s|min|h|d|B|[KMG]iB|seconds?|minutes?|hours?|days?|%)\b)?")
#: The tag of a deployment that says which decision it was made for: names and numbers are part of that.
_DECISION = re.compile(r"(\bdecision\W{1,6})[0-9a-f]{12}\b")
#: The ends of lines within one string literal of Python, which move with the length of its numbers.
_LITERALS = re.compile(r'(?<=[^\\(,])"\n +"(?=[^,)])')
#: What resources are described as, in YAML, Python and TypeScript: words for people, which change nothing that was proven.
_DESCRIPTIONS = re.compile(
    r"""(?<=Description:\ )(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s"'|>!][^\n]*(?:\n\ ++(?![-\w]+:)[^-\n][^\n]*)*)
    |(?<=description=)\(?\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s*\))?
    |(?<=escription:\ )'(?:[^'\\]|\\.)*'(?:\s*\+\s*'(?:[^'\\]|\\.)*')*""",
    re.VERBOSE,
)
_LENGTH = 32
#: How many shapes a process keeps what they come to of.
LATEST = 32


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers under normalized names (as JSON), and the book version; equal values give equal designs."""

    text: str
    version: str
    as_of: str
    dated: DatedBook = field(compare=False, repr=False)


@dataclass(frozen=True)
class Shape:
    """The key of a shape, and a design with that shape."""

    key: str
    of: Design

    @cached_property
    def answers(self) -> Answers:
        """The answers of the design under plain names."""
        text = json.dumps(_renamed(plain(self.of.requirements)), sort_keys=True)
        return Answers(text, self.of.book.version, self.of.as_of, self.of.dated)

    @cached_property
    def design(self) -> Design | None:
        """The design under normalized names, which represents all designs of its shape.

        Nothing for a design whose graph does not follow from its requirements alone.
        """
        named = decided(self.answers)
        return named if named and _skeleton(named.architecture) == _skeleton(self.of.architecture) else None


@lru_cache(maxsize=LATEST)
def decided(answers: Answers) -> Design | None:
    """Return the design of answers (cached), or none if they are invalid."""
    try:
        return advise(make_requirements(json.loads(answers.text)), answers.dated)
    except RequirementsError:
        return None


def shape_of(design: Design) -> Shape:
    """Return the shape of a design."""
    subjects = {
        f"{kind}s": [{"id": subject.id} for subject in design.requirements.of_kind(kind)] for kind in SUBJECT_KINDS
    }
    return Shape(_digest(json.dumps(list(_parts(design.architecture, dict(_names(subjects)))), sort_keys=True)), design)


def infrastructure(files: Mapping[str, bytes]) -> str:
    """Return a digest of a target's own files without comments, descriptions of resources and numeric literals."""
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        lines = [
            line for line in content.decode().splitlines() if not line.lstrip().startswith(("#", "//", "* ", "/*"))
        ]
        text = _DECISION.sub(r"\1#", _DESCRIPTIONS.sub("#", _LITERALS.sub("", "\n".join(lines))))
        digest.update(f"{path}\0{_QUANTITY.sub('#', text)}\0".encode())
    return digest.hexdigest()[:_LENGTH]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _renamed(raw: dict[str, Any]) -> dict[str, Any]:
    """Return requirements with plain names for all subjects, without titles, in the Region that proofs are made for."""
    names = dict(_names(raw))
    renamed: dict[str, Any] = {"schema": raw["schema"], "title": "Workload"}
    renamed["workload"] = {name: value for name, value in raw.get("workload", {}).items() if name != "region"}
    for kind in SUBJECT_KINDS:
        subjects = [_subject(kind, subject, names) for subject in raw.get(f"{kind}s", ())]
        if subjects:
            renamed[f"{kind}s"] = subjects
    return renamed


def _names(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in SUBJECT_KINDS:
        for number, one in enumerate(raw.get(f"{kind}s", ())):
            tens, ones = divmod(number, len(ascii_lowercase))
            yield one["id"], f"{kind}-{ascii_lowercase[tens % 26]}{ascii_lowercase[ones]}"


def _subject(kind: str, subject: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for question, answer in subject.items():
        if question == "id":
            renamed[question] = names[answer]
        elif question in _LINKS[kind]:
            renamed[question] = [names[id] for id in answer] if isinstance(answer, list) else names[answer]
        elif question == "destinations":
            renamed[question] = [{"kind": destination["kind"]} for destination in answer]
        elif question != "title":
            renamed[question] = answer
    return renamed


def _skeleton(graph: Architecture) -> list[object]:
    """Return the connections of a graph by node index, identical for designs that differ only in names."""
    place = {node.id: number for number, node in enumerate(graph.nodes)}
    nodes: list[object] = [(node.service, node.kind, node.role) for node in graph.nodes]
    return [*nodes, *((place[edge.source], edge.verb, place[edge.target]) for edge in graph.edges)]


def _parts(graph: Architecture, names: Mapping[str, str]) -> Iterator[object]:
    """Yield the elements of a shape with normalized subject names."""
    ids = {node.id: _named(node, names) for node in graph.nodes}
    for node in graph.nodes:
        states = [(state.kind, len(state.next), bool(state.on_error)) for state in node.states]
        settings = _classes(node.settings, names)
        yield ["node", ids[node.id], node.service, node.kind, node.role, node.group, states, settings]
    for edge in graph.edges:
        ends = ids[edge.source], edge.verb, ids[edge.target]
        yield ["edge", *ends, list(edge.actions), _classes(edge.settings, names)]
    for group in graph.groups:
        yield ["group", group.id, group.kind, group.parent, group.service]


def _named(node: Node, names: Mapping[str, str]) -> str:
    """Return the id of a node under normalized names, with its subject and the consumer of its queue."""
    subject, _, place = node.id.partition(".")
    if subject != node.subject or subject not in names:
        return node.id
    role, dash, reader = place.partition("-")
    called = max((id for id in names if f"{reader}-".startswith(f"{id}-")), key=len, default="")
    return f"{names[subject]}.{role}{dash}{names.get(called, '')}{reader.removeprefix(called)}"


def _classes(settings: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, object]:
    return {name: _class(value, names) for name, value in settings.items()}


def _class(value: Value, names: Mapping[str, str]) -> object:
    """Return the class of a setting: words and flags unchanged, subjects by name, numbers as present or absent."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return "some" if value else "none"
    if isinstance(value, tuple):
        return [names.get(one, one) for one in value]
    # The path of a service behind a shared load balancer is its name.
    return f"/{names[value[1:]]}" if value[:1] == "/" and value[1:] in names else _QUANTITY.sub("#", value)
