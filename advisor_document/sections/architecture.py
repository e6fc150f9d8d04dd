"""The architecture: its diagram, its parts, the steps of its flow, and the derived settings with their reasons."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Group, Node
from advisor.architecture.groups import AND_GLOBAL, GLOBAL
from advisor.sizing.words import setting_value, title
from advisor.text import Text, capitalized, spaced
from advisor_document.context import Context
from advisor_document.model import Cell, Diagram, Items, Paragraph, Section, Table, cell, line
from advisor_document.titles import TITLES
from renderers import mermaid
from renderers.layout import describe
from renderers.layout.pages import PORTRAIT
from renderers.layout.picture import Picture
from renderers.sheets import MOST_NODES, Sheet, sheets
from renderers.words import clean, node_name

_DIAGRAM, _PARTS = Text("Architecture diagram", "構成図"), Text("Parts", "構成要素")
_OVERVIEW = Text("Architecture diagram: overview of the sheets", "構成図: シートの全体像")
_SHEET = Text("Architecture diagram: sheet {number}, {name}", "構成図: シート {number}（{name}）")
_STEPS, _SETTINGS = Text("Processing flow", "処理の流れ"), Text("Settings", "設定値")
_PART_HEADS = (
    Text("Part", "構成要素"),
    Text("Belongs to", "属する要素"),
    Text("Location", "配置"),
    Text("Role", "選定項目"),
)
_SETTING_HEADS = (Text("Part", "構成要素"), Text("Setting", "設定"), Text("Value", "値"), Text("Reason", "理由"))
_GLOBAL = Text("Global service", "グローバルサービス")
_OF_GLOBAL = Text("Global service (created in us-east-1)", "グローバルサービス（us-east-1 で作成）")
_UNNUMBERED = Text("Further connections:", "その他の接続:")
_NO_STEPS = Text("The parts are not connected to each other.", "要素間の接続はありません。")


def section(context: Context) -> Section:
    """Return the chapter."""
    parts = [
        Section("diagram", context.say(_DIAGRAM), (_diagram(context),)),
        Section("flow", context.say(_STEPS), _flow(context)),
        Section("parts-of-the-architecture", context.say(_PARTS), (_parts(context),)),
    ]
    if rows := tuple(_settings(context)):
        heads = tuple(context.say(head) for head in _SETTING_HEADS)
        table = Table(context.say(_SETTINGS), heads, rows, (3, 3, 2, 5))
        parts.append(Section("settings", context.say(_SETTINGS), (table,)))
    return Section("architecture", context.say(TITLES["architecture"]), (), tuple(parts))


def _diagram(context: Context) -> Diagram:
    graph, lang = context.graph, context.lang
    heading = clean(context.say(context.design.requirements.title))

    def drawn() -> tuple[Sheet, ...]:
        return sheets(graph, heading, lang, PORTRAIT, has_own_steps=False)

    def pictures() -> tuple[tuple[str, Picture], ...]:
        several = drawn()
        return tuple((_caption(context, sheet, len(several)), sheet.picture) for sheet in several)

    def chart(architecture: Architecture, title: str) -> str:
        return mermaid.write(architecture, title, describe(architecture, lang), lang).decode()

    def charts() -> tuple[tuple[str, str], ...]:
        if len(graph.nodes) <= MOST_NODES:
            return ((context.say(_DIAGRAM), chart(graph, heading)),)
        several = drawn()
        return tuple(
            (_caption(context, sheet, len(several)), chart(sheet.architecture, sheet.titled(heading)))
            for sheet in several
        )

    return Diagram(pictures, charts)


def _caption(context: Context, sheet: Sheet, count: int) -> str:
    """Return the caption of a diagram, or of one of its sheets."""
    if count == 1:
        return context.say(_DIAGRAM)
    return context.say(_SHEET, number=sheet.number, name=sheet.name) if sheet.number else context.say(_OVERVIEW)


def _flow(context: Context) -> tuple[Items | Paragraph, ...]:
    edges = context.graph.edges
    numbered = sorted((edge for edge in edges if edge.step is not None), key=lambda edge: edge.step or 0)
    steps = tuple(context.line(_step(context, edge)) for edge in numbered)
    rest = tuple(dict.fromkeys(context.line(edge.sentence) for edge in edges if edge.step is None))
    blocks: list[Items | Paragraph] = [Items(steps, ordered=True)] if steps else []
    if rest:
        blocks += [Paragraph(context.line(_UNNUMBERED)), Items(rest)]
    return tuple(blocks) or (Paragraph(context.line(_NO_STEPS)),)


def _step(context: Context, edge: Edge) -> Text:
    """Return the sentence of a step; where there are several groups of users, it says which of them it is about."""
    node = context.graph.node(edge.source)
    alike = [one for one in context.graph.nodes if one.kind == "outside" and one.title == node.title]
    if node.kind != "outside" or len(alike) < 2:
        return edge.sentence
    name = node_name(node)
    return spaced(
        Text(edge.sentence.en.replace(node.title.en, name.en, 1), edge.sentence.ja.replace(node.title.ja, name.ja, 1))
    )


def _parts(context: Context) -> Table:
    graph, book = context.graph, context.design.book
    groups = {group.id: group for group in graph.groups}
    rows = []
    for node in graph.nodes:
        if node.kind == "outside":
            continue
        place = groups.get(node.group or "")
        known = book.services.get(node.service)
        role = next((role.title for role in book.roles if role.id == node.role), None) or (
            known.note if known else None
        )
        rows.append(
            (
                cell(context.node(node)),
                cell(context.subject(node.subject) if node.subject else ""),
                cell(context.say(_location(context, node, place)) if place else ""),
                cell(context.say(capitalized(role)) if role else ""),
            )
        )
    return Table(context.say(_PARTS), tuple(context.say(head) for head in _PART_HEADS), tuple(rows), (5, 3, 4, 3))


def _location(context: Context, node: Node, place: Group) -> Text:
    """Return where a part is: in the Region of the AWS Cloud, in a group within it, or in no Region.

    A web ACL for CloudFront is created in us-east-1, whatever the Region of the workload.
    https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html (read 2026-12-01)
    """
    architecture = context.design.architecture
    filtered = [architecture.node(one.source) for one in architecture.entering(node.id) if one.verb == "filter"]
    if any(one.service in GLOBAL for one in filtered):
        return _OF_GLOBAL
    if node.service in GLOBAL:
        return _GLOBAL
    return Text(place.title.en.replace(AND_GLOBAL.en, ""), place.title.ja.replace(AND_GLOBAL.ja, ""))


def _settings(context: Context) -> Iterator[tuple[Cell, ...]]:
    for node in context.design.architecture.nodes:
        for key, ground in node.grounds.items():
            value = setting_value(node, key)
            fact = context.design.book.facts.get(ground.source)
            reason = line(context.say(ground.reason), *context.cited([fact.source if fact else None]))
            yield cell(context.node(node)), context.cell(title(node, key)), context.cell(value), (reason,)
