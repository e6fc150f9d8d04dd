"""What the hosts of tasks or jobs hold at once, by the vCPUs, the memory and the GPUs of their instance types."""

import re
from collections.abc import Iterator
from typing import Any

from prove.behaviour.evidence import Evidence
from prove.behaviour.hosts import MIB_OF_A_VCPU, UNITS
from prove.readback.stack import Resource

#: vCPUs by the size of an instance, the same in all families of
#: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html (read 2026-11-29); `2xlarge` is twice `xlarge`.
_VCPUS = {"large": 2, "xlarge": 4}
_TYPE = re.compile(r"\b([a-z]+\d+[a-z]*)\.(\d*)(x?large)\b")
#: Families with 8 GiB of memory for a vCPU begin so; the others have 4.
_OF_MUCH_MEMORY = "r"


def held(evidence: Evidence, node: str | None) -> Iterator[tuple[int, int]]:
    """Yield the vCPUs of each instance type of a node's hosts, and how many tasks or jobs one holds."""
    owned = [one for one in evidence.stack.resources.values() if one.owner.node == node]
    vcpu, memory_mib, gpu = next((size for one in owned if (size := _size(one))), (1.0, 1.0, False))
    types = dict.fromkeys(found for one in owned for found in _TYPE.findall(str(dict(one.properties))))
    for family, times, size in types:
        vcpus = int(times or 1) * _VCPUS[size]
        memory = vcpus * MIB_OF_A_VCPU * (2 if family.startswith(_OF_MUCH_MEMORY) else 1) - 1
        runs = min(int(vcpus / vcpu), int(memory / memory_mib))
        yield vcpus, min(runs, 1) if gpu else runs


def _size(resource: Resource) -> tuple[float, float, bool] | None:
    """Return vCPUs, memory and GPU of a task or a job."""
    properties: Any = resource.properties
    if resource.type == "AWS::ECS::TaskDefinition":
        return float(properties["Cpu"]) / UNITS, float(properties["Memory"]), "'GPU'" in str(dict(properties))
    if resource.type != "AWS::Batch::JobDefinition":
        return None
    needs = {need["Type"]: need["Value"] for need in properties["ContainerProperties"]["ResourceRequirements"]}
    return float(needs["VCPU"]), float(needs["MEMORY"]), "GPU" in needs
