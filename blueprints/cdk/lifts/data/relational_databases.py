"""Relational databases of RDS: clusters of Aurora Serverless with their instances, and single instances."""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.network.vpc import VPC, groups, subnets
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import cdk, ec2, rds
from blueprints.cdk.tree import THIS, Call, Do, Let, Value
from blueprints.traits.rds import SECRET_ARN
from blueprints.values import Ref

_CLUSTER, _INSTANCE, _SUBNETS = "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::RDS::DBSubnetGroup"
_PROTECTION = Text(
    "The parameter controls deletion protection; the property of the L2 construct does not accept parameters.",
    "削除保護はパラメータで制御します。L2 コンストラクトのプロパティにはパラメータを指定できません。",
)
#: What a database and its instances say alike: property -> option.
_SAME: Mapping[str, str] = {
    "StorageEncrypted": "storage_encrypted",
    "CopyTagsToSnapshot": "copy_tags_to_snapshot",
    "EnableCloudwatchLogsExports": "cloudwatch_logs_exports",
    "EnableIAMDatabaseAuthentication": "iam_authentication",
}


def _subnet_group(lifter: Lifter, resource: Resource) -> Iterator[Resource]:
    """Yield the subnet group of a database; an instance of a cluster uses that of the cluster."""
    group_reference = resource.properties.get("DBSubnetGroupName")
    return (subnet_group for subnet_group in lifter.of_type(_SUBNETS) if group_reference == Ref(subnet_group.id))


@lift(
    _CLUSTER,
    ref="cluster_identifier",
    members={
        "DBClusterArn": "cluster_arn",
        "DBClusterResourceId": "cluster_resource_identifier",
        SECRET_ARN: "secret.secret_arn",
    },
    absorbs=(_subnet_group, naming(_INSTANCE, "DBClusterIdentifier")),
)
def cluster(lifter: Lifter, resource: Resource) -> Statements:
    """A cluster of Aurora PostgreSQL Serverless with the instance that writes, and those that take over."""
    engine, version = resource.take("Engine"), resource.take("EngineVersion")
    if engine != "aurora-postgresql":
        resource.refuse("Engine", engine)
    scaling = resource.part("ServerlessV2ScalingConfiguration")
    options: dict[str, Value] = {
        "engine": rds.DatabaseClusterEngine.aurora_postgres(version=_version(rds.AuroraPostgresEngineVersion, version)),
        **_instances(resource, engine),
        **_placement(lifter, resource, "VpcSecurityGroupIds"),
        "default_database_name": resource.take("DatabaseName"),
        **_credentials(lifter, resource),
        "enable_data_api": resource.take("EnableHttpEndpoint"),
        **_storage_key(lifter, resource),
        "serverless_v2_min_capacity": scaling.take("MinCapacity"),
        "serverless_v2_max_capacity": scaling.take("MaxCapacity"),
        **_pause(scaling),
        "backup": rds.BackupProps(retention=cdk.Duration.days(resource.take("BackupRetentionPeriod"))),
        **{option: resource.take(name) for name, option in _SAME.items()},
        **resource.removal(cdk_keeps=True),
    }
    protection = resource.take("DeletionProtection")
    yield Let(lifter.name(resource), rds.DatabaseCluster(THIS, resource.id, **options))
    yield _protected(lifter, resource, protection)


def _pause(scaling: Properties) -> dict[str, Value]:
    """Return the idle time after which the cluster pauses, if it does."""
    if "SecondsUntilAutoPause" not in scaling:
        return {}
    return {"serverless_v2_auto_pause_duration": duration(scaling.take("SecondsUntilAutoPause"))}


def _instances(resource: Resource, engine: str) -> dict[str, Value]:
    """Return the writer of a cluster, which is the first instance, and its readers."""
    instances = resource.of_type(_INSTANCE)
    writer, readers = instances[0] if instances else resource.only(_INSTANCE), instances[1:]
    options: dict[str, Value] = {"writer": _serverless(resource, writer, engine)}
    for reader in readers:
        reader.expect("PromotionTier", 1)
        reader.depends()  # CDK creates readers after the writer.
    if readers:
        options["readers"] = [_serverless(resource, one, engine, scale_with_writer=True) for one in readers]
    return options


def _serverless(resource: Resource, instance: Resource, engine: str, **options: Value) -> Call:
    """Return an instance of a cluster."""
    instance.expect("Engine", engine)
    instance.expect("DBInstanceClass", "db.serverless")
    instance.expect("DBClusterIdentifier", Ref(resource.id))
    return rds.ClusterInstance.serverless_v2(
        instance.id,
        publicly_accessible=instance.take("PubliclyAccessible"),
        auto_minor_version_upgrade=instance.take("AutoMinorVersionUpgrade"),
        **options,
    )


