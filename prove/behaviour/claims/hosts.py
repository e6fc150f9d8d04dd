"""Claims about clusters, their hosts and the tasks on them."""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.references import ids_in
from prove.readback.stack import Resource
from prove.readback.values import texts

_GROUP, _TASK = "AWS::AutoScaling::AutoScalingGroup", "AWS::ECS::TaskDefinition"
#: Families built on Nitro that Control Tower's list lacks:
#: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html (2026-11-27).
_NITRO = ("g6.", "g6e.", "c7", "m7", "r7", "c8", "m8", "r8", "t4g.")


@claim("hosts-stand-in-two-zones")
def zones(evidence: Evidence) -> Iterator[Untrue]:
    """A group of hosts names two subnets, or a parameter that lists them."""
    for group in evidence.stack.of_type(_GROUP):
        subnets = group.properties.get("VPCZoneIdentifier", [])
        if isinstance(subnets, (list, tuple)) and len(subnets) < 2:
            yield group.id, "It names subnets of one zone at most."


@claim("hosts-follow-their-tasks")
def followed(evidence: Evidence) -> Iterator[Untrue]:
    """A capacity provider of ECS makes and removes the hosts of a group."""
    providers = evidence.stack.of_type("AWS::ECS::CapacityProvider")
    scaled = {*ids_in([provider.properties.get("AutoScalingGroupProvider", {}).get("AutoScalingGroupArn")
                       for provider in providers if _manages(provider)])}  # fmt: skip
    for group in evidence.stack.of_type(_GROUP):
        if group.id not in scaled:
            yield group.id, "No capacity provider makes its hosts as tasks need them."


def _manages(provider: Resource) -> bool:
    managed = provider.properties.get("AutoScalingGroupProvider", {}).get("ManagedScaling", {})
    return bool(managed.get("Status") == "ENABLED")


@claim("hosts-are-built-on-nitro")
def nitro(evidence: Evidence) -> Iterator[Untrue]:
    """The type of a host is of a family that is built on Nitro."""
    for template in evidence.stack.of_type("AWS::EC2::LaunchTemplate"):
        named = texts(template.properties.get("LaunchTemplateData", {}).get("InstanceType", []))
        types = [text for text in named if "." in text]
        if any(not type.startswith(_NITRO) for type in types):
            yield template.id, f"{', '.join(types)}: not of a family that is known to be built on Nitro."


@claim("clusters-have-enhanced-insights")
def insights(evidence: Evidence) -> Iterator[Untrue]:
    """Container Insights of a cluster is on, with enhanced observability."""
    for cluster in evidence.stack.of_type("AWS::ECS::Cluster"):
        if "enhanced" not in texts(cluster.properties.get("ClusterSettings", [])):
            yield cluster.id, "Container Insights is not enhanced."


@claim("only-windows-writes-to-its-root")
def roots(evidence: Evidence) -> Iterator[Untrue]:
    """Only containers on Windows can write to their root file system."""
    for task in evidence.stack.of_type(_TASK):
        windows = "WINDOWS" in str(task.properties.get("RuntimePlatform", {}).get("OperatingSystemFamily", ""))
        writing = [c for c in _containers(task) if str(c.get("ReadonlyRootFilesystem")) != "true"]
        if writing and not windows:
            yield task.id, "A container may write to its root file system, and does not run on Windows."


@claim("only-windows-leaves-the-user-to-its-image")
def users(evidence: Evidence) -> Iterator[Untrue]:
    """A container without a user in its definition runs on Windows, as the user of its image."""
    for task in evidence.stack.of_type(_TASK):
        windows = "WINDOWS" in str(task.properties.get("RuntimePlatform", {}).get("OperatingSystemFamily", ""))
        if not windows and not all(container.get("User") for container in _containers(task)):
            yield task.id, "A container states no user, and does not run on Windows."


@claim("privileged-where-asked")
def privileged(evidence: Evidence) -> Iterator[Untrue]:
    """A privileged container belongs to a component that requires it."""
    asking = {one.id for one in evidence.requirements.of_kind("component") if one.answer("privileged") is True}
    for task in evidence.stack.of_type(_TASK):
        owner = task.owner.node.partition(".")[0]
        if owner not in asking and any(str(c.get("Privileged")) == "true" for c in _containers(task)):
            yield task.id, "It is privileged, and the requirements do not ask for that."


def _containers(task: Resource) -> list[dict[str, Any]]:
    return list(task.properties.get("ContainerDefinitions", []))
