"""Private APIs: a second endpoint with private DNS, and callers without a way, are found; generated projects have none."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.sam_projects import WrittenProject, write_project

Resources = dict[str, Any]
FRONT = {"id": "front", "trigger": "request", "exposure": "private", "calls": ["back"]}
BACK = {"id": "back", "trigger": "request", "exposure": "private", "human_approval": True, "wait_s": "3 days"}
TWO = {"schema": 2, "components": [FRONT, BACK]}
ENDPOINT, GROUP = "PrivateApiEndpoint", "PrivateApiEndpointSecurityGroup"
CONTAINER = {"packaging": "container-image", "cold_start_ok": False, "longest_run_s": "1 min"}
PROJECTS = {
    "functions": TWO,
    "one": {**TWO, "components": [{**FRONT, "calls": []}]},
    "container": {**TWO, "components": [{**FRONT, **CONTAINER}, BACK]},
    "existing-vpc": {**TWO, "workload": {"existing": ["vpc"]}},
    "vpc-only": {**TWO, "workload": {"vpc_only": True}},
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECTS)
def test_generated_projects_have_one_endpoint_which_lets_in_their_callers(name: str, tmp_path: Path) -> None:
    project = write_project(PROJECTS[name], tmp_path / "project")
    assert project.rules_found_by("private_apis") == set()
    assert project.rules_found_by("routing") == set()
    resources = project.evidence.template["Resources"]
    doors = [id for id, one in resources.items() if "execute-api" in str(one["Properties"].get("ServiceName"))]
    assert doors == [ENDPOINT]
    apis = [one["Properties"] for one in resources.values() if one["Type"] == "AWS::ApiGateway::RestApi"]
    assert len(apis) == (1 if name in ("one", "container") else 2)
    for api in apis:
        assert api["EndpointConfiguration"]["VpcEndpointIds"] == [{"Ref": ENDPOINT}]
        denied = api["Body"]["x-amazon-apigateway-policy"]["Statement"][-1]
        assert denied["Condition"] == {"StringNotEquals": {"aws:SourceVpce": {"Ref": ENDPOINT}}}


def _second_endpoint(resources: Resources) -> None:
    resources["BackApiEndpoint"] = deepcopy(resources[ENDPOINT])


def _outside(resources: Resources) -> None:
    del resources["FrontFunction"]["Properties"]["VpcConfig"]


def _not_let_in(resources: Resources) -> None:
    del resources[GROUP]["Properties"]["SecurityGroupIngress"][1]


def _denied(resources: Resources) -> None:
    denied = resources["BackApi"]["Properties"]["Body"]["x-amazon-apigateway-policy"]["Statement"][-1]
    denied["Condition"]["StringNotEquals"]["aws:SourceVpce"] = {"Ref": "LogsEndpoint"}


def _public(resources: Resources) -> None:
    resources["BackApi"]["Properties"]["EndpointConfiguration"] = {"Types": ["REGIONAL"]}


FAULTS: dict[str, tuple[Callable[[Resources], None], set[str]]] = {
    "second-endpoint": (_second_endpoint, {"second-private-dns"}),
    "outside": (_outside, {"outside-of-private-api"}),
    "not-let-in": (_not_let_in, {"shut-out-of-private-api"}),
    "denied-by-the-policy": (_denied, {"shut-out-of-private-api"}),
    "public-api": (_public, {"public-api-behind-private-dns"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str, tmp_path: Path) -> None:
    project: WrittenProject = write_project(TWO, tmp_path / "project")
    plant, found = FAULTS[fault]
    project.plant(plant)
    assert project.rules_found_by("private_apis") == found


def test_a_second_endpoint_without_private_dns_is_none(tmp_path: Path) -> None:
    project = write_project(TWO, tmp_path / "project")

    def plain(resources: Resources) -> None:
        _second_endpoint(resources)
        resources["BackApiEndpoint"]["Properties"]["PrivateDnsEnabled"] = False

    project.plant(plain)
    assert project.rules_found_by("private_apis") == set()
