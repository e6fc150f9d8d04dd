"""A comparison of two designs as text for a terminal and as plain data; the web UI uses the same texts."""

from collections.abc import Iterator
from typing import Any

from advisor.explanation.wording import CONFLICTS, service_name
from advisor.report.comparison import Answered, Comparison, Only, Side, subject_title
from advisor.report.decision_report import SCHEMA
from advisor.text import Lang, Text, spaced

WORDS = {
    "alike": Text("The designs do not differ.", "違いはありません。"),
    "answers": Text("Answers", "回答"),
    "unanswered": Text("not answered", "未回答"),
    "assumed": Text("not answered, assumed: {value}", "未回答（仮定: {value}）"),
    "choices": Text("Services", "サービス"),
    "no_choice": Text("not needed", "選定不要"),
    "against": Text("reason against {service}", "{service}を選ばない理由"),
    "same": Text("Roles with the same service: {count}", "同じサービスを選んだ選定項目: {count} 件"),
    "subjects": Text("Parts in only one design", "片方だけにある要素"),
    "services": Text("Services in only one design", "片方だけが使うサービス"),
    "warnings": Text("Before you build", "構築前に確認すること"),
    "assumptions": Text("Assumptions for unanswered questions", "未回答のため仮定したこと"),
    "conflicts": CONFLICTS,
    "only": Text("only in {side}", "{side}のみ"),
}


def side_name(comparison: Comparison, side: Side) -> Text:
    """Return the service of one design as text; a role that does not exist there is "not needed"."""
    return service_name(comparison.a.book, side.service) if side.decided else WORDS["no_choice"]


def answer_words(answer: Answered | None) -> Text:
    """Return the answer of one design as text, or the assumed default."""
    if answer is None:
        return WORDS["unanswered"]
    return _filled("assumed", value=answer.words) if answer.assumed else answer.words


def against_words(comparison: Comparison, other: Side) -> Text:
    """Return the heading of the reasons against the other side's service."""
    return _filled("against", service=side_name(comparison, other))


def only_words(name: str) -> Text:
    """Return the heading of differences that only the side of that name has."""
    return _filled("only", side=Text.same(name))


def _filled(key: str, **values: Text) -> Text:
    en, ja = WORDS[key].en, WORDS[key].ja
    return spaced(
        Text(
            en.format(**{name: value.en for name, value in values.items()}),
            ja.format(**{name: value.ja for name, value in values.items()}),
        )
    )


def to_text(comparison: Comparison, lang: Lang, names: tuple[str, str] = ("A", "B")) -> str:
    """Return a comparison as plain text for a terminal; `names` call the two sides."""
    if comparison.alike:
        return WORDS["alike"].in_(lang) + "\n"
    lines = [*_answer_lines(comparison, lang, names), *_choice_lines(comparison, lang, names)]
    lines += ["", WORDS["same"].in_(lang).format(count=comparison.same)]
    for key in ("subjects", "services", "conflicts", "warnings", "assumptions"):
        remarks = [*_only_lines(comparison, key, lang, names)]
        lines += ["", WORDS[key].in_(lang), *remarks] if remarks else []
    return "\n".join(lines).lstrip("\n") + "\n"


def _answer_lines(comparison: Comparison, lang: Lang, names: tuple[str, str]) -> Iterator[str]:
    if comparison.answers:
        yield WORDS["answers"].in_(lang)
    for difference in comparison.answers:
        values = [answer_words(answer).in_(lang) for answer in (difference.a, difference.b)]
        where = subject_title(comparison, difference.subject).in_(lang)
        yield f"  {where}: {difference.title.in_(lang)}: {names[0]}: {values[0]} | {names[1]}: {values[1]}"


def _choice_lines(comparison: Comparison, lang: Lang, names: tuple[str, str]) -> Iterator[str]:
    if comparison.choices:
        yield from ("", WORDS["choices"].in_(lang))
    for difference in comparison.choices:
        role = comparison.a.book.role(difference.role).title.in_(lang)
        yield f"  {subject_title(comparison, difference.subject).in_(lang)}: {role}"
        for name, side, other in ((names[0], difference.a, difference.b), (names[1], difference.b, difference.a)):
            yield f"    {name}: {side_name(comparison, side).in_(lang)}"
            yield from (f"      + {reason.sentence.in_(lang)}" for reason in side.because)
            against = against_words(comparison, other).in_(lang)
            yield from (f"      - {against}: {reason.sentence.in_(lang)}" for reason in side.against)


def _only_lines(comparison: Comparison, key: str, lang: Lang, names: tuple[str, str]) -> Iterator[str]:
    for name, only in ((names[0], comparison.only_a), (names[1], comparison.only_b)):
        where = only_words(name).in_(lang)
        if key == "subjects":
            yield from (f"  {where}: {title.in_(lang)} ({id})" for _, id, title in only.subjects)
        elif key == "services":
            yield from (f"  {where}: {service_name(comparison.a.book, id).in_(lang)}" for id in only.services)
        else:
            for remark in getattr(only, key):
                title = subject_title(comparison, remark.subject).in_(lang)
                yield f"  {where}: {title}: {remark.sentence.in_(lang)}"


def to_dict(comparison: Comparison, lang: Lang) -> dict[str, Any]:
    """Return a comparison as plain data; sentences are in `lang`, everything else is an id."""
    return {
        "schema": SCHEMA,
        "alike": comparison.alike,
        "answers": [
            {
                "subject": difference.subject,
                "field": difference.field,
                "a": _answer_data(difference.a, lang),
                "b": _answer_data(difference.b, lang),
            }
            for difference in comparison.answers
        ],
        "choices": [
            {
                "subject": difference.subject,
                "role": difference.role,
                "a": _side(difference.a, lang),
                "b": _side(difference.b, lang),
            }
            for difference in comparison.choices
        ],
        "same": comparison.same,
        "only_a": _only(comparison.only_a, lang),
        "only_b": _only(comparison.only_b, lang),
    }


def _answer_data(answer: Answered | None, lang: Lang) -> dict[str, Any] | None:
    return None if answer is None else {"words": answer.words.in_(lang), "assumed": answer.assumed}


def _side(side: Side, lang: Lang) -> dict[str, Any]:
    because, against = (
        [{"id": reason.id, "sentence": reason.sentence.in_(lang)} for reason in reasons]
        for reasons in (side.because, side.against)
    )
    return {"decided": side.decided, "service": side.service, "because": because, "against": against}


def _only(only: Only, lang: Lang) -> dict[str, Any]:
    remarks = {
        key: [
            {"subject": remark.subject, "id": remark.id, "sentence": remark.sentence.in_(lang)}
            for remark in getattr(only, key)
        ]
        for key in ("conflicts", "warnings", "assumptions")
    }
    subjects = [{"kind": kind, "id": id, "title": title.in_(lang)} for kind, id, title in only.subjects]
    return {"subjects": subjects, "services": list(only.services), **remarks}
