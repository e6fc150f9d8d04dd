"""The table `resources.yaml`: how diagrams show each resource type, by owner."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.architecture import Architecture


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a stack with its owner: a node, a group, or the connections that it makes."""

    id: str
    type: str
    node: str
    group: str
    edges: tuple[str, ...]
    properties: Mapping[str, Any]


def resource(id: str, stated: Mapping[str, Any]) -> Resource:
    """Return a resource as a stack or a template states it."""
    owner = stated.get("Metadata", {}).get("Advisor", {})
    return Resource(
        id=id,
        type=stated["Type"],
        node=owner.get("node", ""),
        group=owner.get("group", ""),
        edges=tuple(owner.get("edges", ())),
        properties=stated.get("Properties", {}),
    )


@cache
def _read(name: str) -> Any:
    return yaml.safe_load(files("renderers.drawn").joinpath(name).read_text(encoding="utf-8"))


def rows() -> Mapping[str, Mapping[str, str]]:
    """Return how each resource type is shown, by owner."""
    table: Mapping[str, Mapping[str, str]] = _read("resources.yaml")
    return table


def parts() -> Mapping[str, Mapping[str, Any]]:
    """Return the parts that only the picture has, by id."""
    table: Mapping[str, Mapping[str, Any]] = _read("parts.yaml")
    return table


def endpoint_names() -> Mapping[str, str]:
    """Return the display names of VPC endpoint services, by the last part of their names."""
    table: Mapping[str, str] = _read("endpoints.yaml")
    return table


def shown(one: Resource, architecture: Architecture) -> str:
    """Return how a resource is shown, or "" if the table has no row for it."""
    for pattern, word in rows().get(one.type, {}).items():
        if any(fnmatchcase(owner, pattern) for owner in _owners(one, architecture)):
            return word
    return ""


def _owners(one: Resource, architecture: Architecture) -> Iterator[str]:
    """Yield the owner of a resource in the terms of the table."""
    yield f"id {one.id}"
    if one.node and (node := architecture.find(one.node)) is not None:
        yield node.service
    elif one.group:
        yield f"group {one.group}"
    else:
        made = [edge for edge in architecture.edges if edge.id in one.edges]
        yield from (f"edge {' '.join(architecture.key(edge))}" for edge in made)
