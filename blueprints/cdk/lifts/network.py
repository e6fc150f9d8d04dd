"""The network as the plan states it, and where constructs are placed in it."""

from collections.abc import Iterator
from typing import Any

from blueprints.cdk import network as planned
from blueprints.cdk.lifts.lifter import Lifter, Statements
from blueprints.cdk.lifts.references import REF
from blueprints.cdk.lifts.registry import composite, shared
from blueprints.cdk.lifts.resource import NotLifted, Properties
from blueprints.cdk.modules import ec2
from blueprints.cdk.origins import NETWORK
from blueprints.cdk.tree import Expr, Item, Ref, Statement, Value
from blueprints.scope import Composite
from blueprints.values import Att

_GROUP = "AWS::EC2::SecurityGroup"
_SUBNET_IDS = Ref("subnet_ids")


@composite("network")
def network(lifter: Lifter, _made: Composite) -> Statements:
    """The VPC in two zones with what its members need, or the one that exists."""
    wanted = lifter.context.plan.network
    if wanted is None:
        return
    _publish(lifter)
    yield from planned.vpc(lifter.context, wanted)
    if wanted.interfaces and not wanted.existing:
        yield from planned.interfaces(wanted)


def _publish(lifter: Lifter) -> None:
    vpc = planned.VPC
    lifter.publish("Vpc", vpc, Ref=vpc.vpc_id, CidrBlock=vpc.vpc_cidr_block)
    # The VPC's own member of this name waits for the gateway alone, and not for the route to it.
    outer = vpc.select_subnets(subnet_type=ec2.SubnetType.PUBLIC)
    lifter.publish("PublicDefaultRoute", outer.internet_connectivity_established)
    for number, subnet in enumerate(lifter.scope.subnets()):
        lifter.publish_value(subnet, Item(_SUBNET_IDS, number))
    for number, subnet in enumerate(lifter.scope.subnets(public=True)):
        lifter.publish_value(subnet, Item(vpc.public_subnets, number).subnet_id)


@shared("subnet_ids", "network", NETWORK)
def subnet_ids(lifter: Lifter) -> Iterator[Statement]:
    """The ids of the private subnets, for what takes no selection."""
    return planned.private_subnet_ids(lifter.context)


def vpc(lifter: Lifter, value: Any) -> Expr:
    """Return the VPC that a value names; NotLifted when it is another than the stack's."""
    if value != lifter.scope.vpc():
        raise NotLifted(f"{value!r} is not the VPC of the stack")
    return planned.VPC


def subnets(lifter: Lifter, value: Any) -> Expr:
    """Return the selection of subnets that ids name: the private ones, or the public ones."""
    if value == lifter.scope.subnets():
        return planned.PRIVATE
    if value == lifter.scope.subnets(public=True):
        return planned.PUBLIC
    raise NotLifted(f"{value!r} are neither the private nor the public subnets")


def groups(lifter: Lifter, value: Any) -> list[Value]:
    """Return the security groups that ids name."""
    return [group(lifter, one) for one in value]


def group(lifter: Lifter, value: Any) -> Expr:
    """Return the security group that an id names: its `Ref` or its `GroupId`, which are the same."""
    attribute = value.attribute if isinstance(value, Att) else REF
    if attribute not in (REF, "GroupId"):
        raise NotLifted(f"{value!r} is no id of a security group")
    return lifter.construct(value, _GROUP, attribute)


def placement(lifter: Lifter, properties: Properties, subnets_key: str, groups_key: str) -> dict[str, Value]:
    """Take subnets and groups of a resource as the options that place a construct in the VPC."""
    return {
        "vpc": planned.VPC,
        "vpc_subnets": subnets(lifter, properties.take(subnets_key)),
        "security_groups": groups(lifter, properties.take(groups_key)),
    }
