"""Open points: unanswered requirements, quotas to check, and points that only the client can decide."""

from collections.abc import Iterator

from advisor.explanation.open_doors import open_doors
from advisor.text import Text
from advisor_document.context import WHOLE, Context
from advisor_document.model import Section, Table, cell
from advisor_document.sections.premises import carrying
from advisor_document.sections.quality import open_requirements
from advisor_document.sections.quotas import to_check
from advisor_document.titles import TITLES
from renderers.record.doubtful_answers import doubtful_answers

_HEADS = (
    Text("No.", "番号"), Text("Part", "要素"), Text("Open point", "未決事項"), Text("Owner", "担当"), Text("Due date", "期限"),
)  # fmt: skip
_REQUIREMENT = Text("Requirement not specified: {title}", "指定のない要件: {title}")
_QUOTA = Text("{state}: {kind} {load} ({counted}); {limit}", "{state}: {kind}は{load}（{counted}）、{limit}")
_PARAMETER = Text("Value of the deployment parameter {id}: {words}", "デプロイパラメータ {id} の値: {words}")
_ASSUMED = Text("Confirmation of {count} assumptions that affect the decision", "選定に影響する仮定 {count} 件の確認")
_ASSUMED_THERE = Text(
    'Confirmation of {count} assumptions that affect the decision (see "{chapter}")',
    "選定に影響する仮定 {count} 件の確認（「{chapter}」を参照）",
)
_NOT_GENERATED = Text("No project can be generated. {reason}", "プロジェクトを生成できません。{reason}")
_ALWAYS = (
    Text("Response to alarms: responsible people, hours and procedure", "アラームへの対応体制、対応時間、手順"),
    Text("Restore procedure and restore test", "復元手順と復元訓練"),
    Text("Migration of existing data and cutover date", "既存データの移行と切り替え日"),
)
#: The deployment gives these itself.
_GIVEN = ("ImageTag", "EdgeWebAclArn")


def section(context: Context) -> Section:
    """Return the chapter."""
    rows = tuple(
        (cell(f"Q-{n}"), cell(part), cell(what), (), ()) for n, (part, what) in enumerate(open_points(context), 1)
    )
    heads = tuple(context.say(head) for head in _HEADS)
    return Section(
        "open-points",
        context.say(TITLES["open-points"]),
        (Table(context.say(TITLES["open-points"]), heads, rows, (1, 3, 6, 2, 2)),),
    )


def open_points(context: Context) -> tuple[tuple[str, str], ...]:
    """Return each open point: the part, and its description."""
    return tuple(
        dict.fromkeys(
            (
                *_carried(context),
                *_unauthenticated(context),
                *_doubtful(context),
                *_unanswered(context),
                *_quotas(context),
                *_of_deployment(context),
            )
        )
    )


def _carried(context: Context) -> Iterator[tuple[str, str]]:
    if carried := carrying(context):
        said = context.pointing(_ASSUMED, _ASSUMED_THERE, "premises", count=len(carried))
        yield context.say(WHOLE), said


def _unauthenticated(context: Context) -> Iterator[tuple[str, str]]:
    for door in open_doors(context.design.requirements, context.design.verdict):
        yield context.subject(door.subject), context.say(door.sentence)


def _doubtful(context: Context) -> Iterator[tuple[str, str]]:
    for subject, sentence in doubtful_answers(context.design):
        yield context.subject(subject), context.say(sentence)


def _unanswered(context: Context) -> Iterator[tuple[str, str]]:
    for part, title in open_requirements(context):
        yield part, context.say(_REQUIREMENT, title=title)


def _quotas(context: Context) -> Iterator[tuple[str, str]]:
    for where, words in to_check(context):
        yield where, context.say(_QUOTA, **{key: context.say(text) for key, text in words.items()})


def _of_deployment(context: Context) -> Iterator[tuple[str, str]]:
    whole = context.say(WHOLE)
    for refused in context.refused:
        yield whole, context.say(_NOT_GENERATED, reason=context.say(refused.reason))
    for parameter in context.plan.parameters if not context.refused else ():
        if not parameter.default and parameter.id not in _GIVEN:
            yield whole, context.say(_PARAMETER, id=parameter.id, words=context.say(parameter.description))
    for point in _ALWAYS:
        yield whole, context.say(point)
