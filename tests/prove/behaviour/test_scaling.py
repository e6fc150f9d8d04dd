"""The check `scaling`: copies grow with the load, and each thing that keeps them from it is found."""

from typing import Any

import pytest

from tests.prove.behaviour import loaded_designs as designs
from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_after, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, write_project
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


@pytest.fixture(scope="module")
def pods(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    """Return a project whose pods take the messages of a queue."""
    return write_project(designs.pods_of_a_queue(), tmp_path_factory.mktemp("pods") / "project")


WORK = "kubernetes/base/work.yaml"
BY_CPU = """  minReplicas: 2
  maxReplicas: 600
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}
"""


def by_cpu(project: WrittenProject) -> tuple[str, str]:
    """Return the scaler of a queue's pods, and one that follows their CPU instead."""
    text = (project.evidence.folder / WORK).read_text("utf-8")
    scaler = next(part for part in text.split("---\n") if "kind: ScaledObject" in part)
    head = scaler.partition("  minReplicaCount")[0].replace("ScaledObject", "HorizontalPodAutoscaler")
    return scaler, head.replace("keda.sh/v1alpha1", "autoscaling/v2") + BY_CPU


def test_pods_of_a_queue_follow_its_backlog(pods: WrittenProject) -> None:
    assert pods.rules_found_by(CHECK) == set()
    assert pods.rules_found_by("capacity") == set()
    assert rules_after(pods, "capacity", WORK, *by_cpu(pods)) == {"wrong-signal"}


def test_too_few_pods_of_a_queue_are_found(pods: WrittenProject) -> None:
    few = ("maxReplicaCount: 600", "maxReplicaCount: 4")
    assert rules_after(pods, "capacity", WORK, *few) == {"too-few-pods"}


def no_role(resources: Resources) -> None:
    del resources[id_of(resources, "AWS::EKS::PodIdentityAssociation", "QueueScaler")]


def no_permission(resources: Resources) -> None:
    one_of(resources, "AWS::IAM::Role", "QueueScaler").pop("Policies")


@pytest.mark.parametrize("fault", [no_role, no_permission])
def test_keda_that_may_not_read_the_queue_is_found(pods: WrittenProject, fault: Fault) -> None:
    assert rules_with(pods, CHECK, fault) == {"signal-not-sent"}


@pytest.mark.parametrize(
    ("path", "find", "put"),
    [(WORK, "      name: queues", "      name: nobody"), (WORK, "queueURLFromEnv: ORDERS", "queueURLFromEnv: OTHER")],
)
def test_keda_that_cannot_ask_for_the_backlog_is_found(pods: WrittenProject, path: str, find: str, put: str) -> None:
    assert rules_after(pods, CHECK, path, find, put) == {"signal-not-sent"}


def no_metrics_server(resources: Resources) -> None:
    del resources[id_of(resources, "AWS::EKS::Addon", "MetricsServer")]


def test_pods_that_follow_their_cpu_need_the_metrics_server(pods: WrittenProject) -> None:
    project, (scaler, autoscaler) = pods, by_cpu(pods)
    file = project.evidence.folder / WORK
    before = file.read_text("utf-8")
    file.write_text(before.replace(scaler, autoscaler), "utf-8")
    try:
        assert project.rules_found_by(CHECK) == set()
        assert rules_with(project, CHECK, no_metrics_server) == {"signal-not-sent"}
    finally:
        file.write_text(before, "utf-8")
