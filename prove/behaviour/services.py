"""The ECS services of a project: task counts, scaling, and the capacity of a task."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from advisor.requirements import Subject
from prove.behaviour.evidence import Evidence
from prove.behaviour.listening import attributes_of
from prove.behaviour.loads import STARTER, Load, component_of, load_of
from prove.behaviour.references import allows, ids_in, named, statements_of_role
from prove.readback.stack import Resource

SERVICE = "AWS::ECS::Service"
#: A service of Express Mode holds its scaling itself.
EXPRESS = "AWS::ECS::ExpressGatewayService"
TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
#: What scales pods -> its fields of the fewest and the most.
SCALING_KINDS = {
    "HorizontalPodAutoscaler": ("minReplicas", "maxReplicas"),
    "ScaledObject": ("minReplicaCount", "maxReplicaCount"),
}
QUEUE_TRIGGER = "aws-sqs-queue"
#: A service without DesiredCount starts with one task.
#: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html (read 2026-11-27)
FIRST_COUNT = 1
#: Requests that a task answers at the same time where its server states no number.
OPEN_SERVER = 8
_THREADS = re.compile(r"\bthreads=(\d+)")
_SERVER = re.compile(r"waitress\.(?:serve|create_server)\(|createServer\(|start_server\(")
#: The consumers of a queue that a program starts side by side, and what starts them.
_CONSUMERS = re.compile(r"^(?:const )?AT_ONCE = (\d+)", re.MULTILINE)
_STARTED = re.compile(r"ThreadPoolExecutor\(AT_ONCE\)|length: AT_ONCE\b")
_QUEUE_READER = re.compile(r"receive_message\(|ReceiveMessageCommand")
_TAKEN = re.compile(r"MaxNumberOfMessages[=:] ?(\d+)")
_INSIGHTS_ON = ("enabled", "enhanced")
_PROTECTS = "task-protection/v1/state"


@dataclass(frozen=True)
class RunningService:
    """A service with its component and its scaling."""

    evidence: Evidence
    resource: Resource
    component: Subject
    target: Resource | None
    policies: tuple[Resource, ...]

    @cached_property
    def load(self) -> Load:
        """Its requirements."""
        return load_of(self.evidence.requirements, self.component, self.resource.owner.node)

    @property
    def keeps_state(self) -> bool:
        """Whether callers must meet the same task again; a program that only starts the work keeps nothing."""
        return self.component.answer("state_in_memory") is True and not self._only_starts

    @property
    def must_be_single(self) -> bool:
        """Whether no two tasks may run at a time; a program that only starts the work may be there twice."""
        return self.component.answer("single_instance") is True and not self._only_starts

    @property
    def _only_starts(self) -> bool:
        return self.resource.owner.node.endswith(STARTER)

    @property
    def may_be_single(self) -> bool:
        """Whether one task is enough, as a requirement or for the state that it keeps."""
        return self.must_be_single or self.keeps_state

    @property
    def may_rest(self) -> bool:
        """Whether nothing may be paid for it while it has no work (`waking` checks that work starts it)."""
        demanded = (self.component.answer("must"), self.evidence.requirements.workload_answers.get("must"))
        return any(isinstance(words, tuple) and "nothing-while-idle" in words for words in demanded)

    @cached_property
    def program(self) -> str:
        """The text of its program's files."""
        return program_text(self.evidence, self.component.id)

    @property
    def is_express(self) -> bool:
        """Whether it is a service of Express Mode."""
        return self.resource.type == EXPRESS

    @property
    def reads_queue(self) -> bool:
        """Whether its program takes messages from a queue."""
        return reads_queue(self.program)

    @property
    def taken(self) -> int:
        """The number of messages that each consumer of its program receives at a time and processes sequentially."""
        taken = _TAKEN.search(self.program)
        return int(taken[1]) if taken else 1

    @property
    def queues(self) -> set[str]:
        """The queues from which its tasks may receive messages."""
        stack = self.evidence.stack
        (definition,) = _referred(self.resource, self.evidence, "AWS::ECS::TaskDefinition")
        role = stack.resources[definition].properties["TaskRoleArn"]
        received = [s for s in statements_of_role(stack, role) if allows(s, "sqs:ReceiveMessage")]
        found = {id for statement in received for id in named(statement.get("Resource"))}
        return {id for id in found if id in stack.resources and stack.resources[id].type == "AWS::SQS::Queue"}

    @property
    def visible_after_s(self) -> float:
        """The visibility timeout of the queues that it receives from, 30 seconds by default.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
        (read 2026-11-27)
        """
        stated = [self.evidence.stack.resources[id].properties.get("VisibilityTimeout", 30) for id in self.queues]
        return min(map(float, stated), default=30.0)

    @property
    def at_once(self) -> int:
        """The concurrency of one task."""
        return requests_at_once(self.program)

    @property
    def standing(self) -> int:
        """The number of tasks without load."""
        if self.is_express:
            return int(self.resource.properties["ScalingTarget"]["MinTaskCount"])
        if self.target is not None:
            return int(self.target.properties["MinCapacity"])
        return int(self.resource.properties.get("DesiredCount", FIRST_COUNT))

    @property
    def most(self) -> int:
        """The maximum number of tasks."""
        if self.is_express:
            return int(self.resource.properties["ScalingTarget"]["MaxTaskCount"])
        return int(self.target.properties["MaxCapacity"]) if self.target is not None else self.standing

    @property
    def signals(self) -> set[str]:
        """The metrics that it scales by."""
        configurations = [dict(p.properties.get("TargetTrackingScalingPolicyConfiguration", {})) for p in self.policies]
        return {name for configuration in configurations for name in _metrics(configuration)}

    @property
    def is_single(self) -> bool:
        """Whether it never has more than one task, not even during a deployment."""
        deployment = self.resource.properties.get("DeploymentConfiguration", {})
        return self.most == 1 and not self.is_express and int(deployment.get("MaximumPercent", 200)) <= 100

    @property
    def limit(self) -> int:
        """The number of messages that its component may process at once, 0 without a stated limit."""
        return int(float(str(self.component.answer("most_at_once") or 0))) if self.reads_queue else 0

    @property
    def is_sticky(self) -> bool:
        """Whether its target groups send a caller to the same task again."""
        groups = _referred(self.resource, self.evidence, TARGET_GROUP)
        return bool(groups) and is_sticky(self.evidence, *groups)

    @property
    def stop_s(self) -> int:
        """The stop timeout of a task, 30 seconds by default on ECS.

        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html (read 2026-11-27)
        """
        (definition,) = _referred(self.resource, self.evidence, "AWS::ECS::TaskDefinition")
        containers = self.evidence.stack.resources[definition].properties["ContainerDefinitions"]
        return max(int(container.get("StopTimeout", 30)) for container in containers)

    @property
    def is_protected(self) -> bool:
        """Whether its program protects its task while it works, and may do so."""
        (definition,) = _referred(self.resource, self.evidence, "AWS::ECS::TaskDefinition")
        role = ids_in(self.evidence.stack.resources[definition].properties["TaskRoleArn"])[0]
        allowed = str(self.evidence.stack.resources[role].properties) if role in self.evidence.stack.resources else ""
        return _PROTECTS in self.program and "ecs:UpdateTaskProtection" in allowed


