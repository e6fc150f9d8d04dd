"""EventBridge Scheduler: schedules, their targets, and their dead letters."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.parts.ecs import launch_type, task_network
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import connection, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.eventbridge_scheduler import NO_FLEXIBLE_WINDOW
from blueprints.traits.state_machine import SERVICES
from blueprints.values import Att, Ref
from blueprints.values.json_text import JsonText

#: The scheduled time, as Scheduler inserts it.
_TIME = "<aws.scheduler.scheduled-time>"
SCHEDULED_TASK = JsonText(
    {"containerOverrides": [{"name": "app", "environment": [{"name": "EXECUTION_ID", "value": _TIME}]}]}
)
SCHEDULED_INPUT = JsonText({"source": "schedule", "time": _TIME})


@service("eventbridge-scheduler", name=itself, arn=own("Arn"))
def schedule(scope: Scope, node: Node) -> None:
    """A schedule; its connection adds the target."""
    id = scope.name(node.id)
    role(scope, f"{id}Role", trust("scheduler.amazonaws.com", confined=True), scope.statements(node.id), node=node.id)
    properties: Json = {
        "ScheduleExpression": settings.schedule(node),
        "ScheduleExpressionTimezone": settings.word(node, "time_zone"),
        "FlexibleTimeWindow": NO_FLEXIBLE_WINDOW,
        "State": "DISABLED" if settings.flag(node, "set_by_program") else "ENABLED",
        "Target": {
            "RoleArn": Att(f"{id}Role", "Arn"),
            "RetryPolicy": {
                "MaximumRetryAttempts": settings.number(node, "start_retries"),
                "MaximumEventAgeInSeconds": settings.number(node, "start_age_s"),
            },
        },
    }
    scope.add(id, "AWS::Scheduler::Schedule", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the schedule")


@connection(["eventbridge-scheduler"], "start", [*SERVICES, "lambda"])
def schedule_starts(scope: Scope, edge: Edge) -> None:
    """Add the target of the schedule; its input has the scheduled time."""
    target = scope.properties(scope.main(edge.source))["Target"]
    scope.properties(scope.main(edge.source))["Target"] = {
        "Arn": scope.of(edge.target, "arn"),
        **target,
        "Input": SCHEDULED_INPUT,
    }
    scope.carry(scope.main(edge.source), edge.id)


@connection(["eventbridge-scheduler"], "start", ["ecs"])
def schedule_runs_task(scope: Scope, edge: Edge) -> None:
    """Run the task on the schedule."""
    node = scope.architecture.node(edge.target)
    properties = scope.properties(scope.main(edge.source))
    parameters = {
        "TaskDefinitionArn": scope.of(node.id, "task-definition-arn"),
        "NetworkConfiguration": task_network(scope, node),
        **launch_type(scope, node),
    }
    properties["Target"] = {
        "Arn": scope.of(node.id, "cluster-arn"),
        **properties["Target"],
        "Input": SCHEDULED_TASK,
        "EcsParameters": parameters,
    }
    scope.carry(scope.main(edge.source), edge.id)


@connection(["eventbridge-scheduler"], "dead-letter", ["dead-letter-queue"])
def schedule_dead_letters(scope: Scope, edge: Edge) -> None:
    """Send failed invocations to the dead-letter queue."""
    id = scope.main(edge.source)
    scope.properties(id)["Target"]["DeadLetterConfig"] = {"Arn": scope.of(edge.target, "arn")}
    scope.carry(id, edge.id)
