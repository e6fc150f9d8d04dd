"""Differences between two stacks: the owner, the part, and both values.

Stacks are compared in their normal form (see `prove.readback.normal`), resource by resource and property by
property, under a pairing of their resources (see `prove.readback.pairing`). Not compared, and why:

* `DependsOn` literally: a dependency of one stack has to exist in the other, by `DependsOn` or by references.
* `Metadata` names the owner of a resource; CDK marks constructs, SAM resources, so that one of them names more edges at
  a resource than the other. Both are compared with the graph instead (see `prove.readback.diagram`).
* The identity of several resources of the same kind (see the pairing): only their logical ids identify them, and each
  tool has its own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from prove.readback.pairing import pairing
from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, ordered, readable, references, renamed

Part = Literal["resource", "connection", "permission", "encryption", "failure", "picture", "setting"]
#: The part of a property, by its path; the first match applies.
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("permission", re.compile(r"^(Statements|ManagedPolicyArns|AssumeRolePolicyDocument|PolicyDocument|Policy)\b")),
    ("permission", re.compile(r"\b(ResourcePolicy|KeyPolicy|Authorization\w*)\b")),
    ("encryption", re.compile(r"(?i)kms|encrypt|sse|ssl|tls")),
    ("failure", re.compile(r"RedrivePolicy|DeadLetter|OnFailure|RetryPolicy|Retry\b|Catch\b")),
)
#: Resource types that only connect others.
_CONNECTIONS = re.compile(
    r"::(EventSourceMapping|Subscription|Permission|Rule|Schedule|Pipe|Route|Integration|Listener|Resolver|\w*Association)$"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two stacks, or between a stack and its graph.

    `place` is the node, the connection or the group of the resource; `subject` the resource and the path in it;
    `first` and `second` are the values on both sides, None where one has no value.
    """

    place: str
    part: Part
    subject: str
    first: str | None = field(default=None, kw_only=True)
    second: str | None = field(default=None, kw_only=True)

    def between(self, first: str, second: str) -> str:
        """Return the difference as a sentence, with the names of both sides."""
        values = f"{first} has {self.first or 'none'}, {second} has {self.second or 'none'}"
        return f"{self.part} of {self.subject}: {values}"


def differences(first: Stack, second: Stack) -> Iterator[Difference]:
    """Yield the differences between two stacks in their normal form; logical ids are those of `first`."""
    names = pairing(first, second)
    partners = {left: right for right, left in names.items()}
    for id, resource in first.resources.items():
        if id in partners:
            yield from _resource(resource, second.resources[partners[id]], names)
        else:
            yield _unpaired(resource, f"{resource.type} {id}", None)
    for id, resource in second.resources.items():
        if id not in names:
            yield _unpaired(resource, None, f"{resource.type} {id}")
    yield from _orders(first, second, names)
    for section in ("parameters", "conditions", "outputs", "tables"):
        yield from _section(section, getattr(first, section), _spelled(dict(getattr(second, section)), names))
    yield from _section("stack", {"description": first.description}, {"description": second.description})


def _unpaired(resource: Resource, first: str | None, second: str | None) -> Difference:
    part: Part = "connection" if _CONNECTIONS.search(resource.type) else "resource"
    return Difference(
        str(resource.owner) or resource.id, part, f"{resource.type} {resource.id}", first=first, second=second
    )


def _comparable(resource: Resource) -> dict[str, Value]:
    return {
        **resource.properties,
        **resource.update_policies,
        "deleted or replaced": list(resource.removal),
        "condition": resource.condition,
    }


def _spelled(value: Value, names: Mapping[str, str]) -> Value:
    return renamed(value, lambda id, attribute: f"${{{names.get(id, id)}{attribute}}}")


def _resource(first: Resource, second: Resource, names: Mapping[str, str]) -> Iterator[Difference]:
    place = str(first.owner) or str(second.owner) or first.id
    left, right = _comparable(first), _spelled(_comparable(second), names)
    for path, a, b in _values(ordered(left), ordered(right), ""):
        yield Difference(
            place, _part(path, a, b), f"{first.type} {first.id}: {path}", first=readable(a), second=readable(b)
        )


def _orders(first: Stack, second: Stack, names: Mapping[str, str]) -> Iterator[Difference]:
    """Yield dependencies that one stack states for a resource and that the same resource of the other lacks."""
    second_order = {
        names.get(id, id): {names.get(required, required) for required in requirements}
        for id, requirements in second.order.transitive.items()
    }
    for id, waits in first.order.stated.items():
        for required in sorted(waits - second_order.get(id, set())):
            yield _waits(first.resources[id], required, required, None)
    for id, waits in second.order.stated.items():
        first_order = first.order.transitive.get(names.get(id, id), frozenset())
        for required in sorted({names.get(dependency, dependency) for dependency in waits} - first_order):
            yield _waits(second.resources[id], required, None, required)


def _waits(waiting: Resource, required: str, first: str | None, second: str | None) -> Difference:
    return Difference(
        str(waiting.owner) or waiting.id,
        "setting",
        f"{waiting.type} {waiting.id} waits for {required}",
        first=first,
        second=second,
    )


def _section(name: str, first: Mapping[str, Value], second: Mapping[str, Value]) -> Iterator[Difference]:
    for path, a, b in _values(ordered(dict(first)), ordered(dict(second)), ""):
        yield Difference(name, "setting", f"{name}: {path}", first=readable(a), second=readable(b))


def _part(path: str, first: Value, second: Value) -> Part:
    for part, pattern in _PARTS:
        if pattern.search(path):
            return part
    refers = any(not id.startswith("AWS::") for value in (first, second) for id, _ in references(value))
    return "connection" if refers else "setting"


def _values(first: Value, second: Value, path: str) -> Iterator[tuple[str, Value, Value]]:
    """Yield the paths at which two values differ; for unordered lists, the items that only one of them has."""
    if first == second:
        return
    if isinstance(first, dict) and isinstance(second, dict):
        for key in sorted({*first, *second}):
            yield from _values(first.get(key), second.get(key), f"{path}.{key}" if path else key)
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second) and not _is_set(path):
        for number, (a, b) in enumerate(zip(first, second, strict=True)):
            yield from _values(a, b, f"{path}[{number}]")
    elif isinstance(first, list) and isinstance(second, list):
        yield from _items(first, second, path)
    else:
        yield path, first, second


def _items(first: list[Value], second: list[Value], path: str) -> Iterator[tuple[str, Value, Value]]:
    first_texts, second_texts = Counter(map(readable, first)), Counter(map(readable, second))
    if first_texts == second_texts:
        yield path, first, second
    for text in (first_texts - second_texts).elements():
        yield path, text, None
    for text in (second_texts - first_texts).elements():
        yield path, None, text


def _is_set(path: str) -> bool:
    return path.rpartition(".")[2] in ("Statements", "Statement")
