"""Warnings about stores that a program reads by an id which their writers do not use."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.graph_builder.item_ids import SCHEDULE, ids_of_items, is_timed, items_of, origins, writers
from advisor.graph_builder.large_answers import entries_of
from advisor.text import Text
from advisor.verdict.derived_facts import Known
from advisor.vocabulary.store import KEEPS

#: The id of the warning.
UNMATCHED = "reads-by-an-id-of-no-writer"


def unmatched_reads(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if a program looks items up by ids that none of those who write these items knows.

    An API or a webhook gives each item an id of its own, which messages about it carry. A worker looks up the ids of its
    messages: each of those that lead to it is told that does not lead to a writer of the store. The run of a schedule has an
    id of its own as well. Of what comes from outside, nothing is known. An API looks up the ids of its items.
    """
    if node.role != "compute" or node.subject not in facts:
        return
    if entries_of(architecture, node):
        yield from _of_items(architecture, facts, node)
        return
    if is_timed(architecture, node):
        return
    asking = origins(architecture, node.id)
    for edge in architecture.leaving(node.id, "read") if asking else ():
        store = architecture.node(edge.target)
        for origin in _unanswered(architecture, store, asking):
            yield Warning(node.subject, node.role, UNMATCHED, unmatched_words(node, store, origin))


def _of_items(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if a program that answers requests looks up its items in a store whose writers give other ids.

    Its items are those of the stores that it changes, or else of the first one that it reads: what it only reads besides is
    asked for what belongs to them. Programs of connections and of webhooks look nothing up.
    """
    if facts[node.subject].values.get("protocol") == "websocket" or architecture.leaving(node.id, "verify"):
        return
    _, related = items_of(architecture, node)
    asking = ids_of_items(architecture, node)
    for store in map(architecture.node, related if asking else ()):
        unanswered = _unanswered(architecture, store, asking)
        if len(unanswered) == len(asking):
            yield Warning(node.subject, node.role, UNMATCHED, unmatched_item_words(node, store))
            continue
        # Of entities, whoever sends their records names the keys: these may be the ids that callers have read before.
        for origin in unanswered if not store.settings.get(KEEPS) else ():
            yield Warning(node.subject, node.role, UNMATCHED, unmatched_items_of_words(node, store, origin))


def _unanswered(architecture: Architecture, store: Node, asking: frozenset[str]) -> list[Node]:
    """Return those of the programs that give `asking` ids which lead to no writer of a store, if all writers are known."""
    known = [origins(architecture, writer) for writer in writers(architecture, store.id)]
    if store.role != "store" or not known or not all(known):
        return []
    missing = map(architecture.node, sorted(asking - frozenset().union(*known)))
    return [origin for origin in missing if origin.role != SCHEDULE]


def unmatched_words(node: Node, store: Node, origin: Node) -> Text:
    """Return the sentence on a store whose ids are others than those of the messages by which it is read."""
    return Text(
        f'"{node.note.en}" reads "{store.note.en}" by the ID of the item that a message is about, which "{origin.note.en}" has given. '
        f'No component that writes "{store.note.en}" uses this ID, so the project finds nothing there. Before you go live, '
        f'let "{origin.note.en}" pass on the ID in "{store.note.en}", for example the order number in a payment, and look it up by '
        "that field.",
        f"「{node.note.ja}」は、メッセージが指す項目の ID（「{origin.note.ja}」が付けたもの）で「{store.note.ja}」を読みます。"
        f"「{store.note.ja}」に書き込むコンポーネントはどれもこの ID を使わないため、生成されるプログラムでは何も見つかりません。本番利用の前に、"
        f"決済に含まれる注文番号のような「{store.note.ja}」側の ID を「{origin.note.ja}」から渡し、そのフィールドで検索するようにしてください。",
    )


def unmatched_item_words(node: Node, store: Node) -> Text:
    """Return the sentence on a store whose ids are others than those of the items with which it is read."""
    return Text(
        f'"{node.note.en}" reads "{store.note.en}" by the ID of the item that it handles. No component that writes "{store.note.en}" uses '
        "this ID, so the project finds nothing there. Before you go live, let an item contain the ID in "
        f'"{store.note.en}", for example an order the number of its product, and look it up by that field. '
        "Check there that the caller may read what is found.",
        f"「{node.note.ja}」は、「{node.note.ja}」が扱う項目の ID で「{store.note.ja}」を読みます。「{store.note.ja}」に書き込むコンポーネントはどれも"
        "この ID を使わないため、生成されるプログラムでは何も見つかりません。本番利用の前に、注文に含まれる商品番号のように、"
        f"「{store.note.ja}」側の ID を項目に持たせ、そのフィールドで検索するようにしてください。"
        "その際、見つかったデータを呼び出し元が読み取ってよいかどうかも確認してください。",
    )


def unmatched_items_of_words(node: Node, store: Node, origin: Node) -> Text:
    """Return the sentence on a store that has ids of some of the items with which it is read, but not of those of one origin."""
    return Text(
        f'"{node.note.en}" reads "{store.note.en}" by the ID of the item that it handles. "{origin.note.en}" gives some of these items their ID, but '
        f'no component that writes "{store.note.en}" uses IDs of "{origin.note.en}", so the project finds nothing there for these '
        f'items. Before you go live, let such an item contain the ID in "{store.note.en}", and look it up by that field. '
        "Check there that the caller may read what is found.",
        f"「{node.note.ja}」は、「{node.note.ja}」が扱う項目の ID で「{store.note.ja}」を読みます。項目の一部の ID は「{origin.note.ja}」が付けますが、"
        f"「{store.note.ja}」に書き込むコンポーネントはどれも「{origin.note.ja}」の ID を使わないため、生成されるプログラムではこれらの項目について"
        f"何も見つかりません。本番利用の前に、「{store.note.ja}」側の ID を項目に持たせ、そのフィールドで検索するようにしてください。"
        "その際、見つかったデータを呼び出し元が読み取ってよいかどうかも確認してください。",
    )
