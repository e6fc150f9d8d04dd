"""CloudWatch alarms with their topic, and the dashboard, as the plan states them."""

from dataclasses import replace

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import composite
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.compute.releases import GROUP
from blueprints.cdk.lifts.compute.services import SERVICE
from blueprints.cdk.modules import cloudwatch, ecs
from blueprints.cdk.origins import CLOUD
from blueprints.cdk.tree import THIS, Call, Do, Let, Own, Ref, Value
from blueprints.naming import snake
from blueprints.plan.monitoring.alarms import Alarm
from blueprints.plan.monitoring.dashboard import ALARMS_TITLE, HEIGHT, WIDTH, Line, Widget
from blueprints.plan.monitoring.error_rates import ALL, FAILED, failed_share
from blueprints.traits import Total

_ALARMS = Ref("alarms")


@composite("alarms")
def alarms(lifter: Lifter, _composite: object) -> Statements:
    """The project's own construct, with every alarm of the plan and the dashboard."""
    plan = lifter.plan
    if not plan.alarms:
        return
    email = lifter.parameter("AlarmEmail")
    yield Let("alarms", Own("alarms", "Alarms")(THIS, "Alarms", email=email))
    stated = {
        service.id: _rolling_back(service, {alarm.name for alarm in plan.alarms}) for service in lifter.of_type(SERVICE)
    }
    deployments = {id: names for id, names in stated.items() if names}
    known = {alarm.name for alarm in plan.alarms}
    releases = {group.id: _ending_releases(group, known) for group in lifter.of_type(GROUP)}
    named = {name for names in (*deployments.values(), *releases.values()) for name in names}
    for alarm in plan.alarms:
        added = _alarm(lifter, alarm)
        yield Let(snake(alarm.name), added) if alarm.name in named else Do(added)
        lifter.assign_owner(alarm.name, node=alarm.node)
    for service, names in deployments.items():
        alarm_names: list[Value] = [Ref(snake(name)).alarm_name for name in names]
        rollback = ecs.AlarmBehavior.ROLLBACK_ON_ALARM
        yield Do(Ref(snake(service)).enable_deployment_alarms(alarm_names, behavior=rollback))
    for group_id, names in releases.items():
        for name in names:
            yield Do(Ref(snake(group_id)).add_alarm(Ref(snake(name))))
    title, widgets = lifter.words(ALARMS_TITLE), [_widget(lifter, widget) for widget in plan.widgets]
    yield Do(_ALARMS.show(plan.dashboard, title=title, widgets=widgets))
    dashboards = plan.architecture.of_service("cloudwatch")
    lifter.assign_owner(plan.dashboard, **{"node": dashboards[0].id} if dashboards else {"group": CLOUD})


def _rolling_back(service: Resource, known: set[str]) -> list[str]:
    """Return the alarms that roll a service's deployment back."""
    references = service.properties["DeploymentConfiguration"].get("Alarms", {}).get("AlarmNames", ())
    names = [getattr(reference, "name", "") for reference in references]
    if not known.issuperset(names):
        service.refuse("DeploymentConfiguration.Alarms.AlarmNames", references)
    return names


def _ending_releases(group: Resource, known: set[str]) -> list[str]:
    """Return the alarms that end the release of a function."""
    alarms = group.properties["AlarmConfiguration"]["Alarms"]
    names = [getattr(alarm["Name"], "name", "") for alarm in alarms]
    if not known.issuperset(names):
        group.refuse("AlarmConfiguration.Alarms", alarms)
    return names


def _widget(lifter: Lifter, widget: Widget) -> Value:
    options: dict[str, Value] = {"title": lifter.words(widget.title), "width": WIDTH, "height": HEIGHT}
    for side, right in (("left", False), ("right", True)):
        lines = [_metric(lifter, line) for line in widget.lines if line.right is right]
        if lines:
            options[side] = lines
    return cloudwatch.GraphWidget(**options)


def _metric(lifter: Lifter, monitored: Alarm | Line, **options: Value) -> Call:
    return cloudwatch.Metric(
        namespace=monitored.namespace,
        metric_name=monitored.metric,
        dimensions_map={name: lifter.of(attribute) for name, attribute in monitored.dimensions},
        statistic=monitored.statistic,
        **options,
    )


def _share(lifter: Lifter, alarm: Alarm, total: Total) -> Call:
    """Return the share that an alarm compares, as an expression of two metrics."""
    requests = replace(alarm, metric=total.metric, statistic=total.statistic)
    return cloudwatch.MathExpression(
        expression=failed_share(total),
        using_metrics={FAILED: _metric(lifter, alarm), ALL: _metric(lifter, requests)},
        period=duration(alarm.period_s),
    )


def _alarm(lifter: Lifter, alarm: Alarm) -> Call:
    period = duration(alarm.period_s)
    metric = _share(lifter, alarm, alarm.total) if alarm.total else _metric(lifter, alarm, period=period)
    words = lifter.words(alarm.description)
    options: dict[str, Value] = {"threshold": alarm.above, "periods": alarm.periods, "description": words}
    if alarm.falls:
        options["comparison"] = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
    return _ALARMS.add(alarm.name, metric, **options)
