"""The spelling of names: ids as PascalCase, kebab-case or snake_case, within the lengths that AWS takes."""

import re
from collections.abc import Collection

from advisor.architecture import Architecture, Edge

#: The longest name of a stack, which leads the names that AWS wants to be told.
LONGEST_STACK = 40
#: Of the characters that Step Functions and RDS take, what is left behind the name of a stack that ends in `-prod`.
_LONGEST_MACHINE, _LONGEST_PROXY = 80 - LONGEST_STACK - 6, 63 - LONGEST_STACK - 6


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
    """Return the suffix after the stack name in the name of a state machine."""
    return lower(snake(name), _LONGEST_MACHINE)


def proxy_suffix(name: str) -> str:
    """Return the suffix after the stack name in the name of a database proxy."""
    return lower(snake(name), _LONGEST_PROXY)


def lower(words: str, longest: int) -> str:
    """Return an id as a name for services that accept only lower case, shortened if it is too long."""
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return name if len(name) <= longest else f"{name[: longest - 7].rstrip('-')}-{digest(name).lower()}"


def lower_name(architecture: Architecture, edge: Edge, longest: int) -> str:
    """Return a name in lower case after both ends of a connection, which no other connection to such a service has."""
    service = architecture.node(edge.target).service
    names: dict[str, str] = {}
    for connection in architecture.edges:
        target = architecture.node(connection.target)
        if target.service == service:
            wanted = lower(f"{architecture.node(connection.source).subject}-{target.subject}", longest)
            names[connection.id] = lower(free(wanted, names.values(), "-"), longest)
    return names[edge.id]


def digest(name: str) -> str:
    """Return six hexadecimal digits of a name, by which a shortened name differs from another."""
    total = 0
    for letter in name:
        total = (total * 131 + ord(letter)) % 0xFFFFFF
    return f"{total:06X}"


def free(wanted: str, taken: Collection[str], before: str = "") -> str:
    """Return a name that is not taken: as wanted, or with a number behind it (and `before` in front of the number)."""
    if wanted not in taken:
        return wanted
    return next(name for count in range(2, 1000) if (name := f"{wanted}{before}{count}") not in taken)