def services(evidence: Evidence) -> Iterator[RunningService]:
    """Yield the services of components."""
    stack = evidence.stack
    for resource in stack.of_type(SERVICE, EXPRESS):
        component = component_of(evidence.requirements, resource.owner.node)
        if component is None:
            continue
        targets = [t for t in stack.of_type(TARGET) if f"${{{resource.id}.Name}}" in str(t.properties["ResourceId"])]
        target = targets[0] if targets else None
        policies = [
            policy for policy in stack.of_type(POLICY)
            if target is not None and str(policy.properties.get("ScalingTargetId", "")).startswith(f"${{{target.id}")
        ]  # fmt: skip
        yield RunningService(evidence, resource, component, target, tuple(policies))


def counts_tasks(cluster: Resource) -> bool:
    """Return whether a cluster sends the metrics of Container Insights, such as its numbers of tasks."""
    return (cluster.properties.get("ClusterSettings") or {}).get("containerInsights") in _INSIGHTS_ON


def is_sticky(evidence: Evidence, *ids: str) -> bool:
    """Return whether target groups (all by default) use sticky sessions."""
    groups = [group for group in evidence.stack.of_type(TARGET_GROUP) if not ids or group.id in ids]
    stated = [attributes_of(group.properties.get("TargetGroupAttributes")) for group in groups]
    return bool(groups) and all(attributes.get("stickiness.enabled") == "true" for attributes in stated)


