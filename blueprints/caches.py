"""Serverless caches: who may use one, as whom and for what, and how much of it: what both targets make of them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Edge, Node
from advisor.design import Design
from blueprints import parameter_list as known
from blueprints.names import lower, lower_name
from blueprints.parameter_list import Parameter

ENGINE, MAJOR_VERSION = "valkey", "8"
VERBS = ("read", "write", "read-write")
#: Names have at most 40 characters, nine of which tell deployments apart.
LONGEST_NAME = 31
#: What is added to the volume that is stated before a cache forgets.
ROOM = 1.25
MOST_GB = 5000
#: What clients ask for to find their way in a cluster.
_FINDING = ("+cluster|slots", "+command", "+ping")
_COMMANDS: Mapping[str, tuple[str, ...]] = {
    "read": ("+get", "+scan"),
    "write": ("+set",),
    "read-write": ("+get", "+scan", "+set", "+del"),
}


def users(architecture: Architecture, cache: Node) -> tuple[Edge, ...]:
    """Return the connections by which a cache is used; each has a user of its own, who may do no more than it."""
    return tuple(edge for edge in architecture.entering(cache.id) if edge.verb in VERBS)


def access(edge: Edge, cache: Node) -> str:
    """Return what the user of a connection may do: the commands that it needs, on the keys of the store."""
    return " ".join(("on", f"~{cache.subject}:*", "-@all", *_COMMANDS[edge.verb], *_FINDING))


def name(cache: Node) -> str:
    """Return the name of a cache, without what tells deployments apart."""
    return lower(cache.subject, LONGEST_NAME)


def user_name(architecture: Architecture, edge: Edge) -> str:
    """Return the name of a connection's user, without what tells deployments apart."""
    return lower_name(architecture, edge, LONGEST_NAME)


def sized(parameters: Iterable[Parameter], design: Design) -> tuple[Parameter, ...]:
    """Return the parameters; a cache's limit has room for the volume that is stated."""
    caches = {node.subject for node in design.architecture.of_service("elasticache-serverless")}
    stated = [store.answer("volume_bytes") for store in design.requirements.of_kind("store") if store.id in caches]
    volumes = [float(str(volume)) for volume in stated if volume is not None]
    if not volumes:
        return tuple(parameters)
    most = min(MOST_GB, max(1, math.ceil(max(volumes) * ROOM / 10**9)))
    return tuple(replace(one, default=str(most)) if one.id == known.CACHE_DATA.id else one for one in parameters)
