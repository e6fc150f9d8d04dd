"""The check of placement: with `vpc_only`, a function outside the VPC is found, and generated projects have none."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

Resources = dict[str, Any]
CHAT = {"id": "chat", "trigger": "request", "protocol": "websocket", "authentication": "existing-provider"}
CHATTING = {"schema": 2, "components": [CHAT]}
#: Workloads, and the endings of the names of their own functions.
WORKLOADS: dict[str, tuple[dict[str, Any], str]] = {
    "connections": (CHATTING, "AuthorizerFunction"),
    "foreign-tokens": (story("foreign-tokens"), "AuthorizerFunction"),
    "approval": (story("approval"), "ApprovalsFunction"),
    "durable": (story("durable"), "ApprovalsFunction"),
}  # fmt: skip


def written(name: str, folder: Path) -> WrittenProject:
    answers = WORKLOADS[name][0]
    workload = {**answers.get("workload", {}), "vpc_only": True}
    return write_project({**answers, "workload": workload}, folder / "project")


def endpoints(resources: Resources) -> set[str]:
    found = (one["Properties"] for one in resources.values() if one["Type"] == "AWS::EC2::VPCEndpoint")
    return {str(one["ServiceName"]).rpartition(".")[2].strip("'}]") for one in found}


@pytest.mark.parametrize("name", WORKLOADS)
def test_every_function_runs_in_the_vpc_and_reaches_what_it_needs(name: str, tmp_path: Path) -> None:
    project = written(name, tmp_path)
    assert project.rules_found_by("placement") == set()
    resources = project.evidence.template["Resources"]
    (own,) = (one for id, one in resources.items() if id.endswith(WORKLOADS[name][1]))
    assert own["Type"] == "AWS::Lambda::Function"
    types = [one["Type"] for one in resources.values()]
    if own["Properties"]["Handler"] == "authorizer.handler":
        assert "AWS::EC2::NatGateway" in types
    else:
        completes = {"lambda"} if name == "durable" else {"states", "sns"}
        assert "AWS::EC2::NatGateway" in types or completes <= endpoints(resources)
        assert "dynamodb" in endpoints(resources)


def test_a_function_outside_is_found(tmp_path: Path) -> None:
    project = written("connections", tmp_path)

    def outside(resources: Resources) -> None:
        (own,) = (one for id, one in resources.items() if id.endswith("AuthorizerFunction"))
        del own["Properties"]["VpcConfig"]

    project.plant(outside)
    assert project.rules_found_by("placement") == {"outside-the-vpc"}


def test_without_the_answer_nothing_needs_a_vpc(tmp_path: Path) -> None:
    project = write_project(CHATTING, tmp_path / "project")
    assert project.rules_found_by("placement") == set()
    assert "AWS::EC2::VPC" not in [one["Type"] for one in project.evidence.template["Resources"].values()]
