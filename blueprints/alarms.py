"""Alarms: what tells a team that a part has stopped doing its work, by service, as data for every target."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.architecture import Architecture, Node
from advisor.text import Text, spaced
from blueprints import settings
from blueprints.durable import DURABLE, durable
from blueprints.environment import Ref

Statistic = Literal["Sum", "Maximum", "Average", "Minimum"]


@dataclass(frozen=True, slots=True)
class Alarm:
    """One CloudWatch alarm: it fires when the statistic is above `above` for `periods` periods of `period_s`.

    `expires`: it does not tell of a fault, but that the answer on which a decision rests is about to change.
    """

    name: str
    node: str
    description: Text
    namespace: str
    metric: str
    dimensions: tuple[tuple[str, Ref], ...]
    statistic: Statistic
    period_s: int
    periods: int
    above: float
    expires: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    end: str
    metric: str
    statistic: Statistic
    above: float
    words: Text
    periods: int = 1
    period_s: int = 300


_ERRORS = Text("{} fails", "{}が失敗している")
_THROTTLES = Text("{} is throttled", "{}がスロットリングされている")
_TIMED_OUT = Text("{} timed out", "{}がタイムアウトした")
_SERVER_ERRORS = Text("{} answers with server errors", "{}がサーバーエラーを返している")
_STUCK = Text("Messages wait too long in {}", "{}でメッセージが滞留している")
_DEAD = Text("Messages have failed for good: {}", "処理できなかったメッセージがある: {}")

#: Service -> namespace, dimensions (name, attribute of the node), rows.
_TABLE: Mapping[str, tuple[str, tuple[tuple[str, str], ...], tuple[_Row, ...]]] = {
    # How long a message may wait follows from the queue's own settings: see `_age`.
    "sqs": ("AWS/SQS", (("QueueName", "name"),), ()),
    "lambda": (
        "AWS/Lambda",
        (("FunctionName", "name"),),
        (
            _Row("ErrorsAlarm", "Errors", "Sum", 0, _ERRORS),
            _Row("ThrottlesAlarm", "Throttles", "Sum", 0, _THROTTLES),
        ),
    ),
    # A durable function's invocations and its executions are counted apart: one run can be many invocations.
    DURABLE: (
        "AWS/Lambda",
        (("FunctionName", "name"),),
        (
            _Row("FailedAlarm", "DurableExecutionFailed", "Sum", 0, _ERRORS),
            _Row("TimedOutAlarm", "DurableExecutionTimedOut", "Sum", 0, _TIMED_OUT),
            _Row("ErrorsAlarm", "Errors", "Sum", 0, Text("Invocations of {} fail", "{}の呼び出しが失敗している")),
            _Row("ThrottlesAlarm", "Throttles", "Sum", 0, _THROTTLES),
        ),
    ),
    "dead-letter-queue": (
        "AWS/SQS",
        (("QueueName", "name"),),
        (_Row("Alarm", "ApproximateNumberOfMessagesVisible", "Maximum", 0, _DEAD, period_s=60),),
    ),
    "step-functions-standard": (
        "AWS/States",
        (("StateMachineArn", "arn"),),
        (
            _Row("FailedAlarm", "ExecutionsFailed", "Sum", 0, _ERRORS),
            _Row("TimedOutAlarm", "ExecutionsTimedOut", "Sum", 0, _TIMED_OUT),
        ),
    ),
    "api-gateway-http": (
        "AWS/ApiGateway",
        (("ApiId", "id"),),
        (_Row("ServerErrorsAlarm", "5xx", "Sum", 5, _SERVER_ERRORS),),
    ),
    "api-gateway-rest": (
        "AWS/ApiGateway",
        (("ApiName", "name"), ("Stage", "stage")),
        (_Row("ServerErrorsAlarm", "5XXError", "Sum", 5, _SERVER_ERRORS),),
    ),
    "api-gateway-websocket": (
        "AWS/ApiGateway",
        (("ApiId", "id"), ("Stage", "stage")),
        (_Row("ServerErrorsAlarm", "IntegrationError", "Sum", 5, _SERVER_ERRORS),),
    ),
    "appsync-events": (
        "AWS/AppSync",
        (("EventAPIId", "id"),),
        (_Row("ServerErrorsAlarm", "5XXError", "Sum", 5, _SERVER_ERRORS),),
    ),
    "appsync": (
        "AWS/AppSync",
        (("GraphQLAPIId", "id"),),
        (_Row("ServerErrorsAlarm", "5XXError", "Sum", 5, _SERVER_ERRORS),),
    ),
    "alb": (
        "AWS/ApplicationELB",
        (("LoadBalancer", "full-name"),),
        (
            _Row("ServerErrorsAlarm", "HTTPCode_ELB_5XX_Count", "Sum", 5, _SERVER_ERRORS),
            _Row("TargetErrorsAlarm", "HTTPCode_Target_5XX_Count", "Sum", 5, _SERVER_ERRORS),
        ),
    ),
    "nlb": (
        "AWS/NetworkELB",
        (("LoadBalancer", "full-name"), ("TargetGroup", "target-group")),
        (
            _Row(
                "UnhealthyAlarm",
                "UnHealthyHostCount",
                "Maximum",
                0,
                Text("{} has targets that do not answer", "{}の転送先が応答していない"),
                3,
                60,
            ),
        ),
    ),
    "firehose": (
        "AWS/Firehose",
        (("DeliveryStreamName", "name"),),
        (
            _Row(
                "FreshnessAlarm",
                "DeliveryToS3.DataFreshness",
                "Maximum",
                1800,
                Text("Records wait too long in {}", "{}でレコードが滞留している"),
            ),
        ),
    ),
    "rds": (
        "AWS/RDS",
        (("DBInstanceIdentifier", "name"),),
        (_Row("CpuAlarm", "CPUUtilization", "Average", 85, Text("{} is short of CPU", "{}の CPU が不足している"), 3),),
    ),
    "aurora-dsql": (
        "AWS/AuroraDSQL",
        (("ClusterId", "name"),),
        (
            _Row(
                "TimeoutsAlarm",
                "QueryTimeouts",
                "Sum",
                0,
                Text("Transactions of {} take too long", "{}のトランザクションが時間切れになっている"),
            ),
            _Row(
                "ConflictsAlarm",
                "OccConflicts",
                "Sum",
                100,
                Text("Transactions of {} get into each other's way", "{}のトランザクションが競合している"),
                3,
            ),
        ),
    ),
    "opensearch-serverless": (
        "AWS/AOSS",
        (("ClientId", "account"), ("CollectionId", "id"), ("CollectionName", "name")),
        (
            _Row(
                "SearchErrorsAlarm",
                "SearchRequestErrors",
                "Sum",
                5,
                Text("Searches of {} fail", "{}の検索が失敗している"),
            ),
            _Row(
                "IngestionErrorsAlarm",
                "IngestionRequestErrors",
                "Sum",
                5,
                Text("{} refuses documents", "{}へのドキュメントの登録が失敗している"),
            ),
        ),
    ),
    "elasticache-serverless": (
        "AWS/ElastiCache",
        (("clusterId", "name"),),
        (
            _Row("ThrottlesAlarm", "ThrottledCmds", "Sum", 0, _THROTTLES),
            _Row(
                "EvictionsAlarm",
                "Evictions",
                "Sum",
                0,
                Text("{} is full and forgets early", "{}が上限に達し、期限前のデータが消えている"),
            ),
        ),
    ),
    "kinesis": (
        "AWS/Kinesis",
        (("StreamName", "name"),),
        (_Row("AgeAlarm", "GetRecords.IteratorAgeMilliseconds", "Maximum", 600_000, _STUCK),),
    ),
    "eventbridge-pipes": (
        "AWS/EventBridge/Pipes",
        (("PipeName", "name"),),
        (_Row("FailedAlarm", "ExecutionFailed", "Sum", 0, _ERRORS),),
    ),
    "sns": (
        "AWS/SNS",
        (("TopicName", "name"),),
        (
            _Row(
                "FailedAlarm",
                "NumberOfNotificationsFailed",
                "Sum",
                0,
                Text("{} cannot deliver", "{}が配信に失敗している"),
            ),
        ),
    ),
    "dynamodb": (
        "AWS/DynamoDB",
        (("TableName", "name"),),
        (
            _Row("ReadThrottlesAlarm", "ReadThrottleEvents", "Sum", 0, _THROTTLES),
            _Row("WriteThrottlesAlarm", "WriteThrottleEvents", "Sum", 0, _THROTTLES),
        ),
    ),
    "aurora-serverless": (
        "AWS/RDS",
        (("DBClusterIdentifier", "name"),),
        (
            _Row(
                "CapacityAlarm",
                "ACUUtilization",
                "Average",
                90,
                Text("{} is at its capacity limit", "{}の容量が上限に近い"),
                3,
            ),
        ),
    ),
    "eks": (
        "ContainerInsights",
        (("ClusterName", "cluster-name"), ("Namespace", "namespace"), ("PodName", "name")),
        (
            _Row(
                "RestartsAlarm",
                "pod_number_of_container_restarts",
                "Maximum",
                3,
                Text("{} keeps restarting", "{}が再起動を繰り返している"),
            ),
        ),
    ),
    "ecs": (
        "AWS/ECS",
        (("ClusterName", "cluster-name"), ("ServiceName", "name")),
        (
            _Row("CpuAlarm", "CPUUtilization", "Average", 85, Text("{} is short of CPU", "{}の CPU が不足している"), 3),
            _Row(
                "MemoryAlarm",
                "MemoryUtilization",
                "Average",
                85,
                Text("{} is short of memory", "{}のメモリが不足している"),
                3,
            ),
        ),
    ),
}
_SAME_AS = {
    "sqs-fifo": "sqs",
    "sns-fifo": "sns",
    "step-functions-express": "step-functions-standard",
    "step-functions-distributed-map": "step-functions-standard",
}
_QUEUE_AGE_LEAST_S = 300
#: Roles whose nodes are called after what they are, such as `endpoint`: several in a stack would be called the same.
_PARTS = ("entry", "workflow", "events")


def alarms_of(architecture: Architecture, names: Mapping[str, str]) -> tuple[Alarm, ...]:
    """Return the alarms of all nodes, in the order of the nodes."""
    found: list[Alarm] = []
    for node in architecture.nodes:
        if node.service in ("sqs", "sqs-fifo"):
            found.append(_age(node, names[node.id]))
        service = family(node)
        if service in _TABLE and not _is_job(node):
            namespace, dimensions, rows = _TABLE[service]
            refs = tuple((name, Ref(node.id, attribute)) for name, attribute in dimensions)
            found += [_made(node, names[node.id], namespace, refs, row) for row in rows]
    return tuple(found)


def checker_alarms(architecture: Architecture, names: Mapping[str, str], entries: Iterable[str]) -> Iterator[Alarm]:
    """Give the alarms of the functions that check who connects to these entries."""
    namespace, _, rows = _TABLE["lambda"]
    for entry in entries:
        node = architecture.node(entry)
        shown = Text(f"The token check of {node.subject}", f"{node.subject}のトークン検証")
        refs = (("FunctionName", Ref(entry, "authorizer-name")),)
        for row in rows:
            yield _alarm(node, f"{names[entry]}Authorizer", namespace, refs, row, shown)


def measured(node: Node) -> tuple[str, tuple[tuple[str, Ref], ...]] | None:
    """Return the namespace of a node's metrics and the dimensions that single it out; None when it has none here."""
    service = family(node)
    if service not in _TABLE:
        return None
    namespace, dimensions, _ = _TABLE[service]
    return namespace, tuple((name, Ref(node.id, attribute)) for name, attribute in dimensions)


