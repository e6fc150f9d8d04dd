"""Databases of a fixed size, and the proxy that shares their connections among functions."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, ec2, rds
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Do, Let, Ref, Statement, Value, Words
from blueprints.names import proxy_suffix
from blueprints.traits import rds as rds_traits
from blueprints.traits import rds_proxy, with_trait

_VERSION = f"VER_{rds_traits.ENGINE_VERSION.replace('.', '_')}"
PROGRAMS = ("lambda", "ecs", "eks", "batch")

granted(PROGRAMS, ("read", "write", "read-write"), ("rds", "rds-proxy"))


@service("rds")
def instance(context: Context, node: Node) -> Iterator[Statement]:
    """Make a PostgreSQL instance whose password RDS keeps and changes, with a standby where availability asks for it."""
    key = key_for(context, node)
    keys: dict[str, Value] = {}
    secret: dict[str, Value] = {}
    if key is not None:
        keys = {"storage_encryption_key": key, "performance_insight_encryption_key": key}
        secret = {"encryption_key": key}
    size = getattr(ec2.InstanceSize, rds_traits.INSTANCE_SIZE.upper())
    made = rds.DatabaseInstance(
        THIS,
        context.id(node.id),
        engine=rds.DatabaseInstanceEngine.postgres(version=getattr(rds.PostgresEngineVersion, _VERSION)),
        instance_type=ec2.InstanceType.of(getattr(ec2.InstanceClass, rds_traits.INSTANCE_CLASS.upper()), size),
        vpc=VPC,
        vpc_subnets=PRIVATE,
        security_groups=[context.ref(node.id, "SecurityGroup")],
        database_name=rds_traits.DATABASE,
        credentials=rds.Credentials.from_username(rds_traits.USER, **secret),
        manage_master_user_password=True,
        storage_type=rds.StorageType.GP3,
        allocated_storage=rds_traits.STORAGE_GIB,
        max_allocated_storage=rds_traits.MOST_STORAGE_GIB,
        storage_encrypted=True,
        multi_az=rds_traits.in_two_zones(context.plan.design.requirements),
        publicly_accessible=False,
        auto_minor_version_upgrade=True,
        backup_retention=cdk.Duration.days(rds_traits.BACKUP_DAYS),
        copy_tags_to_snapshot=True,
        cloudwatch_logs_exports=["postgresql"],
        iam_authentication=True,
        enable_performance_insights=True,
        performance_insight_retention=rds.PerformanceInsightRetention.DEFAULT,
        **keys,
        removal_policy=cdk.RemovalPolicy.SNAPSHOT,
    )
    yield Let(context.name(node.id), made)
    host = context.ref(node.id).db_instance_endpoint_address
    yield output(
        context, context.id(node.id, "Endpoint"), host, Text("Host name of the database", "データベースのホスト名")
    )
    name = context.ref(node.id).instance_identifier
    words = Text("Name of the database instance", "DB インスタンス名")
    yield output(context, context.id(node.id, "Name"), name, words)


@service("rds-proxy")
def proxy(context: Context, node: Node) -> Iterator[Statement]:
    """Make a proxy that speaks TLS only and takes the database's own user."""
    yield context.role(node.id, "rds.amazonaws.com", context.statements(node.id), confined=True)
    auth = rds.CfnDBProxy.AuthFormatProperty(
        auth_scheme="SECRETS",
        client_password_auth_type="POSTGRES_SCRAM_SHA_256",
        iam_auth="DISABLED",
        secret_arn=context.value_of(node.id, "secret-arn"),
    )
    made = rds.CfnDBProxy(
        THIS,
        context.id(node.id),
        db_proxy_name=Words(cdk.Aws.STACK_NAME, f"-{proxy_suffix(context.id(node.id))}"),
        engine_family="POSTGRESQL",
        require_tls=True,
        idle_client_timeout=rds_proxy.IDLE_CLIENT_S,
        role_arn=context.ref(node.id, "Role").role_arn,
        auth=[auth],
        vpc_subnet_ids=Ref("subnet_ids"),
        vpc_security_group_ids=[context.ref(node.id, "SecurityGroup").security_group_id],
    )
    why = Text(
        "A plain resource: the construct would open security groups and grant rights beside those of the connections.",
        "素のリソースで作る。コンストラクトは接続に必要な分のほかにセキュリティグループの開放や権限を追加する。",
    )
    yield Let(context.name(node.id), made, why)


@connection(("rds-proxy",), "pool", with_trait("pooled_as"))
def pools(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the proxy share the database's connections."""
    target = context.node(edge.target)
    pool = rds.CfnDBProxyTargetGroup.ConnectionPoolConfigurationInfoFormatProperty(
        max_connections_percent=rds_proxy.MOST_CONNECTIONS_PERCENT,
        connection_borrow_timeout=rds_proxy.BORROW_TIMEOUT_S,
    )
    option = "db_instance_identifiers" if target.service == "rds" else "db_cluster_identifiers"
    named: dict[str, Value] = {option: [context.value_of(target.id, "name")]}
    made = rds.CfnDBProxyTargetGroup(
        THIS,
        context.id(edge.source, "Targets"),
        db_proxy_name=context.ref(edge.source).ref,
        target_group_name="default",
        **named,
        connection_pool_configuration_info=pool,
    )
    yield Let(context.name(edge.source, "Targets"), made)
    if target.service != "rds":
        why = Text(
            "The proxy asks for the database's instances, which a cluster gets after itself.",
            "プロキシはクラスターの後に作られるインスタンスに接続する。",
        )
        yield Do(context.ref(edge.source, "Targets").node.add_dependency(context.ref(target.id)), why)
