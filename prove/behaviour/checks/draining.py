"""A load balancer deregisters a program before the program stops.

* The target keeps an idle connection for longer than the load balancer, or its next request meets a closed one
  (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, read 2026-11-27).
* A target that is taken out finishes its requests within the deregistration delay
  (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, read 2026-11-27).
* A pod gets the stop signal before the load balancer has deregistered it, so it waits before it stops
  (https://docs.aws.amazon.com/eks/latest/best-practices/load-balancing.html, read 2026-11-27).
* The first process of a container gets the signal to stop; a shell keeps it to itself, unless it becomes the program
  (https://aws.amazon.com/blogs/containers/graceful-shutdowns-with-ecs/, read 2026-11-27).
"""

import json
import re
from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.listening import attributes_of
from prove.behaviour.loads import component_of, load_of
from prove.behaviour.manifests import manifests
from prove.behaviour.programs import ContainerProgram, containers
from prove.behaviour.reachability import BALANCER, forwarding
from prove.behaviour.references import ids_in
from prove.readback.stack import Resource

#: Defaults of an Application Load Balancer and of a target group, in seconds.
IDLE_S, DELAY_S = 60.0, 300.0
_KEPT = re.compile(r"\bchannel_timeout=(\d+)")
_KEPT_MS = re.compile(r"\bkeepAliveTimeout = ([\d_]+)")
_FIRST = re.compile(r"^(CMD|ENTRYPOINT)\s+(.+)$", re.MULTILINE)
_SHELLS = ("sh", "bash", "/bin/sh", "/bin/bash", "npm", "npx", "yarn")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield causes of dropped requests while a program is replaced."""
    for program in containers(evidence):
        yield from _connections(evidence, program)
        yield from _released(evidence, program)
    yield from _pods(evidence)
    for file in sorted(evidence.folder.glob("src/*/Dockerfile")):
        yield from _signal(str(file.relative_to(evidence.folder)), file.read_text("utf-8"))


def _balancers(evidence: Evidence, group: str) -> Iterator[Resource]:
    for listener, _, _ in forwarding(evidence.stack, group):
        for id in ids_in(listener.properties.get("LoadBalancerArn")):
            balancer = evidence.stack.resources.get(id)
            if balancer is not None and balancer.type == BALANCER:
                yield balancer


def _connections(evidence: Evidence, program: ContainerProgram) -> Iterator[Problem]:
    text = "".join(file.read_text("utf-8") for file in sorted(program.folder.glob("main.*")))
    kept = [float(seconds) for seconds in _KEPT.findall(text)]
    kept += [float(each.replace("_", "")) / 1000 for each in _KEPT_MS.findall(text)]
    for balancer in (one for group in program.target_groups for one in _balancers(evidence, group)):
        if balancer.properties.get("Type", "application") != "application" or not kept:
            continue
        attributes = attributes_of(balancer.properties.get("LoadBalancerAttributes"))
        idle = float(attributes.get("idle_timeout.timeout_seconds", IDLE_S))
        if min(kept) <= idle:
            message = (
                f"The program closes an idle connection after {min(kept):g} s, the load balancer after {idle:g} s."
            )
            yield Problem("closes-first", program.place, message)


def _released(evidence: Evidence, program: ContainerProgram) -> Iterator[Problem]:
    component = component_of(evidence.requirements, program.folder.name)
    longest = (load_of(evidence.requirements, component).longest_s or 1.0) if component else 1.0
    for group in (evidence.stack.resources[id] for id in program.target_groups if id in evidence.stack.resources):
        attributes = attributes_of(group.properties.get("TargetGroupAttributes"))
        delay = float(attributes.get("deregistration_delay.timeout_seconds", DELAY_S))
        # What takes longer than the longest delay there is ends with its task, whatever the load balancer does.
        if delay < min(longest, DELAY_S):
            message = f"A target is let go after {delay:g} s, and an answer takes up to {longest:g} s."
            yield Problem("not-drained", group.id, message, group.type)


def _pods(evidence: Evidence) -> Iterator[Problem]:
    found = list(manifests(evidence))
    balanced = {str(one["metadata"]["name"]) for one in found if one["kind"] == "TargetGroupBinding"}
    for manifest in (one for one in found if one["kind"] == "Deployment"):
        name = str(manifest["metadata"]["name"])
        pods = manifest["spec"]["template"]["spec"]["containers"]
        if name in balanced and not any("preStop" in one.get("lifecycle", {}) for one in pods):
            message = "A pod stops at once, while its load balancer still sends requests to it."
            yield Problem("not-drained", f"kubernetes: {name}", message)


def _signal(place: str, dockerfile: str) -> Iterator[Problem]:
    for _, command in _FIRST.findall(dockerfile):
        words = json.loads(command) if command.startswith("[") else ["sh", "-c", command]
        if words and words[0] in _SHELLS and not str(words[-1]).startswith("exec "):
            yield Problem("signal-kept", place, f"Its first process is {words[0]}, which hands no signal on.")
