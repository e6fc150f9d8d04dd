"""Amazon Aurora Serverless v2, used by its Data API."""

from advisor.architecture import Node
from advisor.text import Text
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
from blueprints.traits._words import LAST_SNAPSHOT, MANY_CONNECTIONS, PASSWORD

#: Connections at a maximum capacity of 4 ACU
#: (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html, read 2026-11-27).
MOST_CONNECTIONS = 823


def least_capacity(node: Node) -> float:
    """Return the minimum capacity of a cluster in ACU: 0 where it may pause."""
    return float(str(node.settings["min_capacity_acu"])) if "min_capacity_acu" in node.settings else 0


_PAUSES = Text(
    "Aurora: pauses at 0 ACU after 15 minutes without a query, then storage and backups only; a query wakes it",
    "Aurora: 15 分間クエリがないと 0 ACU に停止し、以後はストレージとバックアップのみ課金。クエリで再開",
)
_STANDS = Text(
    "Aurora: at least 0.5 ACU per hour, storage and backups; it does not pause",
    "Aurora: 最小 0.5 ACU の時間課金、ストレージ、バックアップ（一時停止しない）",
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
        {"resuming": ()},
        sdk_class="RDSDataClient",
        open=True,
    ),
    variables=(
        NodeAttribute("CLUSTER_ARN", "arn"),
        NodeAttribute("SECRET_ARN", "secret-arn"),
        NodeAttribute("DATABASE", "database"),
    ),
    show_commands=(
        'aws rds-data execute-statement --resource-arn "$(output {name}ClusterArn)" \\',
        '  --secret-arn "$(output {name}SecretArn)" --database app --sql "SELECT item FROM {table} LIMIT 5"',
    ),
    resources={
        "secretsmanager:GetSecretValue": (NamedResource("secret-arn", words=PASSWORD),),
    },
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
                Text("{} is at its capacity limit", "{}の容量が上限に近い"),
                periods=3,
            ),
            AlarmRule(
                "ConnectionsAlarm", "DatabaseConnections", "Maximum", int(NEAR * MOST_CONNECTIONS), MANY_CONNECTIONS
            ),
        ),
    ),
    measures={
        "volume_bytes": Measure("VolumeBytesUsed"),
    },
    standing_cost=lambda node: _STANDS if least_capacity(node) else _PAUSES,
    retained=Retained(
        LAST_SNAPSHOT,
        "ClusterArn",
        'aws rds describe-db-cluster-snapshots --query "DBClusterSnapshots[].DBClusterSnapshotIdentifier"'
        "  # delete-db-cluster-snapshot",
    ),
)
