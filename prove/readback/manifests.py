"""Differences of an overlay's manifests from the graph and the stack: workloads, schedules, sizes, environments.

Manifests are as Kustomize builds them, with every stack output replaced by `output.<key>` (see `MARK`). So each value
resolves to the resource of its output, and not to an example value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.architecture import Node
from advisor.vocabulary.schedule_expression import ZONE, time_zone
from blueprints import settings
from blueprints.plan import NAMESPACE, Plan, Program, region_of
from prove.readback.compare import Difference
from prove.readback.cron import firing
from prove.readback.diagram import EXEMPT
from prove.readback.stack import Stack
from prove.readback.stack_permissions import plain
from prove.readback.values import Value, readable, references, texts

Json = Mapping[str, Any]
#: The prefix of a stack output in a manifest: without characters that a replacement may split at.
MARK = "output."
PRODUCTION = "prod"
_MARKED = re.compile(re.escape(MARK) + r"(\w+)")
_UNSET = "set-by-the-overlay"
#: What a release writes beside the outputs: the tag of its images.
_TAG = "ImageTag"
_KINDS = {"service": "Deployment", "worker": "Deployment", "job": "Job", "cronjob": "CronJob"}
#: Whether pods follow the backlog of a queue -> the kind of their scaler, with its fields of the fewest and most replicas.
_SCALERS = {
    True: ("ScaledObject", "minReplicaCount", "maxReplicaCount"),
    False: ("HorizontalPodAutoscaler", "minReplicas", "maxReplicas"),
}
_OWNED = ("ServiceAccount", "SecurityGroupPolicy")


def manifest_differences(manifests: Sequence[Json], stack: Stack, plan: Plan, environment: str) -> Iterator[Difference]:
    """Yield the differences of an environment's manifests from the graph, and references to wrong resources."""
    checks = _Manifests(manifests, stack, plan, environment)
    for program in plan.programs:
        if program.node.service == "eks":
            yield from checks.runs(program)
            yield from checks.environment(program)
            yield from checks.ownership(program)
    yield from checks.placeholders()


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


