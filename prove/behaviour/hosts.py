"""The instances of an Auto Scaling group that the tasks of a service run on, and how many tasks fit on one.

vCPU and memory of the sizes of m7g, m7i and g6: https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html and
https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html (read 2026-11-27). Of the memory the operating system and the
agent of ECS take a part, so that no task has all of it
(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html, read 2026-11-27).
"""

import re
from dataclasses import dataclass
from typing import Any

from prove.behaviour.references import named, resource_named
from prove.behaviour.services import RunningService
from prove.readback.stack import Resource

HOSTS = "AWS::AutoScaling::AutoScalingGroup"
PROVIDER, TEMPLATE = "AWS::ECS::CapacityProvider", "AWS::EC2::LaunchTemplate"
#: Size -> vCPU; each of these families has 4 GiB of memory for a vCPU.
VCPUS = {"large": 2, "xlarge": 4, "2xlarge": 8, "4xlarge": 16, "8xlarge": 32}
FAMILIES, MIB_OF_A_VCPU, UNITS = ("m7g", "m7i", "g6"), 4096, 1024
_TYPE = re.compile(r"\b(?P<family>[a-z]+\d+[a-z]*)\.(?P<size>\w+)\b")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The Auto Scaling group, its maximum size, the instance size, and the size of a task."""

    group: Resource
    most: int
    vcpus: int
    cpu: float
    memory_mib: float


def hosts_of(service: RunningService) -> Hosts | None:
    """Return the instances of a service; None on Fargate, on instances that ECS manages, and for unknown families."""
    stack = service.evidence.stack
    strategy = service.resource.properties.get("CapacityProviderStrategy", ())
    provider = resource_named(stack, [one.get("CapacityProvider") for one in strategy], PROVIDER)
    settings: Any = {} if provider is None else provider.properties.get("AutoScalingGroupProvider", {})
    group = resource_named(stack, settings.get("AutoScalingGroupArn"), HOSTS)
    definition = resource_named(stack, service.resource.properties.get("TaskDefinition"), "AWS::ECS::TaskDefinition")
    if group is None or definition is None:
        return None
    templates = [stack.resources[id] for id in sorted(named(dict(group.properties))) if id in stack.resources]
    types = _TYPE.findall("".join(str(dict(one.properties)) for one in templates if one.type == TEMPLATE))
    sizes = [VCPUS[size] for family, size in types if family in FAMILIES and size in VCPUS]
    if not sizes:
        return None
    cpu, memory = (float(definition.properties.get(name, 0)) for name in ("Cpu", "Memory"))
    return Hosts(group, int(group.properties["MaxSize"]), min(sizes), cpu=cpu / UNITS, memory_mib=memory)


def tasks_on(hosts: Hosts) -> int:
    """Return how many tasks fit on an instance."""
    memory = hosts.vcpus * MIB_OF_A_VCPU - 1
    by_cpu = int(hosts.vcpus / hosts.cpu) if hosts.cpu else hosts.vcpus
    return min(by_cpu, int(memory / hosts.memory_mib)) if hosts.memory_mib else by_cpu
