"""Amazon RDS Proxy: it shares the connections to a database."""

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.traits import NamedResource, NodeAttribute, Port, Traits, rds

MOST_CONNECTIONS_PERCENT = 90
BORROW_TIMEOUT_S = 30
IDLE_CLIENT_S = 1800


def pooled(architecture: Architecture, proxy: str) -> Node:
    """Return the database whose connections a proxy shares."""
    (edge,) = architecture.leaving(proxy, "pool")
    return architecture.node(edge.target)


TRAITS = Traits(
    service="rds-proxy",
    client=rds.CLIENT,
    variables=(NodeAttribute("ENDPOINT", "endpoint"), NodeAttribute("SECRET_ARN", "secret-arn")),
    resources={
        "secretsmanager:GetSecretValue": (NamedResource("secret-arn"),),
    },
    placement="vpc",
    ports=(Port(5432),),
    pools=True,
    interface_endpoints=("secretsmanager",),
    standing_cost=Text("RDS Proxy: per hour and vCPU", "RDS Proxy: vCPU あたりの時間課金"),
    emulated=False,
)
