"""What a preflight found, as text and as plain values."""

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
    "{blocked} would block a deployment, {unknown} could not be checked, {warned} to know, {fine} fine.",
    "デプロイを妨げるもの {blocked} 件、確認できなかったもの {unknown} 件、注意 {warned} 件、良好 {fine} 件。",
)


def passed(found: Iterable[Outcome]) -> bool:
    """Return whether nothing would block a deployment and everything could be checked."""
    return all(one.state in ("fine", "warned") for one in found)


def to_data(found: Iterable[Outcome], lang: Lang) -> list[dict[str, Any]]:
    """Return the findings as plain values."""
    return [
        {
            "check": one.check,
            "state": one.state,
            "about": one.about.in_(lang),
            "because": one.words.in_(lang),
            "source": one.source or None,
        }
        for one in found
    ]


def to_text(found: Iterable[Outcome], lang: Lang) -> str:
    """Return the findings for a terminal, by check."""
    rows = tuple(found)
    lines = []
    for check in CHECKS:
        listed = [one for one in rows if one.check == check]
        lines += [_TITLES[check].in_(lang)] * bool(listed)
        for one in listed:
            lines.append(f"  [{_STATES[one.state].in_(lang)}] {one.about.in_(lang)}: {one.words.in_(lang)}")
            if one.source and one.state != "fine":
                lines.append(f"      {one.source}")
    counted = {state: sum(one.state == state for one in rows) for state in _STATES}
    return "\n".join([*lines, "", _SUMMARY.in_(lang).format(**counted), ""])
