"""Where logs and alarms are seen: the dashboard stands with the alarms that it shows, the NAT gateway in the network."""

from collections.abc import Iterator

from advisor.architecture import Node
from blueprints.cdk.context import Context
from blueprints.cdk.registry import service
from blueprints.cdk.tree import Statement


@service("cloudwatch", "nat-gateway")
def elsewhere(_context: Context, _node: Node) -> Iterator[Statement]:
    """Make nothing here: what stands for the node is made elsewhere."""
    yield from ()
