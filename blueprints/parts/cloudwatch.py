"""CloudWatch: the dashboard. Alarms belong to the stack, log groups to the resources that write to them."""

from advisor.architecture import Edge, Node
from blueprints.stack.registry import connection, service
from blueprints.stack.scope import Scope
from blueprints.traits import eks


@service("cloudwatch")
def dashboard(_scope: Scope, _node: Node) -> None:
    """The dashboard belongs to the alarms that it shows, log groups to the resources that write to them."""


@connection(["eks"], "observe", ["cloudwatch"])
def insights(scope: Scope, edge: Edge) -> None:
    """Container Insights of the cluster; for an existing cluster, its owner decides."""
    scope.carry(eks.INSIGHTS if eks.INSIGHTS in scope.resources else scope.main(edge.source), edge.id)


@connection(["ecs", "lambda", "batch"], "observe", ["cloudwatch"])
def logs(scope: Scope, edge: Edge) -> None:
    """The log group of the workload, which represents CloudWatch if nothing has an alarm."""
    group = f"{scope.name(edge.source)}Logs"
    scope.carry(group, edge.id)
    if not scope.plan.alarms:
        scope.also(group, edge.target)
