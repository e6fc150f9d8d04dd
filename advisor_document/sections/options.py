"""Comparison of options: the candidates of each role on the axes, the main reason of each, and review triggers."""

from collections.abc import Iterator

from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Cell, Line, Paragraph, Section, Table, cell, line, span
from advisor_document.sections.changes import table as changes_table
from advisor_document.sections.changes import triggers
from advisor_document.titles import TITLES
from renderers.record.options import Option, RoleOptions, axis_title, points_words, role_options

_INTRO = Text(
    "Ratings in points (more is better; an empty cell means not rated). Options that meet the requirements are compared by the number of "
    "decision rules that prefer them and by the stated priorities, then by total points. Such a rule also adds a point, so the points of a "
    'service can differ between parts. "Not chosen" options meet the requirements; "Excluded" options do not meet them or bring no '
    "benefit. For each option, the table states the deciding reason.",
    "評価: ◎＝3 点以上（4 点以上は点数を併記）、○＝2 点、△＝1 点、×＝0 点、空欄＝評価なし。"
    "要件を満たす候補は、その候補を優先する判定ルールの数と優先事項の評価点で比べ、同じ場合は評価点の合計で比べます。"
    "判定ルールに該当すると 1 点増えるため、同じサービスでも要素によって評価点が異なります。"
    "「不採用」は要件を満たす候補、「除外」は要件を満たさないか利点のない候補です。各候補について、決め手となった理由を 1 つ記載しています。",
)
_SUITABILITY = Text(
    '"Fit with the answers" counts the decision rules that prefer the option as a whole, and not for one of the other columns.',
    "「適合度」は、特定の観点ではなく候補全体を優先する判定ルールの数です。",
)
_OPTION, _RESULT, _REASON = Text("Option", "候補"), Text("Result", "結果"), Text("Reason", "理由")
_RESULTS = {
    "chosen": Text("Chosen", "採用"),
    "behind": Text("Not chosen", "不採用"),
    "excluded": Text("Excluded", "除外"),
}
_OF = Text("{role}: {parts}", "{role}: {parts}")
_SOLE = Text("Roles with one option", "候補が 1 つの選定項目")
_CHANGES = Text("What would change the decision", "決定を見直す条件")
_ALARMS = Text(
    "The alarms go off at 80% of the threshold. If a setting of this design, such as the timeout of a function, is below that "
    "value, they go off at 80% of the setting. Where the longest expected run is near these values, the share is higher. "
    "They are warnings: a value near its stated maximum can set one off.",
    "メトリクスが、見直しの条件に示した値の 80% を超えると、アラームで通知します。関数のタイムアウトなど、本設計の設定値がこの値より低い場合は、設定値の 80% で通知します。"
    "想定した最長の実行時間がこれらの値に近い場合は、より高い割合で通知します。"
    "早めの警告のため、要件で示された最大値に近い値でも通知されることがあります。",
)
_NO_CHANGES = Text(
    "No change to a single answer leads to a different service.",
    "回答を 1 つだけ変えても、選定されるサービスは変わりません。",
)


def section(context: Context) -> Section:
    """Return the chapter: a part for each role with a choice, the roles without one, and the review triggers."""
    roles = role_options(context.design)
    parts = [_compared(context, role) for role in roles if role.contested]
    if sole := tuple(_sole(context, role) for role in roles if not role.contested):
        heads = (context.say(_OPTION), context.say(_REASON))
        parts.append(Section("sole", context.say(_SOLE), (Table(context.say(_SOLE), heads, sole, (4, 8)),)))
    changed = changes_table(context)
    block = changed if changed.rows else Paragraph(context.line(_NO_CHANGES))
    watched = (Paragraph(context.line(_ALARMS)),) if any(trigger.watches for trigger in triggers(context)) else ()
    parts.append(Section("changes", context.say(_CHANGES), (*watched, block)))
    rated = any("suitability" in _axes(role) for role in roles if role.contested)
    intro = (_INTRO, _SUITABILITY) if rated else (_INTRO,)
    paragraphs = tuple(Paragraph(context.line(text)) for text in intro)
    return Section("options", context.say(TITLES["options"]), paragraphs, tuple(parts))


def _axes(role: RoleOptions) -> list[str]:
    """Return the axes on which at least one option of a role is rated."""
    return [axis for axis in role.axes if any(axis in option.points for option in (role.chosen, *role.others))]


def _titled(context: Context, role: RoleOptions) -> str:
    parts = context.joined(context.say(part) for part in role.parts)
    return context.say(_OF, role=context.say(role.title), parts=parts)


def _compared(context: Context, role: RoleOptions) -> Section:
    title = _titled(context, role)
    axes = _axes(role)
    heads = (
        context.say(_OPTION), *(context.say(axis_title(axis)) for axis in axes), context.say(_RESULT), context.say(_REASON),
    )  # fmt: skip
    rows = tuple(tuple(_row(context, option, axes)) for option in (role.chosen, *role.others))
    return Section(
        f"{role.role}-{role.subjects[0]}",
        title,
        (Table(title, heads, rows, (14, *(9 if context.lang == "en" else 6 for _ in axes), 10, 24)),),
    )


def _row(context: Context, option: Option, axes: list[str]) -> Iterator[Cell]:
    chosen = option.standing == "chosen"
    yield ((span(context.say(option.name), strong=chosen),),)
    rated = (option.points.get(axis) for axis in axes)
    yield from (cell("" if points is None else context.say(points_words(points))) for points in rated)
    yield context.cell(_RESULTS[option.standing])
    yield (_reason(context, option),)


def _sole(context: Context, role: RoleOptions) -> tuple[Cell, ...]:
    named = (line(_titled(context, role)), (span(context.say(role.chosen.name), strong=True),))
    return named, (_reason(context, role.chosen),)


def _reason(context: Context, option: Option) -> Line:
    return line(context.say(option.reason), *context.cited([option.source]))
