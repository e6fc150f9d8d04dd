"""Instances of Amazon RDS for PostgreSQL."""

import math

from advisor.sizing.database_instances import MAX_CONNECTIONS
from advisor.text import Text
from blueprints.parameters.data import DELETION_PROTECTION
from blueprints.traits import NEAR, AlarmRule, Client, Metrics, NamedResource, NodeAttribute, Port, Retained, Traits
from blueprints.traits._words import (
    DATABASE_USER,
    HIGH_CPU,
    LAST_SNAPSHOT,
    LOW_STORAGE,
    MANY_CONNECTIONS,
)

DATABASE = "app"
#: Attribute of a cluster or an instance: the secret in which RDS keeps the password of its first user.
SECRET_ARN = "MasterUserSecret.SecretArn"
USER = "administrator"
PORT = 5432
#: The newest minor version that CloudFormation is known to take; RDS keeps it current from there.
ENGINE_VERSION = "17.9"
#: The least storage; so much more than a stated volume is allocated, up to what an instance may have
#: (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html, read 2026-11-29).
STORAGE_GIB, ROOM, LARGEST_GIB = 100, 1.25, 65_536
#: Where RDS grows the storage by itself below a tenth of it, less than this says that it does not.
LEAST_FREE_BYTES = STORAGE_GIB * 2**30 // 20
#: Storage grows by itself up to here, or to twice what is allocated, and only if this is at least a tenth more
#: (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html, read 2026-11-29).
MOST_STORAGE_GIB, LEAST_GROWTH = 1000, 1.1
BACKUP_DAYS = 7


def storage_gib(volume_bytes: float) -> tuple[int, int | None]:
    """Return the storage for a volume of data, and the size up to which it grows by itself, or None if it cannot."""
    allocated = min(LARGEST_GIB, max(STORAGE_GIB, math.ceil(volume_bytes * ROOM / 2**30)))
    most = min(LARGEST_GIB, max(MOST_STORAGE_GIB, 2 * allocated))
    return allocated, most if most >= LEAST_GROWTH * allocated else None


CLIENT = Client(
    "store",
    "rds",
    "endpoint",
    "Instance",
    ("variables", "table", "role"),
    {"lost_connection": ()},
    package="pg8000",
    prefixes=True,
    updates=True,
    by_owner=True,
    columns=True,
)
TRAITS = Traits(
    service="rds",
    client=CLIENT,
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
    resources={
        "rds-db:connect": (NamedResource("users-arn", words=DATABASE_USER, of_user=True),),
    },
    parameters=(DELETION_PROTECTION,),
    placement="vpc",
    ports=(Port(PORT),),
    only_answers=True,
    pooled_as="DBInstanceIdentifiers",
    # The administrator's password, which the function for migrations reads.
    interface_endpoints=("secretsmanager",),
    metrics=Metrics(
        namespace="AWS/RDS",
        dimensions=(NodeAttribute("DBInstanceIdentifier", "name"),),
        alarms=(
            AlarmRule("CpuAlarm", "CPUUtilization", "Average", 85, HIGH_CPU, periods=3),
            AlarmRule("StorageAlarm", "FreeStorageSpace", "Minimum", LEAST_FREE_BYTES, LOW_STORAGE, falls=True),
            AlarmRule(
                "ConnectionsAlarm", "DatabaseConnections", "Maximum", int(NEAR * MAX_CONNECTIONS), MANY_CONNECTIONS
            ),
        ),
    ),
    keeps_credentials=True,
    standing_cost=Text("Database instance: per hour, with its storage", "DB インスタンス: 時間課金とストレージ"),
    retained=Retained(
        LAST_SNAPSHOT,
        "Name",
        'for ID in $(aws rds describe-db-snapshots --db-instance-identifier "${output}" --snapshot-type manual '
        '--query "DBSnapshots[].DBSnapshotIdentifier" --output text); '
        'do aws rds delete-db-snapshot --db-snapshot-identifier "$ID"; done',
    ),
)
