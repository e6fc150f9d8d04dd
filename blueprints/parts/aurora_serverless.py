"""Aurora Serverless v2: a PostgreSQL cluster that scales to zero, reached through the Data API."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.programs import PROGRAMS, STORE_VERBS
from blueprints.stack.registry import carried, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import aurora_serverless
from blueprints.traits.rds import SECRET_ARN
from blueprints.values import Att, Ref, Value

DATABASE = "app"
ENGINE = "aurora-postgresql"
#: The first version line whose Serverless v2 capacity may pause at zero and that is in long-term support.
ENGINE_VERSION = "16.8"
MOST_CAPACITY = 4
PAUSE_AFTER_S = 900
BACKUP_DAYS = 7

carried(PROGRAMS, STORE_VERBS, ["aurora-serverless"])


@service(
    "aurora-serverless",
    arn=own("DBClusterArn"),
    name=itself,
    secret_arn=own(SECRET_ARN),
    database=lambda _scope, _node: DATABASE,
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def aurora(scope: Scope, node: Node) -> None:
    """An Aurora Serverless v2 cluster, reached through the Data API; it pauses when idle unless a caller cannot wait."""
    id = scope.name(node.id)
    group = {
        "DBSubnetGroupDescription": f"Private subnets of {id}",
        "SubnetIds": scope.subnets(),
    }
    scope.add(f"{id}Subnets", "AWS::RDS::DBSubnetGroup", group, node=node.id)
    scope.add(id, "AWS::RDS::DBCluster", _cluster(id, node), node=node.id, kept="Snapshot")
    instance = {
        "Engine": ENGINE,
        "DBInstanceClass": "db.serverless",
        "DBClusterIdentifier": Ref(id),
        "PubliclyAccessible": False,
        "AutoMinorVersionUpgrade": True,
    }
    scope.add(f"{id}Instance", "AWS::RDS::DBInstance", instance, node=node.id)
    scope.output(f"{id}ClusterArn", Att(id, "DBClusterArn"), Text("ARN of the database cluster", "DB クラスターの ARN"))
    secret = Att(id, SECRET_ARN)
    scope.output(f"{id}SecretArn", secret, Text("ARN of the database's secret", "DB のシークレットの ARN"))


def _cluster(id: str, node: Node) -> Json:
    least = aurora_serverless.least_capacity(node)
    return {
        "Engine": ENGINE,
        "EngineVersion": ENGINE_VERSION,
        "DatabaseName": DATABASE,
        "MasterUsername": "administrator",
        "ManageMasterUserPassword": True,
        "EnableHttpEndpoint": True,
        "StorageEncrypted": True,
        "ServerlessV2ScalingConfiguration": {
            "MinCapacity": least,
            "MaxCapacity": MOST_CAPACITY,
            **({} if least else {"SecondsUntilAutoPause": PAUSE_AFTER_S}),
        },
        "DBSubnetGroupName": Ref(f"{id}Subnets"),
        "VpcSecurityGroupIds": [Ref(f"{id}SecurityGroup")],
        "BackupRetentionPeriod": BACKUP_DAYS,
        "CopyTagsToSnapshot": True,
        "EnableCloudwatchLogsExports": ["postgresql"],
        "EnableIAMDatabaseAuthentication": True,
    }


@encrypted("AWS::RDS::DBCluster")
def _under_key(properties: Json, arn: Value) -> None:
    properties |= {"KmsKeyId": arn, "MasterUserSecret": {"KmsKeyId": arn}}
