"""Jobs of AWS Batch in Windows containers run on Fargate, without the settings that only Linux has."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.stack.assembly import stack_of


def design(**pins: str) -> Design:
    answers: dict[str, Any] = {
        "id": "render",
        "trigger": "on-demand",
        "os": "windows",
        "packaging": "container-image",
        "job_queue": True,
        "pins": {"compute": "batch", **pins},
    }
    return advise(make_requirements({"components": [answers]}), rules.load_book())


def test_a_windows_job_has_a_windows_platform() -> None:
    scope = stack_of(plan_for(design()), "en")
    [job] = [one["Properties"] for one in scope.resources.values() if one["Type"] == "AWS::Batch::JobDefinition"]
    container = job["ContainerProperties"]
    assert container["RuntimePlatform"] == {
        "CpuArchitecture": "X86_64",
        "OperatingSystemFamily": "WINDOWS_SERVER_2022_CORE",
    }
    assert "LinuxParameters" not in container
    assert {"Type": "VCPU", "Value": "1"} in container["ResourceRequirements"]


@pytest.mark.parametrize("target", ["sam", "cdk-python"])
def test_a_windows_job_is_generated(target: str) -> None:
    files = blueprints.build(design(), target, lang="en", extras={})
    assert any(b"WINDOWS_SERVER_2022_CORE" in text for text in files.values())


def test_a_windows_job_on_hosts_is_refused() -> None:
    [refused] = {row.reason.en for row in blueprints.check(design(engine="ec2"), "sam")}
    assert "AWS Batch runs Windows containers on AWS Fargate" in refused
