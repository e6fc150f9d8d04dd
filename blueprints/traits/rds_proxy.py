"""Amazon RDS Proxy: it shares the connections to a database."""

from advisor.text import Text
from blueprints.traits import NamedResource, NodeAttribute, Port, Traits

TRAITS = Traits(
    service="rds-proxy",
    variables=(NodeAttribute("ENDPOINT", "endpoint"), NodeAttribute("SECRET_ARN", "secret-arn")),
    placement="vpc",
    pools=True,
    ports=(Port(5432),),
    interface_endpoints=("secretsmanager",),
    standing_cost=Text("RDS Proxy: per hour and vCPU", "RDS Proxy: vCPU あたりの時間課金"),
    resources={
        "secretsmanager:GetSecretValue": (NamedResource("secret-arn"),),
    },
    emulated=False,
)
