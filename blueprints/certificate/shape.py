"""The shape of an architecture: what it is made of, without names and without numbers.

Two designs have the same shape when they have the same services, connections and settings, whatever their subjects are
called and however large their numbers are. A design is brought to its shape by giving its subjects plain names and
deciding on it again; what that compiles to, without its numbers, tells whether a proof still holds for this version.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from advisor.advise import advise
from advisor.architecture import Architecture, Value
from advisor.design import Design
from advisor.requirements import SUBJECT_KINDS, RequirementsError, make_requirements
from advisor.requirements.reading import plain
from advisor.vocabulary import FIELDS

_LINKS: dict[str, set[str]] = {
    kind: {one.id for one in FIELDS[kind] if one.kind in ("link", "links")} for kind in SUBJECT_KINDS
}
_QUANTITY = re.compile(r"\d[\d.,_]*(?:\s?(?:ms|s|min|h|d|B|[KMG]iB|seconds?|minutes?|hours?|days?|%)\b)?")
#: The tag of a deployment that says which decision it was made for: names and numbers are part of that.
_DECISION = re.compile(r"(\bdecision\W{1,6})[0-9a-f]{12}\b")
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape's key, and the design that stands for all designs of that shape as far as numbers allow."""

    key: str
    design: Design


def shape_of(design: Design) -> Shape | None:
    """Return the shape of a design; nothing for one whose graph does not follow from its requirements alone."""
    try:
        named = advise(make_requirements(_renamed(plain(design.requirements))), design.book, design.as_of)
    except RequirementsError:
        return None
    if _skeleton(named.architecture) != _skeleton(design.architecture):
        return None
    return Shape(_digest(json.dumps(list(_parts(named.architecture)), sort_keys=True)), named)


def infrastructure(files: Mapping[str, bytes]) -> str:
    """Return a digest of a target's own files without comments, and without what numbers they hold."""
    held = hashlib.sha256()
    for path, content in sorted(files.items()):
        lines = [
            line for line in content.decode().splitlines() if not line.lstrip().startswith(("#", "//", "* ", "/*"))
        ]
        told = _DECISION.sub(r"\1#", "\n".join(lines))
        held.update(f"{path}\0{_QUANTITY.sub('#', told)}\0".encode())
    return held.hexdigest()[:_LENGTH]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _renamed(raw: dict[str, Any]) -> dict[str, Any]:
    """Return requirements with plain names for all subjects, without titles, in the Region that proofs are made for."""
    names = dict(_names(raw))
    made: dict[str, Any] = {"schema": raw["schema"], "title": "Workload"}
    made["workload"] = {name: value for name, value in raw.get("workload", {}).items() if name != "region"}
    for kind in SUBJECT_KINDS:
        subjects = [_subject(kind, one, names) for one in raw.get(f"{kind}s", ())]
        if subjects:
            made[f"{kind}s"] = subjects
    return made


def _names(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in SUBJECT_KINDS:
        for number, one in enumerate(raw.get(f"{kind}s", ())):
            tens, ones = divmod(number, len(ascii_lowercase))
            yield one["id"], f"{kind}-{ascii_lowercase[tens % 26]}{ascii_lowercase[ones]}"


def _subject(kind: str, one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for field, value in one.items():
        if field == "id":
            made[field] = names[value]
        elif field in _LINKS[kind]:
            made[field] = [names[id] for id in value] if isinstance(value, list) else names[value]
        elif field == "destinations":
            made[field] = [{"kind": each["kind"]} for each in value]
        elif field != "title":
            made[field] = value
    return made


def _skeleton(graph: Architecture) -> list[object]:
    """Return what a graph connects, by the places of its nodes: the same for designs that differ in names only."""
    place = {node.id: number for number, node in enumerate(graph.nodes)}
    nodes: list[object] = [(node.service, node.kind, node.role) for node in graph.nodes]
    return [*nodes, *((place[edge.source], edge.verb, place[edge.target]) for edge in graph.edges)]


def _parts(graph: Architecture) -> Iterator[object]:
    for node in graph.nodes:
        states = [(one.kind, len(one.next), bool(one.on_error)) for one in node.states]
        yield ["node", node.id, node.service, node.kind, node.role, node.group, states, _classes(node.settings)]
    for edge in graph.edges:
        yield ["edge", edge.source, edge.verb, edge.target, list(edge.actions), _classes(edge.settings)]
    for group in graph.groups:
        yield ["group", group.id, group.kind, group.parent, group.service]


def _classes(settings: Mapping[str, Value]) -> dict[str, object]:
    return {name: _class(value) for name, value in settings.items()}


def _class(value: Value) -> object:
    """Return a setting as its class: words and flags as they are, numbers as none or some."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return "some" if value else "none"
    return [str(one) for one in value] if isinstance(value, tuple) else _QUANTITY.sub("#", value)
