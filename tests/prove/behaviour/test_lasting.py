"""The check `lasting`: nothing ends before its time, and what would is found."""

import json
import re

import pytest

from tests.prove.behaviour.planting import Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "lasting"
SHIPPING, SHOP = "kubernetes/base/shipping.yaml", "kubernetes/base/shop.yaml"


@pytest.mark.parametrize(
    "name",
    ["container-on-ec2", "container-web-service", "kubernetes-migration", "approval", "durable", "data-processing"],
)
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def killed(resources: Resources) -> None:
    container = one_of(resources, "AWS::ECS::TaskDefinition")["ContainerDefinitions"][0]
    container["HealthCheck"]["Command"][1] = 'test -n "$(find /tmp/alive -mmin -5)"'


def late(resources: Resources) -> None:
    container = one_of(resources, "AWS::ECS::TaskDefinition")["ContainerDefinitions"][0]
    container["HealthCheck"]["Command"][1] = 'test -n "$(find /tmp/alive -mmin -360)"'


def no_grace(resources: Resources) -> None:
    one_of(resources, "AWS::ECS::Service")["HealthCheckGracePeriodSeconds"] = 0


def short_execution(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::Function", "ClaimsFunction")["DurableConfig"]["ExecutionTimeout"] = 3600


def short_machine(resources: Resources) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::StepFunctions::StateMachine":
            told = json.dumps(resource["Properties"]["DefinitionString"])
            whole = re.sub(r'(TimeoutSeconds\\*": )606264', r"\g<1>3600", told)
            assert whole != told
            resource["Properties"]["DefinitionString"] = json.loads(whole)


def expiring(resources: Resources) -> None:
    one_of(resources, "AWS::S3::Bucket", "Archive")["LifecycleConfiguration"]["Rules"][0]["ExpirationInDays"] = 1


def test_a_health_check_shorter_than_the_work_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("container-on-ec2"), CHECK, killed) == {"killed-at-work"}


def test_a_worker_whose_work_hangs_for_hours_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("container-on-ec2"), CHECK, late) == {"hangs-unnoticed"}


def test_a_task_without_time_to_start_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("container-web-service"), CHECK, no_grace) == {"no-time-to-start"}


def test_an_execution_shorter_than_its_approval_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("durable"), CHECK, short_execution) == {"ends-before-its-state"}
    assert rules_with(stories.project("approval"), CHECK, short_machine) == {"ends-before-its-state"}


def test_a_rule_that_deletes_what_is_stored_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("data-processing"), CHECK, expiring) == {"data-expires"}


def early(resources: Resources) -> None:
    rules = one_of(resources, "AWS::S3::Bucket", "Archive")["LifecycleConfiguration"]["Rules"]
    rules[1]["ExpirationInDays"] = 7 * 365


def test_a_rule_that_deletes_before_the_stated_retention_ends_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("retention"), CHECK, lambda resources: None) == set()
    assert rules_with(stories.project("retention"), CHECK, early) == {"data-expires"}


@pytest.mark.parametrize(
    ("name", "path", "find", "put", "rule"),
    [
        ("container-on-ec2", "src/scanner/protection.py", "EXPIRES_MIN = 72", "EXPIRES_MIN = 36", "protection-ends"),
        ("kubernetes-migration", SHIPPING, "st_mtime < 300", "st_mtime < 60", "killed-at-work"),
        ("kubernetes-migration", SHIPPING, "st_mtime < 300", "st_mtime < 3000", "hangs-unnoticed"),
        ("kubernetes-migration", SHOP, "failureThreshold: 6", "failureThreshold: 1", "restarted-at-once"),
    ],
)
def test_work_that_is_cut_off_is_found(stories: Stories, name: str, path: str, find: str, put: str, rule: str) -> None:
    assert rules_after(stories.project(name), CHECK, path, find, put) == {rule}
