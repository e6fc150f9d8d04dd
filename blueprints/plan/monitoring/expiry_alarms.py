"""Alarms for a decision that is about to expire: at 80% of each flip point that CloudWatch can measure.

If a setting of the deployment, such as the timeout of a function, stops the growth before, the alarm goes off at 80% of
that setting: the metric never exceeds it. Its description names both, since the setting can be raised up to the flip
point. Where the longest run of the requirements is near or above that value, the alarm goes off half-way between the
run and the limit, since it would report normal operation otherwise; without room between them, there is none.

A flip point is the nearest answer at which another service is chosen (`advisor.sensitivity.analysis`). Only those that
growth leads to have an alarm: a number that becomes smaller asks for nothing. The typical run has none, because the
longest run reaches the same point first. Memory, CPU, the size of one item, the items of one map and the life of one
connection have none, because no default metric measures them: the concurrent executions of a function are those of all
maps, and an inline map runs 40 items at once however many it has.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import is_shared, sharing
from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import FlipPoint
from advisor.sensitivity.sweep import questions_of
from advisor.vocabulary import Field
from blueprints.plan.monitoring.alarms import Alarm, measured
from blueprints.plan.monitoring.expiry_sentences import reached_then, sentence_of_answer, sentence_of_limit
from blueprints.plan.monitoring.message_limits import tightest, words_of_carrier
from blueprints.plan.monitoring.normal_times import base_of, limit_of, normal_of
from blueprints.traits import NEAR, Measure, near_limit, traits_of_node
from blueprints.values.reference import Ref

#: Question -> its word in alarm names. How it is measured on a node, the traits of the node's service say.
QUESTIONS: Mapping[str, str] = {
    "longest_run_s": "Duration",
    "response_s": "ResponseTime",
    "request_bytes": "RequestSize",
    "response_bytes": "ResponseSize",
    "message_bytes": "MessageSize",
    "retention_s": "BacklogAge",
    "rate_peak_rps": "PeakRate",
    "rate_average_rps": "AverageRate",
    "volume_bytes": "DataVolume",
}
#: The setting of a deployment that stops the growth of an answer.


class Near(NamedTuple):
    """An alarm that warns of a flip point, and in the unit of the question: at which answer, and the limit near which that is."""

    alarm: Alarm
    answer: float
    limit: float


def expiries(design: Design, names: Mapping[str, str], faults: Collection[Alarm] = ()) -> tuple[Alarm, ...]:
    """Return the alarms of a design's flip points, in the order of its questions.

    `faults` are the other alarms: what one of them says at the same value of the same metric is not said again.
    """
    said = {(alarm.node, alarm.dimensions, alarm.metric, alarm.above) for alarm in faults}
    speaker = Speaker(design.requirements, design.book)
    alarms = [
        alarm
        for flip, node, measure in _growing(design)
        for alarm in _alarm(design, names, speaker, flip, node, measure)
        if (alarm.node, alarm.dimensions, alarm.metric, alarm.above) not in said
    ]
    # A request and its answer are seen as one number: the first of two equal alarms stands for both.
    return tuple(
        {
            (alarm.node, alarm.dimensions, alarm.metric, alarm.period_s, alarm.above): alarm
            for alarm in reversed(alarms)
        }.values()
    )[::-1]


def alarms_near(design: Design, names: Mapping[str, str], alarms: Sequence[Alarm]) -> dict[tuple[str, str], Near]:
    """Return by question, as (subject, field), the alarm of a project that warns of its flip point."""
    speaker = Speaker(design.requirements, design.book)
    said = {(alarm.node, alarm.dimensions, alarm.metric, alarm.above): alarm for alarm in reversed(alarms)}
    found: dict[tuple[str, str], Near] = {}
    for flip, node, measure in _growing(design):
        for wanted in _alarm(design, names, speaker, flip, node, measure):
            alarm = said.get((wanted.node, wanted.dimensions, wanted.metric, wanted.above))
            if alarm:
                answer, limit = alarm.above / measure.scale, base_of(design, flip, node, measure)
                found[flip.subject, flip.field] = Near(alarm, answer, limit)
    return found


def _growing(design: Design) -> Iterator[tuple[FlipPoint, Node, Measure]]:
    """Yield the flip points that growth leads to and CloudWatch can measure, each with the node that shows it, and how.

    Only these are looked for: to evaluate every answer to every question takes longer than everything else in a plan.
    """
    for subject, field, node, measure in _shown(design):
        flip = design.flip_above(subject, field)
        if flip is None or not isinstance(flip.at, float):
            continue
        kept_s = measure.limit(design.architecture, node) if measure.limit and field.id == "retention_s" else None
        # A queue keeps a message longer than the topic before it, whose limit it is, tries to deliver one.
        if kept_s is None or kept_s <= flip.at:
            yield flip, node, measure


def _shown(design: Design) -> Iterator[tuple[str, Field, Node, Measure]]:
    """Yield the questions whose answers CloudWatch can measure, each with the node that shows it, and how."""
    for subject, field in questions_of(design.verdict):
        shown = _measured_node(design, subject, field.id) if field.id in QUESTIONS else None
        if shown:
            yield subject, field, *shown


def _alarm(
    design: Design, names: Mapping[str, str], speaker: Speaker, flip: FlipPoint, node: Node, measure: Measure
) -> Iterator[Alarm]:
    assert isinstance(flip.at, float)
    metrics = measured(node)
    if metrics is None:
        return
    namespace, dimensions = metrics
    named = node
    if is_shared(node):
        named = _behind(design.architecture, node, flip.subject)
        dimensions = (*dimensions, ("TargetGroup", Ref(named.id, "target-group")))
    limit = limit_of(design, node, measure, flip.at, normal := normal_of(design, flip, node))
    near = near_limit(flip.at if limit is None else limit, normal)
    if near is None:
        return
    carrier = tightest(design.architecture, flip.subject, flip.at) if flip.field == "message_bytes" else None
    description = (
        sentence_of_answer(speaker, flip, node, near)
        if limit is None
        else sentence_of_limit(design.architecture, design.dated, speaker, flip, node, limit, near)
    )
    if carrier is not None:
        near = NEAR * carrier.allowed
        reached = reached_then(speaker, flip, node, speaker.value(flip.subject, flip.field, near))
        description = words_of_carrier(design.architecture, carrier, reached, f"{NEAR:.0%}")
    yield Alarm(
        name=f"{names[named.id]}{QUESTIONS[flip.field]}NearLimitAlarm",
        node=node.id,
        description=description,
        namespace=namespace,
        metric=measure.metric,
        dimensions=dimensions,
        statistic=measure.statistic,
        period_s=measure.period_s,
        periods=1,
        above=round(near * measure.scale, 3),
        expires=True,
    )


def _measured_node(design: Design, subject: str, field: str) -> tuple[Node, Measure] | None:
    """Return the node on which an answer can be seen, and how, or None if nothing measures it."""
    nodes = [node for node in design.architecture.nodes if subject in _subjects(node)]
    measures = [(node, traits_of_node(node).measures.get(field)) for node in nodes]
    measured_nodes = [(node, measure) for node, measure in measures if measure is not None]
    return min(measured_nodes, key=lambda measured: measured[1].rank, default=None)


def _subjects(node: Node) -> tuple[str, ...]:
    """Return the subjects whose answers a node shows: of a shared load balancer, all that are behind it."""
    return sharing(node) or (node.subject,)


def _behind(architecture: Architecture, balancer: Node, component: str) -> Node:
    """Return the service of a component behind a shared load balancer."""
    services = (architecture.node(edge.target) for edge in architecture.leaving(balancer.id, "invoke"))
    return next(node for node in services if node.subject == component)
