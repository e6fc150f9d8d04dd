"""What differs between two stacks: whose it is, which part of it, and both values.

Stacks are compared in their normal form (see `prove.readback.normal`), resource by resource and property by
property, under a pairing of their resources (see `prove.readback.pairing`). What is not compared, and why:

* `DependsOn` word for word: an order that one stack states has to hold in the other, stated or by references.
* `Metadata` says whose a resource is; CDK marks constructs, SAM resources, so that one of them names more edges at a
  resource than the other. Both are held against the graph instead (see `prove.readback.diagram`).
* Which of several resources of the same kind is which (see the pairing): only their logical ids tell, and those are
  the tool's own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from prove.readback.pairing import pairing
from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, ordered, references, renamed, shown

Part = Literal["resource", "connection", "permission", "encryption", "failure", "setting"]
#: Which part a property is of, by its path; the first that fits counts.
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("permission", re.compile(r"^(Statements|ManagedPolicyArns|AssumeRolePolicyDocument|PolicyDocument|Policy)\b")),
    ("permission", re.compile(r"\b(ResourcePolicy|KeyPolicy|Authorization\w*)\b")),
    ("encryption", re.compile(r"(?i)kms|encrypt|sse|ssl|tls")),
    ("failure", re.compile(r"RedrivePolicy|DeadLetter|OnFailure|RetryPolicy|Retry\b|Catch\b")),
)
#: Resources that are a connection and no more.
_CONNECTIONS = re.compile(
    r"::(EventSourceMapping|Subscription|Permission|Rule|Schedule|Pipe|Route|Integration|Listener|Resolver|\w*Association)$"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two stacks differ.

    `place` is the node, the connection or the group that it belongs to; `what` the resource and the path in it; a
    value is None where a stack has nothing there.
    """

    place: str
    part: Part
    what: str
    mine: str | None
    other: str | None

    def between(self, mine: str, other: str) -> str:
        """Say it in a sentence, with the names of the two."""
        return f"{self.part} of {self.what}: {mine} has {self.mine or 'none'}, {other} has {self.other or 'none'}"


def differences(mine: Stack, other: Stack) -> Iterator[Difference]:
    """Give everything in which two stacks in their normal form differ; logical ids are those of `mine`."""
    names = pairing(mine, other)
    partners = {left: right for right, left in names.items()}
    for id, one in mine.resources.items():
        if id in partners:
            yield from _resource(one, other.resources[partners[id]], names)
        else:
            yield _alone(one, f"{one.type} {id}", None)
    for id, one in other.resources.items():
        if id not in names:
            yield _alone(one, None, f"{one.type} {id}")
    yield from _orders(mine, other, names)
    for section in ("parameters", "conditions", "outputs", "tables"):
        yield from _section(section, getattr(mine, section), _spelled(dict(getattr(other, section)), names))
    yield from _section("stack", {"description": mine.description}, {"description": other.description})


def _alone(one: Resource, mine: str | None, other: str | None) -> Difference:
    part: Part = "connection" if _CONNECTIONS.search(one.type) else "resource"
    return Difference(str(one.owner) or one.id, part, f"{one.type} {one.id}", mine, other)


def _all(one: Resource) -> dict[str, Value]:
    return {**one.properties, **one.policies, "deleted or replaced": list(one.kept), "condition": one.condition}


def _spelled(value: Value, names: Mapping[str, str]) -> Value:
    return renamed(value, lambda id, attribute: f"${{{names.get(id, id)}{attribute}}}")


def _resource(mine: Resource, other: Resource, names: Mapping[str, str]) -> Iterator[Difference]:
    place = str(mine.owner) or str(other.owner) or mine.id
    left, right = _all(mine), _spelled(_all(other), names)
    for path, a, b in _values(ordered(left), ordered(right), ""):
        yield Difference(place, _part(path, a, b), f"{mine.type} {mine.id}: {path}", shown(a), shown(b))


def _orders(mine: Stack, other: Stack, names: Mapping[str, str]) -> Iterator[Difference]:
    """Give what one stack says that a resource waits for, and what the same resource of the other does not wait for."""
    theirs = {names.get(id, id): {names.get(one, one) for one in found} for id, found in other.order.whole.items()}
    for id, waits in mine.order.stated.items():
        for one in sorted(waits - theirs.get(id, set())):
            yield _waits(mine.resources[id], one, one, None)
    for id, waits in other.order.stated.items():
        ours = mine.order.whole.get(names.get(id, id), frozenset())
        for one in sorted({names.get(one, one) for one in waits} - ours):
            yield _waits(other.resources[id], one, None, one)


def _waits(waiting: Resource, what: str, mine: str | None, other: str | None) -> Difference:
    return Difference(
        str(waiting.owner) or waiting.id, "setting", f"{waiting.type} {waiting.id} waits for {what}", mine, other
    )


def _section(name: str, mine: Mapping[str, Value], other: Mapping[str, Value]) -> Iterator[Difference]:
    for path, a, b in _values(ordered(dict(mine)), ordered(dict(other)), ""):
        yield Difference(name, "setting", f"{name}: {path}", shown(a), shown(b))


def _part(path: str, mine: Value, other: Value) -> Part:
    for part, pattern in _PARTS:
        if pattern.search(path):
            return part
    refers = any(not id.startswith("AWS::") for value in (mine, other) for id, _ in references(value))
    return "connection" if refers else "setting"


def _values(mine: Value, other: Value, path: str) -> Iterator[tuple[str, Value, Value]]:
    """Give the paths at which two values differ; of lists without an order, what only one of them holds."""
    if mine == other:
        return
    if isinstance(mine, dict) and isinstance(other, dict):
        for key in sorted({*mine, *other}):
            yield from _values(mine.get(key), other.get(key), f"{path}.{key}" if path else key)
    elif isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other) and not _is_set(path):
        for number, (a, b) in enumerate(zip(mine, other, strict=True)):
            yield from _values(a, b, f"{path}[{number}]")
    elif isinstance(mine, list) and isinstance(other, list):
        yield from _items(mine, other, path)
    else:
        yield path, mine, other


def _items(mine: list[Value], other: list[Value], path: str) -> Iterator[tuple[str, Value, Value]]:
    here, there = Counter(map(shown, mine)), Counter(map(shown, other))
    if here == there:
        yield path, mine, other
    for text in (here - there).elements():
        yield path, text, None
    for text in (there - here).elements():
        yield path, None, text


def _is_set(path: str) -> bool:
    return path.rpartition(".")[2] in ("Statements", "Statement")