class _Manifests:
    def __init__(self, manifests: Sequence[Json], stack: Stack, plan: Plan, environment: str) -> None:
        self._all, self._stack, self._plan = manifests, stack, plan
        self._place, self._production = f"kubernetes/overlays/{environment}", environment == PRODUCTION

    def _manifest(self, kind: str, name: str) -> Json:
        matching = (
            manifest for manifest in self._all if manifest["kind"] == kind and manifest["metadata"]["name"] == name
        )
        return next(matching, {})

    def _setting(self, subject: str, expected: Value, actual: Value) -> Iterator[Difference]:
        if expected != actual:
            yield Difference(self._place, "setting", subject, first=readable(expected), second=readable(actual))

    def runs(self, program: Program) -> Iterator[Difference]:
        """Compare the workload of a program with its node: kind, schedule, size, deadline, replicas."""
        kind, node = _KINDS[program.run], program.node
        spec = self._manifest(kind, program.id).get("spec") or {}
        if kind == "CronJob":
            yield from self._schedule(program, spec)
            spec = _at(spec, "jobTemplate.spec") or {}
        pod = _at(spec, "template.spec") or {}
        container: Json = next(iter(pod.get("containers", ())), {})
        actual = {"requests": _at(container, "resources.requests"), "limits": _at(container, "resources.limits")}
        tmp = next(
            (volume["emptyDir"].get("sizeLimit") for volume in pod.get("volumes", ()) if "emptyDir" in volume), None
        )
        actual |= {"tmp": tmp, "deadline": spec.get("activeDeadlineSeconds")}
        for key, expected in _size(node, kind).items():
            yield from self._setting(f"{kind} {program.id}: {key}", expected, actual[key])
        if kind == "Deployment":
            yield from self._replicas(program)

    def _schedule(self, program: Program, spec: Json) -> Iterator[Difference]:
        expression = settings.schedule(program.node)
        subject = f"CronJob {program.id}: schedule"
        if firing(expression) != firing(f"cron({spec.get('schedule')})"):
            yield Difference(self._place, "setting", subject, first=expression, second=spec.get("schedule"))
        zone = program.node.settings.get(ZONE) or time_zone(region_of(self._plan.design))
        yield from self._setting(f"CronJob {program.id}: timeZone", zone, spec.get("timeZone"))

    def _replicas(self, program: Program) -> Iterator[Difference]:
        """Compare the replicas with the node: production has as many, other environments at least one and no more."""
        kind, least, most = _SCALERS["backlog_per_task" in program.node.settings]
        spec = self._manifest(kind, program.id).get("spec", {})
        minimum, desired = spec.get(least, 0), int(str(program.node.settings["desired_count"]))
        if not (minimum == desired if self._production else 1 <= minimum <= desired) or spec.get(most, 0) < desired:
            subject = f"{kind} {program.id}: replicas"
            actual = f"{minimum} to {spec.get(most)}"
            yield Difference(
                self._place,
                "setting",
                subject,
                first=f"{'' if self._production else 'at most '}{desired}",
                second=actual,
            )

    def environment(self, program: Program) -> Iterator[Difference]:
        """Compare the environment of a program with the graph: each variable exists and refers to its node."""
        data = self._manifest("ConfigMap", program.id).get("data", {})
        for name in sorted(data.keys() - {variable.name for variable in program.env}):
            yield Difference(self._place, "connection", f"ConfigMap {program.id}: {name}", second=data[name])
        for variable in program.env:
            node = variable.value.node
            target_nodes, value = self._target_nodes(data.get(name := variable.name)), data.get(name)
            service = self._plan.node(node).service if node in self._stack_nodes else ""
            exempt = {(service, variable.value.attribute), ("", variable.value.attribute)} & set(EXEMPT)
            if value is None or (
                target_nodes and node in self._stack_nodes and node not in target_nodes and not exempt
            ):
                subject = f"ConfigMap {program.id}: {name}"
                yield Difference(variable.edge, "connection", subject, first=f"a value of {node}", second=value)

    @property
    def _stack_nodes(self) -> set[str]:
        return {resource.owner.node for resource in self._stack.resources.values()}

    def _resources(self, value: Value) -> Iterator[str]:
        """Yield the resources of the outputs in a value."""
        for text in texts(value):
            for key in _MARKED.findall(text):
                output = self._stack.outputs.get(key, {})
                yield from (id for id, _ in references(output.get("Value")) if id in self._stack.resources)

    def _target_nodes(self, value: Value) -> set[str]:
        """Return the nodes of the resources in a value, and the ends of their connections."""
        owners = [self._stack.resources[id].owner for id in self._resources(value)]
        ends = (end for owner in owners for edge in owner.edges for end in edge.split(">")[::2])
        return {owner.node for owner in owners} | {node for owner in owners for node in owner.nodes} | set(ends)

    def ownership(self, program: Program) -> Iterator[Difference]:
        """Check that image, role, security group and target groups of a program belong to its node."""
        bound = [manifest for manifest in self._all if _at(manifest, "spec.serviceRef.name") == program.id]
        for manifest in [*(self._manifest(kind, program.id) for kind in _OWNED), *bound]:
            target_nodes = self._target_nodes(dict(manifest))
            if target_nodes and program.node.id not in target_nodes:
                subject = f"{manifest['kind']} {manifest['metadata']['name']}"
                yield Difference(
                    self._place,
                    "connection",
                    subject,
                    first=f"what belongs to {program.node.id}",
                    second=", ".join(target_nodes),
                )
        yield from self._image(program)
        for identity in self._stack.of_type("AWS::EKS::PodIdentityAssociation"):
            if identity.owner.node == program.node.id:
                account = (identity.properties["Namespace"], identity.properties["ServiceAccount"])
                subject = f"{identity.type} {identity.id}"
                yield from self._setting(subject, f"{NAMESPACE} {program.id}", " ".join(account))

    def _image(self, program: Program) -> Iterator[Difference]:
        """Check that an image is from the repository of its program, where `make images` pushes it."""
        name = program.repository
        containers = list(_containers(self._manifest(_KINDS[program.run], program.id)))
        for container in containers:
            repositories = {plain(id) for id in self._resources(container["image"])}
            if repositories != {name}:
                yield Difference(
                    self._place,
                    "connection",
                    f"image of {program.id}",
                    first=name,
                    second=", ".join(repositories) or None,
                )
            yield from self._setting(f"tag of {program.id}", f"{MARK}{_TAG}", container["image"].rpartition(":")[2])

    def placeholders(self) -> Iterator[Difference]:
        """Yield values that no output sets, or an output that the stack lacks."""
        for manifest in self._all:
            subject = f"{manifest['kind']} {manifest['metadata']['name']}"
            for text in texts(dict(manifest)):
                for key in _MARKED.findall(text):
                    if key not in self._stack.outputs and key != _TAG:
                        yield Difference(self._place, "connection", subject, first=f"an output {key}")
                if _UNSET in text:
                    yield Difference(self._place, "connection", subject, first="a value of the stack", second=text)


def _size(node: Node, kind: str) -> dict[str, Value]:
    """Return the size of a pod according to its node; jobs have a deadline, too."""
    node_settings = node.settings
    memory = f"{node_settings['memory_mib']}Mi"
    cores = f"{max(50, round(float(str(node_settings['vcpu'])) * 1000))}m"
    devices = {"nvidia.com/gpu": 1} if node_settings.get("gpu") else {}
    size: dict[str, Value] = {
        "requests": {"cpu": cores, "memory": memory},
        "limits": {"memory": memory, **devices},
        "tmp": f"{node_settings['disk_mib']}Mi",
    }
    return size if kind == "Deployment" else {**size, "deadline": node_settings["timeout_s"]}


def _containers(manifest: Json) -> Iterator[Json]:
    spec = manifest.get("spec", {})
    spec = _at(spec, "jobTemplate.spec") or spec
    yield from _at(spec, "template.spec.containers") or ()
