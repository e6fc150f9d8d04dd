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
from advisor.book import DatedBook
from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name
from advisor.sensitivity.analysis import FlipPoint
from advisor.sensitivity.moves import Move
from advisor.sensitivity.sweep import questions_of
from advisor.text import EMPTY, Text, spaced
from advisor.vocabulary import Field
from advisor.vocabulary.formats import listed
from advisor.vocabulary.formats.english import noun
from blueprints.plan.monitoring.alarms import Alarm, measured
from blueprints.plan.monitoring.expiry_words import beyond, is_preferred, raised
from blueprints.plan.monitoring.message_limits import tightest, words_of_carrier
from blueprints.plan.monitoring.normal_times import DURATIONS, awaited_s, base_of, limit_of, normal_of
from blueprints.traits import NEAR, Measure, api_gateway_rest, near_limit, traits_of_node
from blueprints.traits.api_gateway_rest import TIMEOUT_S
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
#: What the alarm of a question measures, in words.
_MEASURED: Mapping[str, Text] = {
    "longest_run_s": Text("the longest run", "実行時間の最大値"),
    "response_s": Text("the response time", "応答時間"),
    "request_bytes": Text("the size of a request or response", "リクエストまたはレスポンスのサイズ"),
    "response_bytes": Text("the size of a request or response", "リクエストまたはレスポンスのサイズ"),
    "message_bytes": Text("the message size", "メッセージサイズ"),
    "retention_s": Text("the age of the oldest unprocessed message", "最も古い未処理メッセージの経過時間"),
    "rate_peak_rps": Text("the peak rate", "ピーク時の処理数"),
    "rate_average_rps": Text("the average rate", "平均処理数"),
    "volume_bytes": Text("the data volume", "データ量"),
}


_TIMES = (*DURATIONS, "retention_s")
#: The setting of a deployment that stops the growth of an answer.
_TIMEOUT, _LIMIT = Text("timeout", "タイムアウト"), Text("limit", "上限")
_SETTINGS: Mapping[str, Text] = {
    "longest_run_s": _TIMEOUT,
    "response_s": _TIMEOUT,
    "retention_s": Text("retention period", "保持期間"),
}
_LOST = Text(
    "Messages older than the retention period are deleted: find out why they are not processed. ",
    "保持期間を過ぎたメッセージは削除されるため、処理されない原因を調べてください。",
)
#: What serves for larger messages without another service.
_BY_REFERENCE = Text(
    ", or must store the payload in Amazon S3 and send a reference",
    "を使うか、本体を Amazon S3 に置いて参照を送るように変更する必要があります。",
)
#: The same where a workflow shows it.
_WORKFLOW = Text("the execution time of the workflow, with retries,", "ワークフローの実行時間（再試行を含む）")


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
        _words(speaker, flip, node, near)
        if limit is None
        else _words_of_limit(design.architecture, design.dated, speaker, flip, node, limit, near)
    )
    if carrier is not None:
        near = NEAR * carrier.allowed
        reached = _reached(speaker, flip, node, speaker.value(flip.subject, flip.field, near))
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


def _words(speaker: Speaker, flip: FlipPoint, node: Node, above: float) -> Text:
    assert isinstance(flip.at, float)
    near, at = (speaker.value(flip.subject, flip.field, value) for value in (above, flip.at))
    share = f"{above / flip.at:.0%}"
    reached, changed, lost = _reached(speaker, flip, node, near), _changed(speaker, flip), _lost(flip)
    limited = flip.field == "retention_s" or not is_preferred(speaker.book, flip)
    of = Text(f"the limit of {at.en}", f"上限（{at.ja}）") if limited else Text(at.en, f"しきい値（{at.ja}）")
    return spaced(
        Text(
            f"{reached.en}, which is {share} of {of.en}. {lost.en}{changed.en}",
            f"{reached.ja}を超えたことを通知します。{of.ja}の {share} です。{lost.ja}{changed.ja}",
        )
    )


def _words_of_limit(
    architecture: Architecture,
    dated: DatedBook,
    speaker: Speaker,
    flip: FlipPoint,
    node: Node,
    limit: float,
    above: float,
) -> Text:
    near, set_to = (speaker.value(flip.subject, flip.field, value) for value in (above, limit))
    share = f"{above / limit:.0%}"
    at = speaker.value(flip.subject, flip.field, flip.at)
    if flip.field in _TIMES and isinstance(flip.at, float) and flip.at > 3600 and flip.at % 60:
        # As AWS writes it.
        at = Text(f"{flip.at:,.0f} s ({at.en})", f"{flip.at:,.0f} 秒（{at.ja}）")
    reached, setting, lost = _reached(speaker, flip, node, near), _SETTINGS.get(flip.field, _LIMIT), _lost(flip)
    changed, waits = _changed(speaker, flip), awaited_s(architecture, node, dated)
    late = waits is not None and flip.field == "longest_run_s" and isinstance(flip.at, float) and waits < flip.at
    usual = TIMEOUT_S if node.service == api_gateway_rest.TRAITS.service and flip.field in DURATIONS else None
    more = raised(
        setting,
        at,
        speaker.value(flip.subject, flip.field, waits) if late else None,
        speaker.value(flip.subject, flip.field, usual)
        if usual and isinstance(flip.at, float) and usual < flip.at
        else None,
    )
    return spaced(
        Text(
            f"{reached.en}, which is {share} of the {setting.en} configured in this stack ({set_to.en}). {lost.en}"
            f"{more.en}{changed.en}",
            f"{reached.ja}を超えたことを通知します。このスタックに設定した{setting.ja}（{set_to.ja}）の {share} です。{lost.ja}"
            f"{more.ja}{changed.ja}",
        )
    )


