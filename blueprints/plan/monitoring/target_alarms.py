"""Alarms of load balancers whose targets fail their health checks: one for each target group of tasks or pods.

An API in front of containers reaches them through an internal network load balancer of the connection, which no node
stands for. A function has no health checks, and ECS Express Mode makes its target groups itself.
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Edge
from advisor.text import Text, spaced
from blueprints.plan.monitoring.alarms import Alarm, shown_in_alarms
from blueprints.traits import traits_of
from blueprints.traits.ecs_express import express
from blueprints.values.reference import Ref

_WORDS = Text("{} has targets that do not answer", "{}の転送先が応答していない")
_METRIC, _PERIODS, _PERIOD_S = "UnHealthyHostCount", 3, 60


def target_alarms(architecture: Architecture, names: Mapping[str, str]) -> Iterator[Alarm]:
    """Give an alarm for each target group that health checks are made for."""
    for edge in architecture.edges:
        target = architecture.node(edge.target)
        if edge.verb == "invoke" and traits_of(target.service).compute == "container" and not express(target):
            yield from _alarms(architecture, names, edge)


def _alarms(architecture: Architecture, names: Mapping[str, str], edge: Edge) -> Iterator[Alarm]:
    entry, target = architecture.node(edge.source), architecture.node(edge.target)
    kind = traits_of(entry.service).load_balancer
    balancer = Ref(entry.id, "full-name") if kind else Ref(target.id, "inner-balancer")
    groups = {"": "target-group"} | ({"Datagram": "datagram-group"} if kind == "network" else {})
    shown = shown_in_alarms(entry)
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
