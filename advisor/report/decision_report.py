"""A design's decision as plain data for machines (JSON) and as text for people, in one of the two languages.

The JSON is a promise: `schema` counts its breaking changes, and `because` stays a list of sentences.
"""

import json
from collections.abc import Iterable
from typing import Any

from advisor.book import Book
from advisor.decision import Choice, Reason, SubjectDecision
from advisor.design import Design
from advisor.explanation.wording import service_name
from advisor.text import Lang, Text

SCHEMA = 1


def services(design: Design) -> tuple[str, ...]:
    """Return the sorted catalogue ids of every service in the whole architecture."""
    drawn = {node.service for node in design.architecture.nodes if node.service in design.book.services}
    return tuple(sorted(drawn | set(design.decision.services)))


def to_dict(design: Design, lang: Lang) -> dict[str, Any]:
    """Return the decision with its proof as plain data; sentences are in `lang`, everything else is an id.

    It holds the requirements, so that it can be saved and replayed on another book.
    """
    from advisor.report.records import budgets_data, conflict_data, settings_data, source_data
    from advisor.requirements.reading import plain

    decision = design.decision
    return {
        "schema": SCHEMA,
        "as_of": design.as_of,
        "book": design.book.version,
        "requirements": plain(design.requirements),
        "services": list(services(design)),
        "subjects": [_subject(subject, lang) for subject in decision.subjects],
        "assumptions": [
            {"subject": a.subject, "field": a.field, "sentence": a.sentence.in_(lang)} for a in decision.assumptions
        ],
        "warnings": [
            {
                "subject": w.subject,
                "role": w.role,
                "id": w.id,
                "sentence": w.sentence.in_(lang),
                "source": source_data(w.source),
            }
            for w in decision.warnings
        ],
        "conflicts": [conflict_data(conflict, lang) for conflict in decision.conflicts],
        "settings": settings_data(design.architecture, lang),
        "budgets": budgets_data(design.architecture, lang),
    }


def to_json(design: Design, lang: Lang) -> str:
    """Return the decision, and what would change it, as JSON text that ends with a line break."""
    from advisor.explanation.what_if import Speaker
    from advisor.report.records import analysis_data
    from advisor.sensitivity.analysis import analyse

    found = analyse(design.requirements, design.book, design.as_of)
    return dumps(to_dict(design, lang) | analysis_data(found, Speaker(design.requirements, design.book), lang))


def dumps(value: Any) -> str:
    """Return plain data as the JSON text that every command prints."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _subject(subject: SubjectDecision, lang: Lang) -> dict[str, Any]:
    return {
        "id": subject.id,
        "kind": subject.kind,
        "title": subject.title.in_(lang),
        "choices": [_choice(choice, lang) for choice in subject.choices],
    }


def _choice(choice: Choice, lang: Lang) -> dict[str, Any]:
    from advisor.report.records import proof_data

    return {
        "role": choice.role,
        "service": choice.service,
        "pinned": choice.pinned,
        "because": _sentences(choice.because, lang),
        "rejected": [{"service": r.service, "because": _sentences(r.because, lang)} for r in choice.rejected],
        "violates": _sentences(choice.violates, lang),
        "tied": list(choice.tied),
        "pareto": list(choice.best),
        "proof": [proof_data(proof) for proof in choice.proof],
    }


def _sentences(reasons: Iterable[Reason], lang: Lang) -> list[str]:
    return [reason.sentence.in_(lang) for reason in reasons]


_WORDS = {
    "services": Text("Services", "サービス"),
    "not": Text("Not", "不採用"),
    "pinned": Text("asked for", "指定"),
    "violates": Text("Violates", "違反"),
    "assumptions": Text("Assumed, because it was not answered", "未回答のため仮定したこと"),
    "warnings": Text("To know before building", "構築前に確認すること"),
    "conflicts": Text("Cannot be met together", "同時に満たせない条件"),
    "none": Text("none", "なし"),
    "flips": Text("What would change it (nearest first per question)", "結論が変わる境目"),
    "stability": Text(
        "Stable in {share} of all single changes of an answer", "回答を 1 つ変えても変わらない割合: {share}"
    ),
    "ways_out": Text("Way out", "解決策"),
    "price": Text("Price", "代償"),
    "as_of": Text("As of {date}, rule book {book}", "{date} 時点（ルールブック {book}）"),
}


def to_text(design: Design, lang: Lang) -> str:
    """Return the decision as plain text for a terminal."""
    words = {key: text.in_(lang) for key, text in _WORDS.items()}
    lines = [words["as_of"].format(date=design.as_of, book=design.book.version)]
    lines += [f"{words['services']}: {', '.join(services(design)) or words['none']}"]
    for subject in design.decision.subjects:
        lines += ["", f"{_line(subject.title.in_(lang))} ({subject.id})"]
        for choice in subject.choices:
            lines += _choice_lines(design.book, choice, lang, words)
    decision = design.decision
    parts = (("conflicts", decision.conflicts), ("warnings", decision.warnings), ("assumptions", decision.assumptions))
    for key, items in parts:
        if items:
            lines += ["", words[key]]
            lines += [f"  - {item.subject}: {_line(item.sentence.in_(lang))}" for item in items]
    lines += _conflict_lines(design, lang, words) + _what_if_lines(design, lang, words)
    return "\n".join(lines) + "\n"


def _conflict_lines(design: Design, lang: Lang, words: dict[str, str]) -> list[str]:
    lines = []
    for conflict in design.decision.conflicts:
        lines += [f"  {words['ways_out']}: {_line(way.sentence.in_(lang))}" for way in conflict.ways_out]
        for instead in conflict.instead:
            lines.append(f"  {words['ways_out']}: {_line(instead.title.in_(lang))}: {_line(instead.way.in_(lang))}")
            lines.append(f"    {words['price']}: {_line(instead.price.in_(lang))}")
    return lines


def _what_if_lines(design: Design, lang: Lang, words: dict[str, str]) -> list[str]:
    from advisor.explanation.what_if import HOLDS, Speaker
    from advisor.sensitivity.analysis import analyse

    found, speaker = analyse(design.requirements, design.book, design.as_of), Speaker(design.requirements, design.book)
    share = words["stability"].format(share=f"{found.stability:.0%}")
    lines = ["", f"{HOLDS[found.holds].in_(lang)} {share}.", "", words["flips"]]
    return lines + [f"  - {_line(speaker.flip(flip).in_(lang))}" for flip in found.flips if flip.stated]


def _choice_lines(book: Book, choice: Choice, lang: Lang, words: dict[str, str]) -> list[str]:
    role, name = book.role(choice.role).title.in_(lang), service_name(book, choice.service).in_(lang)
    lines = [f"  {role}: {name}" + (f" ({words['pinned']})" if choice.pinned else "")]
    lines += [f"    + {_line(sentence)}" for sentence in _sentences(choice.because, lang)]
    lines += [f"    ! {words['violates']}: {_line(sentence)}" for sentence in _sentences(choice.violates, lang)]
    for rejected in choice.rejected:
        why = ("" if lang == "ja" else " ").join(_line(sentence) for sentence in _sentences(rejected.because, lang))
        lines += [f"    - {words['not']} {service_name(book, rejected.service).in_(lang)}: {why}"]
    return lines


def _line(words: str) -> str:
    return " ".join(words.split())
