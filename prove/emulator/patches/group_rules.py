"""Rules of security groups as separate CloudFormation types; the emulator supports them in their group only."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ministack.services import ec2

from prove.emulator.patches.types import Created, Properties, add, answer


@dataclass(frozen=True, slots=True)
class Rule:
    """A type of rule: the operations that add and remove it, and the property with the id of the peer group."""

    authorize: Callable[..., Any]
    revoke: Callable[..., Any]
    peer_property: str


RULES = {
    "AWS::EC2::SecurityGroupIngress": Rule(
        authorize=ec2._authorize_sg_ingress,
        revoke=ec2._revoke_sg_ingress,
        peer_property="SourceSecurityGroupId",
    ),
    "AWS::EC2::SecurityGroupEgress": Rule(
        authorize=ec2._authorize_sg_egress,
        revoke=ec2._revoke_sg_egress,
        peer_property="DestinationSecurityGroupId",
    ),
}


def _request(properties: Properties, peer_property: str) -> dict[str, list[str]]:
    rule = {name: properties.get(name) for name in ("IpProtocol", "FromPort", "ToPort")}
    rule["Groups.1.GroupId"] = properties.get(peer_property)
    rule["IpRanges.1.CidrIp"] = properties.get("CidrIp")
    permission = {f"IpPermissions.1.{name}": [str(value)] for name, value in rule.items() if value is not None}
    return {"GroupId": [str(properties["GroupId"])], **permission}


def _add(type: str) -> None:
    rule = RULES[type]

    def make(properties: Properties, name: str) -> Created:
        response = answer(rule.authorize(_request(properties, rule.peer_property)))
        (id,) = re.findall("<securityGroupRuleId>(.*?)</securityGroupRuleId>", response)
        return id, {"Id": id}

    def remove(physical_id: str, properties: Properties) -> None:
        if properties["GroupId"] in ec2._security_groups:
            answer(rule.revoke({"GroupId": [properties["GroupId"]], "SecurityGroupRuleId.1": [physical_id]}))

    add(type, make, remove)


def install() -> None:
    """Add both types."""
    for type in RULES:
        _add(type)
