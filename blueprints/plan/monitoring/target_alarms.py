"""Alarms of load balancers whose targets fail their health checks: one for each target group of tasks or pods.

Behind a shared load balancer each service has alarms of its own for failed and late answers, too: what they measure of the
load balancer as a whole would not say whose they are.

An API in front of containers reaches them through an internal network load balancer of the connection, which no node
stands for. A function has no health checks, and ECS Express Mode makes its target groups itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Edge
from advisor.architecture.balancing import is_shared
from advisor.text import Text, spaced
from blueprints.plan.monitoring.alarms import OF_TARGETS, Alarm, alarm_of, shown_in_alarms, under_load
from blueprints.traits import LONGEST_RUN, traits_of
from blueprints.traits.ecs_express import express
from blueprints.values.reference import Ref

_WORDS = Text("{}: unhealthy targets", "{}: 異常なターゲットがある")
_METRIC, _PERIODS, _PERIOD_S = "UnHealthyHostCount", 3, 60


def target_alarms(architecture: Architecture, names: Mapping[str, str], loads: Mapping[str, float]) -> Iterator[Alarm]:
    """Yield an alarm for each target group that health checks are made for; `loads` are requests per second by node."""
    for edge in architecture.edges:
        target = architecture.node(edge.target)
        if edge.verb == "invoke" and traits_of(target.service).compute == "container" and not express(target):
            yield from _alarms(architecture, names, edge)
            yield from _of_service(architecture, names, edge, loads[edge.target])


def _alarms(architecture: Architecture, names: Mapping[str, str], edge: Edge) -> Iterator[Alarm]:
    entry, target = architecture.node(edge.source), architecture.node(edge.target)
    kind = traits_of(entry.service).load_balancer
    balancer = Ref(entry.id, "full-name") if kind else Ref(target.id, "inner-balancer")
    groups = {"": "target-group"} | ({"Datagram": "datagram-group"} if kind == "network" else {})
    shown = shown_in_alarms(architecture, target if is_shared(entry) else entry)
    for end, group in groups.items():
        yield Alarm(
            name=f"{names[target.id]}{end}UnhealthyAlarm",
            node=entry.id,
            description=spaced(Text(_WORDS.en.format(shown.en), _WORDS.ja.format(shown.ja))),
            namespace="AWS/ApplicationELB" if kind == "application" else "AWS/NetworkELB",
            metric=_METRIC,
            dimensions=(("LoadBalancer", balancer), ("TargetGroup", Ref(target.id, group))),
            statistic="Maximum",
            period_s=_PERIOD_S,
            periods=_PERIODS,
            above=0,
        )


def _of_service(architecture: Architecture, names: Mapping[str, str], edge: Edge, load: float) -> Iterator[Alarm]:
    """Yield the alarms on the responses of a service that shares its load balancer."""
    entry, target = architecture.node(edge.source), architecture.node(edge.target)
    metrics = traits_of(entry.service).metrics
    if metrics is None or not is_shared(entry):
        return
    dimensions = (("LoadBalancer", Ref(entry.id, "full-name")), ("TargetGroup", Ref(target.id, "target-group")))
    waits = {key: edge.settings.get(key, 0) for key in ("timeout_s", "response_s", LONGEST_RUN)}
    patient = replace(entry, settings={**entry.settings, **waits})
    for rule in metrics.alarms:
        if rule.metric in OF_TARGETS:
            shown = shown_in_alarms(architecture, target)
            alarm = alarm_of(patient, names[target.id], metrics.namespace, dimensions, rule, shown)
            yield under_load(alarm, rule.total, load, shown)
