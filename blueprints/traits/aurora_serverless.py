"""Amazon Aurora Serverless v2, used by its Data API."""

from advisor.architecture import Node
from advisor.sizing.database_capacity import connections
from advisor.text import Text
from blueprints import settings
from blueprints.parameters.data import DELETION_PROTECTION
from blueprints.traits import (
    NEAR,
    AlarmRule,
    Client,
    Measure,
    Metrics,
    NamedResource,
    NodeAttribute,
    Port,
    Retained,
    Traits,
)
from blueprints.traits._words import DATABASE_USER, LAST_SNAPSHOT, MANY_CONNECTIONS, PASSWORD

#: The Data API returns rows of at most 64 KB. Besides the item, a row takes attributes that the programs add; `jsonb` adds
#: a space after each comma and colon, which lengthens a list of digits by half
#: (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.limitations.html, read 2026-11-27).
LARGEST_ROW = 60_000
#: What is left of a row for the results of programs, by as much shorter as `jsonb` may lengthen them.
LARGEST_RESULTS = 3_500


def _many_connections(node: Node) -> int:
    """Return the number of connections near the most that the database takes at its maximum capacity."""
    most, least = settings.number(node, "most_capacity_acu"), settings.decimal(node, "least_capacity_acu")
    return int(NEAR * connections(most, least))


_PASSWORD = Text(
    "Reads the database password from Secrets Manager; the Data API signs in with it",
    "Data API の認証に使うデータベースのパスワードを Secrets Manager から取得する",
)
TRAITS = Traits(
    service="aurora-serverless",
    noun="Database",
    client=Client(
        "store",
        "aurora-serverless",
        "cluster",
        "Database",
        ("variables", "table"),
        {"resuming": (), "row_limits": ()},
        sdk_class="RDSDataClient",
        prefixes=True,
        updates=True,
        by_owner=True,
        columns=True,
        open=True,
        largest_item=LARGEST_ROW * 2 // 3,
        largest_row=LARGEST_ROW,
        largest_results=LARGEST_RESULTS,
    ),
    variables=(
        NodeAttribute("CLUSTER_ARN", "arn"),
        NodeAttribute("SECRET_ARN", "user-secret-arn"),
        NodeAttribute("DATABASE", "database"),
    ),
    show_commands=(
        'aws rds-data execute-statement --resource-arn "$(output {name}ClusterArn)" \\',
        '  --secret-arn "$(output {name}SecretArn)" --database app --sql "SELECT item{result} FROM {table} LIMIT 5"',
    ),
    purposes={"secretsmanager:GetSecretValue": _PASSWORD},
    resources={
        "secretsmanager:GetSecretValue": (NamedResource("user-secret-arn", words=PASSWORD),),
        "rds-db:connect": (NamedResource("users-arn", words=DATABASE_USER, of_user=True),),
    },
    parameters=(DELETION_PROTECTION,),
    placement="vpc",
    ports=(Port(5432),),
    only_answers=True,
    pooled_as="DBClusterIdentifiers",
    data_api=True,
    interface_endpoints=("rds-data", "secretsmanager"),
    metrics=Metrics(
        namespace="AWS/RDS",
        dimensions=(NodeAttribute("DBClusterIdentifier", "name"),),
        alarms=(
            AlarmRule(
                "CapacityAlarm",
                "ACUUtilization",
                "Average",
                90,
                Text("{}: capacity near the maximum ACUs", "{}: キャパシティーが最大 ACU に近い"),
                periods=3,
            ),
            AlarmRule("ConnectionsAlarm", "DatabaseConnections", "Maximum", _many_connections, MANY_CONNECTIONS),
        ),
    ),
    measures={
        "volume_bytes": Measure("VolumeBytesUsed"),
    },
    keeps_credentials=True,
    standing_cost=Text(
        "Aurora: after 15 minutes without connections, the cluster pauses at 0 ACU and only storage and backups are charged; the next connection resumes it",
        "Aurora: 15 分間接続がないと 0 ACU で自動一時停止し、ストレージとバックアップのみ課金。次の接続で再開",
    ),
    awake_cost=Text(
        "Aurora: per ACU-hour (at least 0.5 ACU), and storage",
        "Aurora: ACU 時間の課金（最小 0.5 ACU）とストレージ",
    ),
    retained=Retained(
        LAST_SNAPSHOT,
        "ClusterArn",
        'for ID in $(aws rds describe-db-cluster-snapshots --db-cluster-identifier "${{output}##*:}" --snapshot-type manual '
        '--query "DBClusterSnapshots[].DBClusterSnapshotIdentifier" --output text); '
        'do aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier "$ID"; done',
    ),
)
