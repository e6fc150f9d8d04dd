"""Quotas: the load and the AWS limit of each connection, with the headroom."""

from collections.abc import Iterator

from advisor.architecture import Budget
from advisor.budgets.words import (
    LITTLE,
    READ_ON,
    allowed_words,
    headroom_words,
    is_guideline,
    is_set_to_load,
    load_words,
    quantity_title,
    tells,
    way,
)
from advisor.decision import Source
from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Cell, Paragraph, Section, Table, cell, line
from advisor_document.titles import TITLES

_INTRO = Text(
    "The load is calculated from the requirements and, where these state nothing, from the assumptions. The quota on concurrent executions "
    "applies to all functions of an account together; each row shows what one function needs of it.",
    "負荷は要件から、要件に指定のない値は仮定から算出しています。関数の同時実行数のクォータはアカウントの全関数の合計に適用されます。各行は、1 つの関数に必要な数です。",
)
_HEADS = (
    Text("Connection", "接続"), Text("Quantity", "項目"), Text("Load", "負荷"), Text("Limit", "上限"), Text("Headroom", "余裕"),
    Text("Assessment", "判定"),
)  # fmt: skip
_LOAD = Text("{load} ({counted})", "{load}（{counted}）")
_NONE = Text("No limits are known for these connections.", "上限が既知の接続はありません。")
_CHECK, _KEPT = Text("To be checked", "要確認"), Text("Within the limit", "範囲内")
_NO_HEADROOM = Text("No headroom", "余裕なし")
_SET = Text("Set to the load", "負荷に合わせて設定")
#: What an assessment means that does not say so itself, in the order in which it is explained.
_MEANINGS = {
    _CHECK: Text(
        '"To be checked" marks a load that leaves less than 1% of its limit.',
        "余裕が上限の 1% 未満の項目は「要確認」と表示します。",
    ),
    _SET: Text(
        '"Set to the load" marks a limit that is a setting of this design and that was derived from the load.',
        "上限が本設計の設定値で、負荷に合わせて定めた項目は「負荷に合わせて設定」と表示します。",
    ),
}
_ABOVE_GUIDELINE = Text("Above guideline", "目安超過")
_RAISE, _BROKEN = Text("Quota increase needed", "クォータの引き上げが必要"), Text("Limit exceeded", "上限超過")


def section(context: Context) -> Section:
    """Return the chapter."""
    rows = tuple(_rows(context))
    if not rows:
        return Section("quotas", context.say(TITLES["quotas"]), (Paragraph(context.line(_NONE)),))
    table = Table(context.say(TITLES["quotas"]), tuple(context.say(head) for head in _HEADS), rows, (6, 3, 6, 3, 3, 3))
    return Section("quotas", context.say(TITLES["quotas"]), (Paragraph(line(_intro(context))), table))


def _needs_quota(context: Context, budget: Budget) -> bool:
    """Return whether AWS raises an exceeded limit on request: neither a setting of the design nor a fixed limit of a service."""
    fact = context.design.book.facts.get(budget.source)
    return fact is not None and fact.kind == "quota"


def _intro(context: Context) -> str:
    """Return the introduction: the meaning of each assessment that the table contains."""
    given = {
        _assessed(context, budget)
        for edge in context.design.architecture.edges
        for budget in filter(tells, edge.budgets)
    }
    said = [_INTRO, *(meaning for assessment, meaning in _MEANINGS.items() if assessment in given)]
    return (" " if context.lang == "en" else "").join(context.say(text) for text in said)


def to_check(context: Context) -> Iterator[tuple[str, dict[str, Text]]]:
    """Yield connections without headroom: the connection, and the quantity, the load, the limit and the assessment."""
    for edge in context.design.architecture.edges:
        for budget in edge.budgets:
            if (assessment := _assessed(context, budget)) not in (_KEPT, _SET):
                where = context.say(way(context.design.architecture, budget))
                state = _NO_HEADROOM if assessment is _CHECK else assessment
                kind, load, limit = (
                    quantity_title(budget),
                    load_words(budget),
                    allowed_words(budget, context.design.assumed),
                )
                yield (
                    where,
                    {
                        "kind": kind,
                        "load": load,
                        "counted": budget.counted,
                        "state": state,
                        "limit": limit if is_guideline(budget) else Text(f"limit: {limit.en}", f"上限は{limit.ja}"),
                    },
                )


def _rows(context: Context) -> Iterator[tuple[Cell, ...]]:
    for edge in context.design.architecture.edges:
        for budget in filter(tells, edge.budgets):
            load = context.say(_LOAD, load=context.say(load_words(budget)), counted=context.say(budget.counted))
            yield (
                context.cell(way(context.design.architecture, budget)),
                context.cell(quantity_title(budget)),
                cell(load),
                context.cell(allowed_words(budget, context.design.assumed), _source(context, budget)),
                cell(headroom_words(budget)),
                context.cell(_assessed(context, budget)),
            )


def _assessed(context: Context, budget: Budget) -> Text:
    if budget.state == "broken":
        return _ABOVE_GUIDELINE if is_guideline(budget) else _BROKEN
    if budget.state == "warned":
        return _RAISE if _needs_quota(context, budget) else _BROKEN
    if is_set_to_load(budget):
        return _SET
    return _CHECK if budget.headroom < LITTLE else _KEPT


def _source(context: Context, budget: Budget) -> Source | None:
    fact = context.design.book.facts.get(budget.source)
    if fact is not None:
        return fact.source
    return Source(budget.source, READ_ON.get(budget.source, "")) if budget.source.startswith("https://") else None
