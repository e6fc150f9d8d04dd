"""Purpose and scope: the purpose of the document, its coverage, and what is out of scope."""

from advisor.architecture.groups import EXTERNAL
from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Block, Paragraph, Section, Table, cell, line
from advisor_document.titles import TITLES

_PURPOSE = Text("Purpose", "目的")
_AIM = Text(
    'This document describes the AWS architecture of "{title}", the requirements that it meets and '
    "the reasons for the choices made. It is the basis for reviewing and approving the design before "
    "it is built.",
    "本書は、「{title}」の AWS アーキテクチャ、その前提となる要件、および選定理由を記載したものです。"
    "構築前の設計レビューと承認に使用します。",
)
_WORKLOAD = Text("Workload", "ワークロード")
_BACKGROUND = Text("Background", "背景")
_SCOPE = Text("Scope", "適用範囲")
_PARTS = Text("Parts in scope", "対象とする要素")
_HEADS = (Text("Part", "名称"), Text("Kind", "種別"), Text("ID", "ID"), Text("Number of them", "個数"))
_KINDS = {
    "component": Text("Component", "コンポーネント"),
    "channel": Text("Channel", "チャネル"),
    "store": Text("Data store", "データストア"),
}
_OUTSIDE = Text("Out of scope", "適用範囲外")
_NEIGHBOURS = Text(
    "The following users, recipients and systems interact with the workload. They are outside the scope of this design, but their connections are within it: {names}.",
    "このワークロードと接続する次の利用者、受信者、システムは、本書の設計対象外です（接続の方法は対象です）: {names}。",
)
_CALLED = Text(
    "the systems that {names} calls from fixed IP addresses", "{names}が固定の IP アドレスから呼び出すシステム"
)
_EXISTING = Text(
    "What already exists is used unchanged: {names}.",
    "次の要素は既存のものをそのまま使用します: {names}。",
)


def section(context: Context) -> Section:
    """Return the chapter without sections for missing answers."""
    requirements = context.design.requirements
    title = context.say(requirements.title) or context.say(_WORKLOAD)
    parts = [Section("purpose", context.say(_PURPOSE), (Paragraph(line(context.say(_AIM, title=title))),))]
    if background := context.say(requirements.summary):
        parts.append(Section("background", context.say(_BACKGROUND), (Paragraph(line(background)),)))
    parts.append(Section("parts", context.say(_SCOPE), (_table(context),)))
    if outside := _outside(context):
        parts.append(Section("outside", context.say(_OUTSIDE), outside))
    return Section("scope", context.say(TITLES["scope"]), (), tuple(parts))


def _table(context: Context) -> Table:
    counts = {subject.id: subject.count for subject in context.design.decision.subjects}
    rows = tuple(
        (cell(context.say(s.name)), context.cell(_KINDS[kind]), cell(s.id), cell(str(counts.get(s.id, 1))))
        for kind, s in context.design.requirements.subjects()
    )
    heads = tuple(context.say(head) for head in _HEADS)
    if all(count == 1 for count in counts.values()):
        return Table(context.say(_PARTS), heads[:3], tuple(row[:3] for row in rows), (5, 3, 3))
    return Table(context.say(_PARTS), heads, rows, (5, 3, 3, 1))


def _outside(context: Context) -> tuple[Block, ...]:
    graph = context.design.architecture
    outside = [context.node(node) for node in graph.nodes if node.kind == "outside" or node.service in EXTERNAL]
    callers = [
        context.say(subject.name)
        for kind, subject in context.design.requirements.subjects()
        if kind == "component" and subject.answer("fixed_outgoing_ip")
    ]
    outside += [context.say(_CALLED, names=context.joined(callers))] if callers else []
    names = context.joined(outside)
    blocks = [Paragraph(line(context.say(_NEIGHBOURS, names=names)))] if names else []
    if existing := context.design.requirements.workload_answers.get("existing"):
        worded = context.say(context.speaker.value("", "existing", existing))
        blocks.append(Paragraph(line(context.say(_EXISTING, names=worded))))
    return tuple(blocks)
