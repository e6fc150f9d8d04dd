"""A template read back: its resources with the node or edge that each belongs to, in one spelling.

`Stack.of` takes what CloudFormation gets, a SAM template after its transform or a template that CDK synthesised, and
does not know which of them it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from prove.readback.values import Json, Value, canonical, references, shown

#: What CDK adds to every template for its own deployment, and what is no part of the architecture.
_OF_THE_TOOL = ("BootstrapVersion",)
_CODE = {"AWS::Lambda::Function": "Code", "AWS::Lambda::LayerVersion": "Content"}
#: What becomes of data when the stack goes, where the template does not say.
VERSION = "AWS::Lambda::Version"
#: What SAM's transform makes of a function; whoever refers to it refers to the function.
_OF_A_FUNCTION = ("AWS::Lambda::Alias", VERSION)
#: How CloudFormation makes and updates a resource.
_POLICIES = ("CreationPolicy", "UpdatePolicy")
_SNAPSHOT = ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a resource is: the node or the group that it stands for, further nodes that it stands for, its edges.

    `said` is whether the template says so, or whether it is taken from the resource that it belongs to.
    """

    node: str = ""
    group: str = ""
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    said: bool = True

    def __str__(self) -> str:
        return self.node or next(iter(self.edges), "") or self.group


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its properties in one spelling, what happens to it when it is deleted or replaced, and how it is made.

    `after` is what it says that it waits for; `policies` how CloudFormation makes and updates it.
    """

    id: str
    type: str
    properties: Mapping[str, Value]
    owner: Owner
    kept: tuple[str, str] = ("Delete", "Delete")
    condition: str = ""
    after: tuple[str, ...] = ()
    policies: Mapping[str, Value] = field(default_factory=dict)

    def with_(self, **properties: Value) -> "Resource":
        """Return the resource with properties set; those given as None are left out."""
        made = {**self.properties, **properties}
        return replace(self, properties={key: value for key, value in made.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Order:
    """What resources say that they wait for, and all that they do wait for, in the normal form."""

    stated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    whole: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stack:
    """What a template makes, asks for and tells: everything but `order` in the same spelling.

    `tables` are what values are looked up in by the account, the Region or a parameter.
    """

    resources: Mapping[str, Resource]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    conditions: Mapping[str, Value] = field(default_factory=dict)
    outputs: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, Value] = field(default_factory=dict)
    description: str = ""
    order: Order = Order()

    def of_type(self, *types: str) -> tuple[Resource, ...]:
        """Return the resources of these types."""
        return tuple(one for one in self.resources.values() if one.type in types)


def read(template: Json, assets: Mapping[str, Any] | None = None) -> Stack:
    """Return the stack of a template.

    `assets` says of the key of each object that a template names in a bucket of the tool what it is: the text of a
    folder's name in the project, or the document that a file holds.
    """
    known = assets or {}
    made = {id: _resource(id, one, known) for id, one in template["Resources"].items()}
    made = _adopted(made)
    sections = (template.get(name, {}) for name in ("Parameters", "Conditions", "Outputs", "Mappings"))
    parameters, conditions, outputs, tables = (
        {key: canonical(value) for key, value in section.items() if key not in _OF_THE_TOOL} for section in sections
    )
    return Stack(made, parameters, conditions, outputs, tables, template.get("Description", ""))


def _resource(id: str, one: Json, assets: Mapping[str, Any]) -> Resource:
    properties = canonical(one.get("Properties", {}))
    type = one["Type"]
    if type in _CODE and _CODE[type] in properties:
        properties[_CODE[type]] = _code(properties[_CODE[type]], assets)
    if type == "AWS::StepFunctions::StateMachine":
        properties = _machine(properties, assets)
    after = one.get("DependsOn", ())
    waits = (after,) if isinstance(after, str) else tuple(after)
    how = {name: canonical(one[name]) for name in _POLICIES if name in one}
    condition = str(one.get("Condition", ""))
    return Resource(id, type, properties, _owner(one), _kept(one, properties), condition, waits, how)


def _adopted(resources: dict[str, Resource]) -> dict[str, Resource]:
    """Give resources that name nobody to whom they belong: to what refers to them, else to what they refer to.

    SAM's transform makes roles, stages and permissions without saying for whom.
    """
    referring: dict[str, Owner] = {}
    for one in resources.values():
        for id, _ in references(dict(one.properties)) if str(one.owner) else ():
            referring.setdefault(id, one.owner)
    made = dict(resources)
    for one in resources.values():
        if not str(one.owner):
            near = (resources[id].owner for id, _ in references(dict(one.properties)) if id in resources)
            named = next((owner for owner in near if str(owner)), Owner())
            found = named if one.type in _OF_A_FUNCTION else referring.get(one.id) or named
            made[one.id] = replace(one, owner=Owner(found.node, found.group, said=False))
    return made


def _owner(one: Json) -> Owner:
    found = one.get("Metadata", {}).get("Advisor", {})
    return Owner(
        found.get("node", ""), found.get("group", ""), tuple(found.get("nodes", ())), tuple(found.get("edges", ()))
    )


def _kept(one: Json, properties: Mapping[str, Value]) -> tuple[str, str]:
    """Return what happens on deletion and replacement; CloudFormation's default is to delete, but for databases.

    A version is never replaced, because a new one has an id of its own: what would happen then makes no difference.
    """
    if one["Type"] == VERSION:
        return (str(one.get("DeletionPolicy", "Delete")),) * 2
    lone = one["Type"] in _SNAPSHOT and "DBClusterIdentifier" not in properties
    default = "Snapshot" if lone else "Delete"
    return str(one.get("DeletionPolicy", default)), str(one.get("UpdateReplacePolicy", default))


def _code(value: Value, assets: Mapping[str, Any]) -> Value:
    """Return where in the project the code of a function is, instead of where its tool uploads it.

    An image is the same wherever it is pushed: each tool builds it from the program's folder.
    """
    if isinstance(value, dict) and "ImageUri" in value:
        return "image"
    key = value.get("S3Key", "") if isinstance(value, dict) else ""
    return assets.get(key, key.removesuffix(".zip").rstrip("/")) if key else value


def _machine(properties: dict[str, Value], assets: Mapping[str, Any]) -> dict[str, Value]:
    """Return a state machine with its definition where the tool wrote it as text or uploaded it as a file.

    Its placeholders are replaced by what is substituted for them, as CloudFormation does.
    """
    where, found = properties.pop("DefinitionS3Location", None), properties.pop("DefinitionString", None)
    if where is not None:
        found = canonical(assets.get(where["Key"], where))
    substitutions = properties.pop("DefinitionSubstitutions", {})
    return {**properties, "Definition": _filled(found, substitutions)}


def _filled(value: Value, substitutions: Mapping[str, Value]) -> Value:
    if isinstance(value, str):
        for name, one in substitutions.items():
            if value == f"${{!{name}}}":
                return one
            value = value.replace(f"${{!{name}}}", str(shown(one)))
        return value
    if isinstance(value, list):
        return [_filled(one, substitutions) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, substitutions) for key, one in value.items()}
    return value
