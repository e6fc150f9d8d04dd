"""NAT gateways."""

from advisor.architecture import Node
from blueprints.stack.registry import service
from blueprints.stack.scope import Scope


@service("nat-gateway")
def nat(_scope: Scope, _node: Node) -> None:
    """The network makes it, with its address and its route."""
