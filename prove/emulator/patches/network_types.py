"""Elastic IP addresses, NAT gateways and flow logs as CloudFormation types; the emulator has their APIs only."""

import re

from ministack.services import ec2

from prove.emulator.patches.types import Created, Properties, add, answer


def _element(tag: str, text: str) -> str:
    (value,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text)
    return str(value)


def _address(properties: Properties, name: str) -> Created:
    ec2._ensure_defaults_initialized()
    text = answer(ec2._allocate_address({"Domain": [properties.get("Domain", "vpc")]}))
    address = _element("publicIp", text)
    return address, {"AllocationId": _element("allocationId", text), "PublicIp": address}


def _release(physical_id: str, properties: Properties) -> None:
    for id, address in list(ec2._addresses.items()):
        if address["PublicIp"] == physical_id:
            answer(ec2._release_address({"AllocationId": [id]}))


def _nat_gateway(properties: Properties, name: str) -> Created:
    request = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    id = _element("natGatewayId", answer(ec2._create_nat_gateway(request)))
    return id, {"NatGatewayId": id}


def _flow_log(properties: Properties, name: str) -> Created:
    request = {key: [value] for key, value in properties.items() if isinstance(value, str)}
    response = answer(ec2._create_flow_logs({**request, "ResourceId.1": [properties["ResourceId"]]}))
    id = _element("item", response)
    return id, {"Id": id}


def install() -> None:
    """Add the three types."""
    add("AWS::EC2::EIP", _address, _release)
    # A deleted gateway remains visible for a while in the state "deleted", as on AWS.
    add("AWS::EC2::NatGateway", _nat_gateway, lambda id, _: answer(ec2._delete_nat_gateway({"NatGatewayId": [id]})))
    add("AWS::EC2::FlowLog", _flow_log, lambda id, _: answer(ec2._delete_flow_logs({"FlowLogId.1": [id]})))
