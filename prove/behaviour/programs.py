"""The programs of a project, each with its code folder and its resource in the template."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from prove.behaviour.evidence import Evidence
from prove.behaviour.reachability import groups_of
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

_STACK = "${AWS::StackName}_"
_FUNCTION = "AWS::Lambda::Function"


@dataclass(frozen=True, slots=True)
class ContainerProgram:
    """A program that listens in a container: its folder, its security groups, the target groups that it answers for."""

    folder: Path
    groups: tuple[str, ...]
    target_groups: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class FunctionProgram:
    """A Lambda function: its folder, its resource, and the module of its handler."""

    folder: Path
    function: Resource
    module: str


def containers(evidence: Evidence) -> Iterator[ContainerProgram]:
    """Yield the containers of ECS services and of Kubernetes deployments."""
    yield from _services(evidence)
    yield from _deployments(evidence)


def functions(evidence: Evidence) -> Iterator[FunctionProgram]:
    """Yield the functions whose code is in the project."""
    for function in evidence.stack.of_type(_FUNCTION):
        code = function.properties.get("Code")
        folder = evidence.folder / str(code) if isinstance(code, str) else None
        if folder is not None and folder.exists():
            # In TypeScript the code is the file that is bundled, in Python the folder.
            handler = str(function.properties.get("Handler", "")).partition(".")[0]
            is_folder = folder.is_dir()
            module = handler if is_folder else folder.stem
            yield FunctionProgram(folder if is_folder else folder.parent, function, module)


def variables_of(stack: Stack, program: Resource) -> dict[str, Any]:
    """Return the environment variables of a function, or of the containers of an ECS service."""
    if program.type == _FUNCTION:
        return dict(program.properties.get("Environment", {}).get("Variables", {}))
    found: dict[str, Any] = {}
    for id in ids_in(program.properties.get("TaskDefinition")):
        for container in stack.resources[id].properties.get("ContainerDefinitions", ()):
            variables = container.get("Environment", {})
            found |= variables if isinstance(variables, dict) else {one["Name"]: one["Value"] for one in variables}
    return found


def _services(evidence: Evidence) -> Iterator[ContainerProgram]:
    stack = evidence.stack
    for service in stack.of_type("AWS::ECS::Service", "AWS::ECS::ExpressGatewayService"):
        named = [service.properties.get("TaskDefinition"), service.properties.get("TaskDefinitionArn")]
        definition = [stack.resources[id] for id in ids_in(named) if id in stack.resources]
        family = str(definition[0].properties.get("Family", "")) if definition else ""
        folder = evidence.folder / "src" / family.removeprefix(_STACK)
        balanced = service.properties.get("LoadBalancers", [])
        targets = tuple(ids_in([entry.get("TargetGroupArn") for entry in balanced]))
        if folder.is_dir():
            yield ContainerProgram(folder, tuple(groups_of(service)), targets, service.id)


def _deployments(evidence: Evidence) -> Iterator[ContainerProgram]:
    overlays = sorted(evidence.folder.glob("kubernetes/overlays/*/kustomization.yaml"))
    if not overlays:
        return
    outputs = evidence.stack.outputs
    filled = list(_filled(yaml.safe_load(overlays[-1].read_text("utf-8"))))
    for name in sorted({name for kind, name, _ in filled if kind == "SecurityGroupPolicy"}):

        def referred(kind: str, name: str = name) -> tuple[str, ...]:
            keys = [key for of_kind, of, key in filled if (of_kind, of.split(".")[0]) == (kind, name)]
            return tuple(id for key in keys for id in ids_in(outputs.get(key, {}).get("Value", "")))

        folder = evidence.folder / "src" / name
        if folder.is_dir():
            yield ContainerProgram(folder, referred("SecurityGroupPolicy"), referred("TargetGroupBinding"), name)


def _filled(overlay: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the kind and the name of each object that an output of the stack is put into, and the output."""
    for replacement in overlay.get("replacements", ()):
        output = replacement["source"]["fieldPath"].removeprefix("data.")
        for target in replacement["targets"]:
            yield target["select"]["kind"], target["select"].get("name", ""), output
