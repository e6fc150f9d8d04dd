"""Tasks and services of Amazon ECS."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.traits import AlarmRule, Metrics, NamedResource, NodeAttribute, Traits
from blueprints.traits._words import HIGH_CPU


def _runs_continuously(node: Node) -> bool:
    """A task that runs and ends has no service to watch."""
    return settings.word(node, "run") in ("service", "worker")


_TASKS = NamedResource("tasks-arn", "/*", Text("tasks of the cluster of {0}", "{0}のクラスターのタスク"))
_ROLES = (
    NamedResource("task-role-arn", words=Text("task role of {0}", "{0}のタスクロール")),
    NamedResource("execution-role-arn", words=Text("task execution role of {0}", "{0}のタスク実行ロール")),
)
TRAITS = Traits(
    service="ecs",
    noun="Task",
    compute="container",
    clustered=True,
    image_tag=True,
    log_group=True,
    durable_event="call",
    state="task",
    completion_rule="StepFunctionsGetEventsForECSTaskRule",
    resources={
        "ecs:RunTask": (NamedResource("task-definition-arn", words=Text("task definition of {0}", "{0}のタスク定義")),),
        "ecs:StopTask": (_TASKS,),
        "ecs:DescribeTasks": (_TASKS,),
        "iam:PassRole": _ROLES,
    },
    placement="vpc",
    metrics=Metrics(
        namespace="AWS/ECS",
        dimensions=(NodeAttribute("ClusterName", "cluster-name"), NodeAttribute("ServiceName", "name")),
        alarms=(
            AlarmRule("CpuAlarm", "CPUUtilization", "Average", 85, HIGH_CPU, periods=3),
            AlarmRule(
                "MemoryAlarm",
                "MemoryUtilization",
                "Average",
                85,
                Text("{}: high memory utilization", "{}: メモリ使用率が高い"),
                periods=3,
            ),
        ),
    ),
    watched=_runs_continuously,
)
