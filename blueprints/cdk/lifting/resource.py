"""A resource that a lift consumes property by property, so that none is lost."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from advisor.text import EMPTY, Text
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import Value
from blueprints.stack.scope import owner_of
from blueprints.values import Att, Fn, Joined, Ref

Json = Mapping[str, Any]
_REQUIRED: Any = object()
#: Attributes of a resource beside its properties, and `Metadata.Advisor`, its owner.
_POLICIES = ("CreationPolicy", "UpdatePolicy")
_KNOWN = frozenset({"Type", "Properties", "Metadata", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", *_POLICIES})
_WHOLE = (str, int, float, Ref, Att, type(None))
_REMOVAL: Mapping[str, str] = {"Delete": "DESTROY", "Retain": "RETAIN", "Snapshot": "SNAPSHOT"}


class NotLifted(Exception):
    """A resource has something that its lift does not support; the message names resource, property and value."""


class Properties:
    """A mapping whose keys a lift consumes one by one; unconsumed keys are an error."""

    def __init__(self, where: str, values: Json) -> None:
        self.where = where
        self._left = dict(values)
        self._parts: list[Properties] = []

    def __contains__(self, name: str) -> bool:
        """Return whether a property is present and not yet taken."""
        return name in self._left

    def take(self, name: str, default: Any = _REQUIRED) -> Any:
        """Return a property, which the lift answers for as a whole. Raises NotLifted if it is missing without a default."""
        if name not in self._left and default is _REQUIRED:
            raise NotLifted(f"{self.where}.{name} is missing")
        return self._left.pop(name, default)

    def expect(self, name: str, *values: Any, default: Any = _REQUIRED) -> None:
        """Consume a property that the construct sets itself. Raises NotLifted for any other value."""
        value = self.take(name, default)
        if value not in values and (default is _REQUIRED or value != default):
            self.refuse(name, value)

    def choose(self, name: str, choices: Mapping[Any, Any], default: Any = _REQUIRED) -> Any:
        """Consume a property and return its CDK equivalent. Raises NotLifted for a value without one in `choices`."""
        value = self.take(name, default)
        if not isinstance(value, str | int | bool) or value not in choices:
            self.refuse(name, value)
        return choices[value]

    def part(self, name: str) -> "Properties":
        """Consume an object and return it for consumption, or an empty one if it is missing."""
        return self._part(name, name, self._left.pop(name, {}))

    def parts(self, name: str) -> list["Properties"]:
        """Consume a list of objects and return them for consumption; empty if it is missing."""
        entries = self._left.pop(name, [])
        if not isinstance(entries, Sequence) or isinstance(entries, str):
            self.refuse(name, entries)
        return [self._part(name, f"{name}[{number}]", entry) for number, entry in enumerate(entries)]

    def only_part(self, name: str) -> "Properties":
        """Consume a list with one object and return it for consumption. Raises NotLifted for any other length."""
        parts = self.parts(name)
        if len(parts) != 1:
            self.refuse(name, [part.rest() for part in parts])
        return parts[0]

    def inner(self, name: str, value: Any) -> "Properties":
        """Return an object from within a consumed value, for consumption."""
        return self._part(name, name, value)

    def is_all(self, values: Json) -> bool:
        """Consume everything if it equals the output of a construct, and return whether it does."""
        if self._left != values:
            return False
        self._left = {}
        return True

    def rest(self) -> dict[str, Any]:
        """Consume everything that remains."""
        remaining, self._left = self._left, {}
        return remaining

    def refuse(self, name: str, value: Any) -> None:
        """Raise NotLifted for a value of a property."""
        raise NotLifted(f"{self.where}.{name} is {value!r}, which its lift does not know")

    def finish(self) -> None:
        """Raise NotLifted when something was not taken."""
        for name, value in self._left.items():
            raise NotLifted(f"{self.where}.{name} is {value!r}, and its lift does not take it")
        for part in self._parts:
            part.finish()

    def _part(self, name: str, place: str, value: Any) -> "Properties":
        if not isinstance(value, Mapping):
            self.refuse(name, value)
        part = Properties(f"{self.where}.{place}", value)
        self._parts.append(part)
        return part


class Resource(Properties):
    """A resource of the stack: its properties, and its other attributes in CloudFormation.

    `owner` names the node, group or edges that it is made for, `children` holds the resources that its lift absorbed.
    """

    def __init__(self, id: str, resource: Json, why: Text = EMPTY) -> None:
        self.id = id
        self.type: str = resource["Type"]
        self.why = why
        self.properties: Json = _copied(resource.get("Properties", {}))
        super().__init__(f"{self.type} {id}", self.properties)
        self.owner: dict[str, Any] = dict(owner_of(resource))
        self.children: list[Resource] = []
        self._unknown = {key: resource[key] for key in resource if key not in _KNOWN}
        self._unknown |= {f"Metadata.{k}": v for k, v in resource.get("Metadata", {}).items() if k != "Advisor"}
        self._removal = (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy"))
        depends = resource.get("DependsOn", [])
        self._depends: list[str] = [depends] if isinstance(depends, str) else list(depends)
        self._policies = {key: resource[key] for key in _POLICIES if key in resource}

    def removal(self, *, cdk_keeps: bool = False) -> dict[str, Value]:
        """Consume the deletion policy and return it as a construct option.

        `cdk_keeps`: without a removal policy CDK retains the resource where CloudFormation deletes it, so it is stated.
        """
        deletion, replacement = self._removal
        if deletion != replacement and not (deletion == "Delete" and replacement is None):
            self.refuse("UpdateReplacePolicy", replacement)
        self._removal = (None, None)
        if deletion is None and not cdk_keeps:
            return {}
        return {"removal_policy": getattr(cdk.RemovalPolicy, _REMOVAL[deletion or "Delete"])}

    def depends(self) -> list[str]:
        """Consume and return the ids of its dependencies."""
        ids, self._depends = self._depends, []
        return ids

    def policies(self) -> dict[str, Any]:
        """Consume the policies of creation and update: `CreationPolicy`, `UpdatePolicy`."""
        policies, self._policies = self._policies, {}
        return policies

    def of_type(self, type: str) -> list["Resource"]:
        """Return the absorbed resources of a type."""
        return [child for child in self.children if child.type == type]

    def only(self, type: str) -> "Resource":
        """Return the absorbed resource of a type; NotLifted unless there is exactly one."""
        children = self.of_type(type)
        if len(children) != 1:
            raise NotLifted(f"{self.where} needs one {type}, and has {len(children)}")
        return children[0]

    def finish(self) -> None:
        """Raise NotLifted if something of it, or of an absorbed resource, was not consumed."""
        super().finish()
        removal = {"DeletionPolicy": self._removal[0], "UpdateReplacePolicy": self._removal[1]}
        left: dict[str, Any] = {"DependsOn": self._depends or None, **removal, **self._policies, **self._unknown}
        for name, value in left.items():
            if value is not None:
                raise NotLifted(f"{self.where} has {name} {value!r}, and its lift does not take it")
        for child in self.children:
            child.finish()


def _copied(value: Any) -> Any:
    """Return a value of a stack for a lift to take apart; what cannot be taken apart stays, other kinds are copied whole."""
    if isinstance(value, _WHOLE):
        return value
    if isinstance(value, dict):
        return {key: _copied(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_copied(held) for held in value]
    if isinstance(value, Joined):
        return Joined(tuple(_copied(part) for part in value.parts))
    return Fn(value.name, _copied(value.arguments)) if isinstance(value, Fn) else deepcopy(value)
