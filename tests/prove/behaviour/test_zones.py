"""The check of zones: what a failed zone takes along is planted and found, and sound projects have none of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.prove.behaviour.sam_projects import WrittenProject, write_project

Resources = dict[str, Any]
FILE = Path("tests/blueprints/requirements/two-zones.yaml")


def answers() -> dict[str, Any]:
    """Return the answers of a workload whose programs call an API through the internet and keep rows."""
    stated = {"schema": 2, **yaml.safe_load(FILE.read_text("utf-8"))}
    (quotes,) = (one for one in stated["components"] if one["id"] == "quotes")
    quotes["exposure"] = "public"
    return stated


@pytest.fixture
def project(tmp_path: Path) -> WrittenProject:
    return write_project(answers(), tmp_path / "project")


def test_a_project_that_survives_has_no_problem(project: WrittenProject) -> None:
    assert project.rules_found_by("zones") == set()


def test_a_project_that_need_not_survive_is_not_checked(tmp_path: Path) -> None:
    stated = answers()
    del stated["workload"]["zone_failure"]
    ordinary = write_project(stated, tmp_path / "project")
    assert ordinary.rules_found_by("zones") == set()
    types = [one["Type"] for one in ordinary.evidence.template["Resources"].values()]
    assert (types.count("AWS::EC2::NatGateway"), types.count("AWS::RDS::DBInstance")) == (1, 1)


def _shared_gateway(resources: Resources) -> None:
    resources["PrivateBDefaultRoute"]["Properties"]["NatGatewayId"] = {"Ref": "NatGatewayA"}


def _gateways_in_one_zone(resources: Resources) -> None:
    resources["NatGatewayB"]["Properties"]["SubnetId"] = {"Ref": "PublicSubnetA"}


def _subnets_in_one_zone(resources: Resources) -> None:
    first = resources["PublicSubnetA"]["Properties"]["AvailabilityZone"]
    for kind in ("Public", "Private"):
        resources[f"{kind}SubnetB"]["Properties"]["AvailabilityZone"] = first


def _one_subnet(resources: Resources) -> None:
    (service,) = (one for one in resources.values() if one["Type"] == "AWS::ECS::Service")
    service["Properties"]["NetworkConfiguration"]["AwsvpcConfiguration"]["Subnets"].pop()


def _one_task(resources: Resources) -> None:
    (target,) = (one for one in resources.values() if one["Type"] == "AWS::ApplicationAutoScaling::ScalableTarget")
    target["Properties"]["MinCapacity"] = 1


def _no_reader(resources: Resources) -> None:
    del resources[[id for id, one in resources.items() if one["Type"] == "AWS::RDS::DBInstance"][-1]]


def _instance_alone(resources: Resources) -> None:
    properties = {"Engine": "postgres", "MultiAZ": False}
    resources["Alone"] = {"Type": "AWS::RDS::DBInstance", "Properties": properties}


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (_shared_gateway, "gateway-in-another-zone"),
        (_gateways_in_one_zone, "gateway-in-another-zone"),
        (_subnets_in_one_zone, "in-one-zone"),
        (_one_subnet, "in-one-zone"),
        (_one_task, "single-task"),
        (_no_reader, "no-reader"),
        (_instance_alone, "no-standby"),
    ],
)
def test_what_stops_with_a_zone_is_found(project: WrittenProject, fault: Any, rule: str) -> None:
    project.plant(fault)
    assert project.rules_found_by("zones") == {rule}
