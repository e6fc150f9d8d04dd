"""The one-page executive summary: the decision, its risks, review triggers, and its basis."""

from collections.abc import Iterator

from advisor.explanation.firmness import firmness
from advisor.text import Text
from advisor.vocabulary.formats import period
from advisor_document.context import Context
from advisor_document.model import Items, Line, Paragraph, Section, Table, cell, line
from advisor_document.sections.changes import sentence, triggers
from advisor_document.sections.open_points import open_points
from advisor_document.sections.premises import counted
from advisor_document.sections.risks import NO_RISKS, risks
from advisor_document.titles import TITLES
from renderers.record import shortened

#: As many of each as fit on the page; the chapters hold the rest.
MOST_RISKS, MOST_CHANGES, MOST_PARTS = 5, 5, 14
_LONGEST = 220

_DECISION = Text("Decision", "決定事項")
_PART, _SERVICES = Text("Part", "要素"), Text("Services", "利用するサービス")
_RISKS = Text("Main risks", "主なリスク")
_CHANGES = Text("What would change the decision", "決定を見直す条件")
_NO_CHANGES = Text(
    "No change to a single answer leads to a different service.",
    "回答を 1 つだけ変えても、選定されるサービスは変わりません。",
)
_BASIS = Text("Basis of the decision", "決定の根拠")
_COUNTS = Text(
    "Stated requirements: {stated}. Assumptions: {assumed}, of which {carried} affect the decision. Open points: {open}.",
    "提示された要件は {stated} 件、仮定した項目は {assumed} 件（うち選定に影響するもの {carried} 件）、未決事項は {open} 件です。",
)
_COUNTS_ACCEPTED = Text(
    "Stated requirements: {stated}. Accepted assumptions: {accepted}. Other assumptions: {assumed}, of which {carried} affect "
    "the decision. Open points: {open}.",
    "提示された要件は {stated} 件、確定した仮定は {accepted} 件、その他に仮定した項目は {assumed} 件（うち選定に影響するもの {carried} 件）、"
    "未決事項は {open} 件です。",
)
_AS_OF = Text(
    "The services were selected with the tool advisor, which applies decision rules for AWS services (version {book}) to the requirements. The "
    "AWS limits and features in these rules were checked against their sources {period}.",
    "サービスは、AWS サービスの判定ルール（版 {book}）を要件に適用する選定ツール advisor で選定しました。判定ルールにある AWS の仕様と上限は、"
    "{period}に出典で確認したものです。",
)
_MORE = Text("{count} more.", "ほか {count} 件。")
_MORE_THERE = Text('{count} more: see "{chapter}".', "ほか {count} 件は「{chapter}」を参照してください。")


def section(context: Context) -> Section:
    """Return the summary."""
    parts = (
        Section("decision", context.say(_DECISION), (_decision(context),)),
        Section("main-risks", context.say(_RISKS), (_risks(context),)),
        Section("triggers", context.say(_CHANGES), (_triggers(context),)),
        Section("basis", context.say(_BASIS), (Items(tuple(_basis(context))),)),
    )
    return Section("summary", context.say(TITLES["summary"]), (), parts)


def _decision(context: Context) -> Table:
    decided = [
        (context.say(subject.heading), [c.service for c in subject.choices if c.service != "none"])
        for subject in context.design.decision.subjects
    ]
    rows = [
        (cell(title), cell(context.joined(context.service(service) for service in services)))
        for title, services in decided[:MOST_PARTS]
    ]
    if len(decided) > MOST_PARTS:
        more = context.pointing(_MORE, _MORE_THERE, "options", count=len(decided) - MOST_PARTS)
        rows.append((cell(more), ()))
    heads = (context.say(_PART), context.say(_SERVICES))
    return Table(context.say(_DECISION), heads, tuple(rows), (3, 7))


def _risks(context: Context) -> Items | Paragraph:
    listed = risks(context)
    if not listed:
        return Paragraph(context.line(NO_RISKS))
    shown = [line(f"{part}: {context.say(shortened(said, _LONGEST))}") for part, said, _ in listed[:MOST_RISKS]]
    return Items((*shown, *_more(context, len(listed) - MOST_RISKS, "risks")))


def _triggers(context: Context) -> Items | Paragraph:
    near = [trigger for trigger in triggers(context) if not trigger.far]
    listed = [trigger for trigger in near if not trigger.vague] or near
    if not listed:
        return Paragraph(context.line(_NO_CHANGES))
    shown = [line(sentence(context, trigger)) for trigger in listed[:MOST_CHANGES]]
    # The chapter that is pointed to has all of them.
    return Items((*shown, *_more(context, len(triggers(context)) - len(shown), "options")))


def _more(context: Context, count: int, section: str) -> Iterator[Line]:
    if count > 0:
        yield line(context.pointing(_MORE, _MORE_THERE, section, count=count))


def _basis(context: Context) -> Iterator[Line]:
    design = context.design
    requirements = design.requirements
    stated = len(requirements.workload_stated) + sum(len(subject.stated) for _, subject in requirements.subjects())
    accepted = len(requirements.workload_accepted) + sum(
        len(subject.accepted) for _, subject in requirements.subjects()
    )
    assumed, carried = counted(context)
    counts = {"stated": stated - accepted, "accepted": accepted, "assumed": assumed, "carried": carried}
    words = _COUNTS_ACCEPTED if accepted else _COUNTS
    yield line(context.say(words, **counts, open=len(open_points(context))))
    yield context.line(firmness(context.analysis))
    yield line(context.say(_AS_OF, period=context.say(period(*design.read_between)), book=design.book.version))
