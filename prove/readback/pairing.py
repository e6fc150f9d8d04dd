"""Pairs of corresponding resources of two stacks, whose tools choose different logical ids.

A pairing is a heuristic and proves nothing: paired resources are compared property by property, with references renamed
by the pairing. Two stacks are equal if everything agrees under *some* pairing. So a wrong pair can make equal stacks
appear different, but can never make different stacks appear equal.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from prove.readback.stack import Resource, Stack
from prove.readback.values import Value, leaves, renamed

#: The hash that CDK appends to the path of a construct in its logical id.
HASH = re.compile(r"(?<=.)[0-9A-F]{8}$")


def pairing(first: Stack, second: Stack) -> dict[str, str]:
    """Return the id of a resource of `first` for each id of `second` that has a partner."""
    pairs: dict[str, str] = {}
    named = {(resource.type, resource.id): resource.id for resource in first.resources.values()}
    for resource in second.resources.values():
        partner = named.get((resource.type, resource.id)) or named.get((resource.type, HASH.sub("", resource.id)))
        if partner is not None and partner not in pairs.values():
            pairs[resource.id] = partner
    for type in sorted({resource.type for resource in second.resources.values()}):
        _pair(first.of_type(type), second.of_type(type), pairs)
    return pairs


def _pair(first: Iterable[Resource], second: Iterable[Resource], pairs: dict[str, str]) -> None:
    """Pair the remaining resources of a type, always the two with most features in common, the first of equals."""
    paired = set(pairs.values())
    first_features = {resource.id: _features(resource, {}) for resource in first if resource.id not in paired}
    second_features = {resource.id: _features(resource, pairs) for resource in second if resource.id not in pairs}
    while first_features and second_features:
        _, right, left = min(
            (-(features & other_features).total(), right, left)
            for left, features in first_features.items()
            for right, other_features in second_features.items()
        )
        pairs[right] = left
        del first_features[left], second_features[right]


def _features(resource: Resource, names: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """Return the properties of a resource as a multiset, without indices of lists and with references renamed."""
    properties: Value = renamed(dict(resource.properties), lambda id, at: f"${{{names.get(id, id)}{at}}}")
    features = Counter((re.sub(r"\[\d+\]", "[]", path), value) for path, value in leaves(properties))
    features[("owner", str(resource.owner))] += 1
    return features
