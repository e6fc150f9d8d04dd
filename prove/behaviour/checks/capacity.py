"""Capacity: the tasks, jobs and maps of a project carry the required load without excess."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.held import held
from prove.behaviour.loads import Load, component_of, load_of
from prove.behaviour.manifests import manifests
from prove.behaviour.services import (
    RunningService,
    is_sticky,
    program_text,
    reads_queue,
    requests_at_once,
    scalers,
    services,
    takes_work,
)
from prove.readback.stack import Resource

ENVIRONMENT = "AWS::Batch::ComputeEnvironment"
MACHINE = "AWS::StepFunctions::StateMachine"
#: Tasks in two Availability Zones: one goes on when a zone fails.
#: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html (read 2026-11-27)
AVAILABLE = 2
#: Tasks of one service, by default.
#: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html (read 2026-11-27)
MOST_TASKS = 5000
#: Concurrency of maps: an inline map starts up to 40 iterations, a distributed one 10,000 child executions, at once.
#: https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html (read 2026-11-27)
MAP_LIMITS = {"INLINE": 40, "DISTRIBUTED": 10_000}
#: A message of a lost task comes back after its work could have ended, with some time for the program to delete it.
MOST_HIDDEN, MARGIN_S = 2, 60
_PER_MESSAGE = re.compile(r"\bprotection\.run\(")
BACKLOG = "ApproximateNumberOfMessagesVisible"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield insufficient and unused capacity of a project."""
    for service in services(evidence):
        yield from _scaling(service)
        yield from _tasks(service)
        yield from _interruptions(service)
        yield from _limits(service)
        yield from _crowded(service)
    yield from _pods(evidence)
    yield from _limits_of_pods(evidence)
    for resource in evidence.stack.of_type(ENVIRONMENT):
        yield from _jobs(evidence, resource)
    for resource in evidence.stack.of_type(MACHINE):
        yield from _maps(evidence, resource)


def _scaling(service: RunningService) -> Iterator[Problem]:
    """A service scales on a metric of its load; only a stateful or single one has a fixed number of tasks."""
    if service.must_be_single and not service.is_single:
        message = "At most one instance may run, but several tasks can run at a time."
        yield _problem(service, "several-instances", message)
    elif service.keeps_state and not (service.is_single or service.is_sticky):
        yield _problem(service, "state-spread", "Callers are sent to any task, but the program keeps state in memory.")
    if service.may_be_single and service.is_single:
        return
    if service.is_express:
        return
    if service.target is None:
        yield _problem(service, "no-scaling", f"{service.standing} tasks run whatever comes.")
    elif not service.policies:
        yield _problem(service, "no-policy", "The number of tasks has bounds, and no policy changes it.")
    elif service.reads_queue and BACKLOG not in service.signals:
        yield _problem(service, "wrong-signal", f"A queue's worker scales by {sorted(service.signals)}.")
    if service.target is not None and "DesiredCount" in service.resource.properties:
        yield _problem(service, "count-reset", "Each deployment sets the number of tasks back to DesiredCount.")


def _tasks(service: RunningService) -> Iterator[Problem]:
    alone = service.may_be_single and service.is_single
    # One that keeps state cannot share a queue's peak, and keeps up with its average.
    busy = service.load.steady if alone and service.reads_queue else service.load.at_once
    needed = min(MOST_TASKS, math.ceil(round(busy / service.at_once, 6)))
    if needed > service.most and takes_work(service.program):
        yield _problem(service, "too-few-tasks", f"The asked load takes {needed} tasks; at most {service.most} run.")
    if alone:
        return
    rests = service.standing == 0 and service.may_rest
    if service.standing < AVAILABLE and not rests:
        yield _problem(service, "one-zone", f"{service.standing} task runs, so the work stops when its zone fails.")
    if service.reads_queue and service.standing > AVAILABLE:
        yield _problem(service, "standing-fleet", f"{service.standing} tasks run while the queue is empty.")


