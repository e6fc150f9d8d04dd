"""The text alternative of a picture, for readers who cannot see it."""

import re
from dataclasses import replace

from advisor.architecture import NAMED, Architecture, Edge, Flow, Group, Node
from advisor.budgets.words import sentence
from advisor.text import EMPTY, Lang, Text, quoted, spaced
from renderers.words import clean, node_name

#: The service of a node that stands for a sheet, whose title begins with the number of the sheet.
_SHEET, _NUMBERED = "sheet", re.compile(r"(\d+)\. (.+)")
#: A sentence that consists only of the names of both parts, which the text alternative states before it.
_ENDS = re.compile(r"[^→:]+ → [^→:]+")


def describe(architecture: Architecture, lang: Lang) -> str:
    """Return the text alternative of a picture: its parts, their groups, and the connections in order."""
    full, comma = (". ", ", ") if lang == "en" else ("。", "、")
    parts = [_parts(architecture, lang, comma), *_places(architecture, lang, comma), *_steps(architecture, lang)]
    parts += _remarks(architecture, lang, comma)
    parts += [
        clean(sentence(architecture, b).in_(lang)) for edge in architecture.edges for b in edge.budgets if not b.ok
    ]
    return "".join(part.rstrip(".。") + full for part in parts if part).strip()


def _name(architecture: Architecture, id: str, lang: Lang) -> str:
    """Return the name of a node; a dead-letter queue has that of what it belongs to."""
    node = architecture.node(id)
    if node.service == "dead-letter-queue" and node.note == EMPTY:
        owners = [architecture.node(edge.source) for edge in architecture.entering(id) if edge.flow == "failure"]
        node = replace(node, note=next((_owner_name(architecture, owner) for owner in owners), EMPTY))
    return node_name(node).in_(lang)


def _owner_name(architecture: Architecture, owner: Node) -> Text:
    """Return the name of what a dead-letter queue belongs to: of a schedule, that of the part that it starts, which may have its own queue."""
    started = [node.own_name for node in architecture.nodes if node.subject == owner.subject and node.own_name.en]
    if owner.role == "schedule" and started:
        return Text(f"schedule of {started[0].en}", f"{started[0].ja}のスケジュール")
    return owner.note if owner.note.en else owner.title


def _short(architecture: Architecture, node: Node, lang: Lang) -> str:
    """Return the name of a node that was introduced: its title alone if the requirements do not name it and no other has it."""
    if node.service == _SHEET and (numbered := _NUMBERED.fullmatch(clean(node.title.in_(lang)))):
        number, named = numbered.groups()
        return f"sheet {number} ({named})" if lang == "en" else f"シート {number}（{named}）"
    titled = [other for other in architecture.nodes if other.title == node.title]
    alone = len(titled) == 1 and node.role not in NAMED
    return clean(node.heading.in_(lang)) if alone else _name(architecture, node.id, lang)


def _parts(architecture: Architecture, lang: Lang, comma: str) -> str:
    names = comma.join(_name(architecture, node.id, lang) for node in architecture.nodes)
    count = len(architecture.nodes)
    if not count:
        return "The diagram is empty" if lang == "en" else "図は空です"
    return (
        f"The diagram shows {count} {'part' if count == 1 else 'parts'}: {names}"
        if lang == "en"
        else f"この図には {count} 個の要素があります: {names}"
    )


def _places(architecture: Architecture, lang: Lang, comma: str) -> list[str]:
    return [words for group in architecture.groups if (words := _place(architecture, group, lang, comma))]


def _place(architecture: Architecture, group: Group, lang: Lang, comma: str) -> str:
    inside = [_short(architecture, node, lang) for node in architecture.nodes if node.group == group.id]
    inside += [clean(inner.title.in_(lang)) for inner in architecture.groups if inner.parent == group.id]
    if not inside:
        return ""
    title = clean(group.title.in_(lang))
    return (
        f"In {title}: {comma.join(inside)}"
        if lang == "en"
        else spaced(Text("", f"{title}の中: {comma.join(inside)}")).ja
    )


