"""Databases of a fixed size, and the proxy that shares their connections among functions."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.names import proxy_suffix
from blueprints.registry import carried, connection, itself, own, service
from blueprints.sam.roles import role, trust
from blueprints.scope import Json, Scope
from blueprints.traits import rds, rds_proxy, traits_of, with_trait
from blueprints.values import Att, Ref, stack_name

PROGRAMS = ("lambda", "ecs", "eks", "ec2", "batch")

carried(PROGRAMS, ["read", "write", "read-write"], ["rds", "rds-proxy"])


@service(
    "rds",
    arn=own("DBInstanceArn"),
    name=itself,
    endpoint=own("Endpoint.Address"),
    secret_arn=own("MasterUserSecret.SecretArn"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def instance(scope: Scope, node: Node) -> None:
    """A PostgreSQL instance whose password RDS keeps and changes, with a standby where availability asks for it."""
    id = scope.name(node.id)
    group = {"DBSubnetGroupDescription": f"Private subnets of {id}", "SubnetIds": scope.subnets()}
    scope.add(f"{id}Subnets", "AWS::RDS::DBSubnetGroup", group, node=node.id)
    properties: Json = {
        "Engine": "postgres",
        "EngineVersion": rds.ENGINE_VERSION,
        "DBInstanceClass": f"db.{rds.INSTANCE_CLASS}.{rds.INSTANCE_SIZE}",
        "DBName": rds.DATABASE,
        "MasterUsername": rds.USER,
        "ManageMasterUserPassword": True,
        "StorageType": "gp3",
        "AllocatedStorage": str(rds.STORAGE_GIB),
        "MaxAllocatedStorage": rds.MOST_STORAGE_GIB,
        "StorageEncrypted": True,
        "MultiAZ": rds.in_two_zones(scope.plan.design.requirements),
        "DBSubnetGroupName": Ref(f"{id}Subnets"),
        "VPCSecurityGroups": [Ref(f"{id}SecurityGroup")],
        "PubliclyAccessible": False,
        "AutoMinorVersionUpgrade": True,
        "BackupRetentionPeriod": rds.BACKUP_DAYS,
        "CopyTagsToSnapshot": True,
        "EnableCloudwatchLogsExports": ["postgresql"],
        "EnableIAMDatabaseAuthentication": True,
        "EnablePerformanceInsights": True,
        "PerformanceInsightsRetentionPeriod": 7,
    }
    scope.add(id, "AWS::RDS::DBInstance", properties, node=node.id, kept="Snapshot")
    endpoint = Att(id, "Endpoint.Address")
    scope.output(f"{id}Endpoint", endpoint, Text("Host name of the database", "データベースのホスト名"))
    scope.output(f"{id}Name", Ref(id), Text("Name of the database instance", "DB インスタンス名"))


@service(
    "rds-proxy",
    arn=own("DBProxyArn"),
    name=itself,
    endpoint=own("Endpoint"),
    secret_arn=lambda scope, node: scope.of(rds_proxy.pooled(scope.architecture, node.id).id, "secret-arn"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def proxy(scope: Scope, node: Node) -> None:
    """A proxy that speaks TLS only and takes the database's own user; whom it leads to is put in by its connection."""
    id = scope.name(node.id)
    role(scope, f"{id}Role", trust("rds.amazonaws.com", confined=True), scope.statements(node.id), node=node.id)
    auth = {
        "AuthScheme": "SECRETS",
        "ClientPasswordAuthType": "POSTGRES_SCRAM_SHA_256",
        "IAMAuth": "DISABLED",
        "SecretArn": scope.of(node.id, "secret-arn"),
    }
    properties: Json = {
        "DBProxyName": stack_name(proxy_suffix(id)),
        "EngineFamily": "POSTGRESQL",
        "RequireTLS": True,
        "IdleClientTimeout": rds_proxy.IDLE_CLIENT_S,
        "RoleArn": Att(f"{id}Role", "Arn"),
        "Auth": [auth],
        "VpcSubnetIds": scope.subnets(),
        "VpcSecurityGroupIds": [Ref(f"{id}SecurityGroup")],
    }
    scope.add(id, "AWS::RDS::DBProxy", properties, node=node.id)


@connection(["rds-proxy"], "pool", with_trait("pooled_as"))
def pools(scope: Scope, edge: Edge) -> None:
    """Let the proxy share the database's connections."""
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
    # The proxy asks for the database's instances, which a cluster gets after itself.
    instance = f"{scope.main(target.id)}Instance"
    depends = [instance] if instance in scope.resources else []
    id = f"{scope.name(edge.source)}Targets"
    scope.add(id, "AWS::RDS::DBProxyTargetGroup", properties, edge=edge.id, depends=depends)
