"""The types of values that components pass to each other: construct classes, or return types of CDK functions."""

from collections.abc import Mapping

from blueprints.cdk.modules import ec2, ecs, elbv2, iam, kms, lambda_
from blueprints.cdk.tree import Attr, Call, Expr, Own, Ref, Value

#: A list of texts, which has no class.
TEXTS = "texts"
Type = Expr | str
_RETURNED: Mapping[tuple[str, str], Expr] = {
    ("Alias", "from_alias_name"): kms.IAlias,
    ("ApplicationLoadBalancer", "add_listener"): elbv2.ApplicationListener,
    ("Architecture", "custom"): lambda_.Architecture,
    ("Cluster", "from_cluster_attributes"): ecs.ICluster,
    ("Key", "from_key_arn"): kms.IKey,
    ("NetworkLoadBalancer", "add_listener"): elbv2.NetworkListener,
    ("Role", "from_role_arn"): iam.IRole,
    ("Vpc", "from_vpc_attributes"): ec2.IVpc,
}
_LISTS = ("subnet_ids", "value_as_list")


def type_of(value: Value, values: Mapping[str, Value]) -> Type:
    """Return the type of a value; `values` are those that it can refer to. Raises TypeError if it is unknown."""
    if isinstance(value, Ref):
        return type_of(values[value._name], values)
    if (isinstance(value, Attr) and value._name in _LISTS) or _are_texts(value):
        return TEXTS
    if isinstance(value, Call) and isinstance(value._func, Attr | Own):
        func = value._func
        if func._name[:1].isupper():
            return func
        owner = func._of if isinstance(func, Attr) else func
        made = type_of(owner, values) if isinstance(owner, Ref) else owner
        returned = _RETURNED.get((made._name, func._name)) if isinstance(made, Attr) else None
        if returned is not None:
            return returned
    raise TypeError(f"{value!r} is of a type that no component can name")


def _are_texts(value: Value) -> bool:
    """Return whether a value is a list of CloudFormation function results."""
    listed = value if isinstance(value, list | tuple) else ()
    functions = [one._func._of for one in listed if isinstance(one, Call) and isinstance(one._func, Attr)]
    of_cloudformation = [one for one in functions if isinstance(one, Attr) and one._name == "Fn"]
    return bool(listed) and len(of_cloudformation) == len(listed)
