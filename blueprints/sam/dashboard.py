"""The dashboard of a template: the plan's graphs as the JSON that CloudWatch reads."""

import json

from blueprints.dashboard import ALARMS_HEIGHT, ALARMS_TITLE, COLUMNS, HEIGHT, WIDTH, Line, Widget
from blueprints.sam.alarms import GROUP
from blueprints.sam.intrinsics import Fn, Sub, Value, text
from blueprints.sam.scope import Json, Scope
from blueprints.traits import cloudwatch


def add_dashboard(scope: Scope) -> None:
    """Add the plan's dashboard: the state of all alarms, and below it two graphs in a row."""
    if not scope.plan.alarms:
        return
    named: dict[str, Value] = {}
    widgets = [_alarms(scope), *(_graph(scope, one, at, named) for at, one in enumerate(scope.plan.widgets))]
    body = _printed({"widgets": widgets})
    owner = next((node.id for node in cloudwatch.TRAITS.nodes(scope.architecture)), None)
    properties = {"DashboardBody": Fn("Sub", [body, named]) if named else Sub(body)}
    scope.add(
        scope.plan.dashboard,
        "AWS::CloudWatch::Dashboard",
        properties,
        node=owner,
        group=None if owner else GROUP,
    )


def _alarms(scope: Scope) -> Json:
    arns = ["${" + alarm.name + ".Arn}" for alarm in scope.plan.alarms]
    properties = {"title": ALARMS_TITLE.in_(scope.lang), "alarms": arns}
    return {"type": "alarm", "x": 0, "y": 0, "width": COLUMNS, "height": ALARMS_HEIGHT, "properties": properties}


def _graph(scope: Scope, widget: Widget, at: int, named: dict[str, Value]) -> Json:
    row, column = divmod(at, COLUMNS // WIDTH)
    return {
        "type": "metric",
        "x": column * WIDTH,
        "y": ALARMS_HEIGHT + row * HEIGHT,
        "width": WIDTH,
        "height": HEIGHT,
        "properties": {
            "view": "timeSeries",
            "title": _plain(widget.title.in_(scope.lang)),
            "region": "${AWS::Region}",
            "metrics": [_line(scope, one, named) for one in widget.lines],
        },
    }


def _line(scope: Scope, line: Line, named: dict[str, Value]) -> list[Value]:
    dimensions = [part for name, ref in line.dimensions for part in (name, _inside(scope.value(ref), named))]
    side = {"yAxis": "right"} if line.right else {}
    return [line.namespace, line.metric, *dimensions, {"stat": line.statistic, **side}]


def _printed(value: Value, depth: int = 0) -> str:
    """Return JSON in which what holds no more lists stands on one line: a metric, a list of few words."""
    if not isinstance(value, dict | list) or not _nested(value):
        return json.dumps(value, ensure_ascii=False)
    start, end = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, list):
        return "[" + ",".join(start + _printed(one, depth + 1) for one in value) + end + "]"
    pairs = (f"{start}{json.dumps(key)}: {_printed(one, depth + 1)}" for key, one in value.items())
    return "{" + ",".join(pairs) + end + "}"


def _nested(value: Value) -> bool:
    inner = value.values() if isinstance(value, dict) else value
    return any(isinstance(one, list) or (isinstance(one, dict) and _nested(one)) for one in inner) or (
        isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value)
    )


def _plain(words: str) -> str:
    """Return words so that CloudFormation puts nothing into them."""
    return words.replace("${", "${!")


def _inside(value: Value, named: dict[str, Value]) -> str:
    """Return a value as it is written inside the body: in place where it has such a form, else under a name."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, Fn):
        name = next((known for known, one in named.items() if one == value), f"Value{len(named) + 1}")
        named[name] = value
        return "${" + name + "}"
    return text(value)
