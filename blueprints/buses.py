"""Event buses: which of them is the account's default bus, on which rules stand and of which none is made."""

from advisor.architecture import Architecture, Node

#: Services whose events only reach the account's default bus.
DEFAULT_BUS_SOURCES = ("s3", "aws-service")


def on_default_bus(architecture: Architecture, node: Node) -> bool:
    """Return whether a bus stands for the account's default bus, where AWS services put their events."""
    emitters = (architecture.node(edge.source).service for edge in architecture.entering(node.id, "emit"))
    return any(service in DEFAULT_BUS_SOURCES for service in emitters)
