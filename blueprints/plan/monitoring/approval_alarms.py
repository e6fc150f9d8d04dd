"""Alarms of the approval endpoint, whose failures keep runs waiting until they time out."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.text import Text, spaced
from blueprints.plan.monitoring.alarms import Alarm
from blueprints.traits import MS, NEAR, Metrics, api_gateway_http, lambda_
from blueprints.traits.approvals import API, FUNCTION, TIMEOUT_S, approvals_of
from blueprints.values.reference import Ref

_SHOWN = Text("Approvals endpoint", "承認エンドポイント")


def approval_alarms(architecture: Architecture) -> Iterator[Alarm]:
    """Yield the alarms of the approvals of a stack; they belong to the first node that requests one."""
    approvals = approvals_of(architecture, ())
    if approvals is None:
        return
    asker = approvals.askers[0]
    yield from _alarms(asker, lambda_.METRICS, FUNCTION, "approvals-name")
    if api_gateway_http.TRAITS.metrics is not None:
        yield from _alarms(asker, api_gateway_http.TRAITS.metrics, API, "approvals-api")


def _alarms(asker: Node, metrics: Metrics, name: str, attribute: str) -> Iterator[Alarm]:
    """Yield the alarms that a service has, for its resource of the approvals; answers come late near the program's limit."""
    (dimension,) = metrics.dimensions
    for rule in metrics.alarms:
        said = rule.words
        yield Alarm(
            name=f"{name}{rule.end}",
            node=asker.id,
            description=spaced(Text(said.en.replace("{}", _SHOWN.en), said.ja.replace("{}", _SHOWN.ja))),
            namespace=metrics.namespace,
            metric=rule.metric,
            dimensions=((dimension.name, Ref(asker.id, attribute)),),
            statistic=rule.statistic,
            period_s=rule.period_s,
            periods=rule.periods,
            above=NEAR * TIMEOUT_S * MS if callable(rule.above) else rule.above,
        )
