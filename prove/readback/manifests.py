"""The manifests of an overlay held against the graph and the stack: what runs, when, how large, and what it is told.

Manifests come as Kustomize builds them, with every value that an overlay takes from the stack spelled `output.<key>`
(see `MARK`). So each is followed to the resource that it will be of, and not to an example that stands there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.architecture import Node
from advisor.sizing import time_zone
from blueprints import settings
from blueprints.plan import NAMESPACE, Plan, Program, region_of
from prove.readback.compare import Difference
from prove.readback.cron import firing
from prove.readback.diagram import ELSEWHERE
from prove.readback.stack import Stack
from prove.readback.stack_permissions import plain
from prove.readback.values import Value, references, shown, texts

Json = Mapping[str, Any]
#: How a value from the stack is spelled: without what a replacement may cut at.
MARK = "output."
PRODUCTION = "prod"
_MARKED = re.compile(re.escape(MARK) + r"(\w+)")
_UNFILLED = "set-by-the-overlay"
_KINDS = {"service": "Deployment", "worker": "Deployment", "job": "Job", "cronjob": "CronJob"}
_OWNED = ("ServiceAccount", "SecurityGroupPolicy")


def manifest_differences(manifests: Sequence[Json], stack: Stack, plan: Plan, environment: str) -> Iterator[Difference]:
    """Give everything in which the manifests of an environment differ from the graph, or lead astray in the stack."""
    read = _Manifests(manifests, stack, plan, environment)
    for program in plan.programs:
        if program.node.service == "eks":
            yield from read.runs(program)
            yield from read.told(program)
            yield from read.belongs(program)
    yield from read.filled()


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


class _Manifests:
    def __init__(self, manifests: Sequence[Json], stack: Stack, plan: Plan, environment: str) -> None:
        self._all, self._stack, self._plan = manifests, stack, plan
        self._place, self._production = f"kubernetes/overlays/{environment}", environment == PRODUCTION

    def _one(self, kind: str, name: str) -> Json:
        found = (one for one in self._all if one["kind"] == kind and one["metadata"]["name"] == name)
        return next(found, {})

    def _differs(self, what: str, wanted: Value, given: Value) -> Iterator[Difference]:
        if wanted != given:
            yield Difference(self._place, "setting", what, shown(wanted), shown(given))

    def runs(self, program: Program) -> Iterator[Difference]:
        """Hold what runs a program against its node: kind, time, size, deadline, copies."""
        kind, node = _KINDS[program.run], program.node
        spec = self._one(kind, program.id).get("spec") or {}
        if kind == "CronJob":
            yield from self._starts(program, spec)
            spec = _at(spec, "jobTemplate.spec") or {}
        pod = _at(spec, "template.spec") or {}
        container: Json = next(iter(pod.get("containers", ())), {})
        said = {"requests": _at(container, "resources.requests"), "limits": _at(container, "resources.limits")}
        tmp = next((one["emptyDir"].get("sizeLimit") for one in pod.get("volumes", ()) if "emptyDir" in one), None)
        said |= {"tmp": tmp, "deadline": spec.get("activeDeadlineSeconds")}
        for key, wanted in _size(node, kind).items():
            yield from self._differs(f"{kind} {program.id}: {key}", wanted, said[key])
        if kind == "Deployment":
            yield from self._copies(program)

    def _starts(self, program: Program, spec: Json) -> Iterator[Difference]:
        expression = settings.schedule(program.node)
        what = f"CronJob {program.id}: schedule"
        if firing(expression) != firing(f"cron({spec.get('schedule')})"):
            yield Difference(self._place, "setting", what, expression, spec.get("schedule"))
        zone = time_zone(region_of(self._plan.design))
        yield from self._differs(f"CronJob {program.id}: timeZone", zone, spec.get("timeZone"))

    def _copies(self, program: Program) -> Iterator[Difference]:
        """Hold the copies against the node: production has as many, a trial at least one and no more."""
        spec = self._one("HorizontalPodAutoscaler", program.id).get("spec", {})
        least, wanted = spec.get("minReplicas", 0), int(str(program.node.settings["desired_count"]))
        if not (least == wanted if self._production else 1 <= least <= wanted) or spec.get("maxReplicas", 0) < wanted:
            what = f"HorizontalPodAutoscaler {program.id}: replicas"
            given = f"{least} to {spec.get('maxReplicas')}"
            yield Difference(self._place, "setting", what, f"{'' if self._production else 'at most '}{wanted}", given)

    def told(self, program: Program) -> Iterator[Difference]:
        """Hold what a program is told against the graph: each variable is there and leads to the node that it should."""
        data = self._one("ConfigMap", program.id).get("data", {})
        for name in sorted(data.keys() - {variable.name for variable in program.env}):
            yield Difference(self._place, "connection", f"ConfigMap {program.id}: {name}", None, data[name])
        for variable in program.env:
            node = variable.value.node
            led, value = self._led(data.get(name := variable.name)), data.get(name)
            service = self._plan.node(node).service if node in self._made else ""
            elsewhere = {(service, variable.value.attribute), ("", variable.value.attribute)} & set(ELSEWHERE)
            if value is None or (led and node in self._made and node not in led and not elsewhere):
                what = f"ConfigMap {program.id}: {name}"
                yield Difference(variable.edge, "connection", what, f"a value of {node}", value)

    @property
    def _made(self) -> set[str]:
        return {one.owner.node for one in self._stack.resources.values()}

    def _resources(self, value: Value) -> Iterator[str]:
        """Give the resources that a value will be of."""
        for text in texts(value):
            for key in _MARKED.findall(text):
                output = self._stack.outputs.get(key, {})
                yield from (id for id, _ in references(output.get("Value")) if id in self._stack.resources)

    def _led(self, value: Value) -> set[str]:
        """Return the nodes of the resources that a value will be of, and the ends of their connections."""
        owners = [self._stack.resources[id].owner for id in self._resources(value)]
        ends = (end for one in owners for edge in one.edges for end in edge.split(">")[::2])
        return {one.node for one in owners} | {node for one in owners for node in one.nodes} | set(ends)

    def belongs(self, program: Program) -> Iterator[Difference]:
        """Hold what is a program's own, its image, role, security group and target groups, against whose it is."""
        bound = [one for one in self._all if _at(one, "spec.serviceRef.name") == program.id]
        for one in [*(self._one(kind, program.id) for kind in _OWNED), *bound]:
            led = self._led(dict(one))
            if led and program.node.id not in led:
                what = f"{one['kind']} {one['metadata']['name']}"
                yield Difference(self._place, "connection", what, f"what belongs to {program.node.id}", ", ".join(led))
        yield from self._image(program)
        for identity in self._stack.of_type("AWS::EKS::PodIdentityAssociation"):
            if identity.owner.node == program.node.id:
                given = (identity.properties["Namespace"], identity.properties["ServiceAccount"])
                what = f"{identity.type} {identity.id}"
                yield from self._differs(what, f"{NAMESPACE} {program.id}", " ".join(given))

    def _image(self, program: Program) -> Iterator[Difference]:
        """An image is of the repository that is called after its program: `make images` pushes it there."""
        name = program.repository
        containers = list(_containers(self._one(_KINDS[program.run], program.id)))
        for one in containers:
            found = {plain(id) for id in self._resources(one["image"])}
            if found != {name}:
                yield Difference(self._place, "connection", f"image of {program.id}", name, ", ".join(found) or None)

    def filled(self) -> Iterator[Difference]:
        """Say what is told by no output, or by one that the stack does not have."""
        for one in self._all:
            what = f"{one['kind']} {one['metadata']['name']}"
            for text in texts(dict(one)):
                for key in _MARKED.findall(text):
                    if key not in self._stack.outputs:
                        yield Difference(self._place, "connection", what, f"an output {key}", None)
                if _UNFILLED in text:
                    yield Difference(self._place, "connection", what, "a value of the stack", text)


def _size(node: Node, kind: str) -> dict[str, Value]:
    """Return how large a pod is according to its node; what runs once or by the clock has to end, too."""
    given = node.settings
    memory = f"{given['memory_mib']}Mi"
    cores = f"{max(50, round(float(str(given['vcpu'])) * 1000))}m"
    taken = {"nvidia.com/gpu": 1} if given.get("gpu") else {}
    made: dict[str, Value] = {
        "requests": {"cpu": cores, "memory": memory},
        "limits": {"memory": memory, **taken},
        "tmp": f"{given['disk_mib']}Mi",
    }
    return made if kind == "Deployment" else {**made, "deadline": given["timeout_s"]}


def _containers(manifest: Json) -> Iterator[Json]:
    spec = manifest.get("spec", {})
    spec = _at(spec, "jobTemplate.spec") or spec
    yield from _at(spec, "template.spec.containers") or ()
