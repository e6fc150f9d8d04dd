"""A project as it is deployed: what each node and each connection of its architecture became."""

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
    """One resource of a stack, and the node and edges that its template says it comes from."""

    id: str
    type: str
    physical_id: str
    node: str | None
    edges: tuple[str, ...]
    retained: bool


@dataclass(frozen=True)
class Deployment:
    """A stack that was deployed. `parameters` are the values that it was given."""

    project: Project
    account: Emulator
    stack: str
    parameters: Mapping[str, str]

    @cached_property
    def template(self) -> dict[str, Any]:
        """The template as CloudFormation had it, after its transform."""
        found = self.account.client("cloudformation").get_template(StackName=self.stack, TemplateStage="Processed")
        body = found["TemplateBody"]
        return dict(json.loads(body) if isinstance(body, str) else body)

    @cached_property
    def outputs(self) -> dict[str, str]:
        """What the stack says of itself."""
        (stack,) = self.account.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"]
        return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", ())}

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Everything that the stack made."""
        found = self.account.client("cloudformation").describe_stack_resources(StackName=self.stack)
        return tuple(self._resource(one) for one in found["StackResources"])

    def _resource(self, one: Mapping[str, Any]) -> Resource:
        written = self.template["Resources"][one["LogicalResourceId"]]
        origin = written.get("Metadata", {}).get("Advisor", {})
        return Resource(
            id=one["LogicalResourceId"],
            type=one["ResourceType"],
            physical_id=one["PhysicalResourceId"],
            node=origin.get("node"),
            edges=tuple(origin.get("edges", ())),
            # A version of a function stays as long as the function does, and no longer.
            retained=str(written.get("DeletionPolicy", "")).startswith("Retain") and one["ResourceType"] != VERSION,
        )

    def of_node(self, node: str, type: str) -> str:
        """Return the physical id of a node's one resource of a type; LookupError when there is not exactly one."""
        found = [one for one in self.resources if one.node == node and one.type == type]
        if len(found) != 1:
            raise LookupError(f"{node} has {len(found)} resources of type {type}")
        return found[0].physical_id

    def of_edge(self, edge: str, type: str) -> tuple[Resource, ...]:
        """Return the resources of a type that a connection became."""
        return tuple(one for one in self.resources if edge in one.edges and one.type == type)

    def client(self, service: str) -> Any:
        """Return a client of a service of the account."""
        return self.account.client(service)
