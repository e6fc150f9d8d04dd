"""Logs and alarms: log groups with a stated retention, and alarms that reach people by an encrypted topic."""

from collections.abc import Iterator

from blueprints.alarms import Alarm
from blueprints.cdk.context import Context, duration
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, cloudwatch
from blueprints.cdk.tree import THIS, Call, Do, Let, Own, Ref, Statement, Value
from blueprints.dashboard import ALARMS_TITLE, HEIGHT, WIDTH, Line, Widget
from blueprints.names import snake

LOG_GROUP = Own("log_group", "LogGroup")
ALARMS = Own("alarms", "Alarms")


def log_group(context: Context, owner: str, part: str = "Logs", *, name: Value = None) -> Let:
    """Return the log group of (a part of) a node."""
    return log_group_named(context, context.id(owner, part), name)


def log_group_named(context: Context, id: str, name: Value = None) -> Let:
    """Return a log group by its id; it goes when the stack goes."""
    options: dict[str, Value] = {} if name is None else {"log_group_name": name}
    options |= {"retention_days": Ref("log_retention_days"), "removal_policy": cdk.RemovalPolicy.DESTROY}
    key = key_for(context)
    if key is not None:
        options["encryption_key"] = key
    return Let(snake(id), LOG_GROUP(THIS, id, **options))


def alarms(context: Context) -> Iterator[Statement]:
    """Make the plan's alarms, and the topic that they go to."""
    if context.plan.alarms:
        yield Let("alarms", ALARMS(THIS, "Alarms", email=context.parameter("AlarmEmail")))
    for alarm in context.plan.alarms:
        yield _alarm(context, alarm)
    if context.plan.alarms:
        title, widgets = context.words(ALARMS_TITLE), [_widget(context, one) for one in context.plan.widgets]
        yield Do(Ref("alarms").show(context.plan.dashboard, title=title, widgets=widgets))


def _widget(context: Context, widget: Widget) -> Value:
    options: dict[str, Value] = {"title": context.words(widget.title), "width": WIDTH, "height": HEIGHT}
    for side, lines in (
        ("left", [e for e in widget.lines if not e.right]),
        ("right", [e for e in widget.lines if e.right]),
    ):
        if lines:
            options[side] = [_metric(context, line) for line in lines]
    return cloudwatch.GraphWidget(**options)


def _metric(context: Context, seen: Alarm | Line, **options: Value) -> Call:
    return cloudwatch.Metric(
        namespace=seen.namespace,
        metric_name=seen.metric,
        dimensions_map={name: context.value(ref) for name, ref in seen.dimensions},
        statistic=seen.statistic,
        **options,
    )


def _alarm(context: Context, alarm: Alarm) -> Do:
    metric = _metric(context, alarm, period=duration(alarm.period_s))
    words = context.words(alarm.description)
    return Do(Ref("alarms").add(alarm.name, metric, above=alarm.above, periods=alarm.periods, description=words))
