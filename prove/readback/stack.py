"""A template read back: its resources with their nodes or edges, with values in the normal form.

`Stack.of` takes what CloudFormation gets, a SAM template after its transform or a template that CDK synthesized, and
does not know which of them it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from prove.readback.values import Json, Value, canonical, readable, references

#: Parameters that CDK adds to every template for its own deployment.
_OF_THE_TOOL = ("BootstrapVersion",)
_CODE = {"AWS::Lambda::Function": "Code", "AWS::Lambda::LayerVersion": "Content"}
VERSION = "AWS::Lambda::Version"
#: Types that SAM's transform creates for a function; a reference to them is one to the function.
_OF_A_FUNCTION = ("AWS::Lambda::Alias", VERSION)
#: Attributes for the creation and update of a resource.
_POLICIES = ("CreationPolicy", "UpdatePolicy")
#: Types whose default deletion policy is Snapshot, unless they belong to a cluster.
_SNAPSHOT = ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of a resource: its node or group, further nodes, and its edges.

    `stated` is whether the template names the owner; otherwise it is that of a related resource.
    """

    node: str = ""
    group: str = ""
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    stated: bool = True

    def __str__(self) -> str:
        return self.node or next(iter(self.edges), "") or self.group


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its properties in the normal form, and the attributes of its life cycle.

    `removal` are the deletion and update-replace policies, `depends_on` is its `DependsOn`, `update_policies` are its
    creation and update policies.
    """

    id: str
    type: str
    properties: Mapping[str, Value]
    owner: Owner
    removal: tuple[str, str] = ("Delete", "Delete")
    condition: str = ""
    depends_on: tuple[str, ...] = ()
    update_policies: Mapping[str, Value] = field(default_factory=dict)

    def with_(self, **properties: Value) -> "Resource":
        """Return the resource with properties set; those that are None are removed."""
        merged = {**self.properties, **properties}
        return replace(self, properties={key: value for key, value in merged.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Order:
    """Dependencies by `DependsOn`, and all transitive dependencies, in the normal form."""

    stated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    transitive: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stack:
    """The sections of a template; all but `order` with values in the normal form.

    `tables` are the mappings of the template.
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
        return tuple(resource for resource in self.resources.values() if resource.type in types)


def read(template: Json, assets: Mapping[str, Any] | None = None) -> Stack:
    """Return the stack of a template.

    `assets` maps the key of each object in a bucket of the tool to the name of a folder in the project, or to the
    document of a file.
    """
    known_assets = assets or {}
    resources = {id: _resource(id, definition, known_assets) for id, definition in template["Resources"].items()}
    resources = _with_owners(resources)
    sections = (template.get(name, {}) for name in ("Parameters", "Conditions", "Outputs", "Mappings"))
    parameters, conditions, outputs, tables = (
        {key: canonical(value) for key, value in section.items() if key not in _OF_THE_TOOL} for section in sections
    )
    return Stack(
        resources, parameters, conditions, outputs=outputs, tables=tables, description=template.get("Description", "")
    )


def _resource(id: str, definition: Json, assets: Mapping[str, Any]) -> Resource:
    properties = canonical(definition.get("Properties", {}))
    type = definition["Type"]
    if type in _CODE and _CODE[type] in properties:
        properties[_CODE[type]] = _code(properties[_CODE[type]], assets)
    if type == "AWS::StepFunctions::StateMachine":
        properties = _machine(properties, assets)
    depends_on = definition.get("DependsOn", ())
    waits = (depends_on,) if isinstance(depends_on, str) else tuple(depends_on)
    update_policies = {name: canonical(definition[name]) for name in _POLICIES if name in definition}
    condition = str(definition.get("Condition", ""))
    return Resource(
        id,
        type,
        properties,
        owner=_owner(definition),
        removal=_removal(definition, properties),
        condition=condition,
        depends_on=waits,
        update_policies=update_policies,
    )


def _with_owners(resources: dict[str, Resource]) -> dict[str, Resource]:
    """Set the owner of resources without one: that of a resource that refers to them, else of one that they refer to.

    SAM's transform creates roles, stages and permissions without an owner.
    """
    referring: dict[str, Owner] = {}
    for resource in resources.values():
        for id, _ in references(dict(resource.properties)) if str(resource.owner) else ():
            referring.setdefault(id, resource.owner)
    adopted = dict(resources)
    for resource in resources.values():
        if not str(resource.owner):
            near = (resources[id].owner for id, _ in references(dict(resource.properties)) if id in resources)
            named = next((owner for owner in near if str(owner)), Owner())
            adopter = named if resource.type in _OF_A_FUNCTION else referring.get(resource.id) or named
            adopted[resource.id] = replace(resource, owner=Owner(adopter.node, adopter.group, stated=False))
    return adopted


def _owner(definition: Json) -> Owner:
    metadata = definition.get("Metadata", {}).get("Advisor", {})
    return Owner(
        metadata.get("node", ""),
        metadata.get("group", ""),
        nodes=tuple(metadata.get("nodes", ())),
        edges=tuple(metadata.get("edges", ())),
    )


def _removal(definition: Json, properties: Mapping[str, Value]) -> tuple[str, str]:
    """Return the policies for deletion and replacement; CloudFormation's default is to delete, except for databases.

    A version is never replaced, because a new version has another id: its replacement policy has no effect.
    """
    if definition["Type"] == VERSION:
        return (str(definition.get("DeletionPolicy", "Delete")),) * 2
    standalone = definition["Type"] in _SNAPSHOT and "DBClusterIdentifier" not in properties
    default = "Snapshot" if standalone else "Delete"
    return str(definition.get("DeletionPolicy", default)), str(definition.get("UpdateReplacePolicy", default))


def _code(value: Value, assets: Mapping[str, Any]) -> Value:
    """Return the path of a function's code in the project, instead of the object that its tool uploads.

    An image is the same in any repository: each tool builds it from the program's folder.
    """
    if isinstance(value, dict) and "ImageUri" in value:
        return "image"
    key = value.get("S3Key", "") if isinstance(value, dict) else ""
    return assets.get(key, key.removesuffix(".zip").rstrip("/")) if key else value


def _machine(properties: dict[str, Value], assets: Mapping[str, Any]) -> dict[str, Value]:
    """Return a state machine with its definition, which the tool writes as text or uploads as a file.

    Its placeholders are replaced by their substitutions, as CloudFormation does.
    """
    location, definition = properties.pop("DefinitionS3Location", None), properties.pop("DefinitionString", None)
    if location is not None:
        definition = canonical(assets.get(location["Key"], location))
    substitutions = properties.pop("DefinitionSubstitutions", {})
    return {**properties, "Definition": _filled(definition, substitutions)}


def _filled(value: Value, substitutions: Mapping[str, Value]) -> Value:
    if isinstance(value, str):
        for name, substitute in substitutions.items():
            if value == f"${{!{name}}}":
                return substitute
            value = value.replace(f"${{!{name}}}", str(readable(substitute)))
        return value
    if isinstance(value, list):
        return [_filled(item, substitutions) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, substitutions) for key, item in value.items()}
    return value
