"""Nothing ends, starts over or is thrown away before its time: health checks, approvals, protection, stored data.

* A probe finds a worker dead after its longest run, and not after many of them; a liveness probe gives up later than the readiness probe,
  which only takes a pod out of service
  (https://kubernetes.io/docs/concepts/workloads/pods/probes/ and
  https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html, read 2026-11-27).
* A task is given a minute to start before its health counts
  (https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.BaseServiceOptions.html, read 2026-11-27).
* An execution lasts as long as the person may take whom it asks
  (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html, read 2026-11-27).
* A rule of a bucket's lifecycle deletes objects for good
  (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html, read 2026-11-27).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.requirements.answers import answers_of
from advisor.vocabulary.store import KEPT
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import MACHINE
from prove.behaviour.loads import component_of, load_of
from prove.behaviour.manifests import manifests
from prove.behaviour.references import ids_in
from prove.behaviour.services import services
from prove.readback.stack import Resource

BUCKET, FUNCTION = "AWS::S3::Bucket", "AWS::Lambda::Function"
_MINUTES = re.compile(r"-mmin -(\d+)")
#: Python counts seconds, Node.js milliseconds.
_SECONDS, _MILLISECONDS = re.compile(r"st_mtime < (\d+)"), re.compile(r"mtimeMs > (\d+)")
_PROTECTED = re.compile(r"EXPIRES_MIN(?:UTES)? = (\d+)")
_RENEWED = re.compile(r"^(?:const )?RENEW_", re.MULTILINE)
_CALLBACK = re.compile(r"WaitForCallbackConfig\(timeout=Duration\.from_seconds\((\w+)\)|timeout: \{ seconds: (\w+) \}")
#: A worker that hangs is found dead after two of its longest runs at the latest, or some minutes after short ones.
MOST_RUNS, MARGIN_S = 2, 600
DAY_S = 86400
#: Defaults of Kubernetes: seconds between two probes, and failures in a row.
PERIOD_S, FAILURES = 10, 3
#: Defaults of a target group: seconds between two health checks, and failures in a row.
INTERVAL_S, REFUSALS = 30, 2
#: What a task gets to start in CDK where nothing is stated.
START_S = 60


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield causes of premature termination of work, executions or data."""
    yield from _tasks(evidence)
    yield from _pods(evidence)
    yield from _grace(evidence)
    for machine in evidence.stack.of_type(MACHINE):
        yield from _approvals(machine)
    yield from _durable(evidence)
    for bucket in evidence.stack.of_type(BUCKET):
        yield from _objects(evidence, bucket)


def _longest(evidence: Evidence, node: str) -> float:
    component = component_of(evidence.requirements, node)
    return 0.0 if component is None else load_of(evidence.requirements, component).longest_s or 0.0


def _tasks(evidence: Evidence) -> Iterator[Problem]:
    for definition in evidence.stack.of_type("AWS::ECS::TaskDefinition"):
        longest = _longest(evidence, definition.owner.node)
        for container in definition.properties["ContainerDefinitions"]:
            for minutes in _MINUTES.findall(" ".join(container.get("HealthCheck", {}).get("Command", ()))):
                yield from _found_dead(definition.id, 60.0 * int(minutes), longest)
        folder = evidence.folder / "src" / definition.owner.node.partition(".")[0]
        for file in sorted(folder.glob("protection.*")):
            text = file.read_text("utf-8")
            # Renewed at half, a protection has half of its time left when a message begins at the latest.
            left = 0.5 if _RENEWED.search(text) else 1.0
            for minutes in _PROTECTED.findall(text):
                if 60.0 * int(minutes) * left < longest:
                    message = f"The protection of a task ends after {minutes} min, its work after {longest:g} s."
                    yield Problem("protection-ends", str(file.relative_to(evidence.folder)), message)


def _found_dead(place: str, after_s: float, longest: float) -> Iterator[Problem]:
    if after_s < longest:
        message = f"Its health check finds it dead after {after_s:g} s of work that takes {longest:g} s."
        yield Problem("killed-at-work", place, message)
    if longest and after_s > MOST_RUNS * longest + MARGIN_S:
        message = f"Its health check finds it dead only after {after_s:g} s of work that takes {longest:g} s."
        yield Problem("hangs-unnoticed", place, message)