def _pods(evidence: Evidence) -> Iterator[Problem]:
    """Copies of pods, as of tasks; state in memory that no cookie leads callers to is kept by one copy."""
    for scaler in scalers(evidence):
        component, least, most = scaler.component, scaler.least, scaler.most
        load, program = load_of(evidence.requirements, component), program_text(evidence, component.id)
        # One that keeps state cannot share a queue's peak, and keeps up with its average.
        busy = load.steady if most == 1 and reads_queue(program) else load.at_once
        needed, place = math.ceil(round(busy / requests_at_once(program), 6)), f"kubernetes: {component.id}"
        if needed > most and takes_work(program):
            yield Problem("too-few-pods", place, f"The asked load takes {needed} pods; at most {most} run.", "eks")
        if reads_queue(program) and most > least and not scaler.by_backlog:
            message = "A queue's worker waits rather than computes; its scaler does not count the messages."
            yield Problem("wrong-signal", place, message, "eks")
        if most > 1 and least < AVAILABLE:
            yield Problem("one-zone", place, f"{least} pod runs, so the work stops when its zone fails.", "eks")
        if most > 1 and component.answer("single_instance") is True:
            yield Problem("several-instances", place, f"At most one instance may run; up to {most} pods do.", "eks")
        elif most > 1 and component.answer("state_in_memory") is True and not is_sticky(evidence):
            yield Problem(
                "state-spread", place, "Callers are sent to any pod, but the program keeps state in memory.", "eks"
            )


def _limits(service: RunningService) -> Iterator[Problem]:
    """No more messages are processed at once than stated, not even while a release replaces tasks.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html (read 2026-11-30)
    """
    deployment = service.resource.properties.get("DeploymentConfiguration", {})
    tasks = max(service.most, math.floor(service.most * int(deployment.get("MaximumPercent", 200)) / 100))
    if service.limit and not service.is_express and tasks * service.at_once > service.limit:
        message = (
            f"At most {service.limit} messages may be processed at once; during a release, {tasks} tasks run, with "
            f"{service.at_once} at a time each."
        )
        yield _problem(service, "above-the-limit", message)


def _crowded(service: RunningService) -> Iterator[Problem]:
    """Work that is stated to need CPU or memory of its own, or that must not be cut, shares no task."""
    component = service.component
    stated = [name for name in ("vcpu", "memory_mib", "gpu", "state_in_memory") if component.answer(name)]
    stated += ["interruption"] if component.answer("interruption") == "never" else []
    if service.reads_queue and service.at_once > 1 and stated:
        message = f"A task processes {service.at_once} messages at once; the answers to {stated} are about one."
        yield _problem(service, "crowded-task", message)


def _limits_of_pods(evidence: Evidence) -> Iterator[Problem]:
    """Pods of which only so many may work at once are not replaced one beside the other."""
    limits = {
        scaler.component.id: int(float(str(scaler.component.answer("most_at_once") or 0)))
        for scaler in scalers(evidence)
    }
    most = {scaler.component.id: scaler.most for scaler in scalers(evidence)}
    for manifest in manifests(evidence):
        name = str(manifest["metadata"]["name"])
        limit = limits.get(name, 0)
        if manifest["kind"] != "Deployment" or not limit or not reads_queue(program_text(evidence, name)):
            continue
        each = requests_at_once(program_text(evidence, name))
        rolling = manifest["spec"].get("strategy", {}).get("type") != "Recreate"
        if rolling or most[name] * each > limit:
            message = f"At most {limit} messages may be processed at once; a release runs old and new pods together."
            yield Problem("above-the-limit", f"kubernetes: {name}", message)


