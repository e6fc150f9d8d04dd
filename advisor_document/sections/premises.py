"""Premises and constraints: assumptions to confirm, and constraints of the design."""

from collections.abc import Iterator

from advisor.sensitivity.ranking import is_pointless
from advisor.text import Text
from advisor.verdict.fact_words import describe
from advisor_document.context import ACCEPTED_VALUE, WHOLE, Context
from advisor_document.model import Block, Cell, Items, Paragraph, Section, Table, cell, line
from advisor_document.titles import TITLES
from blueprints.plan import region_of
from renderers.record import assumed_places

_CONSTRAINTS, _ASSUMPTIONS = (
    Text("Constraints and priorities", "制約条件と優先事項"),
    Text("Assumptions", "仮定"),
)
_NO_CONSTRAINTS = Text("No constraints were stated.", "制約条件の指定はありません。")
_CONSTRAINT_HEADS = (Text("Part", "要素"), Text("Constraint or priority", "制約条件・優先事項"), Text("Value", "内容"))
_REGION = Text("Region", "リージョン")
_PINNED = Text("Specified service: {role}", "サービスの指定: {role}")
_INTRO = Text(
    "The questions in this table were not answered, so the design assumes the stated values. Confirm each of them. There are "
    "{count} in total, and {carried} of them affect the decision. An assumption about several parts applies to each part and "
    "counts once for each.",
    "次の表の質問は未回答のため、表の値を仮定して設計しています。それぞれの値を確認してください。合計は {count} 件で、そのうち "
    "{carried} 件が選定に影響します。複数の要素についての仮定は、各要素に当てはまり、要素ごとに 1 件と数えます。",
)
_CARRIED = Text(
    'If "Affects the decision" is "yes" and the actual value differs from the assumption, another service may be selected.',
    "「選定への影響」が「あり」の仮定は、実際の値と異なると、選定されるサービスが変わる可能性があります。",
)
_ASSUMPTION_HEADS = (
    Text("Assumption", "仮定"), Text("Part", "要素"), Text("Affects the decision", "選定への影響"), Text("Confirmed", "確認"),
)  # fmt: skip
_YES, _NO = Text("yes", "あり"), Text("no", "なし")
_NOTHING = Text(
    "All relevant questions were answered. Nothing was assumed.",
    "必要な質問にはすべて回答があり、仮定した項目はありません。",
)
_RANGES = Text("Answers given as a range", "範囲で示された要件")
_CONDITIONS = ("estate", "existing", "vpc_only", "data_stays", "customer_managed_keys", "allow_emerging", "must",
               "budget_month_usd", "priorities")  # fmt: skip


def section(context: Context) -> Section:
    """Return the chapter."""
    parts = [
        Section("constraints", context.say(_CONSTRAINTS), (_constraints(context),)),
        Section("assumptions", context.say(_ASSUMPTIONS), _assumptions(context)),
    ]
    if ranges := context.design.decision.ranges:
        said = Items(tuple(context.line(decided.sentence) for decided in ranges))
        parts.append(Section("ranges", context.say(_RANGES), (said,)))
    return Section("premises", context.say(TITLES["premises"]), (), tuple(parts))


def _constraints(context: Context) -> Block:
    heads, rows = tuple(context.say(head) for head in _CONSTRAINT_HEADS), tuple(_stated(context))
    return (
        Table(context.say(_CONSTRAINTS), heads, rows, (3, 4, 5)) if rows else Paragraph(context.line(_NO_CONSTRAINTS))
    )


def _stated(context: Context) -> Iterator[tuple[Cell, ...]]:
    requirements, accepted = context.design.requirements, context.design.requirements.workload_accepted
    if "region" in requirements.workload_answers:
        region = region_of(context.design)
        region = context.say(ACCEPTED_VALUE, value=region) if "region" in accepted else region
        yield context.cell(WHOLE), context.cell(_REGION), cell(region)
    for id, value in requirements.workload_stated.items():
        if id in _CONDITIONS:
            title, words = describe("workload", id, value)
            said = context.say(words)
            said = context.say(ACCEPTED_VALUE, value=said) if id in accepted else said
            yield context.cell(WHOLE), context.cell(title), cell(said)
    for kind, subject in requirements.subjects():
        name = context.cell(subject.name)
        if (demands := subject.stated.get("must")) is not None:
            title, words = describe(kind, "must", demands)
            yield name, context.cell(title), context.cell(words)
        for role, service in subject.pins.items():
            titled = context.say(_PINNED, role=context.say(context.design.book.role(role).title))
            yield name, cell(titled), cell(context.service(service))


def _assumptions(context: Context) -> tuple[Block, ...]:
    rows = tuple(_assumed(context))
    if not rows:
        return (Paragraph(context.line(_NOTHING)),)
    heads = tuple(context.say(head) for head in _ASSUMPTION_HEADS)
    table = Table(context.say(_ASSUMPTIONS), heads, rows, (5, 4, 2, 2))
    count, carried = counted(context)
    intro = context.say(_INTRO, count=count, carried=carried)
    return (Paragraph(line(intro + (" " if context.lang == "en" else "") + context.say(_CARRIED))), table)


def counted(context: Context) -> tuple[int, int]:
    """Return how many assumptions there are, one for each part, and how many of them affect the decision."""
    return len(assumed_places(context.design, context.analysis)), len(carrying(context))


def carrying(context: Context) -> set[tuple[str, str]]:
    """Return the questions whose assumed answers affect the decision, as (subject, field): those that a record counts, too."""
    verdict = context.design.verdict
    return {place for place in context.analysis.carried_by if not is_pointless(verdict, *place)}


def _assumed(context: Context) -> Iterator[tuple[Cell, ...]]:
    """Yield each assumption once with the parts that it was made for, those that carry the decision first."""
    parts: dict[tuple[bool, str], list[str]] = {}
    carried = carrying(context)
    for place, words in assumed_places(context.design, context.analysis).items():
        sentence = context.say(words)
        name = context.subject(place[0]) if place[0] else context.say(WHOLE)
        parts.setdefault((place not in carried, sentence), []).append(name)
    for (light, sentence), names in sorted(parts.items(), key=lambda item: item[0][0]):
        yield cell(sentence), cell(context.joined(names)), context.cell(_NO if light else _YES), ()