def _pods(evidence: Evidence) -> Iterator[Problem]:
    for manifest in manifests(evidence):
        if manifest["kind"] != "Deployment":
            continue
        name = str(manifest["metadata"]["name"])
        for container in manifest["spec"]["template"]["spec"]["containers"]:
            live, ready = container.get("livenessProbe"), container.get("readinessProbe")
            command = " ".join((live or {}).get("exec", {}).get("command", ()))
            ages = [float(age) for age in _SECONDS.findall(command)]
            for after_s in (*ages, *(float(age) / 1000 for age in _MILLISECONDS.findall(command))):
                yield from _found_dead(f"kubernetes: {name}", after_s, _longest(evidence, name))
            if live and ready and _patience(live) <= _patience(ready):
                message = (
                    f"A pod is restarted after {_patience(live)} s, taken out of service after {_patience(ready)} s."
                )
                yield Problem("restarted-at-once", f"kubernetes: {name}", message)


def _patience(probe: Mapping[str, Any]) -> int:
    return int(probe.get("periodSeconds", PERIOD_S)) * int(probe.get("failureThreshold", FAILURES))


def _grace(evidence: Evidence) -> Iterator[Problem]:
    """Yield services whose tasks are replaced before they can have started: after the grace, or as many failed checks."""
    for service in services(evidence):
        properties = service.resource.properties
        groups = ids_in([one.get("TargetGroupArn") for one in properties.get("LoadBalancers", ())])
        for group in (evidence.stack.resources[id] for id in groups if id in evidence.stack.resources):
            interval = int(group.properties.get("HealthCheckIntervalSeconds", INTERVAL_S))
            refused = interval * int(group.properties.get("UnhealthyThresholdCount", REFUSALS))
            given = max(refused, int(properties.get("HealthCheckGracePeriodSeconds", 0)))
            if given < START_S:
                message = f"A task that has not started after {given} s is replaced, by one that starts as slowly."
                yield Problem("no-time-to-start", service.resource.id, message, service.resource.type)


def _approvals(machine: Resource) -> Iterator[Problem]:
    definition = machine.properties.get("Definition")
    if not isinstance(definition, Mapping) or "TimeoutSeconds" not in definition:
        return
    whole = float(definition["TimeoutSeconds"])
    for name, state in definition["States"].items():
        waits = float(state.get("TimeoutSeconds", 0))
        if waits > whole:
            message = f"{name} may take {waits:g} s, and the execution ends after {whole:g} s."
            yield Problem("ends-before-its-state", machine.id, message, MACHINE)


def _seconds(word: str, text: str) -> float:
    """Return a number that a program states, itself or by the name of a constant."""
    stated = re.search(rf"^(?:const )?{word} = ([\d_]+)", text, re.MULTILINE)
    return float((stated[1] if stated else word).replace("_", ""))


def _durable(evidence: Evidence) -> Iterator[Problem]:
    for function in evidence.stack.of_type(FUNCTION):
        whole = float((function.properties.get("DurableConfig") or {}).get("ExecutionTimeout", 0))
        folder = evidence.folder / "src" / function.owner.node.partition(".")[0]
        for file in sorted(folder.glob("app.*")) if whole else ():
            text = file.read_text("utf-8")
            for found in _CALLBACK.finditer(text):
                waits = _seconds(found[1] or found[2], text)
                if waits > whole:
                    message = f"A person may take {waits:g} s to answer, and the execution ends after {whole:g} s."
                    yield Problem("ends-before-its-state", function.id, message, FUNCTION)


def _objects(evidence: Evidence, bucket: Resource) -> Iterator[Problem]:
    """Yield rules that delete stored data without a requirement, or before the stated retention ends."""
    id, _, kind = bucket.owner.node.partition(".")
    store = next((store for store in evidence.requirements.of_kind("store") if store.id == id), None)
    if kind != "store" or store is None:
        return
    kept_s = answers_of(evidence.requirements).of(id).get(KEPT)
    for rule in bucket.properties.get("LifecycleConfiguration", {}).get("Rules", ()):
        days = rule.get("ExpirationInDays", 0 if "ExpirationDate" in rule else None)
        due = kept_s is not None and days is not None and float(days) * DAY_S >= kept_s
        if rule.get("Status") == "Enabled" and days is not None and not due:
            message = f"A rule deletes its objects after {rule.get('ExpirationInDays', 'a date')} days."
            yield Problem("data-expires", bucket.id, message, BUCKET)
