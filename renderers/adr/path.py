"""The tables of a decision record about the path: settings with their reasons, and the budgets of every edge."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from advisor.architecture import Node
from advisor.budgets.words import READ_ON, STATES, allowed_words, headroom_words, load_words, quantity_title, tells, way
from advisor.design import Design
from advisor.sizing.words import setting_value, title
from advisor.text import Lang, Text
from renderers.markdown import link
from renderers.words import with_owner

Escape = Callable[[Text], str]
WORDS = {
    "path": Text("Settings and Limits", "設定値と上限"),
    "settings_intro": Text(
        "Settings derived from the requirements or from defaults:",
        "要件またはデフォルト値から決めた設定と、その理由です。",
    ),
    "budgets_intro": Text(
        "The load of each connection and the limit that applies to it. If the limit is itself a setting of this "
        "design, it can equal the load (headroom: 0%).",
        "各接続の負荷と、適用される上限です。本設計で設定する上限は、負荷と等しくなることがあります（余裕 0%）。",
    ),
    "part": Text("Part", "要素"),
    "setting": Text("Setting", "設定"),
    "value": Text("Value", "値"),
    "reason": Text("Reason", "理由"),
    "edge": Text("Connection", "接続"),
    "budget": Text("Quantity", "項目"),
    "have": Text("Load", "負荷"),
    "allowed": Text("Limit", "上限"),
    "headroom": Text("Headroom", "余裕"),
    "state": Text("State", "状態"),
    "bounded_by": Text("Source of the limit", "上限の根拠"),
}


class SettingRow(NamedTuple):
    """A derived setting; the columns are those of the table, in its order."""

    part: str
    setting: str
    value: str
    reason: str


class BudgetRow(NamedTuple):
    """A budget; the columns are those of the table, in its order."""

    edge: str
    budget: str
    have: str
    allowed: str
    headroom: str
    state: str
    bounded_by: str


def setting_rows(design: Design, escaped: Escape) -> Iterator[SettingRow]:
    """Yield a row for each derived setting."""
    names = {subject.id: subject.name for _, subject in design.requirements.subjects()}
    for node in design.architecture.nodes:
        named = _name(with_owner(design.architecture, node, names))
        for key, ground in node.grounds.items():
            value = setting_value(node, key)
            yield SettingRow(escaped(named), escaped(title(node, key)), escaped(value), escaped(ground.reason))


def _name(node: Node) -> Text:
    if not node.note.en:
        return node.title
    return Text(f"{node.title.en}, {node.note.en}", f"{node.title.ja}、{node.note.ja}")


def budget_rows(design: Design, escaped: Escape, lang: Lang) -> Iterator[BudgetRow]:
    """Yield a row for each budget that says more than the settings."""
    for edge in design.architecture.edges:
        for budget in filter(tells, edge.budgets):
            have, counted = load_words(budget), budget.counted
            load = Text(f"{have.en} ({counted.en})", f"{have.ja}（{counted.ja}）")
            yield BudgetRow(
                edge=escaped(way(design.architecture, budget)),
                budget=escaped(quantity_title(budget)),
                have=escaped(load),
                allowed=escaped(allowed_words(budget, design.assumed)),
                headroom=headroom_words(budget),
                state=STATES[budget.state].in_(lang),
                bounded_by=_bounded(design, budget.source),
            )


def _bounded(design: Design, source: str) -> str:
    """Return the page that states a limit, by the date on which it was read; a setting of the design has none."""
    fact = design.book.facts.get(source)
    if fact is not None:
        return link(fact.source.checked, fact.source.url)
    return link(READ_ON.get(source, "–"), source) if source.startswith("https://") else "–"
