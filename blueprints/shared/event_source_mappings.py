"""Event source mappings of Lambda: their type and their names."""

from advisor.architecture import Edge
from blueprints.stack.scope import Scope

MAPPING = "AWS::Lambda::EventSourceMapping"


def source_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of an event source mapping."""
    return f"{scope.name(edge.id)}Source"