def _remarks(architecture: Architecture, lang: Lang, comma: str) -> list[str]:
    """Return the notes of a view on its parts, and the additional rows of its legend."""
    colon = ": "
    noted = [
        _name(architecture, node.id, lang) + colon + comma.join(clean(remark.in_(lang)) for remark in node.remarks)
        for node in architecture.nodes
        if node.remarks
    ]
    return [*noted, *(clean(row.words.in_(lang)) for row in architecture.rows)]


def _steps(architecture: Architecture, lang: Lang) -> list[str]:
    edges = [edge for edge in architecture.edges if architecture.find(edge.source) and architecture.find(edge.target)]
    numbered = sorted((edge for edge in edges if edge.step is not None), key=lambda edge: edge.step or 0)
    rest = [edge for edge in edges if edge.step is None]
    return [step_words(architecture, edge, lang) for edge in (*numbered, *rest)]


def step_words(architecture: Architecture, edge: Edge, lang: Lang) -> str:
    """Return a connection in words: its number and its sentence, with the parts that it leads from and to if it names them not both."""
    words, colon = clean(edge.sentence.in_(lang)).rstrip(".。"), ": "
    start = "" if edge.step is None else f"Step {edge.step}: " if lang == "en" else f"{edge.step}. "
    ends = [architecture.node(id) for id in (edge.source, edge.target)]
    if words and all(_is_named(node, words, lang) for node in ends):
        return f"{start}{words}"
    source, target = (_short(architecture, node, lang) for node in ends)
    label = clean(edge.label.in_(lang))
    if not words:
        return start + _between(edge, source, target, lang)
    if lang == "en":
        between = f"{source} to {target}" + (f" ({label})" if label else "")
    else:
        between = spaced(Text("", f"{source}から{target}へ")).ja + (f"（{label}）" if label else "")
    return start + colon.join(part for part in (between, "" if _ENDS.fullmatch(words) else words) if part)


def _between(edge: Edge, source: str, target: str, lang: Lang) -> str:
    """Return what goes from one part of an overview to another, in words: its connections have no sentence of their own."""
    said = (
        _ONE_WAY.get(edge.verb if edge.flow == "data" else "", _BETWEEN[edge.flow])
        .in_(lang)
        .format(source=source, target=target)
    )
    return spaced(Text("", said)).ja if lang == "ja" else said[:1].upper() + said[1:]


_BETWEEN: dict[Flow, Text] = {
    "sync": Text("Requests from {source} to {target}", "{source}が{target}を呼び出す"),
    "async": Text("Messages or events from {source} to {target}", "{source}が{target}にメッセージやイベントを送信する"),
    "data": Text("Data access from {source} to {target}", "{source}が{target}のデータを読み書きする"),
    "image": Text("Container image of {source} from {target}", "{source}が{target}からコンテナイメージを取得する"),
    "identity": Text(
        "Authentication or secrets of {source} through {target}", "{source}が認証やシークレットの取得に{target}を使う"
    ),
    "failure": Text(
        "Failed messages or events from {source} to {target}", "{source}が、処理できなかったデータを{target}に送信する"
    ),
    "observe": Text("Logs and metrics from {source} to {target}", "{source}が{target}にログとメトリクスを送信する"),
}
#: Verb -> what goes between a program and a store that it only reads or only writes.
_ONE_WAY: dict[str, Text] = {
    "read": Text("Data that {source} reads from {target}", "{source}が{target}のデータを読み取る"),
    "write": Text("Data that {source} writes to {target}", "{source}が{target}にデータを書き込む"),
}


def _is_named(node: Node, words: str, lang: Lang) -> bool:
    """Return whether a sentence names a node: in quotation marks if the requirements name it, else by its title."""
    name = quoted(node.own_name) if node.own_name.in_(lang) else node.title
    return clean(name.in_(lang)) in words
