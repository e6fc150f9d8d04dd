"""What stops with an Availability Zone, although the workload has to continue if one fails.

* Subnets of several zones that share a NAT gateway lose the internet with the gateway's zone
  (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html).
* Tasks, load balancers, endpoints and hosts in a single subnet have no other zone, and a single task none that runs
  meanwhile (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/strategy-examples.html).
* A cluster without a reader creates a new instance first, and an instance without a standby has none
  (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html).

All read 2026-11-28.
"""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import ids_in
from prove.behaviour.services import services
from prove.readback import Stack

_SUBNET, _NAT = "AWS::EC2::Subnet", "AWS::EC2::NatGateway"
_CLUSTER, _INSTANCE = "AWS::RDS::DBCluster", "AWS::RDS::DBInstance"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield what a failed zone takes along, where the requirements state that the workload continues."""
    if evidence.requirements.workload_answers.get("zone_failure") is True:
        yield from _shared_gateways(evidence.stack)
        yield from _in_one_zone(evidence.stack)
        yield from _single_tasks(evidence)
        yield from _databases(evidence.stack)


def _shared_gateways(stack: Stack) -> Iterator[Problem]:
    """Yield subnets whose way to the internet stands in another zone."""
    for subnet in stack.of_type(_SUBNET):
        for gateway in (stack.resources[id] for id in ids_in(subnet.properties.get("Routes"))):
            if gateway.type != _NAT:
                continue
            zones = {_zone(stack, id) for id in ids_in(gateway.properties["SubnetId"])}
            if zones != {str(subnet.properties["AvailabilityZone"])}:
                message = f"The subnet reaches the internet through {gateway.id}, which is in another zone."
                yield Problem("gateway-in-another-zone", subnet.id, message, _SUBNET)


def _zone(stack: Stack, subnet: str) -> str:
    return str(stack.resources[subnet].properties["AvailabilityZone"])


def _in_one_zone(stack: Stack) -> Iterator[Problem]:
    """Yield resources whose subnets are all in one zone; a NAT gateway and a subnet itself stand in one by nature."""
    for resource in stack.resources.values():
        subnets = [id for id in _named(dict(resource.properties)) if id in stack.resources]
        if resource.type not in (_NAT, _SUBNET) and subnets and len({_zone(stack, id) for id in subnets}) < 2:
            yield Problem(
                "in-one-zone", resource.id, f"All of its subnets ({', '.join(subnets)}) are in one zone.", resource.type
            )


def _named(value: Any) -> Iterator[str]:
    """Yield the ids of the subnets that properties name, at any depth."""
    if isinstance(value, dict):
        for name, child in value.items():
            if name in ("Subnets", "SubnetIds", "VPCZoneIdentifier", "VpcZoneIdentifier"):
                yield from ids_in(child)
            else:
                yield from _named(child)
    elif isinstance(value, list):
        for child in value:
            yield from _named(child)


def _single_tasks(evidence: Evidence) -> Iterator[Problem]:
    """Yield services with one task; state in memory or a requirement takes one, and the decision warns of it."""
    for service in services(evidence):
        if service.standing < 2 and not service.may_be_single:
            message = "A single task runs: until another one has started, its work stands still."
            yield Problem("single-task", service.resource.id, message, service.resource.type)


def _databases(stack: Stack) -> Iterator[Problem]:
    instances = list(stack.of_type(_INSTANCE))
    for cluster in stack.of_type(_CLUSTER):
        members = [one for one in instances if cluster.id in ids_in(one.properties.get("DBClusterIdentifier"))]
        if len(members) < 2:
            yield Problem("no-reader", cluster.id, "No second instance takes over if the writer fails.", _CLUSTER)
    for one in instances:
        if (
            "DBClusterIdentifier" not in one.properties
            and str(one.properties.get("MultiAZ", "false")).lower() != "true"
        ):
            yield Problem("no-standby", one.id, "No standby in another zone takes over.", _INSTANCE)
