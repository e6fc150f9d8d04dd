"""Networks in one spelling: where each subnet leads, and what each security group lets through.

What is taken as the same, and why:

* Subnets may share a route table or have one each: what counts is which routes a subnet has. So routes are read at
  the subnet (`Routes`), and route tables, routes and associations are no resources of their own. A gateway endpoint
  is read with the subnets whose tables lead to it.
* A rule of a security group may stand in the group or be a resource of its own: it is read at the group. Its
  description is for people.
* CloudFormation takes away the rule that lets everything out once a group has a rule. Groups that let nothing out
  have one that nothing can match; CDK writes one by ICMP to 255.255.255.255, and that is read as an empty list.
* A VPC's range is what the VPC states.

What belongs to no subnet or group of the stack stays a resource, so that it shows.
"""

from collections.abc import Iterator, Mapping

from prove.readback.stack import Resource
from prove.readback.values import Value, references, renamed

_RULES = {
    "AWS::EC2::SecurityGroupIngress": "SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress": "SecurityGroupEgress",
}
_TABLE, _ROUTE, _LINK = "AWS::EC2::RouteTable", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation"
_GROUP, _SUBNET = "AWS::EC2::SecurityGroup", "AWS::EC2::Subnet"
#: How CDK writes that nothing is let out.
_NOTHING = {"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp", "FromPort": "252", "ToPort": "86"}
Resources = dict[str, Resource]


def network(resources: Mapping[str, Resource]) -> Resources:
    """Return the resources with routes at their subnets and rules at their groups."""
    made = _ranged(resources)
    return _rules(_routes(made))


def _ranged(resources: Mapping[str, Resource]) -> Resources:
    """Spell the range of a VPC as the VPC does."""

    def name(id: str, attribute: str) -> str:
        found = resources.get(id)
        if found is not None and found.type == "AWS::EC2::VPC" and attribute == ".CidrBlock":
            return str(found.properties.get("CidrBlock", f"${{{id}{attribute}}}"))
        return f"${{{id}{attribute}}}"

    return {id: one.with_(**renamed(dict(one.properties), name)) for id, one in resources.items()}


def _only(value: Value) -> str:
    """Return the id of the one resource that a value is a reference to, or nothing."""
    found = list(references(value)) if isinstance(value, str) else []
    return found[0][0] if len(found) == 1 and value == f"${{{found[0][0]}}}" else ""


def _routes(resources: Resources) -> Resources:
    made = dict(resources)
    subnets: dict[str, list[str]] = {}
    for link in _of(resources, _LINK):
        table, subnet = _only(link.properties["RouteTableId"]), _only(link.properties["SubnetId"])
        if subnet in resources and table in resources:
            subnets.setdefault(table, []).append(subnet)
            del made[link.id]
    leading: dict[str, list[Value]] = {}
    for route in _of(resources, _ROUTE):
        table = _only(route.properties["RouteTableId"])
        if table in subnets:
            leading.setdefault(table, []).append({k: v for k, v in route.properties.items() if k != "RouteTableId"})
            del made[route.id]
    for table, inside in subnets.items():
        del made[table]
        for subnet in inside:
            made[subnet] = made[subnet].with_(Routes=leading.get(table, []))
    for endpoint in _of(made, "AWS::EC2::VPCEndpoint"):
        if "RouteTableIds" in endpoint.properties:
            made[endpoint.id] = endpoint.with_(RouteTableIds=_reached(endpoint.properties["RouteTableIds"], subnets))
    return made


def _reached(tables: Value, subnets: Mapping[str, list[str]]) -> Value:
    if not isinstance(tables, list):
        return tables
    return [f"${{{subnet}}}" for table in tables for subnet in subnets.get(_only(table), ())] + [
        table for table in tables if _only(table) not in subnets
    ]


def _rules(resources: Resources) -> Resources:
    made = dict(resources)
    for type, name in _RULES.items():
        for rule in _of(resources, type):
            group = _only(rule.properties["GroupId"])
            if group in made and made[group].type == _GROUP:
                inside = {key: value for key, value in rule.properties.items() if key != "GroupId"}
                made[group] = made[group].with_(**{name: [*made[group].properties.get(name, []), inside]})
                del made[rule.id]
    for one in _of(made, _GROUP):
        rules = {name: _spoken(one.properties[name]) for name in _RULES.values() if name in one.properties}
        made[one.id] = one.with_(**rules)
    return made


def _spoken(rules: Value) -> Value:
    said = [{key: value for key, value in rule.items() if key != "Description"} for rule in rules]
    return [rule for rule in said if rule != _NOTHING]


def _of(resources: Mapping[str, Resource], type: str) -> Iterator[Resource]:
    return iter([one for one in resources.values() if one.type == type])
