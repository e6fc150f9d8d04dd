"""Dependencies between resources: those of both tools are equal, and a lost dependency is found."""

import copy
from typing import Any

import pytest

from prove.readback import Stack, differences, normal, read

Json = dict[str, Any]


def resource(type: str, after: str | list[str] = "", **properties: Any) -> Json:
    definition: Json = {"Type": f"AWS::{type}", "Properties": properties}
    return {**definition, "DependsOn": after} if after else definition


def ref(id: str) -> Json:
    return {"Ref": id}


def way_out(*, route: str | list[str], balancer: str | list[str], address: str = "", gateway: str = "") -> Json:
    """A subnet that leads out, with a load balancer and a NAT gateway in it."""
    return {
        "Vpc": resource("EC2::VPC", CidrBlock="10.0.0.0/16"),
        "Internet": resource("EC2::InternetGateway"),
        "Attachment": resource("EC2::VPCGatewayAttachment", VpcId=ref("Vpc"), InternetGatewayId=ref("Internet")),
        "Subnet": resource("EC2::Subnet", VpcId=ref("Vpc"), CidrBlock="10.0.0.0/24"),
        "Table": resource("EC2::RouteTable", VpcId=ref("Vpc")),
        "Link": resource("EC2::SubnetRouteTableAssociation", SubnetId=ref("Subnet"), RouteTableId=ref("Table")),
        "Route": resource("EC2::Route", route, RouteTableId=ref("Table"), GatewayId=ref("Internet")),
        "Balancer": resource("ElasticLoadBalancingV2::LoadBalancer", balancer, Subnets=[ref("Subnet")]),
        "Address": resource("EC2::EIP", address, Domain="vpc"),
        "Nat": resource(
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


def sentences(first: Json, second: Json) -> list[str]:
    return [difference.between("mine", "other") for difference in differences(stack(first), stack(second))]


def test_orders_of_both_tools_are_equal() -> None:
    assert sentences(MINE, OTHER) == sentences(OTHER, MINE) == []


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
def test_a_lost_dependency_is_found(whole: Json, id: str, waiting: str) -> None:
    broken = copy.deepcopy(whole)
    del broken[id]["DependsOn"]
    against = OTHER if whole is MINE else MINE
    assert any(f"{waiting} waits for Attachment: mine has none" in sentence for sentence in sentences(broken, against))
    assert any(
        f"{waiting} waits for Attachment" in sentence and "other has none" in sentence
        for sentence in sentences(against, broken)
    )


def test_a_reference_is_a_dependency_too() -> None:
    pair = {"Queue": resource("SQS::Queue"), "Topic": resource("SNS::Topic", "Queue")}
    by_reference = {"Queue": resource("SQS::Queue"), "Topic": resource("SNS::Topic", DisplayName=ref("Queue"))}
    assert not any("waits" in sentence for sentence in sentences(pair, by_reference))
    assert any(
        "Topic waits for Queue" in sentence
        for sentence in sentences(pair, {**by_reference, "Topic": resource("SNS::Topic")})
    )


def test_circular_dependencies_terminate() -> None:
    circle = {"Queue": resource("SQS::Queue", "Topic"), "Topic": resource("SNS::Topic", "Queue")}
    assert sentences(circle, circle) == []
