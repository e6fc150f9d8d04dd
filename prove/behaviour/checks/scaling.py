"""Scaling works: its metric is emitted, its target is below the capacity of a copy, and there is room for new copies.

* A target-tracking policy adds copies once its metric is above the target, and waits for the cooldown after each step; for
  ECS the cooldown is 300 seconds where nothing is stated
  (https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html and
  https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html, read
  2026-11-27).
* A metric of `ECS/ContainerInsights` is sent by clusters with Container Insights alone
  (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html, read 2026-11-27).
* An autoscaler of Kubernetes compares the use of CPU with the request of the container: without one it does nothing
  (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/, read 2026-11-27), and without the
  Metrics Server, which EKS does not install (https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html, read
  2026-11-28), neither.
* KEDA reads the backlog of a queue under the role of its operator
  (https://keda.sh/docs/latest/scalers/aws-sqs/, read 2026-11-28).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hosts import HOSTS, hosts_of, tasks_on
from prove.behaviour.manifests import manifests
from prove.behaviour.references import ids_in, named
from prove.behaviour.services import POLICY, QUEUE_TRIGGER, SCALING_KINDS, RunningService, counts_tasks, services
from prove.readback.stack import Resource

CLUSTER, INSIGHTS = "AWS::ECS::Cluster", "ECS/ContainerInsights"
KUBERNETES, METRICS_SERVER = "AWS::EKS::Cluster", "metrics-server"
#: KEDA: how it takes a role, the service account of its operator, and what that needs of a queue.
ACCESS, OPERATOR, READS = "TriggerAuthentication", "keda-operator", "sqs:GetQueueAttributes"
PER_TARGET = "ALBRequestCountPerTarget"
#: The longest time between two steps outwards: what Application Auto Scaling takes for ECS by itself.
LONGEST_COOLDOWN_S = 300
#: A message of a queue waits no longer for a task at a steady load.
LONGEST_WAIT_S = 60
Manifest = Mapping[str, Any]


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield causes that prevent a program from scaling with its load."""
    for service in services(evidence):
        for policy in service.policies:
            yield from _policy(service, policy)
        yield from _hosts(service)
    yield from _signals(evidence)
    yield from _autoscalers(evidence)


def _tracking(policy: Resource) -> Mapping[str, Any]:
    tracking: Mapping[str, Any] = policy.properties.get("TargetTrackingScalingPolicyConfiguration", {})
    return tracking


def _policy(service: RunningService, policy: Resource) -> Iterator[Problem]:
    tracking = _tracking(policy)
    cooldown = float(tracking.get("ScaleOutCooldown", LONGEST_COOLDOWN_S))
    if cooldown > LONGEST_COOLDOWN_S:
        message = f"After each step outwards the policy waits {cooldown:g} s, while the load goes on."
        yield Problem("slow-scaling", policy.id, message, POLICY)
    yield from _late_for_backlog(service, policy)
    predefined = tracking.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType")
    typical = service.load.typical_s
    if predefined == PER_TARGET and typical:
        # By Little's law: what is answered at once ÷ the time of each answer, in a minute.
        carried, target = 60 * service.at_once / typical, float(tracking["TargetValue"])
        if target > carried:
            message = f"The policy adds a task at {target:g} requests a minute for each; one answers {carried:g}."
            yield Problem("late-signal", policy.id, message, POLICY)


def _late_for_backlog(service: RunningService, policy: Resource) -> Iterator[Problem]:
    """The backlog of a task at which there are more waits no longer than a minute, or a message takes."""
    tracking, typical = _tracking(policy), service.load.typical_s
    if not (service.reads_queue and typical and "CustomizedMetricSpecification" in tracking):
        return
    waits = float(tracking["TargetValue"]) * typical / service.at_once
    if waits > max(LONGEST_WAIT_S, typical):
        message = (
            f"The policy adds a task when messages wait for {waits:g} s, as a task processes {service.at_once} at once."
        )
        yield Problem("late-signal", policy.id, message, POLICY)


def _signals(evidence: Evidence) -> Iterator[Problem]:
    """Yield policies that wait for a metric of Container Insights, which their cluster does not send."""
    stack = evidence.stack
    dark = {cluster.id for cluster in stack.of_type(CLUSTER) if not counts_tasks(cluster)}
    for policy in stack.of_type(POLICY):
        metrics = _tracking(policy).get("CustomizedMetricSpecification", {}).get("Metrics", ())
        for metric in (query["MetricStat"]["Metric"] for query in metrics if "MetricStat" in query):
            clusters = named(metric.get("Dimensions", {})) & dark
            if metric["Namespace"] == INSIGHTS and clusters:
                message = f"It needs {metric['MetricName']}, which {sorted(clusters)[0]} does not send."
                yield Problem("signal-not-sent", policy.id, message, POLICY)


