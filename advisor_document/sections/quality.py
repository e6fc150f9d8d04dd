"""Non-functional requirements: availability, performance, recovery, security, operations. Unanswered ones are open."""

from collections.abc import Iterator
from typing import Any

from advisor.requirements.model import Subject
from advisor.text import Text
from advisor.verdict.fact_words import describe
from advisor.vocabulary import FIELDS, Field
from advisor_document.context import ACCEPTED_VALUE, OPEN, Context
from advisor_document.model import Cell, Paragraph, Section, Table, cell
from advisor_document.titles import TITLES

_CAPTION = Text("Non-functional requirements", "非機能要件一覧")
_HEADS = (Text("Category", "分類"), Text("Part", "要素"), Text("Requirement", "要件"), Text("Value", "内容"))
_NOTE = Text(
    "Requirements that were not specified are marked “To be decided”. Where the design needs a value, the assumed value is shown.",
    "回答のない要件は「未定」です。設計に値が必要な要件には、仮定した値を併記しています。",
)
_ASSUMED = Text("To be decided (assumed: {value})", "未定（仮定: {value}）")
_DERIVED = Text("Derived: {value}", "算出値: {value}")

Row = tuple[Cell, ...]
#: Category -> the questions that it holds, by kind; those of the workload and those marked here stand in every document.
_CATEGORIES: tuple[tuple[Text, dict[str, tuple[str, ...]]], ...] = (
    (Text("Availability", "可用性"), {"workload": ("availability_percent", "zone_failure"), "store": ("multi_region",)}),
    (
        Text("Performance", "性能"),
        {
            "component": (
                "response_s", "latency_ms", "rate_average_rps", "rate_peak_rps", "shape", "hours_per_day", "longest_run_s",
                "cold_start_ok", "start_within_s",
            ),
            "channel": ("rate_average_rps", "rate_peak_rps", "destination_max_rps"),
            "store": ("volume_bytes", "shape"),
        },
    ),
    (Text("Recovery", "復旧"), {"workload": ("recovery_time_s", "recovery_point_s")}),
    (
        Text("Security", "セキュリティ"),
        {
            "workload": ("data_class", "customer_managed_keys", "data_stays", "vpc_only"),
            "component": ("exposure", "authentication", "waf", "isolation", "uses_secrets", "validation", "throttling"),
        },
    ),
    (Text("Operations", "運用"), {"workload": ("operations",), "channel": ("retention_s",), "store": ("kept_s", "immutable")}),
)  # fmt: skip
_ALWAYS = {
    ("component", "response_s"), ("component", "latency_ms"), ("component", "rate_average_rps"),
    ("component", "rate_peak_rps"), ("component", "exposure"), ("component", "authentication"),
    ("channel", "rate_peak_rps"), ("channel", "retention_s"), ("store", "volume_bytes"),
}  # fmt: skip
FIELDS_OF_QUALITY = {(kind, id) for _, asked in _CATEGORIES for kind, ids in asked.items() for id in ids}
#: Titles that stand beside a category, where those of the questions say too little.
_TITLES = {
    "recovery_time_s": Text("Recovery time objective (RTO)", "目標復旧時間（RTO）"),
    "recovery_point_s": Text("Recovery point objective (RPO)", "目標復旧時点（RPO）"),
    "operations": Text("Operating team", "運用体制"),
    "uses_secrets": Text("Use of secrets, such as credentials", "シークレット（認証情報など）の使用"),
}
_PEAK = "rate_peak_rps"
_OF_CHANNEL = Text('{rate}, the peak rate of "{channel}"', "{rate}（「{channel}」のピーク時の値）")


def section(context: Context) -> Section:
    """Return the chapter."""
    rows = tuple(row for category, asked in _CATEGORIES for row in _of(context, category, asked))
    table = Table(context.say(_CAPTION), tuple(context.say(head) for head in _HEADS), rows, (2, 3, 4, 4))
    return Section(
        "non-functional-requirements",
        context.say(TITLES["non-functional-requirements"]),
        (Paragraph(context.line(_NOTE)), table),
    )


