"""Databases of a fixed size and the proxy before them: what both targets make of them."""

from collections.abc import Mapping

from advisor.architecture import Architecture, Node
from advisor.requirements import Requirements

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
