"""A warning about runs that messages start, and each of which goes over all items of a store."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.graph_builder.item_ids import mapping, read_by
from advisor.text import Text

_EVENTS, _CHANNELS = "events", ("messaging", "buffer")
#: How what happens in a store or channel gets to a run, without another program between.
_DIRECT = ("emit", "stream", "start", "consume", "deliver", "run")


def runs_over_stores(architecture: Architecture, node: Node) -> Iterator[Warning]:
    """Warn if a message of a channel starts a run whose numbered parts go over the items of a store that it reads.

    A message brings no list of items, and the requirements do not say whether its run is about all items of the store. A change of
    the store itself is one item, which the parts share, and a schedule is about all of them.
    """
    mapped = mapping(architecture, node)
    starters = {edge.source for one in mapped for edge in architecture.entering(one.id, "start")}
    if node.role != "compute" or not any(architecture.node(id).role == _EVENTS for id in starters):
        return
    if node.settings.get("map_items") or any(one.settings.get("map_items") for one in mapped):
        return
    stores = read_by(architecture, node.id)
    before = architecture.reaching(node.id, _DIRECT)
    told = any(architecture.node(id).role in _CHANNELS for id in before)
    if stores and told and before.isdisjoint(stores):
        words = repeated_words(node, architecture.node(stores[0]))
        yield Warning(node.subject, node.role, "each-message-goes-over-a-store", words)


def repeated_words(node: Node, store: Node) -> Text:
    """Return the sentence on runs whose work grows with the messages and with the items of a store."""
    return Text(
        f'A message starts each run of "{node.note.en}", and the parts of each run together process all items of "{store.note.en}". '
        "The work therefore grows with the number of messages multiplied by the number of items. If a run is about one item only, let "
        f"changes of this data store start it (`listens_to: {store.subject}`), so that the parts share the changed item. If it is about all "
        "items, start it by a schedule, or limit how often the messages are sent.",
        f"「{node.note.ja}」の実行はメッセージごとに開始し、1 回の実行で「{store.note.ja}」のすべての項目を分担して処理します。そのため、処理量はメッセージの数と"
        "項目の数の積に比例して増えます。1 回の実行が 1 つの項目だけを対象とする場合は、このデータストアの変更で開始してください"
        f"（`listens_to: {store.subject}`）。変更された項目を分担して処理します。すべての項目を対象とする場合は、スケジュールで開始するか、"
        "メッセージの送信頻度を抑えてください。",
    )
