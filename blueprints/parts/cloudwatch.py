"""CloudWatch: what is observed. Alarms and the dashboard are those of the stack, log groups stand beside what writes to them."""

from advisor.architecture import Edge, Node
from blueprints.stack.registry import connection, service
from blueprints.stack.scope import Scope
from blueprints.traits import eks


@service("cloudwatch")
def dashboard(_scope: Scope, _node: Node) -> None:
    """The dashboard stands with the alarms that it shows; log groups stand beside what writes to them."""


@connection(["eks"], "observe", ["cloudwatch"])
def insights(scope: Scope, edge: Edge) -> None:
    """Container Insights watches the cluster; in one that exists, its owner's does."""
    scope.carry(eks.INSIGHTS if eks.INSIGHTS in scope.resources else scope.main(edge.source), edge.id)


@connection(["ecs", "lambda", "batch"], "observe", ["cloudwatch"])
def logs(scope: Scope, edge: Edge) -> None:
    """What the work writes goes to its log group."""
    scope.carry(f"{scope.name(edge.source)}Logs", edge.id)
