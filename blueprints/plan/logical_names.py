"""Logical ids of resources, one for each node, edge and image repository.

A name depends on the node alone (its subject, its place within the subject, its service), so that adding a consumer
does not rename the queues of others.
"""

import re
from collections.abc import Iterable, Mapping

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import is_shared
from blueprints.naming import digest, free, pascal
from blueprints.traits import traits_of
from blueprints.traits.approvals import RESERVED
from blueprints.traits.lambda_durable import waits_for_people

#: The longest name of a node or edge; what a resource appends to it keeps it within 64 characters.
LONGEST = 44

_DEAD = "-dlq"
#: How a destination of a channel begins: its place in the list says nothing of it.
_DESTINATION = re.compile(r"^to-\d+-?|(?<=^queue)-\d+")


def logical_names(architecture: Architecture) -> dict[str, str]:
    """Return a unique PascalCase name for every node: subject, place within the subject, noun of the service."""
    taken = {*RESERVED} if waits_for_people(architecture) else set[str]()
    names: dict[str, str] = {}
    for node in architecture.nodes:
        names[node.id] = free(_short(_wanted(node)), taken)
        taken.add(names[node.id])
    return names


def repository_names(programs: Iterable[str]) -> dict[str, str]:
    """Return a unique PascalCase name for the image repository of each program, by the program's id."""
    names: dict[str, str] = {}
    for program in programs:
        names[program] = free(f"{pascal(program)}Repository", names.values())
    return names


def edge_names(architecture: Architecture, nodes: Mapping[str, str]) -> dict[str, str]:
    """Return a unique PascalCase name for every edge: source, verb, target (a shared subject is said once)."""
    taken = set(nodes.values())
    names: dict[str, str] = {}
    for edge in architecture.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        subject = architecture.node(edge.source).subject
        same = architecture.node(edge.target).subject == subject
        rest = (target.removeprefix(pascal(subject)) or target) if same else target
        names[edge.id] = free(_short(source + pascal(edge.verb) + rest), taken)
        taken.add(names[edge.id])
    return names


def _wanted(node: Node) -> str:
    noun = "SiteBucket" if node.role == "hosting" else traits_of(node.service).noun or pascal(node.service)
    owner, _, local = node.id.partition(".")
    if is_shared(node):
        return pascal(local.replace("entry", "")) + noun
    if owner == "workload":
        return noun
    place = _place(local, node)
    if pascal(owner).endswith(noun) and not place:
        return pascal(owner)
    return pascal(owner) + place + ("" if place.startswith(noun) else noun)


def _place(local: str, node: Node) -> str:
    """Add the position in the subject to the name of a node if the service alone is ambiguous, such as a consumer queue."""
    if local.endswith(_DEAD):
        local = local.removesuffix(_DEAD)
        place = _DESTINATION.sub("", local.removeprefix("buffer-"))
        return "" if local in ("messaging", "compute", "store", "entry") else pascal(place)
    if local == node.role:
        return ""
    if node.kind == "outside":
        return pascal(_DESTINATION.sub("", local))
    return pascal(_DESTINATION.sub("", local).removeprefix(f"{node.role}-").removeprefix("to-"))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 6] + digest(name).capitalize()
