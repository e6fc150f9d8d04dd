"""Amazon RDS Proxy: it shares the connections to a database."""

from advisor.text import Text
from blueprints.traits import NamedResource, NodeAttribute, Port, Traits, rds
from blueprints.traits._words import DATABASE_USER

MOST_CONNECTIONS_PERCENT = 90
BORROW_TIMEOUT_S = 30
IDLE_CLIENT_S = 1800

TRAITS = Traits(
    service="rds-proxy",
    client=rds.CLIENT,
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
    resources={
        "rds-db:connect": (NamedResource("users-arn", words=DATABASE_USER, of_user=True),),
    },
    placement="vpc",
    ports=(Port(5432),),
    pools=True,
    # For the database behind it: the administrator's password, which the function for migrations reads.
    interface_endpoints=("secretsmanager",),
    standing_cost=Text("RDS Proxy: per vCPU-hour of the database", "RDS Proxy: データベースの vCPU あたりの時間課金"),
    emulated=False,
)
