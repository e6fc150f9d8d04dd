"""Reachability of ports, calculated from the template, because an emulator does not route packets.

A way in is a rule of a security group. Where the rule names another group, the way starts at whatever holds that group:
a load balancer, a VPC link, a task, a function. A Network Load Balancer also takes connections of AWS PrivateLink, whose
sources its inbound rules are held against only where `EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic` is on:
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html (2026-11-27).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
LISTENER_RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
REST_LINK, HTTP_LINK = "AWS::ApiGateway::VpcLink", "AWS::ApiGatewayV2::VpcLink"
ENDPOINT_SERVICE = "AWS::EC2::VPCEndpointService"
_GROUP = "AWS::EC2::SecurityGroup"
_ADDRESSES = ("CidrIp", "CidrIpv6", "SourcePrefixListId")
#: Keys under which resources hold security groups; `SourceSecurityGroupId` of a rule is no such key.
_HOLDS = ("SecurityGroups", "SecurityGroupIds", "VpcSecurityGroupIds", "Groups")
Kind = Literal["addresses", "holder", "private-link", "unknown-group"]


@dataclass(frozen=True, slots=True)
class WayIn:
    """A source of traffic to a port: addresses, a resource of the template, or external members of a security group.

    `place` is the resource that lets it in.
    """

    kind: Kind
    source: str
    place: str
    holder: Resource | None = None


def ways_in(stack: Stack, groups: list[str], port: int, protocol: str = "tcp") -> Iterator[WayIn]:
    """Yield the sources of traffic to a port of the members of security groups."""
    for id in groups:
        group = stack.resources.get(id)
        if group is None or group.type != _GROUP:
            yield WayIn("unknown-group", id, id)
            continue
        for rule in group.properties.get("SecurityGroupIngress", ()):
            if _covers(rule, port, protocol):
                yield from _sources(stack, rule, id)


def ways_to_balancer(stack: Stack, balancer: Resource, port: int) -> Iterator[WayIn]:
    """Yield the ways to a listener of a load balancer, those of PrivateLink too."""
    groups = groups_of(balancer)
    if groups:
        yield from ways_in(stack, groups, port)
    else:
        yield WayIn("addresses", "0.0.0.0/0", balancer.id)
    for link in stack.of_type(REST_LINK, ENDPOINT_SERVICE):
        if balancer.id in ids_in([link.properties.get("TargetArns"), link.properties.get("NetworkLoadBalancerArns")]):
            yield WayIn("private-link", link.id, balancer.id, link)


def private_link_is_checked(balancer: Resource) -> bool:
    """Return whether inbound rules of a Network Load Balancer also hold for PrivateLink: so it is unless switched off."""
    return str(balancer.properties.get("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", "on")) != "off"


def groups_of(resource: Resource) -> list[str]:
    """Return the ids of the security groups that a resource holds, in its order."""
    return list(dict.fromkeys(ids_in(list(_held(dict(resource.properties))))))


def forwarding(stack: Stack, target_group: str) -> Iterator[tuple[Resource, Resource, list[dict[str, Any]]]]:
    """Yield each list of actions that forwards to a target group: its listener, the resource that states it, the actions."""
    for listener in stack.of_type(LISTENER):
        actions = listener.properties.get("DefaultActions", [])
        if _forwards(actions, target_group):
            yield listener, listener, actions
    for rule in stack.of_type(LISTENER_RULE):
        actions = rule.properties.get("Actions", [])
        if _forwards(actions, target_group):
            for id in ids_in(rule.properties.get("ListenerArn", "")):
                yield stack.resources[id], rule, actions


def _forwards(actions: list[dict[str, Any]], target_group: str) -> bool:
    forwards = [action for action in actions if action.get("Type") == "forward"]
    return target_group in ids_in(forwards)


def _covers(rule: dict[str, Any], port: int, protocol: str) -> bool:
    if str(rule.get("IpProtocol")) == "-1":
        return True
    lowest, highest = int(rule.get("FromPort", 0)), int(rule.get("ToPort", 65535))
    return str(rule.get("IpProtocol")) in (protocol, "6" if protocol == "tcp" else "17") and lowest <= port <= highest


def _sources(stack: Stack, rule: dict[str, Any], place: str) -> Iterator[WayIn]:
    for key in _ADDRESSES:
        if key in rule:
            yield WayIn("addresses", str(rule[key]), place)
    named = str(rule.get("SourceSecurityGroupId", rule.get("SourceSecurityGroupName", "")))
    if not named:
        return
    group = next(iter(ids_in(named)), named)
    holders = [resource for resource in stack.resources.values() if group in groups_of(resource)]
    if not holders or stack.resources[group].type != _GROUP:
        yield WayIn("unknown-group", named, place)
    for holder in holders:
        yield WayIn("holder", holder.id, place, holder)


def _held(value: Any) -> Iterator[Any]:
    """Yield the values of a key that contains security groups, at any depth."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _HOLDS:
                yield item
            else:
                yield from _held(item)
    elif isinstance(value, list):
        for item in value:
            yield from _held(item)
