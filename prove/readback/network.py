"""Networks in the normal form: routes at subnets, and rules at security groups.

Treated as equal, and why:

* Subnets may share a route table or have one each: only the routes of a subnet matter. So routes are read at the subnet
  (`Routes`), and route tables, routes and associations are no separate resources. A gateway endpoint is read with the
  subnets whose tables it is in.
* A rule of a security group may be a property of the group or a separate resource: it is read at the group. Its
  description is not compared.
* CloudFormation does not add the default egress rules if a group has an egress rule of its own. Groups that allow no
  egress have a rule that matches no traffic; CDK writes one for ICMP to 255.255.255.255, which is read as an empty
  list.
* The range of a VPC is the value that the VPC states.

A route or rule without a subnet or group of the stack stays a resource, so that it is reported.
"""

from collections.abc import Iterator, Mapping

from prove.readback.stack import Resource
from prove.readback.values import Value, references, renamed

_RULES = {
    "AWS::EC2::SecurityGroupIngress": "SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress": "SecurityGroupEgress",
}
_TABLE, _ROUTE, _ASSOCIATION = "AWS::EC2::RouteTable", "AWS::EC2::Route", "AWS::EC2::SubnetRouteTableAssociation"
_GROUP, _SUBNET = "AWS::EC2::SecurityGroup", "AWS::EC2::Subnet"
#: The rule by which CDK disallows all traffic.
_NO_TRAFFIC = {"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp", "FromPort": "252", "ToPort": "86"}
Resources = dict[str, Resource]


def network(resources: Mapping[str, Resource]) -> Resources:
    """Return the resources with routes at their subnets and rules at their groups."""
    with_ranges = _with_vpc_ranges(resources)
    return _rules(_routes(with_ranges))


def _with_vpc_ranges(resources: Mapping[str, Resource]) -> Resources:
    """Replace references to the range of a VPC by its value."""

    def name(id: str, attribute: str) -> str:
        resource = resources.get(id)
        if resource is not None and resource.type == "AWS::EC2::VPC" and attribute == ".CidrBlock":
            return str(resource.properties.get("CidrBlock", f"${{{id}{attribute}}}"))
        return f"${{{id}{attribute}}}"

    return {id: resource.with_(**renamed(dict(resource.properties), name)) for id, resource in resources.items()}


def _single_reference(value: Value) -> str:
    """Return the id of the resource that a value refers to, or an empty string."""
    targets = list(references(value)) if isinstance(value, str) else []
    return targets[0][0] if len(targets) == 1 and value == f"${{{targets[0][0]}}}" else ""


def _routes(resources: Resources) -> Resources:
    merged = dict(resources)
    subnets: dict[str, list[str]] = {}
    for link in _of(resources, _ASSOCIATION):
        table, subnet = (
            _single_reference(link.properties["RouteTableId"]),
            _single_reference(link.properties["SubnetId"]),
        )
        if subnet in resources and table in resources:
            subnets.setdefault(table, []).append(subnet)
            del merged[link.id]
    table_routes: dict[str, list[Value]] = {}
    for route in _of(resources, _ROUTE):
        table = _single_reference(route.properties["RouteTableId"])
        if table in subnets:
            table_routes.setdefault(table, []).append(
                {k: v for k, v in route.properties.items() if k != "RouteTableId"}
            )
            del merged[route.id]
    for table, table_subnets in subnets.items():
        del merged[table]
        for subnet in table_subnets:
            merged[subnet] = merged[subnet].with_(Routes=table_routes.get(table, []))
    for endpoint in _of(merged, "AWS::EC2::VPCEndpoint"):
        if "RouteTableIds" in endpoint.properties:
            merged[endpoint.id] = endpoint.with_(
                RouteTableIds=_subnets_of(endpoint.properties["RouteTableIds"], subnets)
            )
    return merged


def _subnets_of(tables: Value, subnets: Mapping[str, list[str]]) -> Value:
    if not isinstance(tables, list):
        return tables
    return [f"${{{subnet}}}" for table in tables for subnet in subnets.get(_single_reference(table), ())] + [
        table for table in tables if _single_reference(table) not in subnets
    ]


def _rules(resources: Resources) -> Resources:
    merged = dict(resources)
    for type, name in _RULES.items():
        for rule in _of(resources, type):
            group = _single_reference(rule.properties["GroupId"])
            if group in merged and merged[group].type == _GROUP:
                group_rule = {key: value for key, value in rule.properties.items() if key != "GroupId"}
                merged[group] = merged[group].with_(**{name: [*merged[group].properties.get(name, []), group_rule]})
                del merged[rule.id]
    for security_group in _of(merged, _GROUP):
        rules = {
            name: _without_descriptions(security_group.properties[name])
            for name in _RULES.values()
            if name in security_group.properties
        }
        merged[security_group.id] = security_group.with_(**rules)
    return merged


def _without_descriptions(rules: Value) -> Value:
    plain_rules = [{key: value for key, value in rule.items() if key != "Description"} for rule in rules]
    return [rule for rule in plain_rules if rule != _NO_TRAFFIC]


def _of(resources: Mapping[str, Resource], type: str) -> Iterator[Resource]:
    return iter([resource for resource in resources.values() if resource.type == type])
