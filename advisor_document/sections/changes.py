"""Review triggers: flip points, each with the affected services and the alarm."""

from advisor.text import Text
from advisor.vocabulary.formats import listed
from advisor_bundle.record import watches
from advisor_document.context import Context
from advisor_document.model import Cell, Table, cell, line
from renderers.record.changes import NO_REQUIREMENT, ReviewTrigger, Watch, review_triggers
from renderers.record.service_changes import in_one_sentence

_CAPTION = Text("Review triggers", "見直しの条件")
_HEADS = (
    Text("Part", "要素"), Text("Requirement", "要件"), Text("Current value", "現在の値"), Text("Threshold", "見直しの条件"),
    Text("Change", "変更されるサービス"), Text("Alarm", "アラーム"),
)  # fmt: skip
_ASSUMED = Text("{value} (assumed)", "{value}（仮定）")
#: The same inside brackets.
_ASSUMED_BETWEEN = Text("{value}, assumed", "{value}、仮定")
_WATCHED = Text(
    "{metric} ({statistic}{what}) of more than {at} ({share} of {limit})",
    "{metric}（{statistic}{what}）が{at}を超える（{limit}の {share}）",
)
#: A metric of a whole batch of messages or records.
_BATCH = Text(", batch of {count}", "、{count} 件のバッチ")
#: A metric that does not tell requests from responses.
_EITHER = Text(", request or response", "、リクエストまたはレスポンス")
_QUOTED_BETWEEN = Text('"{value}"', "「{value}」")
_STATISTICS = {"Maximum": Text("maximum", "最大値"), "Sum": Text("sum", "合計"), "Average": Text("average", "平均値")}
_NUMBER = Text(
    'If "{question}" of {part} is {threshold} (current value: {now}), {changes}.',
    "{part}の「{question}」が{threshold}と（現在の値: {now}）、{changes}。",
)
_CHOICE = Text(
    'If the answer to "{question}" for {part} (current answer: {now}) changes, {changes}.',
    "{part}の「{question}」の回答（現在の回答: {now}）が変わると、{changes}。",
)


def triggers(context: Context) -> tuple[ReviewTrigger, ...]:
    """Return the review triggers, the nearest first."""
    return review_triggers(context.design, watches(context.design, context.plan))


def sentence(context: Context, trigger: ReviewTrigger) -> str:
    """Return a trigger in one line."""
    return context.say(
        _CHOICE if trigger.vague else _NUMBER,
        part=context.say(listed([*dict.fromkeys(trigger.parts)])),
        question=context.say(trigger.question),
        threshold=context.say(_reached(trigger.threshold)),
        now=_now(context, trigger, _QUOTED_BETWEEN if trigger.of_choice and trigger.stated else _ASSUMED_BETWEEN),
        changes=context.say(in_one_sentence(trigger.changes)),
    )


def _reached(threshold: Text) -> Text:
    """Return a threshold as the predicate of a condition."""
    ja = threshold.ja
    return Text(threshold.en, f"{ja.removesuffix('超')}を超える" if ja.endswith("超") else f"{ja}になる")


def table(context: Context) -> Table:
    """Return all triggers as a table."""
    heads = tuple(context.say(head) for head in _HEADS)
    rows = tuple(_row(context, trigger) for trigger in triggers(context))
    return Table(context.say(_CAPTION), heads, rows, (3, 3, 3, 3, 5, 3))


def _row(context: Context, trigger: ReviewTrigger) -> tuple[Cell, ...]:
    changed = tuple(line(context.say(change.words)) for change in trigger.changes)
    return (
        cell(_parts(context, trigger)),
        context.cell(trigger.question),
        cell(_now(context, trigger)),
        context.cell(trigger.threshold),
        changed,
        tuple(line(_watched(context, trigger, watch)) for watch in trigger.watches),
    )


def _watched(context: Context, trigger: ReviewTrigger, watch: Watch) -> str:
    """Return an alarm in words: its metric, and its threshold with the limit near which it is."""
    statistic = context.say(_STATISTICS.get(watch.statistic, Text.same(watch.statistic)))
    what = context.say(_EITHER) if trigger.field in ("request_bytes", "response_bytes") else ""
    what += context.say(_BATCH, count=watch.batch) if watch.batch > 1 else ""
    at, of = context.say(watch.at), {"share": watch.share, "limit": context.say(watch.limit)}
    return context.say(_WATCHED, metric=watch.metric, statistic=statistic, what=what, at=at, **of)


def _parts(context: Context, trigger: ReviewTrigger) -> str:
    return context.joined(context.say(part) for part in trigger.parts)


def _now(context: Context, trigger: ReviewTrigger, assumed: Text = _ASSUMED) -> str:
    now = context.say(trigger.now)
    known = trigger.stated or trigger.now == NO_REQUIREMENT
    return now if known and assumed is not _QUOTED_BETWEEN else context.say(assumed, value=now)
