"""Event source mappings of Lambda: their type, their names, and how their functions answer."""

from advisor.architecture import Edge
from blueprints.stack.scope import Scope

MAPPING = "AWS::Lambda::EventSourceMapping"
#: A function answers which messages of a batch have failed, and only those come again.
PARTIAL_FAILURES = ["ReportBatchItemFailures"]


def source_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of an event source mapping."""
    return f"{scope.name(edge.id)}Source"
