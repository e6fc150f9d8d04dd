"""Failed tasks of Amazon ECS that nobody waits for."""

from advisor.architecture import Edge
from blueprints.shared.failed_work import record_failures
from blueprints.stack.registry import connection
from blueprints.stack.scope import Json, Scope
from blueprints.values import joined

_EXITED, _STOPPED_BY_HAND = "EssentialContainerExited", "UserInitiated"


@connection(["ecs"], "dead-letter", ["dead-letter-queue"])
def failed_tasks(scope: Scope, edge: Edge) -> None:
    """Record the tasks of all revisions that could not start, were stopped by AWS, or whose program ended with an error.

    A task that somebody stops has not failed. Codes of stops without an exit: a task that failed to start, lost capacity, and what
    AWS may add to them.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html,
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html,
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (read 2026-12-02)
    """
    revisions = joined(scope.of(edge.source, "task-definition-arn-without-revision"), ":")
    stopped: Json = {"lastStatus": ["STOPPED"], "taskDefinitionArn": [{"prefix": revisions}]}
    # Not beside "$or": checkers of templates do not expect other keys there.
    exited = {**stopped, "stopCode": [_EXITED], "containers": {"exitCode": [{"anything-but": 0}]}}
    ended = {**stopped, "stopCode": [{"anything-but": [_EXITED, _STOPPED_BY_HAND]}]}
    detail: Json = {"$or": [exited, ended]}
    record_failures(scope, edge, "aws.ecs", "ECS Task State Change", detail)
