"""RDS Proxy, which shares a database's connections among functions."""

from advisor.architecture import Edge, Node
from blueprints.naming import proxy_suffix
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import carried, connection, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import rds_proxy, traits_of, with_trait
from blueprints.values import Att, Fn, Ref, Value, arn, joined, stack_name

carried(PROGRAMS, STORE_VERBS, ["rds-proxy"])


@service(
    "rds-proxy",
    arn=own("DBProxyArn"),
    name=itself,
    endpoint=own("Endpoint"),
    users_arn=lambda scope, node: arn("rds-db", joined("dbuser:", _proxy_id(scope, node))),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def proxy(scope: Scope, node: Node) -> None:
    """A proxy that requires TLS and IAM authentication; its connection adds the target."""
    id = scope.name(node.id)
    role(scope, f"{id}Role", trust("rds.amazonaws.com", confined=True), scope.statements(node.id), node=node.id)
    properties: Json = {
        "DBProxyName": stack_name(proxy_suffix(id)),
        "EngineFamily": "POSTGRESQL",
        "RequireTLS": True,
        "IdleClientTimeout": rds_proxy.IDLE_CLIENT_S,
        "RoleArn": Att(f"{id}Role", "Arn"),
        "DefaultAuthScheme": "IAM_AUTH",
        "VpcSubnetIds": scope.subnets(),
        "VpcSecurityGroupIds": [Ref(f"{id}SecurityGroup")],
    }
    scope.add(id, "AWS::RDS::DBProxy", properties, node=node.id)


def _proxy_id(scope: Scope, node: Node) -> Value:
    """Return the id of a proxy in IAM policies: the end of its ARN."""
    return Fn("Select", [6, Fn("Split", [":", Att(scope.main(node.id), "DBProxyArn")])])


@connection(["rds-proxy"], "pool", with_trait("pooled_as"))
def shares_connections(scope: Scope, edge: Edge) -> None:
    """Register the database as the target of the proxy."""
    target = scope.architecture.node(edge.target)
    properties = {
        "DBProxyName": Ref(scope.main(edge.source)),
        "TargetGroupName": "default",
        traits_of(target.service).pooled_as: [scope.of(target.id, "name")],
        "ConnectionPoolConfigurationInfo": {
            "MaxConnectionsPercent": rds_proxy.MOST_CONNECTIONS_PERCENT,
            "ConnectionBorrowTimeout": rds_proxy.BORROW_TIMEOUT_S,
        },
    }
    # The proxy needs the database's instances, which are made after the cluster.
    instance = f"{scope.main(target.id)}Instance"
    depends = [instance] if instance in scope.resources else []
    id = f"{scope.name(edge.source)}Targets"
    scope.add(id, "AWS::RDS::DBProxyTargetGroup", properties, edge=edge.id, depends=depends)
