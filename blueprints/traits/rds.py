"""Instances of Amazon RDS for PostgreSQL."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Kept, Metrics, NamedResource, NodeAttribute, Port, Traits
from blueprints.traits._words import LAST_SNAPSHOT, PASSWORD, SHORT_OF_CPU

TRAITS = Traits(
    service="rds",
    variables=(NodeAttribute("ENDPOINT", "endpoint"), NodeAttribute("SECRET_ARN", "secret-arn")),
    metrics=Metrics(
        namespace="AWS/RDS",
        dimensions=(NodeAttribute("DBInstanceIdentifier", "name"),),
        alarms=(AlarmRule("CpuAlarm", "CPUUtilization", "Average", 85, SHORT_OF_CPU, periods=3),),
    ),
    placement="vpc",
    ports=(Port(5432),),
    only_answers=True,
    interface_endpoints=("secretsmanager",),
    standing_cost=Text("Database instance: per hour, with its storage", "DB インスタンス: 時間課金とストレージ"),
    kept=Kept(
        LAST_SNAPSHOT,
        "Name",
        'aws rds describe-db-snapshots --query "DBSnapshots[].DBSnapshotIdentifier"  # delete-db-snapshot',
    ),
    resources={
        "secretsmanager:GetSecretValue": (NamedResource("secret-arn", words=PASSWORD),),
    },
    key_service="rds",
)
