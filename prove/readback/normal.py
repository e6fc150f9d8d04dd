"""A stack without what tools write differently though it means the same: the steps, in their order.

Each step says in its own module what it takes as the same, and why. Those of this module:

* What a template does not state has the default of CloudFormation: `defaults.yaml` names each, so that a default that
  is written out equals one that is not.
* Lists of pairs of a name and a value (tags, attributes of load balancers, environments of containers, dimensions) are
  mappings: their order has no meaning, and AWS takes no name twice.
* Tags by which a tool marks what it made (`Name`, `aws-cdk:…`, `…:createdBy`) are for people; all others count.
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
from prove.readback.rest import rest
from prove.readback.spelling import spelling
from prove.readback.stack import Owner, Resource, Stack
from prove.readback.values import Value

Resources = Mapping[str, Resource]
#: Outputs go through the same steps as resources, under this id.
_OUTPUTS = "Outputs of the stack"
#: Names of the two parts of lists of pairs.
_PAIRS = (("Key", "Value"), ("Name", "Value"))
_TAGS = ("Tags", "FileSystemTags", "AccessPointTags")
_MARK = re.compile(r"^(Name|aws-cdk:.*|(lambda|httpapi|stateMachine):createdBy)$")


def normal(stack: Stack) -> Stack:
    """Return a stack in the one form that stacks are compared in."""
    resources = _each(_stated)(_alike(stack))
    kept = {id: one for id, one in resources.items() if id != _OUTPUTS}
    return replace(stack, resources=kept, outputs=resources[_OUTPUTS].properties, order=order(stack.resources, kept))


def _alike(stack: Stack) -> Resources:
    """Return the resources of a stack in one spelling, defaults as they are written."""
    said = {**stack.resources, _OUTPUTS: Resource(_OUTPUTS, "", stack.outputs, Owner())}
    made: Resources = {id: replace(one, properties=policies(dict(one.properties))) for id, one in said.items()}
    for step in _STEPS:
        made = step(made)
    return made


def _each(change: Callable[[Resource], Resource]) -> Callable[[Resources], Resources]:
    return lambda resources: {id: change(one) for id, one in resources.items()}


def _mapped(one: Resource) -> Resource:
    return replace(one, properties=_pairs(dict(one.properties)))


def _pairs(value: Value) -> Value:
    """Return lists of pairs as mappings, wherever they stand, and tags without those of the tools."""
    if isinstance(value, dict):
        made = {key: _unmarked(_pairs(one)) if key in _TAGS else _pairs(one) for key, one in value.items()}
        found = {key: one for key, one in made.items() if key not in _TAGS or one != {}}
        if "TagSpecifications" in found:
            found["TagSpecifications"] = [one for one in found["TagSpecifications"] if "Tags" in one]
        return {key: one for key, one in found.items() if key != "TagSpecifications" or one}
    if not isinstance(value, list):
        return value
    for name, held in _PAIRS:
        if value and all(isinstance(one, dict) and one.keys() == {name, held} for one in value):
            found = {str(one[name]): _pairs(one[held]) for one in value}
            if len(found) == len(value):
                return found
    return [_pairs(one) for one in value]


def _unmarked(tags: Value) -> Value:
    return {key: value for key, value in tags.items() if not _MARK.match(key)} if isinstance(tags, dict) else tags


def _role(one: Resource) -> Resource:
    if one.type != "AWS::IAM::Role":
        return one
    return replace(one, properties=role(one.properties))


@lru_cache(maxsize=1)
def defaults() -> Mapping[str, Mapping[str, Value]]:
    """Return what properties are when a template does not state them, by type and path."""
    text = (files(__package__) / "tables" / "defaults.yaml").read_text("utf-8")
    found: dict[str, dict[str, Value]] = yaml.safe_load(text)
    return found


def _stated(one: Resource) -> Resource:
    """Leave out what states a default."""
    properties: dict[str, Any] = dict(one.properties)
    for path, value in defaults().get(one.type, {}).items():
        properties = _without(properties, path.split("/"), value)
    return replace(one, properties=properties)


def _without(value: Any, path: list[str], default: Value) -> Any:
    """Return a value without what stands at a path, if that is the default; mappings that become empty go too."""
    if isinstance(value, list) and path[0] == "[]":
        made = [_without(one, path[1:], default) for one in value]
        return [one for one, before in zip(made, value, strict=True) if one != {} or before == {}]
    if not isinstance(value, dict) or path[0] not in value:
        return value
    rest_of = {key: one for key, one in value.items() if key != path[0]}
    if len(path) == 1:
        return rest_of if value[path[0]] == default else value
    made = _without(value[path[0]], path[1:], default)
    return rest_of if made == {} else {**value, path[0]: made}


_STEPS: tuple[Callable[[Resources], Resources], ...] = (
    _each(_role), spelling, network, rest, _each(_mapped),
)  # fmt: skip


def stated(stack: Stack) -> Iterator[tuple[str, str]]:
    """Give every default (type and path) that a stack writes out."""
    for one in _alike(stack).values():
        for path, value in defaults().get(one.type, {}).items():
            if _without(dict(one.properties), path.split("/"), value) != dict(one.properties):
                yield one.type, path
