"""A design's decision as text, its services, and the layout of JSON output."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from advisor.book import Book
from advisor.decision import Choice, Conflict, Reason
from advisor.design import Design
from advisor.explanation.wording import CONFLICTS, service_name
from advisor.text import Lang, Text
from advisor.vocabulary.formats import date

#: Counts the breaking changes of what the commands print but `advisor decide`, whose format has a number of its own.
SCHEMA = 1


def services(design: Design) -> tuple[str, ...]:
    """Return the sorted catalogue ids of every service in the whole architecture."""
    drawn = {node.service for node in design.architecture.nodes if node.service in design.book.services}
    return tuple(sorted(drawn | set(design.decision.services)))


def dumps(value: Any) -> str:
    """Return plain data as the JSON text that every command prints: values that fit a line are on one line."""
    return _laid_out(value, "", 0) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False).encode
_WIDTH = 300


def _laid_out(value: Any, indent: str, before: int) -> str:
    """Return a value as JSON whose first line starts after `before` characters."""
    if not isinstance(value, dict | list | tuple) or not value:
        return _encode(value)
    if _flat(value, 2) and before + len(line := _encode(value)) <= _WIDTH:
        return line
    inside = indent + "  "
    if isinstance(value, dict):
        keys = [f"{inside}{_encode(key)}: " for key in value]
        parts = [key + _laid_out(item, inside, len(key)) for key, item in zip(keys, value.values(), strict=True)]
        return f"{{\n{_BREAK.join(parts)}\n{indent}}}"
    parts = [inside + _laid_out(item, inside, len(inside)) for item in value]
    return f"[\n{_BREAK.join(parts)}\n{indent}]"


_BREAK = ",\n"


def _flat(value: Any, deep: int) -> bool:
    """Return whether a value is nested so little that one line can show it."""
    if not isinstance(value, dict | list | tuple):
        return True
    items = value.values() if isinstance(value, dict) else value
    return deep > 0 and all(_flat(item, deep - 1) for item in items)


def _sentences(reasons: Iterable[Reason], lang: Lang) -> list[str]:
    return [reason.sentence.in_(lang) for reason in reasons]


_WORDS = {
    "services": Text("Services", "サービス"),
    "not": Text("Not chosen:", "不採用:"),
    "excluded": Text("Excluded:", "除外:"),
    "pinned": Text("specified", "指定"),
    "violates": Text("Violates", "違反"),
    "assumptions": Text("Assumptions for unanswered questions", "未回答のため仮定したこと"),
    "ranges": Text("Answers given as a range", "範囲での回答"),
    "warnings": Text("Before you build", "構築前に確認すること"),
    "conflicts": CONFLICTS,
    "none": Text("none", "なし"),
    "workload": Text("Whole workload", "ワークロード全体"),
    "flips": Text(
        "Answers that would change the decision, and the resulting changes (numeric values nearest to the current one first)",
        "選定が変わる回答と、変わる内容（数値の回答は、現在の値に近い順）",
    ),
    "stability": Text(
        "Of all changes to a single answer or assumption that were examined, {share} leave the services the same.",
        "回答や仮定を 1 つずつ別の値に変えて確認した結果、{share} の変更では選定が変わりませんでした。",
    ),
    "as_of": Text("As of {date}, version {book} of the decision rules", "{date}時点（判定ルールの版 {book}）"),
}

_CONFLICT_WORDS = {
    "alone": Text("Cannot be met", "満たせない回答"),
    "together": CONFLICTS,
    "way_out": Text("Alternative", "代替案"),
    "price": Text("Trade-off", "トレードオフ"),
}


def to_text(design: Design, lang: Lang) -> str:
    """Return the decision as plain text for a terminal."""
    words = {key: text.in_(lang) for key, text in _WORDS.items()}
    lines = [words["as_of"].format(date=date(design.as_of).in_(lang), book=design.book.version)]
    lines += [f"{words['services']}: {', '.join(services(design)) or words['none']}"]
    for subject in design.decision.subjects:
        lines += ["", f"{_line(subject.heading.in_(lang))} ({subject.id})"]
        for choice in subject.choices:
            lines += _choice_lines(design.book, choice, lang, words)
    decision = design.decision
    if decision.conflicts:
        lines += ["", words["conflicts"]]
        for conflict in decision.conflicts:
            first, *more = conflict_lines(conflict, lang)
            named = first.startswith(f"{conflict.subject}: ")  # a part without a title is called by its id
            first = first if named else f"{conflict.subject}: {first}"
            lines += [f"  - {first}", *(f"    {line}" for line in more)]
    if decision.ranges:
        lines += ["", words["ranges"], *(f"  - {_line(decided.sentence.in_(lang))}" for decided in decision.ranges)]
    lines += _remark_lines(design, lang, words)
    if design.unused_answers:
        lines += ["", _line(design.unused_line.in_(lang))]
    lines += _what_if_lines(design, lang, words)
    return "\n".join(lines) + "\n"


def _remark_lines(design: Design, lang: Lang, words: dict[str, str]) -> Iterator[str]:
    """Yield the warnings and the assumptions, each with the name of its part."""
    names = {subject.id: subject.name.in_(lang) for _, subject in design.requirements.subjects()}
    decision, gap = design.decision, ", " if lang == "en" else " / "
    for key, items, between in (("warnings", decision.warnings, ": "), ("assumptions", decision.assumptions, gap)):
        if items:
            yield from ("", words[key])
        for item in items:
            name = names.get(item.subject, item.subject) or words["workload"]
            yield f"  - {_line(name)}{between}{_line(item.sentence.in_(lang))}"


def conflict_lines(conflict: Conflict, lang: Lang) -> Iterator[str]:
    """Yield the lines on a conflict: its description, the conflicting sets of answers, and the alternatives."""
    words = {key: text.in_(lang) for key, text in _CONFLICT_WORDS.items()}
    yield _line(conflict.sentence.in_(lang))
    if len(conflict.sets) > 1:
        for fields, answers in zip(conflict.sets, conflict.excluding, strict=True):
            yield f"{words['alone' if len(fields) == 1 else 'together']}: {_line(answers.in_(lang))}"
    yield from (f"{words['way_out']}: {_line(way.sentence.in_(lang))}" for way in conflict.ways_out)
    for instead in conflict.instead:
        yield f"{words['way_out']}: {_line(instead.title.in_(lang))}: {_line(instead.way.in_(lang))}"
        yield f"  {words['price']}: {_line(instead.price.in_(lang))}"


def _what_if_lines(design: Design, lang: Lang, words: dict[str, str]) -> list[str]:
    from advisor.explanation.firmness import firmness
    from advisor.explanation.what_if import Speaker

    analysis, speaker = design.analysis, Speaker(design.requirements, design.book)
    share = words["stability"].format(share=f"{analysis.stability:.0%}")
    gap = " " if lang == "en" else ""
    lines = ["", f"{firmness(analysis).in_(lang)}{gap}{share}", "", words["flips"]]
    for flip in analysis.flips:
        if flip.stated:
            lines += [f"  - {_line(speaker.condition(flip).in_(lang))}"]
            lines += [f"    {_line(speaker.move(move).in_(lang))}" for move in flip.moves]
    return lines


def _choice_lines(book: Book, choice: Choice, lang: Lang, words: dict[str, str]) -> list[str]:
    role, name = book.role(choice.role).title.in_(lang), service_name(book, choice.service).in_(lang)
    lines = [f"  {role}: {name}" + (f" ({words['pinned']})" if choice.pinned else "")]
    lines += [f"    + {_line(sentence)}" for sentence in _sentences(choice.because, lang)]
    lines += [f"    ! {words['violates']}: {_line(sentence)}" for sentence in _sentences(choice.violates, lang)]
    for rejected in choice.rejected:
        why = ("" if lang == "ja" else " ").join(_line(sentence) for sentence in _sentences(rejected.because, lang))
        state = words["not" if rejected.possible else "excluded"]
        lines += [f"    - {state} {service_name(book, rejected.service).in_(lang)}: {why}"]
    return lines


def _line(words: str) -> str:
    return " ".join(words.split())