def open_requirements(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the part and the requirement of each unanswered non-functional requirement."""
    for _, asked in _CATEGORIES:
        for kind, id, subject in _asked(context, asked):
            derived = subject is not None and id == _PEAK and _peak_of_channel(context, subject)
            if _stated(context, subject, id) is None and not derived:
                yield context.subject(subject.id if subject else ""), context.say(_titled(kind, id))


def _of(context: Context, category: Text, asked: dict[str, tuple[str, ...]]) -> Iterator[Row]:
    for kind, id, subject in _asked(context, asked):
        part = context.subject(subject.id if subject else "")
        value = _value(context, kind, id, subject)
        yield context.cell(category), cell(part), context.cell(_titled(kind, id)), cell(value)


def _asked(context: Context, asked: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, Subject | None]]:
    """Yield the questions that have a row: those about the workload, then those that a part was asked or has to be."""
    for id in asked.get("workload", ()):
        yield "workload", id, None
    for kind, subject in context.design.requirements.subjects():
        for id in asked.get(kind, ()):
            stated = id in subject.stated
            if stated or ((kind, id) in _ALWAYS and _applies(_field(kind, id), subject)):
                yield kind, id, subject


def _applies(field: Field, subject: Subject) -> bool:
    """Return whether the other answers about a part make a question meaningful."""
    for other, values in field.applies.items():
        answer = subject.answer(other)
        given = answer if isinstance(answer, tuple) else (answer,)
        if not set(given) & set(values):
            return False
    return True


def _field(kind: str, id: str) -> Field:
    return next(field for field in FIELDS[kind] if field.id == id)


def _kind(context: Context, subject: Subject) -> str:
    return next(kind for kind, one in context.design.requirements.subjects() if one.id == subject.id)


def _titled(kind: str, id: str) -> Text:
    return _TITLES.get(id) or _field(kind, id).title


def _stated(context: Context, subject: Subject | None, id: str) -> Any:
    requirements = context.design.requirements
    return (requirements.workload_stated if subject is None else subject.stated).get(id)


def _value(context: Context, kind: str, id: str, subject: Subject | None) -> str:
    stated = _stated(context, subject, id)
    if stated is not None:
        words = context.say(describe(kind, id, stated)[1])
        requirements = context.design.requirements
        is_accepted = id in (requirements.workload_accepted if subject is None else subject.accepted)
        return context.one_pair(context.say(ACCEPTED_VALUE, value=words)) if is_accepted else words
    if subject is not None and id == _PEAK and (peak := _peak_of_channel(context, subject)):
        return context.say(_DERIVED, value=peak)
    assumed = _assumed(context, id, subject)
    return context.one_pair(context.say(_ASSUMED, value=assumed)) if assumed else context.say(OPEN)


def _assumed(context: Context, id: str, subject: Subject | None) -> str:
    """Return the assumed value of a question without its title; empty if there is none."""
    wanted = f"workload.{id}" if subject is None else id
    for assumption in context.design.decision.assumptions:
        if (assumption.field == wanted and subject is None) or (
            subject is not None and (assumption.subject, assumption.field) == (subject.id, id)
        ):
            title = context.say(_field("workload" if subject is None else _kind(context, subject), id).title)
            return context.say(assumption.sentence).removeprefix(f"{title}: ")
    return ""


def _peak_of_channel(context: Context, subject: Subject) -> str:
    """Return the stated peak rate of the channel from which a component receives its messages; empty if there is none."""
    for kind, other in context.design.requirements.subjects():
        if kind == "channel" and other.id == subject.answer("listens_to") and _PEAK in other.stated:
            rate = context.say(describe(kind, _PEAK, other.stated[_PEAK])[1])
            return context.say(_OF_CHANNEL, rate=rate, channel=context.say(other.name))
    return ""
