"""Databases of a fixed size and the proxy before them: what both targets make of them."""

from collections.abc import Mapping

from advisor.architecture import Architecture, Node
from advisor.requirements import Requirements
from blueprints.names import lower

#: Condition under which a database in two Regions knows the other one.
PEERED = "PeerIsThere"
DATABASE = "app"
USER = "administrator"
#: The newest minor version that CloudFormation is known to take; RDS keeps it current from there.
ENGINE_VERSION = "17.9"
INSTANCE_CLASS, INSTANCE_SIZE = "m7g", "large"
STORAGE_GIB = 100
#: Storage grows by itself up to here.
MOST_STORAGE_GIB = 1000
BACKUP_DAYS = 7
#: RDS pays back below 99.95 % for two zones and below 99.5 % for one.
ONE_ZONE_PERCENT = 99.5
MOST_CONNECTIONS_PERCENT = 90
BORROW_TIMEOUT_S = 30
IDLE_CLIENT_S = 1800
#: How the two services that a proxy pools are named to it.
POOLED: Mapping[str, str] = {"rds": "DBInstanceIdentifiers", "aurora-serverless": "DBClusterIdentifiers"}


def in_two_zones(requirements: Requirements) -> bool:
    """Return whether the availability that is asked for takes a standby in a second zone; so it does when unknown."""
    asked = requirements.workload_answers.get("availability_percent")
    return asked is None or float(str(asked)) > ONE_ZONE_PERCENT


def pooled(architecture: Architecture, proxy: str) -> Node:
    """Return the database whose connections a proxy shares."""
    (edge,) = architecture.leaving(proxy, "pool")
    return architecture.node(edge.target)


def role_name(program: str, store: str) -> str:
    """Return the role in a distributed database by which a program uses a store; PostgreSQL knows 63 characters."""
    return lower(f"{program}-{store}", 60).replace("-", "_")


#: Verb -> what such a role may do with the store's table. Who keeps an item reads what was there.
PRIVILEGES: Mapping[str, tuple[str, ...]] = {
    "read": ("SELECT",),
    "write": ("SELECT", "INSERT", "UPDATE"),
    "read-write": ("SELECT", "INSERT", "UPDATE", "DELETE"),
}
