"""Hosts of AWS Batch: the instance types that jobs run on, how many jobs one holds, and the size of its volume.

vCPUs, memory and GPUs of the sizes: https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html, and the pages of memory
optimized and accelerated instances beside it (read 2026-11-29).
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from advisor.architecture import Node
from blueprints import settings
from blueprints.traits.ec2 import RESERVED_MIB, disk_gib, volume_gib

#: Families with NVIDIA GPUs, the cheapest first.
GPU_FAMILIES = ("g4dn", "g5", "g6")
#: General and memory families, each with its GiB for a vCPU. Hosts of Batch are x86, so that one image fits those with GPUs
#: and those without.
FAMILIES = {"m7i": 4, "m6i": 4, "r7i": 8, "r6i": 8}
#: The sizes of all these families, by vCPU, and those of the families with GPUs that have one GPU and 4 GiB for a vCPU.
_SIZES = {
    "large": 2, "xlarge": 4, "2xlarge": 8, "4xlarge": 16, "8xlarge": 32, "12xlarge": 48, "16xlarge": 64, "24xlarge": 96,
}  # fmt: skip
_GPU_SIZES = {size: _SIZES[size] for size in ("xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")}
_GPU_GIB = 4
#: What jobs cannot have of the memory of a host: the kernel and the agent of ECS take it, and AWS recommends to leave 5%.
#: https://docs.aws.amazon.com/batch/latest/userguide/ecs-reserved-memory.html (read 2026-11-29)
_RESERVED_SHARE = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class HostType:
    """An instance type, its vCPUs, and how many jobs of a node it holds at once."""

    name: str
    vcpus: int
    jobs: int

    @property
    def vcpus_of_a_job(self) -> Fraction:
        """The vCPUs of the host for each job that it holds."""
        return Fraction(self.vcpus, self.jobs)


def host_types(node: Node, processors: float) -> tuple[HostType, ...]:
    """Return the instance types for jobs of so many vCPUs: of each family the smallest that holds a job, the largest if none does.

    All types have the same number of vCPUs for a job, so that the vCPUs of a compute environment say how many jobs run.
    """
    families = dict.fromkeys(GPU_FAMILIES, _GPU_GIB) if settings.flag(node, "gpu") else FAMILIES
    types = [_smallest(node, family, gib, processors) for family, gib in families.items()]
    least = min(type.vcpus_of_a_job for type in types)
    return tuple(type for type in types if type.vcpus_of_a_job == least)


def _smallest(node: Node, family: str, gib: int, processors: float) -> HostType:
    gpu = settings.flag(node, "gpu")
    sizes = _GPU_SIZES if gpu else _SIZES
    for size, vcpus in sizes.items():
        by_memory = _free_mib(vcpus * gib * 1024) // settings.number(node, "task_memory_mib")
        jobs = min(int(vcpus / processors), by_memory, *([1] if gpu else []))
        if jobs:
            return HostType(f"{family}.{size}", vcpus, jobs)
    size, vcpus = list(sizes.items())[-1]
    return HostType(f"{family}.{size}", vcpus, 1)


def _free_mib(memory_mib: int) -> int:
    """Return the memory of a host that jobs can have."""
    return memory_mib - max(RESERVED_MIB, math.ceil(memory_mib * _RESERVED_SHARE))


def host_volume_gib(node: Node, processors: float) -> int:
    """Return the size of the volume of a host: it holds the temporary storage of all jobs that run on it at once."""
    jobs = max(type.jobs for type in host_types(node, processors))
    return volume_gib(jobs * disk_gib(node))


def vcpus_for(node: Node, processors: float, jobs: int) -> int:
    """Return the vCPUs of the hosts that hold so many jobs at once."""
    return max(math.ceil(Fraction(jobs, type.jobs)) * type.vcpus for type in host_types(node, processors))
