"""Quotas: the load and the AWS limit of each connection, with the headroom."""

from collections.abc import Iterator

from advisor.architecture import Budget
from advisor.budgets.words import allowed_words, load_words, quantity_title, set_here, way
from advisor.decision import Source
from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Cell, Paragraph, Section, Table, cell
from advisor_document.titles import TITLES

_INTRO = Text(
    'The load is calculated from the requirements. "To be checked" marks a load that equals its limit. A limit that is a '
    "setting of this design is derived from the load, so both can be equal.",
    "負荷は要件から算出しています。負荷が上限と等しい項目は「要確認」としています。上限が本設計の設定値である項目は、"
    "負荷から設定値を算出しているため、両者が等しい場合があります。",
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
_RAISE, _BROKEN = Text("Quota increase needed", "引き上げが必要"), Text("Limit exceeded", "上限超過")


def section(context: Context) -> Section:
    """Return the chapter."""
    rows = tuple(_rows(context))
    if not rows:
        return Section("quotas", context.say(TITLES["quotas"]), (Paragraph(context.line(_NONE)),))
    table = Table(context.say(TITLES["quotas"]), tuple(context.say(head) for head in _HEADS), rows, (6, 3, 6, 3, 3, 3))
    return Section("quotas", context.say(TITLES["quotas"]), (Paragraph(context.line(_INTRO)), table))


def to_check(context: Context) -> Iterator[tuple[str, dict[str, Text]]]:
    """Yield connections without headroom: the connection, and the quantity, the load, the limit and the assessment."""
    for edge in context.design.architecture.edges:
        for budget in edge.budgets:
            if (assessment := _assessed(budget)) not in (_KEPT, _SET):
                where = context.say(way(context.design.architecture, budget))
                state = _NO_HEADROOM if assessment is _CHECK else assessment
                kind, load, limit = quantity_title(budget), load_words(budget), allowed_words(budget)
                yield (
                    where,
                    {"kind": kind, "load": load, "limit": limit, "counted": budget.counted, "state": state},
                )


def _rows(context: Context) -> Iterator[tuple[Cell, ...]]:
    for edge in context.design.architecture.edges:
        for budget in edge.budgets:
            load = context.say(_LOAD, load=context.say(load_words(budget)), counted=context.say(budget.counted))
            yield (
                context.cell(way(context.design.architecture, budget)),
                context.cell(quantity_title(budget)),
                cell(load),
                context.cell(allowed_words(budget), _source(context, budget)),
                cell(f"{budget.headroom:.0%}"),
                context.cell(_assessed(budget)),
            )


def _assessed(budget: Budget) -> Text:
    if budget.state == "broken":
        return _BROKEN
    if budget.state == "warned":
        return _RAISE
    if f"{budget.headroom:.0%}" != "0%":
        return _KEPT
    return _SET if set_here(budget) else _CHECK


def _source(context: Context, budget: Budget) -> Source | None:
    fact = context.design.book.facts.get(budget.source)
    if fact is not None:
        return fact.source
    return Source(budget.source, "") if budget.source.startswith("https://") else None
