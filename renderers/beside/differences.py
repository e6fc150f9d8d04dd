"""Differences between two architectures drawn side by side: parts, borders and connections, with a sentence each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from advisor.sizing.words import setting_value
from advisor.sizing.words import title as setting_title
from advisor.text import EMPTY, Text
from advisor.vocabulary.formats import clauses, row
from renderers.beside.aligning import Pair, original
from renderers.layout.nesting import holders
from renderers.layout.picture import Change
from renderers.words import node_name

_WORDS: dict[Change, Text] = {
    "added": Text("Added: {what}", "追加: {what}"),
    "removed": Text("Removed: {what}", "削除: {what}"),
    "changed": Text("Changed: {what}", "変更: {what}"),
}
#: The word of each change by itself, as a part is read out.
NAMES: dict[Change, Text] = {
    "added": Text("added", "追加"), "removed": Text("removed", "削除"), "changed": Text("changed", "変更"),
}  # fmt: skip
NOTHING = Text("The two architectures do not differ.", "2 つのアーキテクチャに違いはありません。")
_BETWEEN = Text("{source} → {target}", "{source} → {target}")
_BECOMES = Text("{before} → {after}", "{before} → {after}")
_NOTED = Text("{what}: {details}", "{what}: {details}")
_PLACE = Text("placement", "配置")
_LABEL = Text("connection", "接続")
_KIND = Text("way of the call", "呼び出し方")
_ACTIONS = Text("IAM actions", "IAM アクション")
_OUTSIDE = Text("outside AWS", "AWS の外")
_NONE = Text("none", "なし")
_KINDS = {
    "sync": Text("synchronous", "同期"), "async": Text("asynchronous", "非同期"), "data": Text("data", "データ"),
    "image": Text("image pull", "イメージ取得"), "identity": Text("identity", "認証・保護"),
    "failure": Text("on failure", "失敗時"), "observe": Text("metrics and logs", "メトリクスとログ"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in words; `ids` are what differs, by its ids on both sides."""

    change: Change
    words: Text
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Differences:
    """The differences of parts, borders and connections, by their ids on each side, and the list of differences as text."""

    before: Mapping[str, Change]
    after: Mapping[str, Change]
    listed: tuple[Difference, ...]


def differences(pair: Pair) -> Differences:
    """Return the differences between two architectures: parts first, then borders, then connections between parts of both."""
    marks: tuple[dict[str, Change], dict[str, Change]] = ({}, {})
    listed = [*_nodes(pair, marks), *_groups(pair, marks), *_edges(pair, marks)]
    return Differences(marks[0], marks[1], tuple(listed))


Marks = tuple[dict[str, Change], dict[str, Change]]


def _nodes(pair: Pair, marks: Marks) -> Iterator[Difference]:
    after = {original(node.id): node for node in pair.after.nodes}
    before = {node.id for node in pair.before.nodes}
    for node in pair.before.nodes:
        other = after.get(node.id)
        if other is None:
            marks[0][node.id] = "removed"
            yield _said("removed", node_name(node), node.id)
        elif details := [*_of_node(node, other, pair)]:
            marks[0][node.id] = marks[1][other.id] = "changed"
            name = details.pop(0) if _name(node) != _name(other) else node_name(node)
            yield _said("changed", clauses([name, *details]), node.id, other.id)
    for node in pair.after.nodes:
        if original(node.id) not in before:
            marks[1][node.id] = "added"
            yield _said("added", node_name(node), node.id)


def _name(node: Node) -> tuple[str, Text]:
    return node.service, node_name(node)


def _of_node(node: Node, other: Node, pair: Pair) -> Iterator[Text]:
    """Yield the differences of a part: its name, its position, then its derived settings."""
    if _name(node) != _name(other):
        yield _becomes(node_name(node), node_name(other))
    places = [_place(one.group, side) for one, side in ((node, pair.before), (other, pair.after))]
    if node.group != other.group or node.id != other.id:
        if places[0] != places[1]:
            yield _noted(_PLACE, _becomes(*places))
        elif node.kind != other.kind:
            yield _PLACE
    if node.service == other.service:
        for key in node.grounds:
            if key in other.grounds and node.settings[key] != other.settings[key]:
                values = (setting_value(one, key) for one in (node, other))
                yield _noted(setting_title(node, key), _becomes(*values))
    if node.remarks != other.remarks:
        yield _becomes(*(row(one.remarks) if one.remarks else _NONE for one in (node, other)))


