"""The report of a preflight as text and as plain values."""

from collections.abc import Iterable
from typing import Any

from advisor.text import Lang, Text
from advisor_account.outcome import CHECKS, Check, Outcome, State

_TITLES: dict[Check, Text] = {
    "identity": Text("Who asks", "実行者"),
    "region": Text("Region", "リージョン"),
    "quota": Text("Quotas", "クォータ"),
    "name": Text("Names", "名前"),
    "runtime": Text("Runtimes", "ランタイム"),
    "change-set": Text("Change set", "変更セット"),
}
_STATES: dict[State, Text] = {
    "fine": Text("ok", "良好"),
    "warned": Text("note", "注意"),
    "blocked": Text("BLOCKED", "不可"),
    "unknown": Text("not known", "不明"),
}
_SUMMARY = Text(
    "{blocked} would block a deployment, {unknown} could not be checked, {warned} warnings, {fine} passed.",
    "デプロイを妨げるもの {blocked} 件、確認できなかったもの {unknown} 件、注意 {warned} 件、合格 {fine} 件。",
)


def passed(outcomes: Iterable[Outcome]) -> bool:
    """Return whether nothing would block a deployment and everything could be checked."""
    return all(outcome.state in ("fine", "warned") for outcome in outcomes)


def to_data(outcomes: Iterable[Outcome], lang: Lang) -> list[dict[str, Any]]:
    """Return the findings as plain values."""
    return [
        {
            "check": outcome.check,
            "state": outcome.state,
            "about": outcome.about.in_(lang),
            "because": outcome.words.in_(lang),
            "source": outcome.source or None,
        }
        for outcome in outcomes
    ]


def to_text(outcomes: Iterable[Outcome], lang: Lang) -> str:
    """Return the findings for a terminal, by check."""
    listed_outcomes = tuple(outcomes)
    lines = []
    for check in CHECKS:
        listed = [outcome for outcome in listed_outcomes if outcome.check == check]
        lines += [_TITLES[check].in_(lang)] * bool(listed)
        for outcome in listed:
            lines.append(f"  [{_STATES[outcome.state].in_(lang)}] {outcome.about.in_(lang)}: {outcome.words.in_(lang)}")
            if outcome.source and outcome.state != "fine":
                lines.append(f"      {outcome.source}")
    counted = {state: sum(outcome.state == state for outcome in listed_outcomes) for state in _STATES}
    return "\n".join([*lines, "", _SUMMARY.in_(lang).format(**counted), ""])
