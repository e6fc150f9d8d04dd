"""The order in which a stack is made: what each resource waits for, because it refers to it or says so (`DependsOn`).

What is taken as the same, and why:

* What waits for another that waits for a third waits for the third. So an order that one tool states and the other has
  by references, or over resources that are none of their own in the normal form (routes, parts of a REST API), is one.
* CDK states orders for whole constructs where a template states the one that counts; all of those hold in SAM by
  references, or the two differ.
* An address waits for the NAT gateway that uses it, and a REST API for its stage: SAM's transform takes the order of
  the stage at its API only, and CDK states that of the address at the gateway. So either is read at the latter.
* What a route waits for is read at the subnets that it is for.
* CDK has functions and databases wait for the way out of their subnets. Where that is a NAT gateway, it is left out:
  they need it at work, and not to be made.
"""

from collections.abc import Iterator, Mapping

from prove.readback.stack import Order, Resource
from prove.readback.values import references

#: Types whose order is that of what refers to them.
_READ_AT = {"AWS::EC2::EIP": "AWS::EC2::NatGateway", "AWS::ApiGateway::RestApi": "AWS::ApiGateway::Stage"}
_AT_WORK = "AWS::EC2::NatGateway"
_ROUTE, _LINK = "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation"


def order(resources: Mapping[str, Resource], kept: Mapping[str, Resource]) -> Order:
    """Return the order of resources as they are read, told of those that are `kept` in the normal form."""
    named = {id: _named(one) & resources.keys() for id, one in resources.items()}
    near = {id: sorted(named[id] | (set(one.after) & resources.keys())) for id, one in resources.items()}
    whole: dict[str, frozenset[str]] = {}
    for id in resources:
        _follow(id, near, whole)
    stated: dict[str, frozenset[str]] = {}
    reached = dict(whole)
    for one in resources.values():
        waits = frozenset(found for id in one.after if id in near for found in _kept(id, resources, near, kept))
        for place in _places(one, resources, named) if waits else ():
            stated[place] = stated.get(place, frozenset()) | waits
            reached[place] = reached.get(place, frozenset()) | waits
    return Order(stated, {id: found & kept.keys() for id, found in reached.items()})


def _kept(
    id: str, resources: Mapping[str, Resource], near: Mapping[str, list[str]], kept: Mapping[str, Resource]
) -> Iterator[str]:
    """Give a resource of the normal form, or for one that is none of it, those that it waits for itself."""
    if id in kept:
        yield from () if resources[id].type == _AT_WORK else (id,)
        return
    for one in near[id]:
        yield from _kept(one, resources, near, kept)


def _named(one: Resource) -> set[str]:
    return {id for id, _ in references(dict(one.properties))}


def _follow(id: str, near: Mapping[str, list[str]], whole: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return everything that a resource waits for; CloudFormation refuses circles, and a lint names them."""
    if id not in whole:
        whole[id] = frozenset()
        whole[id] = frozenset(near[id]).union(*(_follow(one, near, whole) for one in near[id]))
    return whole[id]


def _places(one: Resource, resources: Mapping[str, Resource], named: Mapping[str, set[str]]) -> Iterator[str]:
    """Give the resources at which what one waits for is read."""
    if one.type == _ROUTE:
        tables = {id for id in named[one.id] if resources[id].type == "AWS::EC2::RouteTable"}
        links = [link for link in resources.values() if link.type == _LINK and named[link.id] & tables]
        yield from (id for link in links for id in sorted(named[link.id] - tables))
    elif one.type in _READ_AT:
        yield from (
            user.id for user in resources.values() if user.type == _READ_AT[one.type] and one.id in named[user.id]
        )
    else:
        yield one.id
