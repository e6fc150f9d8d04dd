"""The creation order of a stack: the dependencies of each resource, by references or by `DependsOn`.

Treated as equal, and why:

* Dependencies are transitive. So a `DependsOn` of one tool equals references of the other, also across resources that
  are not part of the normal form (routes, parts of a REST API).
* CDK states dependencies for whole constructs where a template states the relevant one; SAM has all of them by
  references, or the two differ.
* The dependencies of an Elastic IP are read at its NAT gateway, those of a REST API at its stage: SAM's transform
  accepts `DependsOn` of the stage at its API only, and CDK states that of the address at the gateway.
* The dependencies of a route are read at its subnets.
* In CDK, functions and databases depend on the egress of their subnets. A NAT gateway is ignored there: they need it at
  run time, and not for their creation.
"""

from collections.abc import Iterator, Mapping

from prove.readback.stack import Order, Resource
from prove.readback.values import references

#: Type -> the type of the resource at which its dependencies are read.
_READ_AT = {"AWS::EC2::EIP": "AWS::EC2::NatGateway", "AWS::ApiGateway::RestApi": "AWS::ApiGateway::Stage"}
_AT_RUN_TIME = "AWS::EC2::NatGateway"
_ROUTE, _ASSOCIATION = "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation"


def order(resources: Mapping[str, Resource], normalized: Mapping[str, Resource]) -> Order:
    """Return the dependencies between resources that the normal form has (`normalized`)."""
    named = {id: _named(resource) & resources.keys() for id, resource in resources.items()}
    near = {id: sorted(named[id] | (set(resource.depends_on) & resources.keys())) for id, resource in resources.items()}
    whole: dict[str, frozenset[str]] = {}
    for id in resources:
        _transitive(id, near, whole)
    stated: dict[str, frozenset[str]] = {}
    reached = dict(whole)
    for resource in resources.values():
        waits = frozenset(
            required
            for id in resource.depends_on
            if id in near
            for required in _required(id, resources, near, normalized)
        )
        for place in _places(resource, resources, named) if waits else ():
            stated[place] = stated.get(place, frozenset()) | waits
            reached[place] = reached.get(place, frozenset()) | waits
    return Order(stated, {id: requirements & normalized.keys() for id, requirements in reached.items()})


def _required(
    id: str, resources: Mapping[str, Resource], near: Mapping[str, list[str]], normalized: Mapping[str, Resource]
) -> Iterator[str]:
    """Yield a resource of the normal form, or the dependencies of a resource that the normal form lacks."""
    if id in normalized:
        yield from () if resources[id].type == _AT_RUN_TIME else (id,)
        return
    for required in near[id]:
        yield from _required(required, resources, near, normalized)


def _named(resource: Resource) -> set[str]:
    return {id for id, _ in references(dict(resource.properties))}


def _transitive(id: str, near: Mapping[str, list[str]], whole: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the transitive dependencies of a resource; CloudFormation refuses cycles, and cfn-lint reports them."""
    if id not in whole:
        whole[id] = frozenset()
        whole[id] = frozenset(near[id]).union(*(_transitive(required, near, whole) for required in near[id]))
    return whole[id]


def _places(resource: Resource, resources: Mapping[str, Resource], named: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield the resources at which the dependencies of a resource are read."""
    if resource.type == _ROUTE:
        tables = {id for id in named[resource.id] if resources[id].type == "AWS::EC2::RouteTable"}
        links = [link for link in resources.values() if link.type == _ASSOCIATION and named[link.id] & tables]
        yield from (id for link in links for id in sorted(named[link.id] - tables))
    elif resource.type in _READ_AT:
        yield from (
            user.id
            for user in resources.values()
            if user.type == _READ_AT[resource.type] and resource.id in named[user.id]
        )
    else:
        yield resource.id
