"""The fragments of this target: those of the tree, which are the same for both languages."""

from blueprints.cdk.registry import Triple, connection_fragment, connections, service_fragment

__all__ = ["Triple", "connection_fragment", "connections", "service_fragment"]