@lift(
    _INSTANCE,
    ref="instance_identifier",
    members={
        "DBInstanceArn": "instance_arn",
        "DbiResourceId": "instance_resource_id",
        "Endpoint.Address": "db_instance_endpoint_address",
        SECRET_ARN: "secret.secret_arn",
    },
    absorbs=(_subnet_group,),
)
def instance(lifter: Lifter, resource: Resource) -> Statements:
    """An instance of PostgreSQL of a fixed size."""
    resource.expect("Engine", "postgres")
    version = _version(rds.PostgresEngineVersion, resource.take("EngineVersion"))
    most = resource.take("MaxAllocatedStorage", None)
    options: dict[str, Value] = {
        "engine": rds.DatabaseInstanceEngine.postgres(version=version),
        "instance_type": _instance_type(resource),
        **_placement(lifter, resource, "VPCSecurityGroups"),
        "database_name": resource.take("DBName"),
        **_credentials(lifter, resource),
        "storage_type": resource.choose("StorageType", {"gp3": rds.StorageType.GP3}),
        "allocated_storage": int(resource.take("AllocatedStorage")),
        **({} if most is None else {"max_allocated_storage": most}),
        **_storage_key(lifter, resource),
        "multi_az": resource.take("MultiAZ"),
        "publicly_accessible": resource.take("PubliclyAccessible"),
        "auto_minor_version_upgrade": resource.take("AutoMinorVersionUpgrade"),
        "backup_retention": cdk.Duration.days(resource.take("BackupRetentionPeriod")),
        **{option: resource.take(name) for name, option in _SAME.items()},
        **_performance_insights(lifter, resource),
        **resource.removal(cdk_keeps=True),
    }
    protection = resource.take("DeletionProtection")
    yield Let(lifter.name(resource), rds.DatabaseInstance(THIS, resource.id, **options))
    yield _protected(lifter, resource, protection)


def _protected(lifter: Lifter, resource: Resource, protection: Value) -> Do:
    """Set the protection from deletion on the L1 construct: it is a parameter, and the option takes a Boolean only."""
    l1_resource = lifter.ref(resource).node.default_child
    return Do(l1_resource.add_property_override("DeletionProtection", lifter.value(protection)), _PROTECTION)


def _instance_type(resource: Resource) -> Call:
    instance_class = resource.take("DBInstanceClass")
    prefix, family, size = instance_class.split(".")
    if prefix != "db":
        resource.refuse("DBInstanceClass", instance_class)
    return ec2.InstanceType.of(
        getattr(ec2.InstanceClass, family.upper()), getattr(ec2.InstanceSize, size.upper().replace("-", "_"))
    )


def _performance_insights(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    options: dict[str, Value] = {
        "enable_performance_insights": resource.take("EnablePerformanceInsights"),
        "performance_insight_retention": resource.choose(
            "PerformanceInsightsRetentionPeriod", {7: rds.PerformanceInsightRetention.DEFAULT}
        ),
    }
    if "PerformanceInsightsKMSKeyId" in resource:
        options["performance_insight_encryption_key"] = key(lifter, resource.take("PerformanceInsightsKMSKeyId"))
    return options


def _version(versions: Any, number: str) -> Any:
    return getattr(versions, f"VER_{number.replace('.', '_')}")


def _placement(lifter: Lifter, resource: Resource, groups_property: str) -> dict[str, Value]:
    """Return the subnets of a database; its construct creates the subnet group."""
    group = resource.only(_SUBNETS)
    resource.expect("DBSubnetGroupName", Ref(group.id))
    group.take("DBSubnetGroupDescription")  # CDK describes it by the id of the database.
    return {
        "vpc": VPC,
        "vpc_subnets": subnets(lifter, group.take("SubnetIds")),
        "security_groups": groups(lifter, resource.take(groups_property)),
    }


def _credentials(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    """Return the first user, whose password RDS keeps in a secret of its own."""
    secret: dict[str, Value] = {}
    if "MasterUserSecret" in resource:
        secret["encryption_key"] = key(lifter, resource.part("MasterUserSecret").take("KmsKeyId"))
    return {
        "credentials": rds.Credentials.from_username(resource.take("MasterUsername"), **secret),
        "manage_master_user_password": resource.take("ManageMasterUserPassword"),
    }


def _storage_key(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    return {"storage_encryption_key": key(lifter, resource.take("KmsKeyId"))} if "KmsKeyId" in resource else {}
