"""The number of resources in a stack, by target, and the CloudFormation quota that it is compared with."""

from collections import Counter
from collections.abc import Iterator, Mapping

from advisor.text import Text
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.errors import Unsupported
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, Value

#: Resources in one template: "Understand CloudFormation quotas", which names no way to raise it
#: (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, 2026-11-27).
MOST_RESOURCES = 500
#: The share of the quota from which users are warned, in percent.
WARNED_PERCENT = 80

_GROUP, _TABLE = "AWS::EC2::SecurityGroup", "AWS::EC2::RouteTable"
_IN, _OUT = "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"
#: The property of a security group that holds rules -> the property of a rule that names the other group.
_RULES = {"SecurityGroupIngress": "SourceSecurityGroupId", "SecurityGroupEgress": "DestinationSecurityGroupId"}


def resource_count(scope: Scope, target: str) -> int:
    """Return how many resources the template of a target has after translation by SAM, or after `cdk synth`."""
    resources = resources_of(scope)
    return len(resources) + (0 if target == "sam" else _routes(resources) + _group_rules(resources))


def too_large(scope: Scope, target: str) -> Iterator[Unsupported]:
    """Yield the error for a stack with more resources than CloudFormation allows."""
    count = resource_count(scope, target)
    if count > MOST_RESOURCES:
        yield Unsupported("stack", _refusal(count))


def nearly_full(scope: Scope, target: str) -> Text | None:
    """Return the warning about a stack that comes close to the quota, or None."""
    count = resource_count(scope, target)
    if not MOST_RESOURCES * WARNED_PERCENT <= 100 * count <= 100 * MOST_RESOURCES:
        return None
    percent = 100 * count // MOST_RESOURCES
    return Text(
        f"The stack has {count} resources, {percent}% of the {MOST_RESOURCES} that CloudFormation allows in a stack. "
        "Plan how to divide the workload before you add components.",
        f"スタックのリソースは {count} 個で、CloudFormation の上限（1 スタックあたり {MOST_RESOURCES} 個）の {percent}% です。"
        "コンポーネントを追加する前に、ワークロードの分割を検討してください。",
    )


def _refusal(count: int) -> Text:
    return Text(
        f"The stack would have {count} resources, and CloudFormation allows {MOST_RESOURCES} in a stack. "
        "Divide the workload into several requirements files, so that each becomes a stack of its own.",
        f"スタックのリソースが {count} 個になり、CloudFormation の上限（1 スタックあたり {MOST_RESOURCES} 個）を超えます。"
        "ワークロードを複数の要件ファイルに分け、それぞれを別のスタックにしてください。",
    )


def _routes(resources: Mapping[str, Json]) -> int:
    """Return the resources that `ec2.Vpc` adds: a route table with routes per subnet, where subnets of the stack share one."""
    associated, routes = Counter[str](), Counter[str]()
    for resource in resources.values():
        counted = {"AWS::EC2::SubnetRouteTableAssociation": associated, "AWS::EC2::Route": routes}.get(resource["Type"])
        table = resource.get("Properties", {}).get("RouteTableId")
        if counted is not None and isinstance(table, Ref):
            counted[table.name] += 1
    tables = (id for id, resource in resources.items() if resource["Type"] == _TABLE)
    return sum((associated[id] - 1) * (1 + routes[id]) for id in tables if associated[id])


def _group_rules(resources: Mapping[str, Json]) -> int:
    """Return the resources that `ec2.SecurityGroup` adds: one for each rule between two groups, or with a prefix list; other rules are properties."""
    added = 0
    for resource in resources.values():
        properties = resource.get("Properties", {})
        if resource["Type"] == _GROUP:
            rules = ((rule, other) for key, other in _RULES.items() for rule in properties.get(key, ()))
            added += sum(_is_group(resources, rule.get(other)) or "SourcePrefixListId" in rule for rule, other in rules)
        elif resource["Type"] in (_IN, _OUT) and _is_group(resources, properties["GroupId"]):
            added -= not any(_is_group(resources, properties.get(other)) for other in _RULES.values())
    return added


def _is_group(resources: Mapping[str, Json], value: Value) -> bool:
    """Return whether a value is the id of a security group of the stack."""
    name = value.name if isinstance(value, Ref) else value.resource if isinstance(value, Att) else ""
    return resources.get(name, {}).get("Type") == _GROUP
