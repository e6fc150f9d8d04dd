"""The check `scaling`: copies grow with the load, and each thing that keeps them from it is found."""

from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "scaling"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
SHOP = "kubernetes/base/shop.yaml"


@pytest.mark.parametrize("name", ["container-web-service", "container-on-ec2", "kubernetes-migration", "mass-messages"])
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def _tracking(resources: Resources) -> Any:
    return one_of(resources, POLICY)["TargetTrackingScalingPolicyConfiguration"]


def late(resources: Resources) -> None:
    _tracking(resources)["TargetValue"] = 33600


def slow(resources: Resources) -> None:
    _tracking(resources)["ScaleOutCooldown"] = 3600


def dark(resources: Resources) -> None:
    one_of(resources, "AWS::ECS::Cluster")["ClusterSettings"][0]["Value"] = "disabled"


def few_hosts(resources: Resources) -> None:
    one_of(resources, "AWS::AutoScaling::AutoScalingGroup")["MaxSize"] = "2"


def large_task(resources: Resources) -> None:
    one_of(resources, "AWS::ECS::TaskDefinition")["Memory"] = "32768"


@pytest.mark.parametrize(
    ("name", "fault", "rule"),
    [
        ("container-web-service", late, "late-signal"),
        ("container-web-service", slow, "slow-scaling"),
        ("container-on-ec2", dark, "signal-not-sent"),
        ("container-on-ec2", few_hosts, "few-hosts"),
        ("container-on-ec2", large_task, "no-host-fits"),
    ],
)
def test_a_fault_of_the_template_is_found(stories: Stories, name: str, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {rule}


@pytest.mark.parametrize(
    ("path", "find", "put", "rule"),
    [
        (SHOP, "            cpu: 500m\n", "", "signal-not-sent"),
        ("kubernetes/base/shipping.yaml", "    kind: Deployment\n    name: shipping", "    kind: Deployment\n    name: shop",
         "other-target"),
    ],
)  # fmt: skip
def test_a_fault_of_a_manifest_is_found(stories: Stories, path: str, find: str, put: str, rule: str) -> None:
    assert rule in rules_after(stories.project("kubernetes-migration"), CHECK, path, find, put)
