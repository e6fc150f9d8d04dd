"""Aurora Serverless v2: a PostgreSQL cluster that scales to zero, reached through the Data API."""

from advisor.architecture import Edge, Node
from advisor.requirements import availability
from advisor.text import Text
from blueprints import settings
from blueprints.plan.customer_key import FINDING, KeyUse
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import connection, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.database_roles import PRIVILEGES, role_of, user_edge
from blueprints.traits.rds import SECRET_ARN
from blueprints.values import Att, Ref, Value, arn, joined
from blueprints.values.json_text import JsonText

DATABASE = "app"
ENGINE = "aurora-postgresql"
#: The first version line whose Serverless v2 capacity may pause at zero and that is in long-term support.
ENGINE_VERSION = "16.8"
PAUSE_AFTER_S = 900
BACKUP_DAYS = 7


_READER = Text(
    "If the writer or its Availability Zone fails, this reader takes over. In this promotion tier, its capacity follows that of the writer.",
    "ライターまたはそのアベイラビリティーゾーンに障害が起きると、このリーダーが引き継ぎます。この昇格階層では、キャパシティーがライターに追従します。",
)


@service(
    "aurora-serverless",
    arn=own("DBClusterArn"),
    name=itself,
    secret_arn=own(SECRET_ARN),
    users_arn=lambda scope, node: arn("rds-db", joined("dbuser:", Att(scope.main(node.id), "DBClusterResourceId"))),
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
    if availability.has_reader(scope.plan.design.requirements):
        reader = {**instance, "PromotionTier": 1}
        writer = [f"{id}Instance"]
        scope.add(f"{id}Reader", "AWS::RDS::DBInstance", reader, node=node.id, depends=writer, why=_READER)
    scope.output(f"{id}ClusterArn", Att(id, "DBClusterArn"), "ARN of the database cluster")
    secret = Att(id, SECRET_ARN)
    words = "ARN of the secret with the administrator credentials, for migrations"
    scope.output(f"{id}SecretArn", secret, words)


_PASSWORD = Text(
    "The Data API reads the name and password of the database user from this secret. `make migrate` sets the password of the user.",
    "Data API は、データベースユーザーの名前とパスワードをこのシークレットから読み取ります。`make migrate` がこのパスワードをユーザーに設定します。",
)


def adds_user(scope: Scope, edge: Edge) -> None:
    """Add the secret of a program's database user; only migrations use that of the administrator."""
    scope.carry(scope.main(edge.source), edge.id)
    if user_edge(scope.architecture, edge) != edge:
        return
    user = role_of(scope.architecture, edge)
    properties: Json = {
        "Description": f"Password of {user}, the database user of {edge.source.partition('.')[0]}",
        "GenerateSecretString": {
            "SecretStringTemplate": JsonText({"username": user}),
            "GenerateStringKey": "password",
            "PasswordLength": 32,
            "ExcludePunctuation": True,
        },
    }
    id = f"{scope.name(edge.id)}Secret"
    scope.add(id, "AWS::SecretsManager::Secret", properties, edge=edge.id, why=_PASSWORD)
    scope.output(f"{id}Arn", Ref(id), f"Secret of {user}, for migrations")


for _verb in PRIVILEGES:
    connection(PROGRAMS, _verb, ["aurora-serverless"])(adds_user)


def _capacity(node: Node) -> Json:
    """Return the capacity; the minimum is zero if callers can wait for the resume."""
    least, most = settings.decimal(node, "least_capacity_acu"), settings.number(node, "most_capacity_acu")
    if least:
        return {"MinCapacity": least, "MaxCapacity": most}
    return {"MinCapacity": 0, "MaxCapacity": most, "SecondsUntilAutoPause": PAUSE_AFTER_S}


def _cluster(id: str, node: Node) -> Json:
    return {
        "Engine": ENGINE,
        "EngineVersion": ENGINE_VERSION,
        "DatabaseName": DATABASE,
        "MasterUsername": "administrator",
        "ManageMasterUserPassword": True,
        "EnableHttpEndpoint": True,
        "StorageEncrypted": True,
        "ServerlessV2ScalingConfiguration": _capacity(node),
        "DBSubnetGroupName": Ref(f"{id}Subnets"),
        "VpcSecurityGroupIds": [Ref(f"{id}SecurityGroup")],
        "BackupRetentionPeriod": BACKUP_DAYS,
        "CopyTagsToSnapshot": True,
        "EnableCloudwatchLogsExports": ["postgresql"],
        "EnableIAMDatabaseAuthentication": True,
        "DeletionProtection": Ref("DeletionProtection"),
    }


@encrypted("AWS::RDS::DBCluster", KeyUse("rds", FINDING, grants=True, secret=True))
def _under_key(properties: Json, arn: Value) -> None:
    properties |= {"KmsKeyId": arn, "MasterUserSecret": {"KmsKeyId": arn}}
