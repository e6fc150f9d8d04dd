"""Emails to the recipients that items name."""

from advisor.architecture import Architecture, Node
from blueprints.traits import traits_of


def mails(architecture: Architecture) -> bool:
    """Return whether a project sends emails to the recipients that items name."""
    clients = (traits_of(node.service).client for node in architecture.nodes)
    return any(client is not None and "addressed" in client.tests for client in clients)


def puts_bodies(architecture: Architecture, program: Node) -> bool:
    """Return whether an API puts the bodies of its callers into the channel of a program, and these are no machines."""
    sources = {edge.source for edge in architecture.entering(program.id)}
    sources |= {edge.source for source in sources for edge in architecture.entering(source, "start")}
    entries = {edge.source for source in sources for edge in architecture.entering(source, "publish")}
    return any(_asks_people(architecture, architecture.node(entry)) for entry in entries)


def _asks_people(architecture: Architecture, node: Node) -> bool:
    """Return whether a node is an entry whose callers do not sign with AWS credentials."""
    checked = (architecture.node(edge.target) for edge in architecture.leaving(node.id, "authorize"))
    kinds = {traits_of(one.service).identity for one in checked}
    return traits_of(node.service).protocol in ("http", "graphql") and "credentials" not in kinds
