"""Tasks and services of Amazon ECS."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.traits import AlarmRule, Metrics, NamedResource, NodeAttribute, Traits
from blueprints.traits._words import HIGH_CPU


def _runs_continuously(node: Node) -> bool:
    """A task that runs and ends has no service to watch."""
    return settings.word(node, "run") in ("service", "worker")


#: Behind a definition without a revision: each of its revisions. AWS asks for the one that is run, also where none is named:
#: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html (read 2026-11-30)
ANY_REVISION = ":*"
_TASKS = NamedResource(
    "tasks-arn", "/*", Text("tasks in the Amazon ECS cluster of {1}", "{1}の Amazon ECS クラスターのタスク")
)
_ROLES = (
    NamedResource("task-role-arn", words=Text("Amazon ECS task role of {1}", "{1}の Amazon ECS タスクロール")),
    NamedResource(
        "execution-role-arn", words=Text("Amazon ECS task execution role of {1}", "{1}の Amazon ECS タスク実行ロール")
    ),
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
        "ecs:RunTask": (
            NamedResource(
                "task-definition-arn-without-revision",
                ANY_REVISION,
                Text(
                    "all revisions of the Amazon ECS task definition of {1}",
                    "{1}の Amazon ECS タスク定義の全リビジョン",
                ),
            ),
        ),
        "ecs:StopTask": (_TASKS,),
        "ecs:DescribeTasks": (_TASKS,),
        "iam:PassRole": _ROLES,
    },
    principal="events.amazonaws.com",
    dead_letters_by="rule",
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
