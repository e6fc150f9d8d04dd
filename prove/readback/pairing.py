"""Which resource of one stack is which of another, though their tools name them differently.

A pairing only has to be a good guess, because it proves nothing: what is paired is then compared, property by property,
with each reference spelled by the pairing. Two stacks are equal if under *some* pairing everything agrees, so a wrong
guess can make equal stacks differ and can never make different stacks equal.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, leaves, renamed

#: What CDK appends to the path of a construct to make its logical id.
HASH = re.compile(r"(?<=.)[0-9A-F]{8}$")


def pairing(mine: Stack, other: Stack) -> dict[str, str]:
    """Return the id of a resource of `mine` for each id of `other` that has a partner."""
    found: dict[str, str] = {}
    named = {(one.type, one.id): one.id for one in mine.resources.values()}
    for one in other.resources.values():
        partner = named.get((one.type, one.id)) or named.get((one.type, HASH.sub("", one.id)))
        if partner is not None and partner not in found.values():
            found[one.id] = partner
    for type in sorted({one.type for one in other.resources.values()}):
        _pair(mine.of_type(type), other.of_type(type), found)
    return found


def _pair(mine: Iterable[Resource], other: Iterable[Resource], found: dict[str, str]) -> None:
    """Pair what is left of a type, always the two that agree most, and the first of those that agree as much."""
    taken = set(found.values())
    ours = {one.id: _features(one, {}) for one in mine if one.id not in taken}
    theirs = {one.id: _features(one, found) for one in other if one.id not in found}
    while ours and theirs:
        _, right, left = min(
            (-(here & there).total(), right, left) for left, here in ours.items() for right, there in theirs.items()
        )
        found[right] = left
        del ours[left], theirs[right]


def _features(one: Resource, names: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """Return what a resource says, without the numbers of lists; references that have no partner yet say nothing."""
    properties: Value = renamed(dict(one.properties), lambda id, at: f"${{{names.get(id, id)}{at}}}")
    said = Counter((re.sub(r"\[\d+\]", "[]", path), value) for path, value in leaves(properties))
    said[("owner", str(one.owner))] += 1
    return said
