"""Stores of data: encrypted, kept when the stack goes, restorable."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.attributes import DATABASE
from blueprints.cdk.context import Context
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, dynamodb, rds, s3, secretsmanager
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Statement, Value
from blueprints.plan import TABLE_EXPIRY, TABLE_KEY

MOST_CAPACITY = 4
PROGRAMS = ("lambda", "ecs", "eks", "batch")

granted(PROGRAMS, ("read", "write", "read-write"), ("dynamodb", "s3", "aurora-serverless"))
granted(PROGRAMS, ("get-secret",), ("secrets-manager",))


@service("dynamodb")
def table(context: Context, node: Node) -> Iterator[Statement]:
    """Make a table on demand, with point-in-time recovery and, when somebody listens, a stream of its changes."""
    recovery = dynamodb.PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True)
    options: dict[str, Value] = {
        "partition_key": dynamodb.Attribute(name=TABLE_KEY, type=dynamodb.AttributeType.STRING),
        "billing_mode": dynamodb.BillingMode.PAY_PER_REQUEST,
        **_table_key(context, node),
        "point_in_time_recovery_specification": recovery,
        "time_to_live_attribute": TABLE_EXPIRY,
        "removal_policy": cdk.RemovalPolicy.RETAIN,
    }
    if context.architecture.leaving(node.id, "stream"):
        options["stream"] = dynamodb.StreamViewType.NEW_AND_OLD_IMAGES
    if settings.flag(node, "multi_region"):
        options["stream"] = dynamodb.StreamViewType.NEW_AND_OLD_IMAGES
    yield Let(context.name(node.id), dynamodb.Table(THIS, context.id(node.id), **options))
    if settings.flag(node, "multi_region"):
        yield from _replicated(context, node)
    words = Text("Name of the table", "テーブル名")
    yield output(context, context.id(node.id, "Name"), context.ref(node.id).table_name, words)


def _replicated(context: Context, node: Node) -> Iterator[Statement]:
    """Make the table a global one, with a replica in the second Region."""
    why = Text(
        "A global table: the constructs for it only know Regions that are written out, and these are parameters.",
        "グローバルテーブルにする。専用のコンストラクトは固定のリージョンしか扱えず、ここではパラメータで指定するため。",
    )
    recovery: Value = {"PointInTimeRecoveryEnabled": True}
    regions: tuple[Value, ...] = (cdk.Aws.REGION, context.parameter("ReplicaRegion"))
    replicas: Value = [{"Region": region, "PointInTimeRecoverySpecification": recovery} for region in regions]
    resource = context.ref(node.id).node.default_child
    yield Do(resource.add_override("Type", "AWS::DynamoDB::GlobalTable"), why)
    yield Do(resource.add_property_override("Replicas", replicas))
    yield Do(resource.add_property_override("SSESpecification.SSEType", "KMS"))
    yield Do(resource.add_property_deletion_override("PointInTimeRecoverySpecification"))


def _table_key(context: Context, node: Node) -> dict[str, Value]:
    key = key_for(context, node)
    if key is None:
        return {"encryption": dynamodb.TableEncryption.AWS_MANAGED}
    return {"encryption": dynamodb.TableEncryption.CUSTOMER_MANAGED, "encryption_key": key}


def _bucket_key(context: Context, node: Node) -> dict[str, Value]:
    key = key_for(context, node)
    if key is None:
        return {"encryption": s3.BucketEncryption.S3_MANAGED}
    return {"encryption": s3.BucketEncryption.KMS, "encryption_key": key, "bucket_key_enabled": True}


@service("s3")
def bucket(context: Context, node: Node) -> Iterator[Statement]:
    """Make a private, versioned bucket that only answers over TLS, and reports new objects when listened to."""
    tidy = s3.LifecycleRule(
        id="tidy",
        abort_incomplete_multipart_upload_after=cdk.Duration.days(7),
        noncurrent_version_expiration=cdk.Duration.days(30),
    )
    made = s3.Bucket(
        THIS,
        context.id(node.id),
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        **_bucket_key(context, node),
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        enforce_ssl=True,
        versioned=True,
        lifecycle_rules=[tidy],
        removal_policy=cdk.RemovalPolicy.RETAIN,
    )
    yield Let(context.name(node.id), made)
    if context.architecture.leaving(node.id, "emit"):
        yield _reports(context, node)
    words = Text("Name of the bucket", "バケット名")
    yield output(context, context.id(node.id, "Name"), context.ref(node.id).bucket_name, words)


def _reports(context: Context, node: Node) -> Do:
    why = Text(
        "Set on the resource itself: `event_bridge_enabled` would add a function that is only there to set it.",
        "リソースに直接設定する。event_bridge_enabled を使うと、設定のためだけの関数が追加される。",
    )
    path = "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled"
    return Do(context.ref(node.id).node.default_child.add_property_override(path, True), why)


@service("aurora-serverless")
def database(context: Context, node: Node) -> Iterator[Statement]:
    """Make an Aurora Serverless v2 cluster that pauses when idle and is reached through the Data API."""
    yield Let(context.name(node.id), rds.DatabaseCluster(THIS, context.id(node.id), **_cluster(context, node)))
    cluster = context.ref(node.id)
    words = Text("ARN of the database cluster", "DB クラスターの ARN")
    yield output(context, context.id(node.id, "ClusterArn"), cluster.cluster_arn, words)
    secret = Text("ARN of the database's secret", "DB のシークレットの ARN")
    yield output(context, context.id(node.id, "SecretArn"), cluster.secret.secret_arn, secret)


def _cluster(context: Context, node: Node) -> dict[str, Value]:
    engine = rds.DatabaseClusterEngine.aurora_postgres(version=rds.AuroraPostgresEngineVersion.VER_16_8)
    writer = rds.ClusterInstance.serverless_v2(
        context.id(node.id, "Instance"), publicly_accessible=False, auto_minor_version_upgrade=True
    )
    key = key_for(context, node)
    keys: dict[str, Value] = {} if key is None else {"storage_encryption_key": key}
    secret: dict[str, Value] = {} if key is None else {"encryption_key": key}
    return {
        "engine": engine,
        "writer": writer,
        "vpc": VPC,
        "vpc_subnets": PRIVATE,
        "security_groups": [context.ref(node.id, "SecurityGroup")],
        "default_database_name": DATABASE,
        "credentials": rds.Credentials.from_username("administrator", **secret),
        "manage_master_user_password": True,
        "enable_data_api": True,
        "iam_authentication": True,
        "storage_encrypted": True,
        **keys,
        "serverless_v2_min_capacity": 0,
        "serverless_v2_max_capacity": MOST_CAPACITY,
        "serverless_v2_auto_pause_duration": cdk.Duration.minutes(15),
        "backup": rds.BackupProps(retention=cdk.Duration.days(7)),
        "copy_tags_to_snapshot": True,
        "cloudwatch_logs_exports": ["postgresql"],
        "removal_policy": cdk.RemovalPolicy.SNAPSHOT,
    }


@service("secrets-manager")
def secret(context: Context, node: Node) -> Iterator[Statement]:
    """Make a secret with a random first value."""
    key = key_for(context, node)
    keys: dict[str, Value] = {} if key is None else {"encryption_key": key}
    made: Call = secretsmanager.Secret(
        THIS,
        context.id(node.id),
        description=f"Secret of {node.subject}; put its value in after the first deployment",
        generate_secret_string=secretsmanager.SecretStringGenerator(password_length=32, exclude_punctuation=True),
        **keys,
        removal_policy=cdk.RemovalPolicy.RETAIN,
    )
    why = Text(
        "Its first value is random; its owner puts the real one in, so no template holds it.",
        "最初の値は乱数。本当の値は所有者が後で設定するため、テンプレートには残らない。",
    )
    yield Let(context.name(node.id), made, why)
    words = Text("ARN of the secret", "シークレットの ARN")
    yield output(context, context.id(node.id, "Arn"), context.ref(node.id).secret_arn, words)
