"""Alarms of new versions of functions, which roll a release back: they count the errors of the new version alone.

An alarm on the function as a whole would also end the release that mends a version that fails. Under an alias with two
versions Lambda counts the invocations of each apart
(https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html, read 2026-11-27).
"""

from collections.abc import Iterable, Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.text import Text, spaced
from blueprints.plan.monitoring.alarms import Alarm, authorizer_shown, shown_in_alarms, under_load
from blueprints.traits import Total, lambda_
from blueprints.traits.approvals import FUNCTION, approvals_of
from blueprints.traits.function_releases import shifted
from blueprints.values.reference import Ref

_WORDS = Text(
    "{}: errors in the most recently released version", "{}: 最後にリリースしたバージョンでエラーが発生している"
)
_TOTAL = Total(
    Text(
        "{}: more than {share} of the invocations of the most recently released version fail",
        "{}: 最後にリリースしたバージョンで、エラーが呼び出しの {share} を超えている",
    ),
    lambda_.INVOCATIONS.metric,
)


def release_alarm(name: str) -> str:
    """Return the name of the alarm of a function's new version."""
    return f"{name}NewVersionErrorsAlarm"


def release_alarms(
    architecture: Architecture, names: Mapping[str, str], loads: Mapping[str, float], entries: Iterable[str]
) -> Iterator[Alarm]:
    """Yield the alarm of each function with gradual releases, including authorizers; `loads` are requests per second by node."""
    for node in filter(shifted, architecture.nodes):
        shown = shown_in_alarms(architecture, node)
        yield under_load(_alarm(node, names[node.id], "", shown), _TOTAL, loads[node.id], shown)
    for entry in entries:
        node = architecture.node(entry)
        shown = authorizer_shown(architecture, node)
        alarm = _alarm(node, f"{names[entry]}Authorizer", "authorizer-", shown)
        yield under_load(alarm, _TOTAL, loads[entry], shown)
    if approvals := approvals_of(architecture, ()):
        yield _alarm(approvals.askers[0], FUNCTION, "approvals-", Text("Approvals endpoint", "承認エンドポイント"))


def _alarm(node: Node, name: str, prefix: str, shown: Text) -> Alarm:
    """Return the alarm of a function; the attributes of the node by which metrics know it begin with `prefix`."""
    dimensions = {"FunctionName": "name", "Resource": "invoked-name", "ExecutedVersion": "version"}
    return Alarm(
        name=release_alarm(name),
        node=node.id,
        description=spaced(Text(_WORDS.en.format(shown.en), _WORDS.ja.format(shown.ja))),
        namespace=lambda_.METRICS.namespace,
        metric="Errors",
        dimensions=tuple((name, Ref(node.id, f"{prefix}{attribute}")) for name, attribute in dimensions.items()),
        statistic="Sum",
        period_s=60,
        periods=1,
        above=0,
    )
