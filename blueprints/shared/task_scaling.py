"""Service auto scaling of ECS: the bounds of a service, and the metric that its number of tasks follows."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.shared.load_balancing import target_group_id
from blueprints.stack.scope import Json, Scope
from blueprints.values import Att, Ref, Value, joined

TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
ALARM = "AWS::CloudWatch::Alarm"
DIMENSION = "ecs:service:DesiredCount"
CPU = "ECSServiceAverageCPUUtilization"
REQUESTS = "ALBRequestCountPerTarget"
#: Tasks start a minute after the load grew, and stop when it has been lower for five.
SCALE_OUT_S, SCALE_IN_S = 60, 300
#: The alarm for the first task may stay on for five minutes after that has started.
WAKE_S = 600
_WAKES = Text(
    "Starts the first task of the service: messages are waiting, and the service has no task.",
    "サービスの最初のタスクを起動します（待機中のメッセージがあり、タスクがない状態）。",
)
_QUEUED = "AWS/SQS"
_PER_TASK = "(waiting + FILL(working, 0)) / tasks"
#: Published by Container Insights, which the cluster has on; of an existing cluster, the parameter with its name says so.
_TASKS = "ECS/ContainerInsights"


def scales(node: Node) -> bool:
    """Return whether a service has more tasks at one time than at another."""
    return settings.number(node, "most_tasks") > settings.number(node, "desired_count")


def add_scaling(scope: Scope, node: Node, service: str, cluster: Value) -> None:
    """Add the scaling of a service: its bounds, and the policy by which it follows a backlog or its CPU.

    What follows the requests of a load balancer does so only once a listener uses its target group (`follow_requests`).
    """
    target: Json = {
        "ServiceNamespace": "ecs",
        "ScalableDimension": DIMENSION,
        "ResourceId": joined("service/", cluster, "/", Att(service, "Name")),
        "MinCapacity": settings.number(node, "desired_count"),
        "MaxCapacity": settings.number(node, "most_tasks"),
    }
    scope.add(_id(scope, node), TARGET, target, node=node.id)
    if settings.number(node, "requests_per_task"):
        return
    if backlog := settings.number(node, "backlog_per_task"):
        queries = _backlog(scope.of(_queue(scope, node), "name"), cluster, Att(service, "Name"))
        if settings.scales_to_zero(node):
            _wake(scope, node, queries)
            queries = _kept_while_active(queries, backlog)
        _policy(scope, node, "backlog", {"CustomizedMetricSpecification": {"Metrics": queries}}, backlog)
    else:
        metric = {"PredefinedMetricType": CPU}
        _policy(scope, node, "cpu", {"PredefinedMetricSpecification": metric}, settings.number(node, "cpu_percent"))


def _wake(scope: Scope, node: Node, queries: list[Json]) -> None:
    """Start the first task of a service that has none: target tracking divides by the number of tasks, so it cannot.

    The alarm is on while messages wait and the service is to have no task. Two of five minutes tell: metrics may be late.
    """
    id = f"{_id(scope, node)}Wake"
    policy = {
        "PolicyName": "first-task",
        "PolicyType": "StepScaling",
        "ScalingTargetId": Ref(_id(scope, node)),
        "StepScalingPolicyConfiguration": {
            "AdjustmentType": "ChangeInCapacity",
            "Cooldown": WAKE_S,
            "MetricAggregationType": "Maximum",
            "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
        },
    }
    scope.add(f"{id}Policy", POLICY, policy, node=node.id)
    stats = {query["Id"]: query["MetricStat"] | {"Period": 60} for query in queries if "MetricStat" in query}
    desired = stats["tasks"] | {"Metric": stats["tasks"]["Metric"] | {"MetricName": "DesiredTaskCount"}}
    alarm = {
        "AlarmDescription": _WAKES.in_(scope.lang),
        "Metrics": [
            {"Id": "waiting", "MetricStat": stats["waiting"], "ReturnData": False},
            {"Id": "desired", "MetricStat": desired, "ReturnData": False},
            {
                "Id": "unattended",
                "Expression": "IF(FILL(desired, 0) < 1, waiting, 0)",
                "Label": "Messages waiting while the service has no task",
                "ReturnData": True,
            },
        ],
        "EvaluationPeriods": 5,
        "DatapointsToAlarm": 2,
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [Ref(f"{id}Policy")],
    }
    scope.add(f"{id}Alarm", ALARM, alarm, node=node.id)


def follow_requests(scope: Scope, node: Node, edge: Edge) -> None:
    """Add the policy by which a service follows the requests of its load balancer, where it does."""
    requests = settings.number(node, "requests_per_task")
    if requests and scales(node):
        group = Att(target_group_id(scope, edge), "TargetGroupFullName")
        label = joined(Att(scope.name(edge.source), "LoadBalancerFullName"), "/", group)
        metric = {"PredefinedMetricType": REQUESTS, "ResourceLabel": label}
        _policy(scope, node, "requests", {"PredefinedMetricSpecification": metric}, requests)


def _id(scope: Scope, node: Node) -> str:
    return f"{scope.name(node.id)}Scaling"


def _policy(scope: Scope, node: Node, name: str, metric: Json, value: int) -> None:
    id = _id(scope, node)
    cooldowns = {"ScaleInCooldown": SCALE_IN_S, "ScaleOutCooldown": SCALE_OUT_S}
    policy = {
        "PolicyName": name,
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": Ref(id),
        "TargetTrackingScalingPolicyConfiguration": {**metric, "TargetValue": value, **cooldowns},
    }
    scope.add(f"{id}Policy", POLICY, policy, node=node.id)


def _queue(scope: Scope, node: Node) -> str:
    """Return the queue that a worker takes its messages from."""
    sources = [edge.source for edge in scope.architecture.entering(node.id, "consume")]
    return next(source for source in sources if scope.architecture.node(source).service.startswith("sqs"))


def _backlog(queue: Value, cluster: Value, service: Value) -> list[Json]:
    """Return messages that wait or are worked on, for each task that runs.

    Those in work count: else tasks would stop as soon as nothing waits, in the middle of long messages. SQS sends no number of
    them where there is none:
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    (read 2026-11-29).
    """
    of_queue = [{"Name": "QueueName", "Value": queue}]
    of_service = [{"Name": "ClusterName", "Value": cluster}, {"Name": "ServiceName", "Value": service}]
    return [
        _query("waiting", _QUEUED, "ApproximateNumberOfMessagesVisible", "Sum", of_queue),
        _query("working", _QUEUED, "ApproximateNumberOfMessagesNotVisible", "Sum", of_queue),
        _query("tasks", _TASKS, "RunningTaskCount", "Average", of_service),
        {
            "Id": "backlog",
            "Expression": _PER_TASK,
            "Label": "Messages per task",
            "ReturnData": True,
        },
    ]


def _kept_while_active(queries: list[Json], target: int) -> list[Json]:
    """Return the backlog for each task, which for the last task is the target in each minute with a message.

    Target tracking scales in after 15 minutes below some 90 % of its target: without this, a little work would not keep the
    last task.
    """
    waiting, expression = queries[0]["MetricStat"], queries[-1]
    taken = waiting | {"Metric": waiting["Metric"] | {"MetricName": "NumberOfMessagesReceived"}}
    active = "(waiting + FILL(working, 0) + FILL(taken, 0) > 0)"
    few = f"({_PER_TASK} < {target}) * (tasks < 2)"
    return [
        *queries[:-1],
        {"Id": "taken", "MetricStat": taken, "ReturnData": False},
        {**expression, "Expression": f"IF({active} * {few}, {target}, {_PER_TASK})"},
    ]


def _query(id: str, namespace: str, metric: str, statistic: str, dimensions: list[Json]) -> Json:
    named = {"Namespace": namespace, "MetricName": metric, "Dimensions": dimensions}
    return {"Id": id, "MetricStat": {"Metric": named, "Stat": statistic}, "ReturnData": False}