def _hosts(service: RunningService) -> Iterator[Problem]:
    """The instances of a capacity provider carry all tasks: on each, as many as its CPU, memory and interfaces allow."""
    found = hosts_of(service)
    if found is None:
        return
    on_one = tasks_on(found)
    if not on_one:
        message = f"A task takes {found.cpu:g} vCPU and {found.memory_mib:g} MiB; an instance has no room for one."
        yield Problem("no-host-fits", service.resource.id, message, service.resource.type)
    elif on_one * found.most < service.most:
        message = f"{service.most} tasks are to run; {found.most} instances carry {on_one} each."
        yield Problem("few-hosts", found.group.id, message, HOSTS)


def _autoscalers(evidence: Evidence) -> Iterator[Problem]:
    workloads = {
        (str(one["kind"]), str(one["metadata"]["name"])): one["spec"]["template"]["spec"]["containers"]
        for one in manifests(evidence)
        if one["kind"] in ("Deployment", "StatefulSet")
    }
    scaled: dict[tuple[str, str], str] = {}
    for autoscaler in (one for one in manifests(evidence) if one["kind"] in SCALING_KINDS):
        name, reference = str(autoscaler["metadata"]["name"]), autoscaler["spec"]["scaleTargetRef"]
        target, place = (str(reference["kind"]), str(reference["name"])), f"kubernetes: {name}"
        if target in scaled or target not in workloads:
            why = f"{scaled[target]} scales as well" if target in scaled else "no manifest has"
            yield Problem("other-target", place, f"It scales {target[0]} {target[1]}, which {why}.", "eks")
        scaled[target] = name
        for message in _not_sent(evidence, autoscaler, workloads.get(target, [])):
            yield Problem("signal-not-sent", place, message, "eks")


def _not_sent(evidence: Evidence, autoscaler: Manifest, containers: list[Manifest]) -> Iterator[str]:
    """Yield why an autoscaler does not learn the load that it scales by."""
    for metric in autoscaler["spec"].get("metrics", ()):
        resource = metric.get("resource", {})
        if resource and not _reports_resources(evidence):
            yield f"It compares {resource['name']}, and the cluster has no Metrics Server to report it."
        if resource.get("target", {}).get("type") != "Utilization":
            continue
        if not all(_requests(container, resource["name"]) for container in containers):
            yield f"It compares {resource['name']} with a request that the containers do not make."
    for trigger in autoscaler["spec"].get("triggers", ()):
        if trigger["type"] == QUEUE_TRIGGER:
            yield from _backlog_not_read(evidence, trigger, str(autoscaler["metadata"]["name"]))


def _reports_resources(evidence: Evidence) -> bool:
    """Whether a cluster of the stack has the Metrics Server; of one that exists, the stack says nothing."""
    addons = {addon.properties["AddonName"] for addon in evidence.stack.of_type("AWS::EKS::Addon")}
    return METRICS_SERVER in addons or not evidence.stack.of_type(KUBERNETES)


def _backlog_not_read(evidence: Evidence, trigger: Manifest, name: str) -> Iterator[str]:
    """Yield why KEDA cannot count the messages: it takes no role, knows no queue, or may not read it."""
    access = {str(one["metadata"]["name"]): one["spec"] for one in manifests(evidence) if one["kind"] == ACCESS}
    asked = access.get(str(trigger.get("authenticationRef", {}).get("name")), {})
    if asked.get("podIdentity", {}).get("provider") != "aws":
        yield "It names no TriggerAuthentication by which KEDA takes its role."
    known = {
        str(one["metadata"]["name"]): one.get("data", {}) for one in manifests(evidence) if one["kind"] == "ConfigMap"
    }
    if trigger["metadata"].get("queueURLFromEnv") not in known.get(name, {}):
        yield "It reads the queue's URL from a variable that the program does not have."
    stack = evidence.stack
    if not stack.of_type(KUBERNETES):
        return
    roles = [role for role in stack.of_type("AWS::IAM::Role") if OPERATOR in str(role.properties)]
    for association in stack.of_type("AWS::EKS::PodIdentityAssociation"):
        if association.properties["ServiceAccount"] == OPERATOR:
            roles += [stack.resources[id] for id in ids_in(association.properties["RoleArn"])]
    if not any(READS in str(role.properties) for role in roles):
        yield "KEDA's operator has no role that may read the queue's attributes."


def _requests(container: Mapping[str, Any], name: str) -> bool:
    resources = container.get("resources", {})
    # A limit counts as the request where none is stated.
    return name in resources.get("requests", {}) or name in resources.get("limits", {})
