"""The normal form of a stack, without differences of notation between tools: the steps, in their order.

Each step documents in its module what it treats as equal, and why. Those of this module:

* A property that a template does not state has the default of CloudFormation: `defaults.yaml` lists the defaults, so
  that a stated default equals an omitted one.
* Lists of name-value pairs (tags, attributes of load balancers, environments of containers, dimensions) are mappings:
  their order has no meaning, and AWS accepts no duplicate name.
* Tags that tools add (`Name`, `aws-cdk:…`, `…:createdBy`) are ignored; all others are compared.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from prove.readback.network import network
from prove.readback.order import order
from prove.readback.policies import policies, role
from prove.readback.releases import releases
from prove.readback.rest import rest
from prove.readback.spelling import spelling
from prove.readback.stack import Owner, Resource, Stack
from prove.readback.values import Value

Resources = Mapping[str, Resource]
#: The id under which outputs go through the same steps as resources.
_OUTPUTS = "Outputs of the stack"
#: Names of the two parts of lists of pairs.
_PAIRS = (("Key", "Value"), ("Name", "Value"))
_TAGS = ("Tags", "FileSystemTags", "AccessPointTags")
_MARK = re.compile(r"^(Name|aws-cdk:.*|(lambda|httpapi|stateMachine):createdBy)$")


def normal(stack: Stack) -> Stack:
    """Return the normal form of a stack."""
    resources = _for_each(_without_defaults)(_uniform(stack))
    compared = {id: resource for id, resource in resources.items() if id != _OUTPUTS}
    return replace(
        stack, resources=compared, outputs=resources[_OUTPUTS].properties, order=order(stack.resources, compared)
    )


def _uniform(stack: Stack) -> Resources:
    """Return the resources of a stack after all steps except the removal of defaults."""
    all_resources = {**stack.resources, _OUTPUTS: Resource(_OUTPUTS, "", stack.outputs, owner=Owner())}
    changed: Resources = {
        id: replace(resource, properties=policies(dict(resource.properties))) for id, resource in all_resources.items()
    }
    for step in _STEPS:
        changed = step(changed)
    return releases(changed, stack.parameters)


def _for_each(change: Callable[[Resource], Resource]) -> Callable[[Resources], Resources]:
    return lambda resources: {id: change(resource) for id, resource in resources.items()}


def _with_mappings(resource: Resource) -> Resource:
    return replace(resource, properties=_pairs(dict(resource.properties)))


def _pairs(value: Value) -> Value:
    """Return a value with lists of pairs as mappings, and without tags of the tools."""
    if isinstance(value, dict):
        mapped = {
            key: _without_tool_tags(_pairs(item)) if key in _TAGS else _pairs(item) for key, item in value.items()
        }
        cleaned = {key: item for key, item in mapped.items() if key not in _TAGS or item != {}}
        if "TagSpecifications" in cleaned:
            cleaned["TagSpecifications"] = [
                specification for specification in cleaned["TagSpecifications"] if "Tags" in specification
            ]
        return {key: item for key, item in cleaned.items() if key != "TagSpecifications" or item}
    if not isinstance(value, list):
        return value
    for name, value_key in _PAIRS:
        if value and all(isinstance(pair, dict) and pair.keys() == {name, value_key} for pair in value):
            cleaned = {str(pair[name]): _pairs(pair[value_key]) for pair in value}
            if len(cleaned) == len(value):
                return cleaned
    return [_pairs(item) for item in value]


def _without_tool_tags(tags: Value) -> Value:
    return {key: value for key, value in tags.items() if not _MARK.match(key)} if isinstance(tags, dict) else tags


def _role(resource: Resource) -> Resource:
    if resource.type != "AWS::IAM::Role":
        return resource
    return replace(resource, properties=role(resource.properties))


@lru_cache(maxsize=1)
def defaults() -> Mapping[str, Mapping[str, Value]]:
    """Return the default values of properties, by type and path."""
    text = (files(__package__) / "tables" / "defaults.yaml").read_text("utf-8")
    table: dict[str, dict[str, Value]] = yaml.safe_load(text)
    return table


def _without_defaults(resource: Resource) -> Resource:
    """Remove properties that state a default."""
    properties: dict[str, Any] = dict(resource.properties)
    for path, value in defaults().get(resource.type, {}).items():
        properties = _without(properties, path.split("/"), value)
    return replace(resource, properties=properties)


def _without(value: Any, path: list[str], default: Value) -> Any:
    """Return a value without the property at a path if it has the default; mappings that become empty go too."""
    if isinstance(value, list) and path[0] == "[]":
        inner = [_without(item, path[1:], default) for item in value]
        return [item for item, before in zip(inner, value, strict=True) if item != {} or before == {}]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest_of = {key: item for key, item in value.items() if key != path[0]}
    if len(path) == 1:
        return rest_of if value[path[0]] == default else value
    inner = _without(value[path[0]], path[1:], default)
    return rest_of if inner == {} else {**value, path[0]: inner}


_STEPS: tuple[Callable[[Resources], Resources], ...] = (
    _for_each(_role), spelling, network, rest, _for_each(_with_mappings),
)  # fmt: skip


def stated_defaults(stack: Stack) -> Iterator[tuple[str, str]]:
    """Yield every default (type and path) that a stack states."""
    for resource in _uniform(stack).values():
        for path, value in defaults().get(resource.type, {}).items():
            if _without(dict(resource.properties), path.split("/"), value) != dict(resource.properties):
                yield resource.type, path
