"""What waits for what: an order that one tool states and the other has otherwise is the same, and a lost one is found."""

import copy
from typing import Any

import pytest

from prove.readback import Stack, differences, normal, read

Json = dict[str, Any]


def made(type: str, after: str | list[str] = "", **properties: Any) -> Json:
    one: Json = {"Type": f"AWS::{type}", "Properties": properties}
    return {**one, "DependsOn": after} if after else one


def ref(id: str) -> Json:
    return {"Ref": id}


def way_out(*, route: str | list[str], balancer: str | list[str], address: str = "", gateway: str = "") -> Json:
    """A subnet that leads out, with a load balancer and a NAT gateway in it."""
    return {
        "Vpc": made("EC2::VPC", CidrBlock="10.0.0.0/16"),
        "Internet": made("EC2::InternetGateway"),
        "Attachment": made("EC2::VPCGatewayAttachment", VpcId=ref("Vpc"), InternetGatewayId=ref("Internet")),
        "Subnet": made("EC2::Subnet", VpcId=ref("Vpc"), CidrBlock="10.0.0.0/24"),
        "Table": made("EC2::RouteTable", VpcId=ref("Vpc")),
        "Link": made("EC2::SubnetRouteTableAssociation", SubnetId=ref("Subnet"), RouteTableId=ref("Table")),
        "Route": made("EC2::Route", route, RouteTableId=ref("Table"), GatewayId=ref("Internet")),
        "Balancer": made("ElasticLoadBalancingV2::LoadBalancer", balancer, Subnets=[ref("Subnet")]),
        "Address": made("EC2::EIP", address, Domain="vpc"),
        "Nat": made(
            "EC2::NatGateway",
            gateway,
            SubnetId=ref("Subnet"),
            AllocationId={"Fn::GetAtt": ["Address", "AllocationId"]},
        ),
    }


#: As SAM states it, and as CDK does.
MINE = way_out(route="Attachment", balancer="Route", address="Attachment")
OTHER = way_out(route="Attachment", balancer=["Link", "Route"], gateway="Route")


def stack(resources: Json) -> Stack:
    return normal(read({"Resources": resources}))


def said(mine: Json, other: Json) -> list[str]:
    return [one.between("mine", "other") for one in differences(stack(mine), stack(other))]


def test_what_either_tool_states_otherwise_is_the_same_order() -> None:
    assert said(MINE, OTHER) == said(OTHER, MINE) == []


@pytest.mark.parametrize(
    ("whole", "id", "waiting"),
    [
        (MINE, "Balancer", "LoadBalancer Balancer"),
        (MINE, "Address", "NatGateway Nat"),
        (OTHER, "Nat", "NatGateway Nat"),
        (MINE, "Route", "Subnet Subnet"),
        (OTHER, "Route", "Subnet Subnet"),
    ],
)
def test_an_order_that_is_lost_is_found_and_named(whole: Json, id: str, waiting: str) -> None:
    broken = copy.deepcopy(whole)
    del broken[id]["DependsOn"]
    against = OTHER if whole is MINE else MINE
    assert any(f"{waiting} waits for Attachment: mine has none" in one for one in said(broken, against))
    assert any(f"{waiting} waits for Attachment" in one and "other has none" in one for one in said(against, broken))


def test_a_reference_is_an_order_too() -> None:
    pair = {"Queue": made("SQS::Queue"), "Topic": made("SNS::Topic", "Queue")}
    told = {"Queue": made("SQS::Queue"), "Topic": made("SNS::Topic", DisplayName=ref("Queue"))}
    assert not any("waits" in one for one in said(pair, told))
    assert any("Topic waits for Queue" in one for one in said(pair, {**told, "Topic": made("SNS::Topic")}))


def test_resources_that_wait_for_each_other_end_the_reading() -> None:
    circle = {"Queue": made("SQS::Queue", "Topic"), "Topic": made("SNS::Topic", "Queue")}
    assert said(circle, circle) == []