def _lost(flip: FlipPoint) -> Text:
    """Return what happens to messages at the end of a retention period, and what to do first."""
    return _LOST if flip.field == "retention_s" else EMPTY


def _reached(speaker: Speaker, flip: FlipPoint, node: Node, near: Text) -> Text:
    title = speaker.title(flip.subject)
    what = _WORKFLOW if node.role == "workflow" and flip.field == "longest_run_s" else _MEASURED[flip.field]
    return Text(f"{title.en}: {what.en} has reached {near.en}", f"{title.ja}: {what.ja}が{near.ja}")


def _changed(speaker: Speaker, flip: FlipPoint) -> Text:
    """Return the changes that a design needs beyond a flip point, and the services that it does not need there."""
    more = beyond(flip, speaker.value(flip.subject, flip.field, flip.at))
    changed = [move for move in flip.moves if move.before is not None] or [*flip.moves]
    after = [move for move in changed if move.after]
    several = len(after) > 1
    needed = [*(_needed(speaker, flip, move, several=several) for move in after), *_others(speaker, flip, changed)]
    spared = _spared(speaker, flip, changed)
    said = [_wanted(listed(needed), flip.field)] if needed else []
    if spared:
        named = listed(spared)
        said.append(Text(f"no longer needs {named.en}", f"{named.ja}は不要になります。"))
    if needed and not spared and flip.field != "message_bytes" and is_preferred(speaker.book, flip):
        named = listed(needed)
        return Text(
            f"{more.en}, the decision rules select {named.en}.",
            f"{more.ja}、判定ルールにより{named.ja}を選択します。",
        )
    return Text(
        f"{more.en}, the design {' and '.join(one.en for one in said)}.",
        f"{more.ja}、{''.join(one.ja for one in said)}",
    )


def _wanted(needed: Text, field: str) -> Text:
    if field == "message_bytes":
        return Text(f"needs {needed.en}{_BY_REFERENCE.en}", f"{needed.ja}{_BY_REFERENCE.ja}")
    return Text(f"needs {needed.en}", f"{needed.ja}が必要です。")


def _needed(speaker: Speaker, flip: FlipPoint, move: Move, *, several: bool) -> Text:
    """Return a service that is needed beyond a flip point, with the subject if it differs from the measured one.

    Of several services, the one that each replaces is in brackets: "X (instead of Y) and Z (instead of W)".
    """
    after, where = _named(speaker, move.after), _where(speaker, flip, move)
    if move.before is None:
        role = speaker.book.role(move.role).title
        return Text(f"{after.en} in addition ({role.en}){where.en}", f"{where.ja}{after.ja}の追加（{role.ja}）")
    before = _named(speaker, move.before)
    instead = f"(instead of {before.en})" if several else f"instead of {before.en}"
    return Text(f"{after.en} {instead}{where.en}", f"{where.ja}{before.ja}の代わりに{after.ja}")


def _named(speaker: Speaker, service: str | None) -> Text:
    name = service_name(speaker.book, str(service))
    return Text(noun(name.en), name.ja)


def _others(speaker: Speaker, flip: FlipPoint, moves: Sequence[Move]) -> list[Text]:
    """Return what must replace the services for which the book knows no other one, as one text if there are any."""
    replaced = [
        Text(f"{before.en}{where.en}", f"{where.ja}{before.ja}")
        for move in moves
        if move.after is None and move.unmet
        for before, where in ((_named(speaker, move.before), _where(speaker, flip, move)),)
    ]
    if not replaced:
        return []
    names, kind = listed(replaced), "services" if len(replaced) > 1 else "a service"
    return [Text(f"{kind} other than {names.en}", f"{names.ja}に代わるサービス")]


def _spared(speaker: Speaker, flip: FlipPoint, moves: Sequence[Move]) -> list[Text]:
    """Return the services that are not needed beyond a flip point.

    What else a part without a suitable service would need is open, so it is not called superfluous.
    """
    lost = {move.subject for move in moves if move.unmet}
    return [
        Text(f"{before.en}{where.en}", f"{where.ja}{before.ja}")
        for move in moves
        if move.after is None and move.subject not in lost
        for before, where in ((_named(speaker, move.before), _where(speaker, flip, move)),)
    ]


def _where(speaker: Speaker, flip: FlipPoint, move: Move) -> Text:
    title = speaker.title(move.subject)
    return EMPTY if move.subject == flip.subject else Text(f" for {title.en}", f"{title.ja}では")
