"""The hosts of AWS Batch hold the jobs that they are chosen for, with their files."""

from typing import Any

import pytest

from advisor.architecture import Node
from advisor.text import Text
from blueprints.traits import batch, ec2

EMPTY = Text("", "")


def job(**settings: Any) -> Node:
    stated: dict[str, Any] = {
        "engine": "ec2",
        "vcpu": 1,
        "task_memory_mib": 2048,
        "disk_mib": 512,
        "jobs_at_once": 10,
        **settings,
    }
    return Node("w.compute", "batch", "service", "w", "compute", EMPTY, EMPTY, "batch", settings=stated)


@pytest.mark.parametrize(
    ("settings", "types", "most_vcpus", "disk_gib"),
    [
        ({}, ["m7i.large", "m6i.large", "r7i.large", "r6i.large"], 10, 50),
        ({"disk_mib": 40960}, ["m7i.large", "m6i.large", "r7i.large", "r6i.large"], 10, 110),
        ({"vcpu": 4, "task_memory_mib": 16384}, ["r7i.xlarge", "r6i.xlarge"], 40, 50),
        (
            {"gpu": True, "vcpu": 8, "task_memory_mib": 30720, "disk_mib": 204800},
            ["g4dn.2xlarge", "g5.2xlarge", "g6.2xlarge"], 80, 230,
        ),
        ({"gpu": True, "vcpu": 8, "task_memory_mib": 32768}, ["g4dn.4xlarge", "g5.4xlarge", "g6.4xlarge"], 160, 50),
        ({"vcpu": 500}, ["m7i.24xlarge", "m6i.24xlarge", "r7i.24xlarge", "r6i.24xlarge"], 960, 50),
    ],
)  # fmt: skip
def test_hosts_hold_the_jobs_and_their_files(
    settings: dict[str, Any], types: list[str], most_vcpus: int, disk_gib: int
) -> None:
    node = job(**settings)
    assert batch.instance_types(node) == types
    assert batch.most_vcpus(node) == most_vcpus
    assert batch.disk_gib(node) == disk_gib


@pytest.mark.parametrize(
    ("settings", "volume_gib"),
    [({}, 50), ({"disk_mib": 61440}, 150), ({"gpu": True}, 100), ({"gpu": True, "disk_mib": 204800}, 230)],
)
def test_hosts_of_ecs_hold_the_files_of_their_tasks(settings: dict[str, Any], volume_gib: int) -> None:
    node = job(cpu_units=1024, **settings)
    assert ec2.host_of(node).volume_gib == volume_gib
