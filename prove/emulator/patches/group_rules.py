"""Rules of security groups as CloudFormation types of their own; the emulator takes them with their group only."""

import re
from collections.abc import Callable
from typing import Any

from ministack.services import ec2

from prove.emulator.patches.types import Made, Properties, add, answer

#: Type -> how the service is asked to add and to remove such a rule, and which property names the group at the far end.
RULES: dict[str, tuple[Callable[..., Any], Callable[..., Any], str]] = {
    "AWS::EC2::SecurityGroupIngress": (
        ec2._authorize_sg_ingress,
        ec2._revoke_sg_ingress,
        "SourceSecurityGroupId",
    ),
    "AWS::EC2::SecurityGroupEgress": (
        ec2._authorize_sg_egress,
        ec2._revoke_sg_egress,
        "DestinationSecurityGroupId",
    ),
}


def _asked(properties: Properties, far: str) -> dict[str, list[str]]:
    rule = {name: properties.get(name) for name in ("IpProtocol", "FromPort", "ToPort")}
    rule["Groups.1.GroupId"] = properties.get(far)
    rule["IpRanges.1.CidrIp"] = properties.get("CidrIp")
    given = {f"IpPermissions.1.{name}": [str(value)] for name, value in rule.items() if value is not None}
    return {"GroupId": [str(properties["GroupId"])], **given}


def _add(type: str) -> None:
    authorize, revoke, far = RULES[type]

    def make(properties: Properties, name: str) -> Made:
        answered = answer(authorize(_asked(properties, far)))
        (id,) = re.findall("<securityGroupRuleId>(.*?)</securityGroupRuleId>", answered)
        return id, {"Id": id}

    def remove(physical_id: str, properties: Properties) -> None:
        if properties["GroupId"] in ec2._security_groups:
            answer(revoke({"GroupId": [properties["GroupId"]], "SecurityGroupRuleId.1": [physical_id]}))

    add(type, make, remove)


def install() -> None:
    """Add both types."""
    for type in RULES:
        _add(type)
