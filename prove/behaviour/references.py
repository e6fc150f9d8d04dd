"""Resources that a value refers to, and permissions that roles and resource policies grant."""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.readback import Stack
from prove.readback.policies import as_list
from prove.readback.stack import Resource
from prove.readback.values import Value, references

#: Types that stand for a function: what is sent to an alias or a version is sent to its function.
_OF_A_FUNCTION = ("AWS::Lambda::Alias", "AWS::Lambda::Version")


def ids_in(value: Value) -> list[str]:
    """Return the logical ids that a value refers to, in order and as often as it does."""
    return [id for id, _ in references(value)]


def named(value: Value) -> set[str]:
    """Return the logical ids that a value refers to."""
    return set(ids_in(value))


def resource_named(stack: Stack, value: Value, *types: str) -> Resource | None:
    """Return the one resource of these types that a value refers to, an alias standing for its function."""
    for id in sorted(named(value)):
        resource = stack.resources.get(id)
        if resource is not None and resource.type in _OF_A_FUNCTION:
            resource = resource_named(stack, resource.properties.get("FunctionName"), "AWS::Lambda::Function")
        if resource is not None and resource.type in types:
            return resource
    return None


def statements_of_role(stack: Stack, value: Value) -> tuple[Mapping[str, Any], ...]:
    """Return the allow statements of the role that a value names, its separate policies included."""
    roles = named(value)
    own = [s for id in roles if id in stack.resources for s in stack.resources[id].properties.get("Statements", ())]
    for policy in stack.of_type("AWS::IAM::Policy", "AWS::IAM::RolePolicy"):
        holders = policy.properties.get("Roles") or policy.properties.get("RoleName")
        if roles & named(holders):
            own += policy.properties["PolicyDocument"]["Statement"]
    return tuple(statement for statement in own if statement["Effect"] == "Allow")


def policy_of(stack: Stack, type: str, property: str, id: str) -> tuple[Mapping[str, Any], ...]:
    """Return the allow statements of the resource policies of a type that name a resource in a property."""
    found: list[Mapping[str, Any]] = []
    for policy in stack.of_type(type):
        if id in named(policy.properties.get(property)):
            found += policy.properties["PolicyDocument"]["Statement"]
    return tuple(statement for statement in found if statement["Effect"] == "Allow")


def principals(statement: Mapping[str, Any], kind: str) -> list[str]:
    """Return the principals of one kind ("Service", "AWS") of a statement."""
    who = statement.get("Principal", {})
    return [str(one) for one in as_list(who.get(kind, []))] if isinstance(who, Mapping) else []


def allows(statement: Mapping[str, Any], action: str) -> bool:
    """Return whether a statement names an action, literally or by a pattern that ends in `*`."""
    actions = [str(one).lower() for one in as_list(statement.get("Action", []))]
    wanted = action.lower()
    return any(one == wanted or (one.endswith("*") and wanted.startswith(one[:-1])) for one in actions)


def conditions(statement: Mapping[str, Any], key: str) -> Iterator[Any]:
    """Yield the values that a statement's conditions state for a key (in lower case)."""
    for keys in statement.get("Condition", {}).values():
        if key in keys:
            yield keys[key]
