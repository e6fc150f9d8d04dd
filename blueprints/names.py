"""Names: logical ids of resources, directories of programs and the spelling of environment variables.

A name depends on the node alone (its subject, its place within the subject, its service), so that adding a consumer
renames nobody else's queue.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import traits_of

#: The longest name of a node or edge; what a resource appends to it keeps it within 64 characters.
LONGEST = 44
#: The longest name of a stack, which leads the names that AWS wants to be told.
LONGEST_STACK = 40
#: Of the characters that Step Functions and RDS take, what is left behind the name of a stack that ends in `-prod`.
_LONGEST_MACHINE, _LONGEST_PROXY = 80 - LONGEST_STACK - 6, 63 - LONGEST_STACK - 6

_DEAD = "-dlq"


def pascal(words: str) -> str:
    """Return an id such as `order-events.buffer` as `OrderEventsBuffer`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", words) if part)


def upper_snake(words: str) -> str:
    """Return an id such as `order-events` as `ORDER_EVENTS`."""
    return "_".join(part.upper() for part in re.split(r"[^A-Za-z0-9]+", words) if part)


def kebab(name: str) -> str:
    """Return a title such as `OrdersAPI` as `orders-api`, `WithANightlyBatch` as `with-a-nightly-batch`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()


def snake(name: str) -> str:
    """Return a name such as `ProcessBDeadLetterQueue` as `process_b_dead_letter_queue`: each capital begins a word.

    Two names differ in this form too: `ABQueue` is `a_b_queue`, `AbQueue` is `ab_queue`.
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def machine_suffix(name: str) -> str:
    """Return what follows the stack in the name of a state machine."""
    return lower(snake(name), _LONGEST_MACHINE)


def proxy_suffix(name: str) -> str:
    """Return what follows the stack in the name of a database proxy."""
    return lower(snake(name), _LONGEST_PROXY)


def lower(words: str, longest: int) -> str:
    """Return an id as a name for services that know lower case only, shortened where it is too long."""
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return name if len(name) <= longest else f"{name[: longest - 7].rstrip('-')}-{_digest(name).lower()}"


def logical_names(architecture: Architecture) -> dict[str, str]:
    """Return a unique PascalCase name for every node: subject, place within the subject, noun of the service."""
    taken: set[str] = set()
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


def lower_name(architecture: Architecture, edge: Edge, longest: int) -> str:
    """Return a name in lower case after both ends of a connection, which no other connection to such a service has."""
    service = architecture.node(edge.target).service
    names: dict[str, str] = {}
    for one in architecture.edges:
        target = architecture.node(one.target)
        if target.service == service:
            wanted = lower(f"{architecture.node(one.source).subject}-{target.subject}", longest)
            names[one.id] = lower(free(wanted, names.values(), "-"), longest)
    return names[edge.id]


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
    if owner == "workload":
        return noun
    place = _place(local, node)
    if pascal(owner).endswith(noun) and not place:
        return pascal(owner)
    return pascal(owner) + place + ("" if place.startswith(noun) else noun)


def _place(local: str, node: Node) -> str:
    """Say where in its subject a node stands, when its service alone does not: a consumer's queue, a destination."""
    if local.endswith(_DEAD):
        local = local.removesuffix(_DEAD)
        return "" if local in ("messaging", "compute", "store", "entry") else pascal(local.removeprefix("buffer-"))
    if local == node.role:
        return ""
    return pascal(local.removeprefix(f"{node.role}-").removeprefix("to-") if node.kind != "outside" else local)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 6] + _digest(name).capitalize()


def _digest(name: str) -> str:
    total = 0
    for letter in name:
        total = (total * 131 + ord(letter)) % 0xFFFFFF
    return f"{total:06X}"


def free(wanted: str, taken: Collection[str], before: str = "") -> str:
    """Return a name that is not taken: as wanted, or with a number behind it (and `before` in front of the number)."""
    if wanted not in taken:
        return wanted
    return next(name for count in range(2, 1000) if (name := f"{wanted}{before}{count}") not in taken)
