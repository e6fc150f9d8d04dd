"""The settings of each service and their names.

Sizes are derived for every service, because others follow from them: a queue's visibility timeout from the run of an ECS
task, although ECS has no timeout for tasks. Only settings that the service has are shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from advisor.architecture import Node
from advisor.sizing.node_updates import variant
from advisor.text import Text
from advisor.vocabulary.store import KEPT


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """The settings of a service by key: always, of a container that stays up, and of one that runs to its end.

    `titles` are the service's own names of settings that other services call differently.
    """

    always: tuple[str, ...] = ()
    resident: tuple[str, ...] = ()
    job: tuple[str, ...] = ()
    titles: Mapping[str, Text] = field(default_factory=dict)

    def of(self, run: str) -> tuple[str, ...]:
        """Return the settings of a node by how it runs (`compute_settings.run_kind`; "" for other services)."""
        return self.always + (self.resident if run in ("service", "worker") else self.job)


_NONE = ServiceSettings()
_QUEUE = ServiceSettings(("visibility_timeout_s", "retention_s", "max_receive_count", "delay_s"))
_API = ServiceSettings(("timeout_s", "throttle_rate", "throttle_burst"))
_BALANCER = ServiceSettings(("idle_timeout_s", "keepalive_s"))
_RETRIES = ("retry_attempts", "retry_interval_s", "retry_backoff", "approval_s")
_MACHINE = ServiceSettings(
    ("timeout_s", "map_items", "map_concurrency", *_RETRIES, "callback_s", "poll_interval_s", "poll_within_s")
)
_FUNCTION = ServiceSettings((
    "timeout_s", "memory_mib", "disk_mib", "concurrency", "max_concurrency", "batch_size", "batch_window_s", "parallelization",
    "async_retries", "async_age_s", "log_retention_days",
))  # fmt: skip
_TASK = ServiceSettings(
    ("cpu_units", "task_memory_mib", "log_retention_days"),
    resident=(
        "desired_count",
        "most_tasks",
        "requests_per_task",
        "requests_at_once",
        "messages_per_task",
        "backlog_per_task",
        "cpu_percent",
        "stickiness_s",
        "protected_s",
    ),
    job=("timeout_s",),
    # ECS ends no task: Step Functions stops waiting for it.
    titles={"timeout_s": Text("Timeout of the task state", "タスクステートのタイムアウト")},
)
_POD = ServiceSettings(
    ("vcpu", "memory_mib", "log_retention_days"),
    resident=(
        "desired_count",
        "most_tasks",
        "requests_at_once",
        "messages_per_task",
        "backlog_per_task",
        "stickiness_s",
    ),
    job=("timeout_s",),
    titles={
        "requests_at_once": Text("Requests per pod at the same time", "1 Pod の同時リクエスト数"),
        "messages_per_task": Text("Messages per pod at the same time", "1 Pod の同時処理数"),
        "backlog_per_task": Text("Backlog per pod", "1 Pod あたりのバックログ"),
        "vcpu": Text("CPU request", "CPU 要求"),
        "memory_mib": Text("Memory request and limit", "メモリの要求と制限"),
        "desired_count": Text("Minimum replicas", "最小レプリカ数"),
        "most_tasks": Text("Maximum replicas", "最大レプリカ数"),
        "timeout_s": Text("Active deadline", "実行期限（activeDeadlineSeconds）"),
    },
)
_BATCH_JOB = ServiceSettings(
    ("vcpu", "task_memory_mib", "jobs_at_once", "timeout_s", "log_retention_days"),
    titles={
        "task_memory_mib": Text("Memory of a job", "ジョブのメモリ"),
        "timeout_s": Text("Timeout of an attempt", "1 回の試行のタイムアウト"),
    },
)
_INSTANCE = ServiceSettings(
    ("desired_count", "log_retention_days"), titles={"desired_count": Text("Instances", "インスタンス数")}
)

#: By the id of the service, or of the form of it that was decided. A service without a row has no derived settings.
SETTINGS: Mapping[str, ServiceSettings] = {
    "lambda": _FUNCTION,
    "lambda-managed-instances": _FUNCTION,
    "lambda-microvms": _FUNCTION,
    "lambda-web-functions": _FUNCTION,
    "lambda-durable": replace(_FUNCTION, always=(*_FUNCTION.always, *_RETRIES, "execution_timeout_s", "history_days")),
    "ecs": _TASK,
    "ecs-express": _TASK,
    "eks": _POD,
    "batch": _BATCH_JOB,
    "ec2": _INSTANCE,
    "api-gateway-http": _API,
    "api-gateway-rest": _API,
    "api-gateway-websocket": replace(_API, always=(*_API.always, "keepalive_s")),
    "alb": _BALANCER,
    "nlb": _BALANCER,
    "eventbridge-scheduler": ServiceSettings(("start_retries", "start_age_s")),
    "step-functions-standard": _MACHINE,
    "step-functions-distributed-map": _MACHINE,
    "step-functions-express": _MACHINE,
    "sqs": _QUEUE,
    "sqs-fifo": _QUEUE,
    "aurora-serverless": ServiceSettings(("least_capacity_acu", "most_capacity_acu")),
    "opensearch-serverless": ServiceSettings(("least_capacity_ocu",)),
    "eventbridge-bus": ServiceSettings(("calls_per_s", "call_age_s")),
    "sns": ServiceSettings(("calls_per_s",)),
    "dead-letter-queue": ServiceSettings(("retention_s",)),
    "kinesis": ServiceSettings(("retention_s", "shards")),
    "dynamodb": ServiceSettings((KEPT, "warm_writes", "warm_reads")),
    "s3": ServiceSettings((KEPT,)),
    "elasticache-serverless": ServiceSettings((KEPT,)),
    "waf": ServiceSettings(("requests_per_address",)),
}


def offers(service: str, key: str) -> bool:
    """Return whether a service has a setting in any of its forms."""
    has = SETTINGS.get(service, _NONE)
    return key in (*has.always, *has.resident, *has.job)


def settings_of(node: Node) -> ServiceSettings:
    """Return the settings of the service that was decided for a node."""
    return SETTINGS.get(variant(node), _NONE)


def has_setting(node: Node, key: str) -> bool:
    """Return whether the service of a node, as it runs there, has a setting."""
    return key in settings_of(node).of(str(node.settings.get("run", "")))


def with_own_settings(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the nodes with the grounds of only those settings that their services have; the sizes stay."""
    return tuple(
        replace(node, grounds={key: ground for key, ground in node.grounds.items() if has_setting(node, key)})
        for node in nodes
    )
