"""A design's decision as plain data for machines (JSON) and as text for people, in one of the two languages.

The JSON is a promise: `schema` counts its breaking changes, and `because` stays a list of sentences.
"""

import json
from collections.abc import Iterable
from typing import Any

from advisor.book import Book
from advisor.decision import Choice, Reason, Source, SubjectDecision
from advisor.design import Design
from advisor.text import Lang, Text

SCHEMA = 1
NONE = Text("no service", "サービスなし")
DIRECT = Text("Nothing between (direct integration)", "間に何も挟まない（直接統合）")


def services(design: Design) -> tuple[str, ...]:
    """Return the sorted catalogue ids of every service in the whole architecture."""
    drawn = {node.service for node in design.architecture.nodes if node.service in design.book.services}
    return tuple(sorted(drawn | set(design.decision.services)))


def service_name(book: Book, service: str | None) -> Text:
    """Return a service as it is called in a sentence; `None` is a role for which nothing fits."""
    if service is None:
        return NONE
    known = book.services.get(service)
    return known.name if known else DIRECT if service == "none" else Text.same(service)


def to_dict(design: Design, lang: Lang) -> dict[str, Any]:
    """Return the decision as plain data; sentences are in `lang`, everything else is an id."""
    decision = design.decision
    return {
        "schema": SCHEMA,
        "as_of": design.as_of,
        "book": design.book.version,
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
                "source": _source(w.source),
            }
            for w in decision.warnings
        ],
        "conflicts": [
            {"subject": c.subject, "role": c.role, "fields": list(c.fields), "sentence": c.sentence.in_(lang)}
            for c in decision.conflicts
        ],
    }


def to_json(design: Design, lang: Lang) -> str:
    """Return the decision as JSON text that ends with a line break."""
    return dumps(to_dict(design, lang))


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
    return {
        "role": choice.role,
        "service": choice.service,
        "pinned": choice.pinned,
        "because": _sentences(choice.because, lang),
        "rejected": [{"service": r.service, "because": _sentences(r.because, lang)} for r in choice.rejected],
        "violates": _sentences(choice.violates, lang),
    }


def _sentences(reasons: Iterable[Reason], lang: Lang) -> list[str]:
    return [reason.sentence.in_(lang) for reason in reasons]


def _source(source: Source | None) -> dict[str, str] | None:
    return None if source is None else {"url": source.url, "checked": source.checked}


_WORDS = {
    "services": Text("Services", "サービス"),
    "not": Text("Not", "不採用"),
    "pinned": Text("asked for", "指定"),
    "violates": Text("Violates", "違反"),
    "assumptions": Text("Assumed, because it was not answered", "未回答のため仮定したこと"),
    "warnings": Text("To know before building", "構築前に確認すること"),
    "conflicts": Text("Cannot be met together", "同時に満たせない条件"),
    "none": Text("none", "なし"),
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
    return "\n".join(lines) + "\n"


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
