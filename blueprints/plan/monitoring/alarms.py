"""CloudWatch alarms of a plan, as data for every target.

Which alarms a service has, its traits say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import is_shared
from advisor.text import Text, spaced
from blueprints.plan.monitoring.error_rates import MOST_PERCENT, SHARE, is_high
from blueprints.traits import AlarmRule, Metrics, Statistic, Total, lambda_, traits_of_node
from blueprints.values.reference import Ref


@dataclass(frozen=True, slots=True)
class Alarm:
    """One CloudWatch alarm: it fires when the statistic is above `above` for `periods` periods of `period_s`.

    `expires`: it reports no fault, but that the answer on which a decision rests is about to change. `falls`: it fires
    below `above` instead. `total`: it compares the share, in percent, that the statistic is of this.
    """

    name: str
    node: str
    description: Text
    namespace: str
    metric: str
    dimensions: tuple[tuple[str, Ref], ...]
    statistic: Statistic
    period_s: int
    periods: int
    above: float
    expires: bool = False
    falls: bool = False
    total: Total | None = None


#: Metrics of a load balancer that there are for each of its target groups too.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (read 2026-11-27)
OF_TARGETS = ("HTTPCode_Target_5XX_Count", "TargetResponseTime", "RequestCount")
#: Roles whose nodes are called after what they are, such as `endpoint`: several in a stack would be called the same.
_PARTS = ("entry", "workflow", "events")
#: Roles whose nodes have the title of their subject as their note.
_TITLED = ("compute", "store", "messaging")


def alarms_of(architecture: Architecture, names: Mapping[str, str], loads: Mapping[str, float]) -> tuple[Alarm, ...]:
    """Return the alarms of all nodes, in the order of the nodes; `loads` are the requests per second of each."""
    alarms: list[Alarm] = []
    for node in architecture.nodes:
        traits = traits_of_node(node)
        if traits.metrics is not None and traits.watched(node):
            refs, shown = _dimensions(node, traits.metrics), shown_in_alarms(architecture, node)
            rules = [rule for rule in traits.metrics.alarms if rule.applies(node)]
            rules = [rule for rule in rules if not (is_shared(node) and rule.metric in OF_TARGETS)]
            for rule in rules:
                words = rule.words if rule.words_in is None else rule.words_in(architecture, node)
                said = replace(rule, words=words)
                alarm = alarm_of(node, names[node.id], traits.metrics.namespace, refs, said, shown)
                alarms.append(under_load(alarm, rule.total, loads[node.id], shown))
    return tuple(alarms)


def checker_alarms(
    architecture: Architecture, names: Mapping[str, str], loads: Mapping[str, float], entries: Iterable[str]
) -> Iterator[Alarm]:
    """Yield the alarms of the authorizer functions of these entries."""
    for entry in entries:
        node = architecture.node(entry)
        shown = authorizer_shown(architecture, node)
        refs = (("FunctionName", Ref(entry, "authorizer-name")),)
        for rule in lambda_.METRICS.alarms:
            alarm = alarm_of(node, f"{names[entry]}Authorizer", lambda_.METRICS.namespace, refs, rule, shown)
            yield under_load(alarm, rule.total, loads[entry], shown)


def measured(node: Node) -> tuple[str, tuple[tuple[str, Ref], ...]] | None:
    """Return the namespace of a node's metrics and the dimensions that single it out, or None if it has none here."""
    metrics = traits_of_node(node).metrics
    return None if metrics is None else (metrics.namespace, _dimensions(node, metrics))


def _dimensions(node: Node, metrics: Metrics) -> tuple[tuple[str, Ref], ...]:
    return tuple((dimension.name, Ref(node.id, dimension.attribute)) for dimension in metrics.dimensions)


def shown_in_alarms(architecture: Architecture, node: Node) -> Text:
    """Return the name of a node in an alarm, which identifies the part of the workload."""
    subject = subject_title(architecture, node.subject)
    if node.kind == "part":  # what belongs to another node has no note of its own
        title = node.title.en[:1].lower() + node.title.en[1:]
        return Text(f"{subject.en} ({title})", f"{subject.ja}（{node.title.ja}）")
    if is_shared(node):
        return Text(f"Load balancer ({node.note.en})", f"ロードバランサー（{node.note.ja}）")
    if node.role in _PARTS:
        return Text(f"{subject.en} ({node.note.en})", f"{subject.ja}（{node.note.ja}）")
    if node.role.startswith("buffer"):
        return Text(f"{subject.en} (queue for {node.note.en})", f"{subject.ja}（{node.note.ja}のキュー）")
    return Text(node.note.en or node.title.en, node.note.ja or node.title.ja)


def subject_title(architecture: Architecture, subject: str) -> Text:
    """Return the title of a subject, which the node of its main role has as its note; its id without such a node."""
    notes = (node.note for node in architecture.nodes if node.subject == subject and node.role in _TITLED and node.note)
    return next(notes, Text(subject, subject))


def authorizer_shown(architecture: Architecture, entry: Node) -> Text:
    """Return the name of the Lambda authorizer of an entry in alarms."""
    subject = subject_title(architecture, entry.subject)
    return Text(f"{subject.en} (Lambda authorizer)", f"{subject.ja}（Lambda オーソライザー）")


def alarm_of(
    node: Node, name: str, namespace: str, refs: tuple[tuple[str, Ref], ...], rule: AlarmRule, shown: Text
) -> Alarm:
    """Return the alarm of a rule for a node, or for the given dimensions."""
    said = rule.words_of(node) if rule.words_of is not None else rule.words
    words = spaced(Text(said.en.replace("{}", shown.en), said.ja.replace("{}", shown.ja)))
    return Alarm(
        f"{name}{rule.end}",
        node.id,
        words,
        namespace,
        rule.metric,
        refs,
        rule.statistic,
        rule.period_s,
        rule.periods,
        rule.above(node) if callable(rule.above) else rule.above,
        falls=rule.falls,
    )


def under_load(alarm: Alarm, total: Total | None, load: float, shown: Text) -> Alarm:
    """Return an alarm on failed requests as it is under a load, in requests per second; `shown` is the name in its words.

    Under a high load it goes off for a share of the requests that `total` counts, else for the failures that the alarm counts.
    """
    if total is None or not is_high(load):
        return alarm
    en, ja = (words.replace("{share}", SHARE) for words in (total.words.en, total.words.ja))
    changed = replace(alarm, description=spaced(Text(en.replace("{}", shown.en), ja.replace("{}", shown.ja))))
    if not total.metric:
        return replace(changed, above=round(MOST_PERCENT / 100 * load * alarm.period_s))
    return replace(changed, above=MOST_PERCENT, total=total)