@dataclass(frozen=True)
class Scaler:
    """What scales the pods of a component: the fewest and the most, and whether it counts the messages of a queue."""

    component: Subject
    least: int
    most: int
    by_backlog: bool


def scalers(evidence: Evidence) -> Iterator[Scaler]:
    """Yield the autoscalers of components that run as pods.

    https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ (read 2026-11-27)
    https://keda.sh/docs/latest/reference/scaledobject-spec/ (read 2026-11-28)
    """
    for file in sorted((evidence.folder / "kubernetes" / "base").glob("*.yaml")):
        for manifest in yaml.safe_load_all(file.read_text("utf-8")):
            fields = SCALING_KINDS.get((manifest or {}).get("kind", ""))
            component = component_of(evidence.requirements, str(manifest["metadata"]["name"])) if fields else None
            if component is not None and fields:
                spec = manifest["spec"]
                counts = any(one["type"] == QUEUE_TRIGGER for one in spec.get("triggers", ()))
                yield Scaler(component, int(spec[fields[0]]), int(spec[fields[1]]), counts)


def requests_at_once(program: str) -> int:
    """Return the number of concurrent requests of a program, or of messages if it takes them from a queue."""
    if reads_queue(program):
        consumers = _CONSUMERS.search(program)
        return int(consumers[1]) if consumers and _STARTED.search(program) else 1
    threads = _THREADS.search(program)
    return int(threads[1]) if threads else OPEN_SERVER


def reads_queue(program: str) -> bool:
    """Return whether a program takes messages from a queue."""
    return bool(_QUEUE_READER.search(program))


def takes_work(program: str) -> bool:
    """Return whether a program answers callers or takes messages; one that works by itself is handed nothing."""
    return bool(_SERVER.search(program)) or reads_queue(program)


def program_text(evidence: Evidence, component: str) -> str:
    """Return the text of a component's program as it is emitted, in Python or TypeScript."""
    files = [
        file for file in sorted(evidence.folder.rglob("*"))
        if file.suffix in (".py", ".ts") and component in file.parent.parts and "node_modules" not in file.parts
        and "tests" not in file.relative_to(evidence.folder).parts
    ]  # fmt: skip
    return "\n".join(file.read_text("utf-8") for file in files)


def _metrics(configuration: Mapping[str, Any]) -> Iterator[str]:
    predefined = configuration.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType")
    if predefined:
        yield str(predefined)
    custom = configuration.get("CustomizedMetricSpecification", {})
    for query in custom.get("Metrics", ()):
        if "MetricStat" in query:
            yield str(query["MetricStat"]["Metric"]["MetricName"])
    if "MetricName" in custom:
        yield str(custom["MetricName"])


def _referred(resource: Resource, evidence: Evidence, type: str) -> list[str]:
    known = evidence.stack.resources
    return sorted(id for id in named(dict(resource.properties)) if id in known and known[id].type == type)
