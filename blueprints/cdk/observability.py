"""Logs and alarms: log groups with a stated retention, and alarms that reach people by an encrypted topic."""

from collections.abc import Iterator

from blueprints.alarms import Alarm
from blueprints.cdk.context import Context, duration, snake
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, cloudwatch
from blueprints.cdk.tree import THIS, Do, Let, Own, Ref, Statement, Value

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
        for node in context.architecture.of_service("cloudwatch"):
            yield Do(Ref("alarms").show(context.id(node.id)))


def _alarm(context: Context, alarm: Alarm) -> Do:
    metric = cloudwatch.Metric(
        namespace=alarm.namespace,
        metric_name=alarm.metric,
        dimensions_map={name: context.value(ref) for name, ref in alarm.dimensions},
        statistic=alarm.statistic,
        period=duration(alarm.period_s),
    )
    words = context.words(alarm.description)
    return Do(Ref("alarms").add(alarm.name, metric, above=alarm.above, periods=alarm.periods, description=words))
