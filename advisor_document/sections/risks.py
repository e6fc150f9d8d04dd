"""Risks: the warnings of the rule book with their source; owner and date are filled in by the signatories."""

from collections.abc import Iterator

from advisor.decision import Source
from advisor.explanation.subject_context import Pattern
from advisor.explanation.wording import service_name
from advisor.text import Text, spaced
from advisor_document.context import Context
from advisor_document.model import Paragraph, Section, Table, cell
from advisor_document.titles import TITLES

_HEADS = (
    Text("No.", "番号"), Text("Part", "要素"), Text("Risk and countermeasure", "リスクと対策"), Text("Owner", "担当"),
    Text("Due date", "期限"),
)  # fmt: skip
_INTRO = Text("Fill in the owner and due date during the review.", "担当と期限は、レビュー時に記入してください。")
NO_RISKS = Text(
    "The decision rules contain no warning that applies to this design. Unconfirmed assumptions and open points are risks until "
    "they are resolved.",
    "この設計に該当する判定ルールの警告はありません。ただし、未確認の仮定と未決事項は、解消するまでリスクとして扱ってください。",
)
_PINNED = Pattern(
    "{service} was specified although it does not meet the requirements. {sentence}",
    "指定された{service}は要件を満たしません。{sentence}",
)


def section(context: Context) -> Section:
    """Return the chapter."""
    title = context.say(TITLES["risks"])
    listed = risks(context)
    if not listed:
        return Section("risks", title, (Paragraph(context.line(NO_RISKS)),))
    rows = tuple(
        (cell(f"R-{n}"), cell(part), cell(context.say(sentence), *context.cited([source])), (), ())
        for n, (part, sentence, source) in enumerate(listed, 1)
    )
    heads = tuple(context.say(head) for head in _HEADS)
    return Section("risks", title, (Paragraph(context.line(_INTRO)), Table(title, heads, rows, (1, 2, 7, 2, 2))))


def risks(context: Context) -> list[tuple[str, Text, Source | None]]:
    """Return each risk once: the parts, its description and its source."""
    parts: dict[tuple[Text, Source | None], list[str]] = {}
    for part, sentence, source in _risks(context):
        parts.setdefault((sentence, source), []).append(part)
    return [(context.joined(names), sentence, source) for (sentence, source), names in parts.items()]


def _risks(context: Context) -> Iterator[tuple[str, Text, Source | None]]:
    decision = context.design.decision
    for subject in decision.subjects:
        for choice in subject.choices:
            for reason in choice.violates:
                service, why = service_name(context.design.book, choice.service), reason.sentence
                risk = spaced(_PINNED.format(service=service, sentence=why))
                yield context.subject(subject.id), risk, reason.source
    # With a limit that is exceeded, the design does not work.
    for warning in sorted(decision.warnings, key=lambda warning: not warning.id.startswith("budget-")):
        yield context.subject(warning.subject), warning.sentence, warning.source
