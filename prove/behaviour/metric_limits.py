"""The highest value that a metric can have by the settings of its resource, in the unit of the metric.

* An invocation lasts as long as the function's timeout at most, an execution as long as that of its state machine, a
  durable execution as its execution timeout (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html,
  https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html, read 2026-11-27).
* API Gateway answers 504 after the timeout of the integration, AppSync after 30 seconds, an Application Load Balancer
  when its target has sent nothing for the idle timeout
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html,
  https://docs.aws.amazon.com/general/latest/gr/appsync.html,
  https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, read 2026-11-27).
* A message is deleted after the retention period of its queue, a record after that of its stream. A queue takes
  messages of 1 MiB, a topic of 256 KiB (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html,
  https://docs.aws.amazon.com/general/latest/gr/sns.html, read 2026-11-27).
* A function runs as often at once as is reserved for it, or as the account has by default: 1,000 times
  (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, read 2026-11-27).
* A pod that Kubernetes replaces instead of restarting (`restartPolicy: Never`) counts no restarts
  (https://kubernetes.io/docs/concepts/workloads/controllers/job/#handling-pod-and-container-failures, read 2026-11-27).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from prove.behaviour.database_limits import connections
from prove.behaviour.dead_letters import KEPT_S
from prove.behaviour.evidence import Evidence
from prove.behaviour.hand_overs import FUNCTION
from prove.behaviour.references import allows, named, policy_of, principals, resource_named
from prove.readback import Stack
from prove.readback.stack import Resource

MS, HOUR_S = 1000, 3600
LAMBDA_S, EXECUTION_S, IDLE_S, DURABLE_S = 3, 31536000, 60, 31622400
HTTP_MS, REST_MS, APPSYNC_MS = 30000, 29000, 30000
MESSAGE_BYTES, TOPIC_BYTES = 1048576, 262144
CONCURRENT = 1000
KINESIS_H = 24


def highest(evidence: Evidence, alarm: Resource, resource: Resource | None) -> float | None:
    """Return the highest value that the metric of an alarm can have, or None if no setting limits it."""
    metric = str(alarm.properties.get("MetricName"))
    if metric == "pod_number_of_container_restarts":
        return _restarts(evidence, str((alarm.properties.get("Dimensions") or {}).get("PodName")))
    limit = _LIMITS.get((str(alarm.properties.get("Namespace")), metric))
    return None if limit is None or resource is None else limit(evidence.stack, resource)


def _number(resource: Resource, name: str, default: float) -> float:
    value = str(resource.properties.get(name, default))
    return float(value) if value.replace(".", "", 1).isdigit() else float("inf")  # a parameter may be set to anything


def _duration(_: Stack, function: Resource) -> float:
    return MS * _number(function, "Timeout", LAMBDA_S)


def _durable(_: Stack, function: Resource) -> float:
    return MS * float(function.properties.get("DurableConfig", {}).get("ExecutionTimeout", DURABLE_S))


def _concurrency(_: Stack, function: Resource) -> float:
    return _number(function, "ReservedConcurrentExecutions", CONCURRENT)


def _execution(_: Stack, machine: Resource) -> float:
    definition = machine.properties.get("Definition") or {}
    longest = 300 if machine.properties.get("StateMachineType") == "EXPRESS" else EXECUTION_S
    return MS * float(definition.get("TimeoutSeconds", longest) if isinstance(definition, dict) else longest)


def _age(_: Stack, queue: Resource) -> float:
    return _number(queue, "MessageRetentionPeriod", KEPT_S)


def _message(stack: Stack, queue: Resource) -> float:
    """Return the largest message of a queue; SNS alone puts smaller ones into it."""
    statements = policy_of(stack, "AWS::SQS::QueuePolicy", "Queues", queue.id)
    services = {name for statement in statements for name in principals(statement, "Service")}
    others = any(principals(statement, "AWS") for statement in statements)
    senders = any(
        allows(statement, "sqs:SendMessage") and queue.id in named(statement["Resource"])
        for role in stack.of_type("AWS::IAM::Role")
        for statement in role.properties.get("Statements", ())
    )
    from_topics = services == {"sns.amazonaws.com"} and not others and not senders
    return TOPIC_BYTES if from_topics else _number(queue, "MaximumMessageSize", MESSAGE_BYTES)


def _iterator(_: Stack, stream: Resource) -> float:
    return MS * HOUR_S * _number(stream, "RetentionPeriodHours", KINESIS_H)


def _balanced(_: Stack, balancer: Resource) -> float:
    attributes = balancer.properties.get("LoadBalancerAttributes") or {}
    return float(attributes.get("idle_timeout.timeout_seconds", IDLE_S)) if isinstance(attributes, dict) else IDLE_S


def _api(stack: Stack, api: Resource) -> float:
    """Return the latest answer of an API: the longest of its integrations, which a function may end sooner."""
    if api.type == "AWS::ApiGateway::RestApi":
        methods = (api.properties.get("Methods") or {}).values()
        integrations = [method.get("Integration") or {} for method in methods]
        return _longest(stack, (one for one in integrations if one.get("Type") != "MOCK"), "Uri", REST_MS)
    made = stack.of_type("AWS::ApiGatewayV2::Integration")
    own = [dict(one.properties) for one in made if api.id in named(one.properties["ApiId"])]
    return _longest(stack, own, "IntegrationUri", HTTP_MS)


def _longest(stack: Stack, integrations: Iterable[Mapping[str, Any]], uri: str, default: int) -> float:
    times = []
    for integration in integrations:
        function = resource_named(stack, integration.get(uri), FUNCTION)
        own = float(integration.get("TimeoutInMillis", default))
        times.append(own if function is None else min(own, _duration(stack, function)))
    return max(times, default=float(default))


def _graphql(stack: Stack, api: Resource) -> float:
    sources = [s for s in stack.of_type("AWS::AppSync::DataSource") if api.id in named(s.properties["ApiId"])]
    functions = [resource_named(stack, s.properties.get("LambdaConfig"), FUNCTION) for s in sources]
    times = [APPSYNC_MS if function is None else _duration(stack, function) for function in functions]
    return min(APPSYNC_MS, max(times, default=APPSYNC_MS))


def _percent(_: Stack, __: Resource) -> float:
    return 100


def _storage(_: Stack, database: Resource) -> float:
    return _number(database, "AllocatedStorage", 20) * 2**30


def _restarts(evidence: Evidence, pod: str) -> float | None:
    """Return 0 for a pod whose containers are never restarted; nothing limits the others."""
    for path in sorted(evidence.folder.glob("kubernetes/base/*.yaml")):
        for manifest in yaml.safe_load_all(path.read_text("utf-8")):
            if isinstance(manifest, dict) and manifest.get("kind") in ("CronJob", "Job"):
                name = manifest["metadata"]["name"]
                if name == pod and "'restartPolicy': 'Never'" in str(manifest["spec"]):
                    return 0
    return None


_LIMITS: Mapping[tuple[str, str], Callable[[Stack, Resource], float | None]] = {
    ("AWS/Lambda", "Duration"): _duration,
    ("AWS/Lambda", "DurableExecutionDuration"): _durable,
    ("AWS/Lambda", "ConcurrentExecutions"): _concurrency,
    ("AWS/States", "ExecutionTime"): _execution,
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): _age,
    ("AWS/SQS", "SentMessageSize"): _message,
    ("AWS/SNS", "PublishSize"): lambda _, __: TOPIC_BYTES,
    ("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds"): _iterator,
    ("AWS/ApplicationELB", "TargetResponseTime"): _balanced,
    ("AWS/ApiGateway", "Latency"): _api,
    ("AWS/ApiGateway", "IntegrationLatency"): _api,
    ("AWS/AppSync", "Latency"): _graphql,
    ("AWS/ECS", "CPUUtilization"): _percent,
    ("AWS/ECS", "MemoryUtilization"): _percent,
    ("AWS/RDS", "CPUUtilization"): _percent,
    ("AWS/RDS", "ACUUtilization"): _percent,
    ("AWS/RDS", "FreeStorageSpace"): _storage,
    ("AWS/RDS", "DatabaseConnections"): connections,
}
