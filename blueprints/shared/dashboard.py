"""The dashboard of a template: the plan's graphs as the JSON that CloudWatch reads."""

from blueprints.plan.monitoring.dashboard import ALARMS_HEIGHT, ALARMS_TITLE, COLUMNS, HEIGHT, WIDTH, Line, Widget
from blueprints.shared.alarms import GROUP
from blueprints.stack.scope import Json, Scope
from blueprints.traits import cloudwatch
from blueprints.values import REGION, Att, Value
from blueprints.values.json_text import JsonText


def add_dashboard(scope: Scope) -> None:
    """Add the plan's dashboard: the state of all alarms, and below it two graphs in a row."""
    if not scope.plan.alarms:
        return
    widgets = [_alarms(scope), *(_graph(scope, widget, position) for position, widget in enumerate(scope.plan.widgets))]
    owner = next((node.id for node in cloudwatch.TRAITS.nodes(scope.architecture)), None)
    properties = {"DashboardBody": JsonText({"widgets": widgets}, "lines")}
    scope.add(
        scope.plan.dashboard,
        "AWS::CloudWatch::Dashboard",
        properties,
        node=owner,
        group=None if owner else GROUP,
    )


def _alarms(scope: Scope) -> Json:
    arns = [Att(alarm.name, "Arn") for alarm in scope.plan.alarms]
    properties = {"title": ALARMS_TITLE.in_(scope.lang), "alarms": arns}
    return {"type": "alarm", "x": 0, "y": 0, "width": COLUMNS, "height": ALARMS_HEIGHT, "properties": properties}


def _graph(scope: Scope, widget: Widget, position: int) -> Json:
    row, column = divmod(position, COLUMNS // WIDTH)
    return {
        "type": "metric",
        "x": column * WIDTH,
        "y": ALARMS_HEIGHT + row * HEIGHT,
        "width": WIDTH,
        "height": HEIGHT,
        "properties": {
            "view": "timeSeries",
            "title": widget.title.in_(scope.lang),
            "region": REGION,
            "metrics": [_line(scope, line) for line in widget.lines],
        },
    }


def _line(scope: Scope, line: Line) -> list[Value]:
    dimensions = [part for name, ref in line.dimensions for part in (name, scope.value(ref))]
    side = {"yAxis": "right"} if line.right else {}
    return [line.namespace, line.metric, *dimensions, {"stat": line.statistic, **side}]
