"""A program waits for an AWS service no longer than its own caller waits for the program.

* A function ends at its timeout without a line in its log, and what called it gets an error
  (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html, read 2026-11-28); an API ends a request at the
  timeout of its integration, a load balancer at the idle timeout of the connection
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html and
  https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, read 2026-11-27).
* A message of a queue is received again after its visibility timeout, which a worker extends at half
  (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html, read 2026-11-27).
* A container is killed after its stop timeout, also while it waits for messages
  (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html, read 2026-11-27).
* An SDK that gets no answer to a synchronous invocation sends it again, and the function works again
  (https://aws.amazon.com/premiumsupport/knowledge-center/lambda-function-retry-timeout-sdk/, read 2026-11-28).
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.listening import attributes_of
from prove.behaviour.programs import containers, functions
from prove.behaviour.references import named
from prove.behaviour.sdk_clients import SdkClient, clients_of
from prove.readback.stack import Resource

#: Defaults of a function, a load balancer, a queue, and a container that is told to stop, in seconds.
RUN_S, IDLE_S, HIDDEN_S, STOP_S = 3.0, 60.0, 30.0, 30.0
#: A worker extends the visibility timeout after this part of it.
EXTENDED_AT = 0.5
_LISTENERS = ("AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule")
_IDLE = "idle_timeout.timeout_seconds"
_QUEUE = re.compile(r"QUEUE_URL = (?:os\.environ\[\"|variable\(')(\w+)")
_IMPORT = re.compile(r"^(?:import|from) (\w+)|from '\./([\w-]+)'", re.MULTILINE)
_SYNCHRONOUS = ("invoke", "Invoke", "start_sync_execution", "StartSyncExecution")
_ASYNCHRONOUS = re.compile(r"InvocationType(?:=\"|: ')Event")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the clients whose calls may last longer than the time of their program."""
    limits = dict[Path, list[float]]()
    for file, limit_s in (*_of_functions(evidence), *_of_servers(evidence), *_of_jobs(evidence)):
        limits.setdefault(file, []).append(limit_s)
    workers = dict(_of_workers(evidence))
    for folder in sorted({*evidence.folder.glob("src/*"), *(file.parent for file in limits)}):
        hidden_s, stop_s = workers.get(folder, (math.inf, math.inf))
        for client in clients_of(folder):
            polls = client.calls("receive_message", "ReceiveMessage")
            within_s = stop_s if polls else min([hidden_s * EXTENDED_AT, *limits.get(client.file, ())])
            yield from _problems(evidence, client, within_s)


def _problems(evidence: Evidence, client: SdkClient, within_s: float) -> Iterator[Problem]:
    place = str(client.file.relative_to(evidence.folder))
    if math.isinf(client.longest_s) or client.longest_s >= within_s:
        lasts = "without an end" if math.isinf(client.longest_s) else f"for up to {client.longest_s:g} s"
        message = f"A call of `{client.name}` waits {lasts}, and the program has {within_s:g} s."
        yield Problem("outwaits-its-caller", place, message)
    if client.attempts > 1 and client.calls(*_SYNCHRONOUS) and not _ASYNCHRONOUS.search(client.source):
        message = f"`{client.name}` sends a call up to {client.attempts} times, and its target works each time."
        yield Problem("work-sent-again", place, message)


def _of_functions(evidence: Evidence) -> Iterator[tuple[Path, float]]:
    """Yield the modules that a function imports, with its time: a folder may hold an authorizer beside its program."""
    for program in functions(evidence):
        own_s = float(program.function.properties.get("Timeout", RUN_S))
        limit_s = min([own_s, *_integrations(evidence, program.function.id)])
        yield from ((file, limit_s) for file in _imported(program.folder, program.module))


def _imported(folder: Path, module: str) -> set[Path]:
    """Return the files of a folder that a module imports, directly or indirectly, and its own."""
    found, waiting = set[Path](), [module]
    while waiting:
        name = waiting.pop()
        for file in (folder / f"{name}.py", folder / f"{name}.ts"):
            if file.exists() and file not in found:
                found.add(file)
                waiting += [name for names in _IMPORT.findall(file.read_text("utf-8")) for name in names if name]
    return found


def _files(folder: Path) -> Iterator[Path]:
    yield from (file for file in sorted(folder.glob("*.*")) if file.suffix in (".py", ".ts"))


def _integrations(evidence: Evidence, id: str) -> Iterator[float]:
    """Yield the seconds for which the integrations of APIs that name a resource wait for it."""
    for resource in evidence.stack.resources.values():
        if resource.type.startswith("AWS::ApiGateway"):
            yield from _timeouts(dict(resource.properties), id)


def _timeouts(value: Any, id: str) -> Iterator[float]:
    if isinstance(value, dict):
        for key in ("TimeoutInMillis", "timeoutInMillis"):
            if key in value and id in named(value):
                yield float(value[key]) / 1000
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _timeouts(inner, id)


def _of_servers(evidence: Evidence) -> Iterator[tuple[Path, float]]:
    """Yield the containers behind load balancers, with the seconds after which a connection is closed or an API gives up."""
    for program in containers(evidence):
        listeners = set(_listeners(evidence, program.target_groups))
        for listener in sorted(listeners):
            limits = list(_integrations(evidence, listener))
            for balancer in named(evidence.stack.resources[listener].properties.get("LoadBalancerArn")):
                found = evidence.stack.resources.get(balancer)
                if found is not None and found.properties.get("Type", "application") == "application":
                    limits.append(_idle_s(found))
            yield from ((file, limit_s) for limit_s in limits for file in _files(program.folder))


def _listeners(evidence: Evidence, groups: tuple[str, ...]) -> Iterator[str]:
    for resource in evidence.stack.of_type(*_LISTENERS):
        actions = [resource.properties.get(name) for name in ("DefaultActions", "Actions")]
        if set(groups) & named(actions):
            listeners = named(resource.properties.get("ListenerArn")) & evidence.stack.resources.keys()
            yield from listeners or ([] if "ListenerArn" in resource.properties else [resource.id])


def _idle_s(balancer: Resource) -> float:
    return float(attributes_of(balancer.properties.get("LoadBalancerAttributes")).get(_IDLE, IDLE_S))


def _of_jobs(evidence: Evidence) -> Iterator[tuple[Path, float]]:
    for job in evidence.stack.of_type("AWS::Batch::JobDefinition"):
        attempt_s = (job.properties.get("Timeout") or {}).get("AttemptDurationSeconds", math.inf)
        folder = evidence.folder / "src" / job.owner.node.partition(".")[0]
        yield from ((file, float(attempt_s)) for file in _files(folder))


def _of_workers(evidence: Evidence) -> Iterator[tuple[Path, tuple[float, float]]]:
    """Yield the folders of workers in ECS, with the visibility timeout of the queue and the stop timeout of the container."""
    for definition in evidence.stack.of_type("AWS::ECS::TaskDefinition"):
        folder = evidence.folder / "src" / definition.owner.node.partition(".")[0]
        texts = [file.read_text("utf-8") for file in sorted(folder.glob("main.*")) if file.suffix in (".py", ".ts")]
        for container in definition.properties["ContainerDefinitions"]:
            variables = container.get("Environment", {})
            queues = [variables.get(name) for text in texts for name in _QUEUE.findall(text)]
            for id in sorted(named(queues) & evidence.stack.resources.keys()):
                hidden = evidence.stack.resources[id].properties.get("VisibilityTimeout", HIDDEN_S)
                if isinstance(hidden, int | float | str) and str(hidden).isdigit():
                    yield folder, (float(hidden), float(container.get("StopTimeout", STOP_S)))
