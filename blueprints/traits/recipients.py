"""Emails to the recipients that items name, and what callers of an API must not name in the bodies that it hands on."""

from advisor.architecture import Architecture, Node
from blueprints.traits import traits_of

#: The roles of what passes on what it receives.
_PASSING = ("messaging", "buffer", "queue", "events", "workflow")


def mails(architecture: Architecture) -> bool:
    """Return whether a project sends emails to the recipients that items name."""
    clients = (traits_of(node.service).client for node in architecture.nodes)
    return any(client is not None and "addressed" in client.tests for client in clients)


def puts_bodies(architecture: Architecture, program: Node) -> bool:
    """Return whether an API hands the bodies of its callers on to a program, and these are no machines.

    It puts them into a channel or starts a workflow with them; channels and workflows pass them on as they are.
    """
    return any(_asks_people(architecture, one) for one in _senders(architecture, program))


def unnamed(architecture: Architecture, program: Node) -> tuple[str, ...]:
    """Return the fields that a program does not take from the bodies that an API hands on to it.

    Nobody has checked whose body it is, so that it names no owner of what comes of it, no user to be notified, and no
    version of an item, which would keep results of later ones from being stored.
    """
    if not any(_answers(one) for one in _senders(architecture, program)):
        return ()
    named = ["recipient"] if mails(architecture) and puts_bodies(architecture, program) else []
    return ("owner", "who", "etag", *named)


def sent_with_owners(architecture: Architecture, program: Node) -> bool:
    """Return whether a program that gets bodies of callers also gets messages of programs, which know their owners.

    It cannot tell these apart, so that no owner can be taken from either.
    """
    senders = _senders(architecture, program)
    return any(map(_answers, senders)) and any(one.role == "compute" for one in senders)


def _senders(architecture: Architecture, program: Node) -> list[Node]:
    """Return what publishes what a program gets, or starts it or its workflow: entries, schedules and other programs."""
    found: list[Node] = []
    waiting, seen = [program.id], {program.id}
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            if edge.verb in ("publish", "start", "call") and source.role not in _PASSING:
                found.append(source)
            if edge.source not in seen and source.role in _PASSING:
                seen.add(edge.source)
                waiting.append(edge.source)
    return found


def _answers(node: Node) -> bool:
    return traits_of(node.service).protocol in ("http", "graphql")


def _asks_people(architecture: Architecture, node: Node) -> bool:
    """Return whether a node is an entry whose callers do not sign with AWS credentials."""
    checked = (architecture.node(edge.target) for edge in architecture.leaving(node.id, "authorize"))
    kinds = {traits_of(one.service).identity for one in checked}
    return _answers(node) and "credentials" not in kinds