def _place(group: str | None, architecture: Architecture) -> Text:
    titles = {one.id: one.title for one in architecture.groups}
    return titles.get(group or "", _OUTSIDE)


def _groups(pair: Pair, marks: Marks) -> Iterator[Difference]:
    sides = (pair.before, pair.after)
    used = [_used(side) for side in sides]
    ids = [
        {original(group.id) for group in side.groups if group.id in held}
        for side, held in zip(sides, used, strict=True)
    ]
    for number, change in ((0, "removed"), (1, "added")):
        for group in sides[number].groups:
            if group.id in used[number] and original(group.id) not in ids[1 - number]:
                marks[number][group.id] = change  # type: ignore[assignment]
                yield _said(change, group.title, group.id)  # type: ignore[arg-type]


def _used(architecture: Architecture) -> set[str]:
    """Return the borders that hold something: no others are drawn."""
    parents = {group.id: group.parent for group in architecture.groups}
    return {group for node in architecture.nodes for group in holders(node.group, parents)}


def _edges(pair: Pair, marks: Marks) -> Iterator[Difference]:
    after = {original(edge.id): edge for edge in pair.after.edges}
    before = {edge.id for edge in pair.before.edges}
    shared = {node.id for node in pair.before.nodes} & {original(node.id) for node in pair.after.nodes}
    for edge in pair.before.edges:
        other = after.get(edge.id)
        if other is None:
            marks[0][edge.id] = "removed"
            if {edge.source, edge.target} <= shared:
                yield _said("removed", _connection(edge, pair.before), edge.id)
        elif details := [*_of_edge(edge, other)]:
            marks[0][edge.id] = marks[1][other.id] = "changed"
            yield _said("changed", clauses([_ends(edge, pair.before), *details]), edge.id, other.id)
    for edge in pair.after.edges:
        if original(edge.id) not in before:
            marks[1][edge.id] = "added"
            if {original(end) for end in (edge.source, edge.target)} <= shared:
                yield _said("added", _connection(edge, pair.after), edge.id)


def _of_edge(edge: Edge, other: Edge) -> Iterator[Text]:
    if edge.label != other.label:
        yield _noted(_LABEL, _becomes(*(one.label if one.label != EMPTY else _NONE for one in (edge, other))))
    if edge.flow != other.flow:
        yield _noted(_KIND, _becomes(_KINDS[edge.flow], _KINDS[other.flow]))
    if edge.actions != other.actions:
        gone = [f"−{action}" for action in edge.actions if action not in other.actions]
        new = [f"+{action}" for action in other.actions if action not in edge.actions]
        if gone or new:
            yield _noted(_ACTIONS, Text.same(", ".join([*gone, *new])))


def _ends(edge: Edge, architecture: Architecture) -> Text:
    return _filled(
        _BETWEEN, source=node_name(architecture.node(edge.source)), target=node_name(architecture.node(edge.target))
    )


def _connection(edge: Edge, architecture: Architecture) -> Text:
    ends = _ends(edge, architecture)
    return ends if edge.label == EMPTY else Text(f"{ends.en} ({edge.label.en})", f"{ends.ja}（{edge.label.ja}）")


def _said(change: Change, what: Text, *ids: str) -> Difference:
    return Difference(change, _filled(_WORDS[change], what=what), frozenset(ids))


def _becomes(before: Text, after: Text) -> Text:
    return _filled(_BECOMES, before=before, after=after)


def _noted(what: Text, details: Text) -> Text:
    return _filled(_NOTED, what=what, details=details)


def _filled(words: Text, **values: Text) -> Text:
    """Fill in texts, in which a brace of a user is a brace."""
    en, ja = words.en, words.ja
    return Text(
        en.format(**{key: value.en for key, value in values.items()}),
        ja.format(**{key: value.ja for key, value in values.items()}),
    )
