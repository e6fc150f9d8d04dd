"""Elastic IP addresses, NAT gateways and flow logs as CloudFormation types; the emulator has their interfaces only."""

import re

from ministack.services import ec2

from prove.emulator.patches.types import Made, Properties, add, answer


def _found(tag: str, text: str) -> str:
    (value,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text)
    return str(value)


def _address(properties: Properties, name: str) -> Made:
    ec2._ensure_defaults_initialized()
    text = answer(ec2._allocate_address({"Domain": [properties.get("Domain", "vpc")]}))
    address = _found("publicIp", text)
    return address, {"AllocationId": _found("allocationId", text), "PublicIp": address}


def _release(physical_id: str, properties: Properties) -> None:
    for id, one in list(ec2._addresses.items()):
        if one["PublicIp"] == physical_id:
            answer(ec2._release_address({"AllocationId": [id]}))


def _nat_gateway(properties: Properties, name: str) -> Made:
    asked = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    id = _found("natGatewayId", answer(ec2._create_nat_gateway(asked)))
    return id, {"NatGatewayId": id}


def _flow_log(properties: Properties, name: str) -> Made:
    asked = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    answered = answer(ec2._create_flow_logs({**asked, "ResourceId.1": [properties["ResourceId"]]}))
    id = _found("item", answered)
    return id, {"Id": id}


def install() -> None:
    """Add the three types."""
    add("AWS::EC2::EIP", _address, _release)
    # A deleted gateway stays to be seen for a while, in the state "deleted", as on AWS.
    add("AWS::EC2::NatGateway", _nat_gateway, lambda id, _: answer(ec2._delete_nat_gateway({"NatGatewayId": [id]})))
    add("AWS::EC2::FlowLog", _flow_log, lambda id, _: answer(ec2._delete_flow_logs({"FlowLogId.1": [id]})))
