"""NAT gateways."""

from advisor.architecture import Node
from blueprints.registry import service
from blueprints.scope import Scope


@service("nat-gateway")
def nat(_scope: Scope, _node: Node) -> None:
    """The network makes it, with its address and its route."""
