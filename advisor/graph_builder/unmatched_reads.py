"""Warnings about stores that a program reads by an id which their writers do not use."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.graph_builder.item_ids import SCHEDULE, ids_of_items, is_timed, items_of, origins, writers
from advisor.graph_builder.large_answers import entries_of
from advisor.text import Text
from advisor.verdict.known import Known
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
        f'"{node.note.en}" reads "{store.note.en}" by the ID of the item that a message is about. "{origin.note.en}" assigns this ID. '
        f'No component that writes "{store.note.en}" uses this ID, so the generated program finds no matching record. Before you go '
        f'live, have "{origin.note.en}" include the ID of the record in "{store.note.en}" in its messages, for example an order number '
        "in a payment message, and look the record up by that field.",
        f"「{node.note.ja}」は、メッセージが指す項目の ID（「{origin.note.ja}」が付けたもの）で「{store.note.ja}」を読みます。"
        f"「{store.note.ja}」に書き込むコンポーネントはどれもこの ID を使わないため、生成されるプログラムでは何も見つかりません。本番利用の前に、"
        f"決済に含まれる注文番号のような「{store.note.ja}」側の ID を「{origin.note.ja}」から渡し、そのフィールドで検索するようにしてください。",
    )


def unmatched_item_words(node: Node, store: Node) -> Text:
    """Return the sentence on a store whose ids are others than those of the items with which it is read."""
    return Text(
        f'"{node.note.en}" reads "{store.note.en}" by the ID of the item that a request is about. No component that writes '
        f'"{store.note.en}" uses this ID, so the generated program finds no matching record. Before you go live, include the ID of the '
        f'record in "{store.note.en}" in each item, for example a product number in an order, and look the record up by that field. '
        "Also check that the caller is allowed to read the record.",
        f"「{node.note.ja}」は、リクエストの対象である項目の ID で「{store.note.ja}」を読みます。「{store.note.ja}」に書き込むコンポーネントはどれも"
        "この ID を使わないため、生成されるプログラムでは何も見つかりません。本番利用の前に、注文に含まれる商品番号のように、"
        f"「{store.note.ja}」側の ID を項目に持たせ、そのフィールドで検索するようにしてください。"
        "その際、見つかったデータを呼び出し元が読み取ってよいかどうかも確認してください。",
    )


def unmatched_items_of_words(node: Node, store: Node, origin: Node) -> Text:
    """Return the sentence on a store that has ids of some of the items with which it is read, but not of those of one origin."""
    return Text(
        f'"{node.note.en}" reads "{store.note.en}" by the ID of the item that a request is about. "{origin.note.en}" assigns the IDs of '
        f'some of these items, but no component that writes "{store.note.en}" uses those IDs, so the generated program finds no matching '
        f'record for these items. Before you go live, include the ID of the record in "{store.note.en}" in each of them, and look the '
        "record up by that field. Also check that the caller is allowed to read the record.",
        f"「{node.note.ja}」は、リクエストの対象である項目の ID で「{store.note.ja}」を読みます。項目の一部の ID は「{origin.note.ja}」が付けますが、"
        f"「{store.note.ja}」に書き込むコンポーネントはどれも「{origin.note.ja}」の ID を使わないため、生成されるプログラムではこれらの項目について"
        f"何も見つかりません。本番利用の前に、「{store.note.ja}」側の ID を項目に持たせ、そのフィールドで検索するようにしてください。"
        "その際、見つかったデータを呼び出し元が読み取ってよいかどうかも確認してください。",
    )
