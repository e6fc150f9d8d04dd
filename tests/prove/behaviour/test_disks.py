"""The check of temporary storage: hosts hold the files of all that runs on them, and a small volume is found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour import loaded_designs as designs
from tests.prove.behaviour.planting import Fault
from tests.prove.behaviour.sam_projects import write_project

GPU = {"gpu": True, "vcpu": 8, "memory_mib": "30 GiB", "disk_mib": "200 GiB"}
#: Jobs that need privileged containers run on hosts, several on each.
PACKED = {"privileged": True, "vcpu": 1, "memory_mib": "2 GiB", "disk_mib": "80 GiB"}
ON_ECS = {"trigger": "always-on", "packaging": "container-image", "pins": {"compute": "ecs", "engine": "ec2"}}


def jobs(**answers: Any) -> dict[str, Any]:
    return designs.jobs_over_objects(packaging="container-image", **answers)


def of_type(resources: dict[str, Any], type: str) -> dict[str, Any]:
    return next(resource["Properties"] for resource in resources.values() if resource["Type"] == type)


def volume(resources: dict[str, Any]) -> dict[str, Any]:
    data = of_type(resources, "AWS::EC2::LaunchTemplate")["LaunchTemplateData"]
    return data["BlockDeviceMappings"][0]["Ebs"]  # type: ignore[no-any-return]


def smaller(resources: dict[str, Any]) -> None:
    volume(resources)["VolumeSize"] = 50


@pytest.mark.parametrize(
    "answers",
    [jobs(**GPU), jobs(**PACKED), designs.design({**ON_ECS, "vcpu": 0.5, "disk_mib": "60 GiB"})],
    ids=["GPU", "packed", "ECS"],
)
def test_a_small_volume_is_found(answers: dict[str, Any], tmp_path: Path) -> None:
    written = write_project(answers, tmp_path / "project")
    assert written.rules_found_by("disks") == set()
    assert written.rules_found_by("capacity") == set()
    written.plant(smaller)
    assert written.rules_found_by("disks") == {"small-volume"}


MANAGED = {"compute": "ecs", "engine": "ecs-managed-instances"}
NODES = {"compute": "eks", "engine": "eks-node-groups"}


def less_for_tasks(resources: dict[str, Any]) -> None:
    provider = of_type(resources, "AWS::ECS::CapacityProvider")["ManagedInstancesProvider"]
    del provider["InstanceLaunchTemplate"]["StorageConfiguration"]


@pytest.mark.parametrize(
    ("answers", "gib", "fault"),
    [
        ({"pins": MANAGED}, 30 + 200, less_for_tasks),
        ({"pins": NODES, "kubernetes": "house-standard"}, 30 + 200, smaller),
    ],
    ids=["managed instances", "node group"],
)
def test_the_volume_of_shared_instances_follows_the_stated_storage(
    answers: dict[str, Any], gib: int, fault: Fault, tmp_path: Path
) -> None:
    component = {"trigger": "always-on", "packaging": "container-image", "vcpu": 2, "disk_mib": "200 GiB", **answers}
    written = write_project(designs.design(component), tmp_path / "project")
    assert str(gib) in written.evidence.template_file.read_text("utf-8")
    assert written.rules_found_by("disks") == set()
    written.plant(fault)
    assert written.rules_found_by("disks") == {"small-volume"}


def few(resources: dict[str, Any]) -> None:
    of_type(resources, "AWS::Batch::ComputeEnvironment")["ComputeResources"]["MaxvCpus"] //= 2


def test_the_vcpus_of_the_hosts_count_and_not_those_of_the_jobs(tmp_path: Path) -> None:
    """Each job takes half of the vCPUs of a host, but nearly all of its memory."""
    written = write_project(jobs(gpu=True, vcpu=4, memory_mib="28 GiB", whole_run_s="30 h"), tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    written.plant(few)
    assert written.rules_found_by("capacity") == {"too-few-jobs"}
