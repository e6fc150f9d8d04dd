"""A deployed project: the resources of each node and each connection of its architecture."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from prove.emulator.process import Emulator
from prove.projects import Project

VERSION = "AWS::Lambda::Version"


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of a stack, and the node and edges in its metadata."""

    id: str
    type: str
    physical_id: str
    node: str | None
    edges: tuple[str, ...]
    retained: bool


@dataclass(frozen=True)
class Deployment:
    """A deployed stack. `parameters` are its parameter values."""

    project: Project
    account: Emulator
    stack: str
    parameters: Mapping[str, str]

    @cached_property
    def template(self) -> dict[str, Any]:
        """The template after the transform of CloudFormation."""
        response = self.account.client("cloudformation").get_template(StackName=self.stack, TemplateStage="Processed")
        body = response["TemplateBody"]
        return dict(json.loads(body) if isinstance(body, str) else body)

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The outputs of the stack."""
        (stack,) = self.account.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", ())}

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """The resources of the stack."""
        response = self.account.client("cloudformation").describe_stack_resources(StackName=self.stack)
        return tuple(self._resource(resource) for resource in response["StackResources"])

    def _resource(self, description: Mapping[str, Any]) -> Resource:
        definition = self.template["Resources"][description["LogicalResourceId"]]
        origin = definition.get("Metadata", {}).get("Advisor", {})
        return Resource(
            id=description["LogicalResourceId"],
            type=description["ResourceType"],
            physical_id=description["PhysicalResourceId"],
            node=origin.get("node"),
            edges=tuple(origin.get("edges", ())),
            # A version of a function stays as long as the function does, and no longer.
            retained=str(definition.get("DeletionPolicy", "")).startswith("Retain")
            and description["ResourceType"] != VERSION,
        )

    def of_node(self, node: str, type: str) -> str:
        """Return the physical id of a node's one resource of a type. Raises LookupError if there is not exactly one."""
        matching = [resource for resource in self.resources if resource.node == node and resource.type == type]
        if len(matching) != 1:
            raise LookupError(f"{node} has {len(matching)} resources of type {type}")
        return matching[0].physical_id

    def of_edge(self, edge: str, type: str) -> tuple[Resource, ...]:
        """Return the resources of a type that belong to a connection."""
        return tuple(resource for resource in self.resources if edge in resource.edges and resource.type == type)

    def client(self, service: str) -> Any:
        """Return a client of a service of the account."""
        return self.account.client(service)
