"""Rules on the ends of jobs and tasks that nobody waits for: a dead-letter queue keeps each failed one."""

from advisor.architecture import Edge
from blueprints.stack.scope import Json, Scope, rule_id


def record_failures(scope: Scope, edge: Edge, source: str, detail_type: str, detail: Json) -> None:
    """Add the rule of an edge to a dead-letter queue: it keeps the events of `source` that match, such as "aws.batch"."""
    failures = scope.of(edge.target, "arn")
    properties: Json = {
        "EventPattern": {"source": [source], "detail-type": [detail_type], "detail": detail},
        "State": "ENABLED",
        # What EventBridge gives up on is failed work too, and has no other place to go.
        "Targets": [{"Id": "target", "Arn": failures, "DeadLetterConfig": {"Arn": failures}}],
    }
    scope.add(rule_id(scope.name(edge.id)), "AWS::Events::Rule", properties, edge=edge.id)
