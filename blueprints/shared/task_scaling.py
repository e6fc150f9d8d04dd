"""Service auto scaling of ECS: the bounds of a service, and the metric that its number of tasks follows."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.shared.load_balancing import target_group_id
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, Value, joined

TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
DIMENSION = "ecs:service:DesiredCount"
CPU = "ECSServiceAverageCPUUtilization"
REQUESTS = "ALBRequestCountPerTarget"
#: Tasks start a minute after the load grew, and stop when it has been lower for five.
SCALE_OUT_S, SCALE_IN_S = 60, 300
_QUEUED = "AWS/SQS"
#: Published by Container Insights, which the cluster has on.
_TASKS = "ECS/ContainerInsights"


def scales(node: Node) -> bool:
    """Return whether a service has more tasks at one time than at another."""
    return settings.number(node, "most_tasks") > settings.number(node, "desired_count")


def add_scaling(scope: Scope, node: Node, service: str, cluster: Value) -> None:
    """Add the scaling of a service: its bounds, and the policy by which it follows requests, a backlog or its CPU."""
    target: Json = {
        "ServiceNamespace": "ecs",
        "ScalableDimension": DIMENSION,
        "ResourceId": joined("service/", cluster, "/", Att(service, "Name")),
        "MinCapacity": settings.number(node, "desired_count"),
        "MaxCapacity": settings.number(node, "most_tasks"),
    }
    id = f"{scope.name(node.id)}Scaling"
    scope.add(id, TARGET, target, node=node.id)
    name, configuration = _followed(scope, node, service, cluster)
    policy = {
        "PolicyName": name,
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": Ref(id),
        "TargetTrackingScalingPolicyConfiguration": {
            **configuration,
            "ScaleInCooldown": SCALE_IN_S,
            "ScaleOutCooldown": SCALE_OUT_S,
        },
    }
    scope.add(f"{id}Policy", POLICY, policy, node=node.id)


def _followed(scope: Scope, node: Node, service: str, cluster: Value) -> tuple[str, Json]:
    """Return the name of a policy and what it follows."""
    if requests := settings.number(node, "requests_per_task"):
        edge = _entering(scope, node, "invoke", "alb")
        metric: Json = {"PredefinedMetricType": REQUESTS, "ResourceLabel": _label(scope, edge)}
        return "requests", {"PredefinedMetricSpecification": metric, "TargetValue": requests}
    if backlog := settings.number(node, "backlog_per_task"):
        edge = _entering(scope, node, "consume", "sqs")
        queries = _backlog(scope.of(edge.source, "name"), cluster, Att(service, "Name"))
        return "backlog", {"CustomizedMetricSpecification": {"Metrics": queries}, "TargetValue": backlog}
    metric = {"PredefinedMetricType": CPU}
    return "cpu", {"PredefinedMetricSpecification": metric, "TargetValue": settings.number(node, "cpu_percent")}


def _entering(scope: Scope, node: Node, verb: str, service: str) -> Edge:
    edges = scope.architecture.entering(node.id, verb)
    return next(edge for edge in edges if scope.architecture.node(edge.source).service.startswith(service))


def _label(scope: Scope, edge: Edge) -> Value:
    """Return the load balancer and the target group as this metric names them."""
    group = Att(target_group_id(scope, edge), "TargetGroupFullName")
    return joined(Att(scope.name(edge.source), "LoadBalancerFullName"), "/", group)


def _backlog(queue: Value, cluster: Value, service: Value) -> list[Json]:
    """Return messages that wait or are worked on, for each task that runs.

    Those in work count: else tasks would stop as soon as nothing waits, in the middle of long messages.
    """
    of_queue = [{"Name": "QueueName", "Value": queue}]
    of_service = [{"Name": "ClusterName", "Value": cluster}, {"Name": "ServiceName", "Value": service}]
    return [
        _query("waiting", _QUEUED, "ApproximateNumberOfMessagesVisible", "Sum", of_queue),
        _query("working", _QUEUED, "ApproximateNumberOfMessagesNotVisible", "Sum", of_queue),
        _query("tasks", _TASKS, "RunningTaskCount", "Average", of_service),
        {
            "Id": "backlog",
            "Expression": "(waiting + working) / tasks",
            "Label": "Messages per task",
            "ReturnData": True,
        },
    ]


def _query(id: str, namespace: str, metric: str, statistic: str, dimensions: list[Json]) -> Json:
    named = {"Namespace": namespace, "MetricName": metric, "Dimensions": dimensions}
    return {"Id": id, "MetricStat": {"Metric": named, "Stat": statistic}, "ReturnData": False}
