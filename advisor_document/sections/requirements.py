"""Processing requirements: the answers about each part, except non-functional ones."""

from typing import Any

from advisor.requirements.model import Subject
from advisor.text import Text
from advisor.verdict.fact_words import describe
from advisor.vocabulary import FIELDS
from advisor_document.context import Context
from advisor_document.model import Cell, Paragraph, Section, Table, cell
from advisor_document.sections.quality import FIELDS_OF_QUALITY
from advisor_document.titles import TITLES

_CAPTION = Text("Processing requirements of {name}", "{name}の処理要件")
_HEADS = (Text("Requirement", "要件"), Text("Value", "内容"), Text("Remark", "備考"))
_NOTHING = Text(
    "No requirements were specified for this part. They are still to be defined.",
    "この要素の要件は示されておらず、未定です。",
)
_MESSAGES = Text("Source of messages", "メッセージの受信元")
#: Conditions that the premises hold.
_PREMISES = ("must", "migrates_from", "count")


def section(context: Context) -> Section:
    """Return the chapter, with a part for each component, channel and store."""
    parts = [_of(context, kind, subject) for kind, subject in context.design.requirements.subjects()]
    return Section("functional-requirements", context.say(TITLES["functional-requirements"]), (), tuple(parts))


def _of(context: Context, kind: str, subject: Subject) -> Section:
    name = context.say(subject.name)
    rows = tuple(
        _row(context, kind, subject, id, value)
        for id, value in subject.stated.items()
        if (kind, id) not in FIELDS_OF_QUALITY and id not in _PREMISES
    )
    if not rows:
        return Section(f"of-{subject.id}", name, (Paragraph(context.line(_NOTHING)),))
    heads = tuple(context.say(head) for head in _HEADS)
    if not any(row[2] for row in rows):
        rows, heads, widths = tuple(row[:2] for row in rows), heads[:2], (4, 8)
        return Section(f"of-{subject.id}", name, (Table(context.say(_CAPTION, name=name), heads, rows, widths),))
    table = Table(context.say(_CAPTION, name=name), heads, rows, (3, 5, 4))
    return Section(f"of-{subject.id}", name, (table,))


def _row(context: Context, kind: str, subject: Subject, id: str, value: Any) -> tuple[Cell, ...]:
    title, words = describe(kind, id, value)
    field = next(field for field in FIELDS[kind] if field.id == id)
    said = context.say(words)
    if field.kind in ("link", "links"):
        linked = value if isinstance(value, tuple) else (value,)
        said = context.joined(context.subject(str(one)) for one in linked) or said
    remark = subject.remarks.get(id)
    if id == "listens_to" and "channel" in _kinds(context, value):
        title = _MESSAGES
    return context.cell(title), cell(said), context.cell(remark) if remark else ()


def _kinds(context: Context, link: Any) -> set[str]:
    """Return the kinds of the parts to which an answer leads."""
    linked = link if isinstance(link, tuple) else (link,)
    return {kind for kind, subject in context.design.requirements.subjects() if subject.id in linked}
