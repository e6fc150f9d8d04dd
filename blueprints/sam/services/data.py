"""Stores: tables, buckets, databases and secrets. All are encrypted, and stay when the stack goes."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.plan import TABLE_EXPIRY, TABLE_KEY
from blueprints.registry import itself, own, service
from blueprints.sam.roles import policy
from blueprints.scope import Json, Scope
from blueprints.values import Att, Ref, joined

DATABASE = "app"
ENGINE = "aurora-postgresql"
#: The first version line whose Serverless v2 capacity may pause at zero and that is in long-term support.
ENGINE_VERSION = "16.8"
MOST_CAPACITY = 4
PAUSE_AFTER_S = 900
BACKUP_DAYS = 7


@service("dynamodb", name=itself, arn=own("Arn"), stream_arn=own("StreamArn"))
def table(scope: Scope, node: Node) -> None:
    """A table on demand, with point-in-time recovery and, when somebody listens, a stream of its changes."""
    properties: Json = {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": TABLE_KEY, "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": TABLE_KEY, "KeyType": "HASH"}],
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "SSESpecification": {"SSEEnabled": True},
        "TimeToLiveSpecification": {"AttributeName": TABLE_EXPIRY, "Enabled": True},
    }
    if scope.architecture.leaving(node.id, "stream"):
        properties["StreamSpecification"] = {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    id, type = scope.name(node.id), "AWS::DynamoDB::Table"
    if settings.flag(node, "multi_region"):
        properties, type = _replicated(scope, node, properties), "AWS::DynamoDB::GlobalTable"
    scope.add(id, type, properties, node=node.id, kept="Retain")
    scope.output(f"{id}Name", Ref(id), Text("Name of the table", "テーブル名"))


def _replicated(scope: Scope, node: Node, table: Json) -> Json:
    """Return a table as a global one, with a replica in the second Region."""
    recovery = {"PointInTimeRecoverySpecification": table.pop("PointInTimeRecoverySpecification")}
    regions = [Ref("AWS::Region"), Ref("ReplicaRegion")]
    return {
        **table,
        "SSESpecification": {"SSEEnabled": True, "SSEType": "KMS"},
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
        "Replicas": [{"Region": region, **recovery} for region in regions],
    }


@service("s3", name=itself, arn=own("Arn"), domain=own("RegionalDomainName"))
def bucket(scope: Scope, node: Node) -> None:
    """A private, versioned bucket that only answers over TLS."""
    properties: Json = {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "Id": "tidy",
                    "Status": "Enabled",
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                }
            ]
        },
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::S3::Bucket", properties, node=node.id, kept="Retain")
    scope.add(f"{id}Policy", "AWS::S3::BucketPolicy", _tls_only(id), node=node.id)
    scope.output(f"{id}Name", Ref(id), Text("Name of the bucket", "バケット名"))


def _tls_only(id: str) -> Json:
    deny = {
        "Sid": "DenyInsecureTransport",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [Att(id, "Arn"), joined(Att(id, "Arn"), "/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Bucket": Ref(id), "PolicyDocument": policy([deny])}


@service(
    "aurora-serverless",
    arn=own("DBClusterArn"),
    name=itself,
    secret_arn=own("MasterUserSecret.SecretArn"),
    database=lambda _scope, _node: DATABASE,
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def aurora(scope: Scope, node: Node) -> None:
    """An Aurora Serverless v2 cluster that pauses when idle and is reached through the Data API."""
    id = scope.name(node.id)
    group = {
        "DBSubnetGroupDescription": f"Private subnets of {id}",
        "SubnetIds": scope.subnets(),
    }
    scope.add(f"{id}Subnets", "AWS::RDS::DBSubnetGroup", group, node=node.id)
    scope.add(id, "AWS::RDS::DBCluster", _cluster(id), node=node.id, kept="Snapshot")
    instance = {
        "Engine": ENGINE,
        "DBInstanceClass": "db.serverless",
        "DBClusterIdentifier": Ref(id),
        "PubliclyAccessible": False,
        "AutoMinorVersionUpgrade": True,
    }
    scope.add(f"{id}Instance", "AWS::RDS::DBInstance", instance, node=node.id)
    scope.output(f"{id}ClusterArn", Att(id, "DBClusterArn"), Text("ARN of the database cluster", "DB クラスターの ARN"))
    secret = Att(id, "MasterUserSecret.SecretArn")
    scope.output(f"{id}SecretArn", secret, Text("ARN of the database's secret", "DB のシークレットの ARN"))


def _cluster(id: str) -> Json:
    return {
        "Engine": ENGINE,
        "EngineVersion": ENGINE_VERSION,
        "DatabaseName": DATABASE,
        "MasterUsername": "administrator",
        "ManageMasterUserPassword": True,
        "EnableHttpEndpoint": True,
        "StorageEncrypted": True,
        "ServerlessV2ScalingConfiguration": {
            "MinCapacity": 0,
            "MaxCapacity": MOST_CAPACITY,
            "SecondsUntilAutoPause": PAUSE_AFTER_S,
        },
        "DBSubnetGroupName": Ref(f"{id}Subnets"),
        "VpcSecurityGroupIds": [Ref(f"{id}SecurityGroup")],
        "BackupRetentionPeriod": BACKUP_DAYS,
        "CopyTagsToSnapshot": True,
        "EnableCloudwatchLogsExports": ["postgresql"],
        "EnableIAMDatabaseAuthentication": True,
    }


@service("secrets-manager", arn=itself)
def secret(scope: Scope, node: Node) -> None:
    """A secret with a random first value; its owner puts the real one in, so that no template holds it."""
    properties = {
        "Description": f"Secret of {node.subject}; put its value in after the first deployment",
        "GenerateSecretString": {"PasswordLength": 32, "ExcludePunctuation": True},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::SecretsManager::Secret", properties, node=node.id, kept="Retain")
    scope.output(f"{id}Arn", Ref(id), Text("ARN of the secret", "シークレットの ARN"))


@service("kinesis", name=itself, arn=own("Arn"))
def stream(scope: Scope, node: Node) -> None:
    """An encrypted stream that scales with what is put into it and keeps what was asked for, at least a day."""
    hours = min(8760, max(24, settings.number(node, "retention_s") // 3600))
    properties = {
        "StreamModeDetails": {"StreamMode": "ON_DEMAND"},
        "RetentionPeriodHours": hours,
        "StreamEncryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
    }
    id = scope.name(node.id)
    scope.add(id, "AWS::Kinesis::Stream", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), Text("Name of the stream", "ストリーム名"))