def family(node: Node) -> str:
    """Return the service under which a node is measured: a FIFO queue like any queue, a durable function by itself."""
    if durable(node):
        return DURABLE
    return _SAME_AS.get(node.service, node.service)


def _is_job(node: Node) -> bool:
    """A task that runs and ends has no service to watch, and Container Insights sees no pods on Fargate."""
    if node.service == "eks":
        return settings.word(node, "engine") == "eks-fargate"
    return node.service == "ecs" and settings.word(node, "run") not in ("service", "worker")


def _age(node: Node, name: str) -> Alarm:
    """A queue's oldest message may wait as long as two attempts take."""
    limit = max(_QUEUE_AGE_LEAST_S, 2 * settings.number(node, "visibility_timeout_s"))
    row = _Row("AgeAlarm", "ApproximateAgeOfOldestMessage", "Maximum", limit, _STUCK)
    return _made(node, name, "AWS/SQS", (("QueueName", Ref(node.id, "name")),), row)


def _made(node: Node, name: str, namespace: str, refs: tuple[tuple[str, Ref], ...], row: _Row) -> Alarm:
    return _alarm(node, name, namespace, refs, row, _shown(node))


def _shown(node: Node) -> Text:
    if node.service == "dead-letter-queue":
        return Text(f"{node.subject} ({node.title.en})", f"{node.subject}（{node.title.ja}）")
    if node.role in _PARTS:
        return Text(f"The {node.note.en} of {node.subject}", f"{node.subject}の{node.note.ja}")
    return Text(node.note.en or node.title.en, node.note.ja or node.title.ja)


def _alarm(node: Node, name: str, namespace: str, refs: tuple[tuple[str, Ref], ...], row: _Row, shown: Text) -> Alarm:
    words = spaced(Text(row.words.en.replace("{}", shown.en), row.words.ja.replace("{}", shown.ja)))
    return Alarm(
        f"{name}{row.end}",
        node.id,
        words,
        namespace,
        row.metric,
        refs,
        row.statistic,
        row.period_s,
        row.periods,
        row.above,
    )
