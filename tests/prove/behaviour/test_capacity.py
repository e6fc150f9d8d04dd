"""The check of capacity: sound projects carry what was asked, and each planted fault is found."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blueprints.errors import Unsupported
from tests.prove.behaviour import loaded_designs as designs
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

Resources = dict[str, Any]
TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"


def of_type(resources: Resources, type: str) -> Resources:
    """Return the properties of the first resource of a type."""
    return next(resource["Properties"] for resource in resources.values() if resource["Type"] == type)


def without(*types: str) -> Callable[[Resources], None]:
    def remove(resources: Resources) -> None:
        for id in [id for id, resource in resources.items() if resource["Type"] in types]:
            del resources[id]

    return remove


def found(answers: dict[str, Any], folder: Path, fault: Callable[[Resources], None] | None = None) -> set[str]:
    written = write_project(answers, folder / "project")
    if fault is not None:
        written.plant(fault)
    return written.rules_found_by("capacity")


@pytest.mark.parametrize("make", designs.DESIGNS, ids=lambda make: make.__name__)
def test_projects_carry_what_was_asked(make: Callable[[], dict[str, Any]], tmp_path: Path) -> None:
    written = write_project(make(), tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    assert written.rules_found_by("throughput") == set()


@pytest.mark.parametrize("name", ["container-web-service", "container-on-ec2", "map-over-objects", "scheduled-batch"])
def test_stories_carry_what_was_asked(name: str, tmp_path: Path) -> None:
    assert found(story(name), tmp_path) == set()


def fixed(resources: Resources) -> None:
    without(TARGET, POLICY)(resources)
    of_type(resources, "AWS::ECS::Service")["DesiredCount"] = 2


def lower_most(resources: Resources) -> None:
    of_type(resources, TARGET)["MaxCapacity"] = 37


def one_stands(resources: Resources) -> None:
    of_type(resources, TARGET)["MinCapacity"] = 1


def desired(resources: Resources) -> None:
    of_type(resources, "AWS::ECS::Service")["DesiredCount"] = 2


def not_sticky(resources: Resources) -> None:
    of_type(resources, "AWS::ElasticLoadBalancingV2::TargetGroup")["TargetGroupAttributes"] = []


@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        (fixed, {"no-scaling", "too-few-tasks"}),
        (without(POLICY), {"no-policy"}),
        (lower_most, {"too-few-tasks"}),
        (one_stands, {"one-zone"}),
        (desired, {"count-reset"}),
    ],
)
def test_faults_of_a_service_are_found(fault: Callable[[Resources], None], rules: set[str], tmp_path: Path) -> None:
    assert found(designs.web(), tmp_path, fault) == rules


def test_state_in_memory_needs_sticky_sessions(tmp_path: Path) -> None:
    assert found(designs.web(state_in_memory=True), tmp_path, not_sticky) == {"state-spread"}


ALONE = designs.web(state_in_memory=True, protocol="tcp-udp", pins={"compute": "ecs"}, rate_peak_rps="8/s")
ALONE["components"][0]["rate_average_rps"] = "1/s"


def test_one_task_with_state_in_memory_carries_a_small_load_and_no_larger_one(tmp_path: Path) -> None:
    written = write_project(ALONE, tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    change(written, "requirements.yaml", "rate_peak_rps: 8", "rate_peak_rps: 600")
    assert written.rules_found_by("capacity") == {"too-few-tasks"}


def test_a_load_that_one_task_cannot_carry_is_refused(tmp_path: Path) -> None:
    heavy = {**ALONE, "components": [{**ALONE["components"][0], "rate_peak_rps": "600/s"}]}
    with pytest.raises(Unsupported, match="Keep the state in a store"):
        write_project(heavy, tmp_path / "project")


def fleet(resources: Resources) -> None:
    of_type(resources, TARGET)["MinCapacity"] = 1500


def by_cpu(resources: Resources) -> None:
    metric = {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}
    configuration = {"PredefinedMetricSpecification": metric, "TargetValue": 60}
    of_type(resources, POLICY)["TargetTrackingScalingPolicyConfiguration"] = configuration


def long_hidden(resources: Resources) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::SQS::Queue" and "RedrivePolicy" in resource["Properties"]:
            resource["Properties"]["VisibilityTimeout"] = 2160


@pytest.mark.parametrize(
    ("fault", "rules"),
    [(fleet, {"standing-fleet"}), (by_cpu, {"wrong-signal"}), (long_hidden, {"long-hidden"})],
)
def test_faults_of_a_worker_are_found(fault: Callable[[Resources], None], rules: set[str], tmp_path: Path) -> None:
    assert found(designs.long_messages(), tmp_path, fault) == rules


def test_a_protection_for_each_message_is_found(tmp_path: Path) -> None:
    written = write_project(designs.long_messages(), tmp_path / "project")
    change(written, "src/work/main.py", "service.work(message", "protection.run(service.work, message")
    assert written.rules_found_by("capacity") == {"protected-per-message"}


def one_job(resources: Resources) -> None:
    of_type(resources, "AWS::Batch::ComputeEnvironment")["ComputeResources"]["MaxvCpus"] = 2


def narrow_map(resources: Resources) -> None:
    machine = of_type(resources, "AWS::StepFunctions::StateMachine")
    machine["DefinitionString"] = _with_width(machine["DefinitionString"], 40)


def _with_width(definition: Any, width: int) -> Any:
    if isinstance(definition, str):
        return re.sub(r'"MaxConcurrency": \d+', f'"MaxConcurrency": {width}', definition)
    if isinstance(definition, list):
        return [_with_width(part, width) for part in definition]
    if isinstance(definition, dict):
        return {key: _with_width(part, width) for key, part in definition.items()}
    return definition


@pytest.mark.parametrize(("fault", "rules"), [(one_job, {"too-few-jobs"}), (narrow_map, {"narrow-map"})])
def test_jobs_that_end_too_late_are_found(fault: Callable[[Resources], None], rules: set[str], tmp_path: Path) -> None:
    assert found(designs.jobs_over_objects(), tmp_path, fault) == rules


def forbidden(resources: Resources) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::IAM::Role":
            resource["Properties"].pop("Policies", None)


def change(written: WrittenProject, file: str, before: str, after: str) -> None:
    """Change a text in a file of the project."""
    (path,) = written.evidence.folder.rglob(file)
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_work_that_must_not_be_cut_needs_protection_and_its_permission(tmp_path: Path) -> None:
    assert found(designs.never_cut(), tmp_path, forbidden) == {"cut-while-working"}
    unprotected = write_project(designs.never_cut(), tmp_path / "unprotected")
    change(unprotected, "src/work/protection.py", "task-protection/v1/state", "task")
    assert unprotected.rules_found_by("capacity") == {"cut-while-working"}


def test_a_worker_takes_no_more_than_it_works_through_in_time(tmp_path: Path) -> None:
    written = write_project(designs.long_messages(), tmp_path / "project")
    change(written, "src/work/main.py", "MaxNumberOfMessages=1,", "MaxNumberOfMessages=10,")
    assert written.rules_found_by("capacity") == {"hoarded-messages"}


PODS: dict[str, Any] = {"kubernetes": "house-standard", "pins": {"compute": "eks", "entry": "alb"}}


def test_pods_scale_as_far_as_the_load_and_state_has_a_cookie(tmp_path: Path) -> None:
    written = write_project(designs.web(**PODS, state_in_memory=True), tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    written.plant(not_sticky)
    assert written.rules_found_by("capacity") == {"state-spread"}
    change(written, "kubernetes/base/work.yaml", "maxReplicas: 54", "maxReplicas: 37")
    change(written, "kubernetes/base/work.yaml", "minReplicas: 2", "minReplicas: 1")
    assert written.rules_found_by("capacity") == {"state-spread", "too-few-pods", "one-zone"}


def narrow_express(resources: Resources) -> None:
    of_type(resources, "AWS::ECS::ExpressGatewayService")["ScalingTarget"]["MaxTaskCount"] = 20


def test_a_service_of_express_mode_scales_as_far_as_the_load(tmp_path: Path) -> None:
    express = designs.web(pins={"compute": "ecs-express"}, migrates_from="app-runner")
    written = write_project(express, tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    written.plant(narrow_express)
    assert written.rules_found_by("capacity") == {"too-few-tasks"}


def test_one_worker_with_state_keeps_up_with_the_average_of_its_queue(tmp_path: Path) -> None:
    answers = designs.long_messages(state_in_memory=True, typical_run_s="0.1 s", longest_run_s="1 s")
    answers["channels"][0] |= {"rate_average_rps": "5/s", "rate_peak_rps": "50/s"}
    written = write_project(answers, tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    change(written, "requirements.yaml", "rate_average_rps: 5", "rate_average_rps: 20")
    assert written.rules_found_by("capacity") == {"too-few-tasks"}


def test_the_tasks_of_a_worker_follow_from_what_its_program_processes_at_once(tmp_path: Path) -> None:
    written = write_project(designs.waiting_messages(), tmp_path / "project")
    assert written.rules_found_by("capacity") == set()
    assert written.rules_found_by("scaling") == set()
    change(written, "src/work/main.py", "AT_ONCE = 8", "AT_ONCE = 4")
    assert written.rules_found_by("capacity") == {"too-few-tasks"}
    assert written.rules_found_by("scaling") == {"late-signal"}


def test_a_number_that_starts_no_consumer_does_not_count(tmp_path: Path) -> None:
    written = write_project(designs.waiting_messages(), tmp_path / "project")
    change(written, "src/work/main.py", "ThreadPoolExecutor(AT_ONCE)", "ThreadPoolExecutor(1)")
    assert written.rules_found_by("capacity") == {"too-few-tasks"}


@pytest.mark.parametrize("answer", ["vcpu: 0.5", "memory_mib: 1024", "interruption: never"])
def test_work_that_computes_or_must_not_be_cut_shares_no_task(answer: str, tmp_path: Path) -> None:
    written = write_project(designs.waiting_messages(), tmp_path / "project")
    change(written, "requirements.yaml", "  longest_run_s: 20 s\n", f"  longest_run_s: 20 s\n  {answer}\n")
    assert "crowded-task" in written.rules_found_by("capacity")


def test_a_limit_counts_the_messages_of_all_tasks(tmp_path: Path) -> None:
    limit = designs.waiting_messages(most_at_once=200)
    written = write_project(limit, tmp_path / "project")
    assert "above-the-limit" not in written.rules_found_by("capacity")
    written.plant(more_than_the_limit_of_many)
    assert "above-the-limit" in written.rules_found_by("capacity")


def more_than_the_limit_of_many(resources: Resources) -> None:
    of_type(resources, TARGET)["MaxCapacity"] = 26


LIMITED = {
    "id": "render",
    "trigger": "message",
    "listens_to": "pages",
    "packaging": "container-image",
    "longest_run_s": "25 min",
    "typical_run_s": "1 min",
    "most_at_once": 20,
    "writes": ["files"],
}
LIMITS: dict[str, dict[str, Any]] = {
    "ecs": {},
    "eks": {"kubernetes": "house-standard"},
    "one": {"most_at_once": 1, "rate_average_rps": "10/h", "rate_peak_rps": "20/h"},
}


def limited(**more: Any) -> dict[str, Any]:
    """A worker that may only process so many messages at once."""
    pages = {"id": "pages", "rate_average_rps": "200/h", "rate_peak_rps": "600/h"}
    stores = [{"id": "files", "access": "key-value"}]
    return {"schema": 2, "components": [{**LIMITED, **more}], "channels": [pages], "stores": stores}


@pytest.mark.parametrize("name", LIMITS)
def test_a_release_stays_within_a_stated_limit(name: str, tmp_path: Path) -> None:
    written = write_project(limited(**LIMITS[name]), tmp_path / "project")
    assert "above-the-limit" not in written.rules_found_by("capacity")
    assert written.rules_found_by("updates") == set()


def beside_the_others(resources: Resources) -> None:
    deployment = of_type(resources, "AWS::ECS::Service")["DeploymentConfiguration"]
    deployment.update(MinimumHealthyPercent=100, MaximumPercent=200)


def more_than_the_limit(resources: Resources) -> None:
    of_type(resources, TARGET)["MaxCapacity"] = 21


@pytest.mark.parametrize("fault", [beside_the_others, more_than_the_limit])
def test_tasks_above_a_stated_limit_are_found(fault: Callable[[Resources], None], tmp_path: Path) -> None:
    assert found(limited(), tmp_path, fault) == {"above-the-limit"}


def test_pods_above_a_stated_limit_are_found(tmp_path: Path) -> None:
    written = write_project(limited(**LIMITS["eks"]), tmp_path / "project")
    (file,) = (
        file
        for file in (written.evidence.folder / "kubernetes" / "base").glob("*.yaml")
        if "Recreate" in file.read_text()
    )
    rolling = "RollingUpdate\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 25%"
    file.write_text(file.read_text().replace("Recreate", rolling))
    assert written.rules_found_by("capacity") == {"above-the-limit"}
