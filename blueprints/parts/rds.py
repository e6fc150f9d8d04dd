"""PostgreSQL on RDS: database instances of a fixed size."""

from advisor.architecture import Node
from advisor.requirements import availability
from advisor.sizing.database_instances import INSTANCE_CLASS, INSTANCE_SIZE
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.migrations import add_migrations
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.stack.registry import carried, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import rds
from blueprints.traits.rds import SECRET_ARN
from blueprints.values import Att, Ref, Value, arn, joined

carried(PROGRAMS, STORE_VERBS, ["rds"])


@service(
    "rds",
    arn=own("DBInstanceArn"),
    name=itself,
    endpoint=own("Endpoint.Address"),
    secret_arn=own(SECRET_ARN),
    users_arn=lambda scope, node: arn("rds-db", joined("dbuser:", Att(scope.main(node.id), "DbiResourceId"))),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def instance(scope: Scope, node: Node) -> None:
    """A PostgreSQL instance with an RDS managed password, and a standby if the availability requires it."""
    id = scope.name(node.id)
    group = {"DBSubnetGroupDescription": f"Private subnets of {id}", "SubnetIds": scope.subnets()}
    scope.add(f"{id}Subnets", "AWS::RDS::DBSubnetGroup", group, node=node.id)
    allocated, most = rds.storage_gib(_volume_bytes(scope, node))
    properties: Json = {
        "Engine": "postgres",
        "EngineVersion": rds.ENGINE_VERSION,
        "DBInstanceClass": f"db.{INSTANCE_CLASS}.{INSTANCE_SIZE}",
        "DBName": rds.DATABASE,
        "MasterUsername": rds.USER,
        "ManageMasterUserPassword": True,
        "StorageType": "gp3",
        "AllocatedStorage": str(allocated),
        **({} if most is None else {"MaxAllocatedStorage": most}),
        "StorageEncrypted": True,
        "MultiAZ": availability.in_two_zones(scope.plan.design.requirements),
        "DBSubnetGroupName": Ref(f"{id}Subnets"),
        "VPCSecurityGroups": [Ref(f"{id}SecurityGroup")],
        "PubliclyAccessible": False,
        "AutoMinorVersionUpgrade": True,
        "BackupRetentionPeriod": rds.BACKUP_DAYS,
        "CopyTagsToSnapshot": True,
        "EnableCloudwatchLogsExports": ["postgresql", "upgrade"],
        "EnableIAMDatabaseAuthentication": True,
        "EnablePerformanceInsights": True,
        "PerformanceInsightsRetentionPeriod": 7,
        "DeletionProtection": Ref("DeletionProtection"),
    }
    scope.add(id, "AWS::RDS::DBInstance", properties, node=node.id, kept="Snapshot")
    endpoint = Att(id, "Endpoint.Address")
    scope.output(f"{id}Endpoint", endpoint, "Host name of the database")
    scope.output(f"{id}Name", Ref(id), "Identifier of the DB instance")
    add_migrations(scope, node, rds.PORT)


def _volume_bytes(scope: Scope, node: Node) -> float:
    """Return the stated volume of data, or 0."""
    stores = scope.plan.design.requirements.of_kind("store")
    stated = next((store.answer("volume_bytes") for store in stores if store.id == node.subject), None)
    return 0.0 if stated is None else float(str(stated))


@encrypted("AWS::RDS::DBInstance", KeyUse("rds", grants=True, secret=True))
def _under_key(properties: Json, arn: Value) -> None:
    if "DBClusterIdentifier" not in properties:  # the instances of a cluster are encrypted as it is
        properties |= {"KmsKeyId": arn, "PerformanceInsightsKMSKeyId": arn, "MasterUserSecret": {"KmsKeyId": arn}}
