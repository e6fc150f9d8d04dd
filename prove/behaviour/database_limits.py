"""The default connection limit of a PostgreSQL database on RDS or Aurora.

* `LEAST(DBInstanceClassMemory / 9531392, 5000)`
  (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections, read 2026-11-27).
  The operating system and RDS use part of the memory of the instance class, so the value of an instance is lower.
* For Aurora Serverless v2, the limit follows from the maximum capacity, and is at most 2,000 if the minimum is 0 or 0.5
  ACU (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html, read
  2026-11-27).
"""

from prove.behaviour.references import named
from prove.readback import Stack
from prove.readback.stack import Resource

BYTES_PER_CONNECTION, MOST, MOST_WHERE_PAUSED = 9531392, 5000, 2000
#: Share of the memory of a class that the formula sees.
SHARE = 0.9
#: Maximum capacity in ACU -> connections, as the page lists them for PostgreSQL.
_BY_CAPACITY = ((32, 5000), (16, 3360), (8, 1669), (4, 823), (1, 189))
#: Family of instance classes -> GiB of memory of `large`; each size above has twice that of the one below.
_LARGE_GIB = {"m": 8, "r": 16, "t": 8, "x": 32}
_SIZES = ("micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")


def connections(stack: Stack, database: Resource) -> float | None:
    """Return the maximum number of connections of an instance or of each instance of a cluster; None if unknown."""
    cluster = database if database.type == "AWS::RDS::DBCluster" else _cluster_of(stack, database)
    scaling = cluster.properties.get("ServerlessV2ScalingConfiguration") if cluster is not None else None
    if scaling:
        most = next((count for acu, count in _BY_CAPACITY if float(scaling["MaxCapacity"]) >= acu), 189)
        return min(most, MOST_WHERE_PAUSED) if float(scaling.get("MinCapacity", 0.5)) <= 0.5 else most
    return _of_class(str(database.properties.get("DBInstanceClass", "")))


def _cluster_of(stack: Stack, instance: Resource) -> Resource | None:
    ids = named(instance.properties.get("DBClusterIdentifier"))
    return next((stack.resources[id] for id in ids if id in stack.resources), None)


def _of_class(instance_class: str) -> float | None:
    parts = instance_class.split(".")
    if len(parts) != 3 or parts[1][:1] not in _LARGE_GIB or parts[2] not in _SIZES:
        return None
    gib = _LARGE_GIB[parts[1][0]] * 2.0 ** (_SIZES.index(parts[2]) - _SIZES.index("large"))
    return min(MOST, SHARE * gib * 2**30 / BYTES_PER_CONNECTION)