def _interruptions(service: RunningService) -> Iterator[Problem]:
    never, longest = service.component.answer("interruption") == "never", service.load.longest_s or 0.0
    if never and longest > service.stop_s and not service.is_protected:
        message = f"Work of {longest:g} s must never be cut off; a task is stopped after {service.stop_s} s."
        yield _problem(service, "cut-while-working", message)
    if service.reads_queue and service.taken * longest > service.visible_after_s:
        message = (
            f"{service.taken} messages of {longest:g} s are taken and come back after {service.visible_after_s:g} s."
        )
        yield _problem(service, "hoarded-messages", message)
    if service.reads_queue and longest and service.visible_after_s > MOST_HIDDEN * longest + MARGIN_S:
        message = f"Work of {longest:g} s; what a lost task held stays hidden for {service.visible_after_s:g} s."
        yield _problem(service, "long-hidden", message)
    if service.reads_queue and _PER_MESSAGE.search(service.program):
        message = "Each message sets and ends the protection of the task, which ECS throttles for the whole account."
        yield _problem(service, "protected-per-message", message)


def _jobs(evidence: Evidence, environment: Resource) -> Iterator[Problem]:
    """Concurrent jobs: the vCPUs of the compute environment ÷ those of a job, on hosts ÷ those of a host × its jobs.

    https://docs.aws.amazon.com/batch/latest/userguide/compute_environment_parameters.html (read 2026-11-27)
    """
    component = component_of(evidence.requirements, environment.owner.node)
    definitions = [
        resource for resource in evidence.stack.of_type("AWS::Batch::JobDefinition")
        if resource.owner.node == environment.owner.node
    ]  # fmt: skip
    if component is None or not definitions:
        return
    load, vcpus = load_of(evidence.requirements, component), float(_vcpus(definitions[0]))
    most = float(environment.properties["ComputeResources"]["MaxvCpus"])
    on_hosts = [math.floor(most / vcpus) * runs for vcpus, runs in held(evidence, environment.owner.node)]
    carried = min(on_hosts, default=math.floor(most / vcpus))
    needed = _needed(load)
    if carried < needed:
        message = f"The asked load takes {needed} jobs at once; the compute environment runs {carried}."
        yield Problem("too-few-jobs", environment.id, message, ENVIRONMENT)


def _vcpus(definition: Resource) -> str:
    requirements = definition.properties["ContainerProperties"]["ResourceRequirements"]
    return str(next(entry["Value"] for entry in requirements if entry["Type"] == "VCPU"))


def _needed(load: Load) -> int:
    """Concurrent jobs or items: at least two if the work is divided, enough to finish in time, and enough for the arrival rate."""
    split = min(2.0, load.items)
    return math.ceil(round(max(1.0, split, load.items_at_once, load.at_once), 6))


def _maps(evidence: Evidence, machine: Resource) -> Iterator[Problem]:
    component = component_of(evidence.requirements, machine.owner.node)
    if component is None:
        return
    load = load_of(evidence.requirements, component)
    for name, state in _map_states(machine.properties.get("Definition", {})):
        mode = state.get("ItemProcessor", {}).get("ProcessorConfig", {}).get("Mode", "INLINE")
        limit = MAP_LIMITS[str(mode)]
        carried = min(limit, int(state.get("MaxConcurrency", 0)) or limit)
        # Where no time was asked, what takes more than a day on the widest map takes as long as it takes.
        if carried < _needed_items(load) and (load.is_timed or carried < limit):
            message = f"The asked time takes {_needed_items(load)} items at once; the map works on {carried}."
            yield Problem("narrow-map", f"{machine.id}: {name}", message, MACHINE)


def _needed_items(load: Load) -> int:
    return math.ceil(round(max(min(2.0, load.items), load.items_at_once), 6))


def _map_states(definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the maps of a definition; those inside another share its concurrency and are left out."""
    states = definition.get("States", {}) if isinstance(definition, Mapping) else {}
    for name, state in states.items():
        if state.get("Type") == "Map":
            yield name, state


def _problem(service: RunningService, rule: str, message: str) -> Problem:
    return Problem(rule, service.resource.id, message, service.resource.type)
