"""Emails to the recipients that items name."""

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
    waiting, seen = [program.id], {program.id}
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            if edge.verb in ("publish", "start") and _asks_people(architecture, source):
                return True
            if edge.source not in seen and source.role in _PASSING:
                seen.add(edge.source)
                waiting.append(edge.source)
    return False


def _asks_people(architecture: Architecture, node: Node) -> bool:
    """Return whether a node is an entry whose callers do not sign with AWS credentials."""
    checked = (architecture.node(edge.target) for edge in architecture.leaving(node.id, "authorize"))
    kinds = {traits_of(one.service).identity for one in checked}
    return traits_of(node.service).protocol in ("http", "graphql") and "credentials" not in kinds
