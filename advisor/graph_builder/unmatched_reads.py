"""A warning about stores that a program reads by an id which none of their writers uses."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.graph_builder.large_answers import CACHE, entries_of
from advisor.text import Text
from advisor.verdict.derived_facts import Known

#: The id of the warning.
UNMATCHED = "reads-by-an-id-of-no-writer"
_WRITING = ("write", "read-write")
_SCHEDULE = "schedule"
#: How a message, an event or an item gets to a program.
_LEADING = ("publish", "deliver", "consume", "stream", "emit", "start", "run", "call", "pipe", "enrich")


def unmatched_reads(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if a program looks items up by ids that none of those who write these items knows.

    An API or a webhook gives each item an id of its own, which messages about it carry. A worker looks up the ids of its
    messages: where none of those that lead to it leads to a writer of the store, too, the store has other ids. The run of a
    schedule has an id of its own as well. Of what comes from outside, nothing is known. An API looks up the ids of its items.
    """
    if node.role != "compute" or node.subject not in facts:
        return
    if entries_of(architecture, node):
        yield from _of_items(architecture, facts, node)
        return
    asking = _origins(architecture, node.id)
    if any(architecture.node(id).role == _SCHEDULE for id in asking):
        return
    for edge in architecture.leaving(node.id, "read") if asking else ():
        store = architecture.node(edge.target)
        if _has_other_ids(architecture, store, asking):
            first = architecture.node(min(asking))
            yield Warning(node.subject, node.role, UNMATCHED, unmatched_words(node, store, first))


def _of_items(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if a program that answers requests looks up its items in a store whose writers give other ids.

    Its items are those of the stores that it changes, or else of the first one that it reads: what it only reads besides is
    asked for what belongs to them. Programs of connections and of webhooks look nothing up.
    """
    if facts[node.subject].values.get("protocol") == "websocket" or architecture.leaving(node.id, "verify"):
        return
    edges = [edge for edge in architecture.leaving(node.id) if edge.verb in ("read", "read-write")]
    edges = [edge for edge in edges if not _holds_vectors(facts, architecture.node(edge.target))]
    # A cache beside another store has copies of its items.
    asked = [edge for edge in edges if architecture.node(edge.target).service != CACHE] or edges
    own = [edge.target for edge in asked if edge.verb == "read-write"] or [edge.target for edge in asked[:1]]
    related = [edge.target for edge in edges if edge.verb == "read" and edge.target not in own]
    known = [_origins(architecture, id) for store in own for id in _writers(architecture, store)]
    asking = frozenset[str]().union(*known)
    for store in map(architecture.node, related if known and all(known) else ()):
        if _has_other_ids(architecture, store, asking):
            yield Warning(node.subject, node.role, UNMATCHED, unmatched_item_words(node, store))


def _holds_vectors(facts: Mapping[str, Known], store: Node) -> bool:
    return store.subject in facts and facts[store.subject].values.get("access") == "vectors"


def _has_other_ids(architecture: Architecture, store: Node, asking: frozenset[str]) -> bool:
    """Return whether all writers of a store are known, and none of those that give `asking` ids leads to one of them."""
    known = [_origins(architecture, writer) for writer in _writers(architecture, store.id)]
    return store.role == "store" and bool(known) and all(known) and asking.isdisjoint(frozenset().union(*known))


def _writers(architecture: Architecture, store: str) -> list[str]:
    return [edge.source for edge in architecture.entering(store) if edge.verb in _WRITING]


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
        f'"{node.note.en}" reads "{store.note.en}" by the ID of its own item. No component that writes "{store.note.en}" uses '
        "this ID, so the project finds nothing there. Before you go live, let an item contain the ID in "
        f'"{store.note.en}", for example an order the number of its product, and look it up by that field. '
        "Check there that the caller may read what is found.",
        f"「{node.note.ja}」は、自身の項目の ID で「{store.note.ja}」を読みます。「{store.note.ja}」に書き込むコンポーネントはどれも"
        "この ID を使わないため、生成されるプログラムでは何も見つかりません。本番利用の前に、注文に含まれる商品番号のように、"
        f"「{store.note.ja}」側の ID を項目に持たせ、そのフィールドで検索するようにしてください。"
        "その際、見つかったデータを呼び出し元が読み取ってよいかどうかも確認してください。",
    )


def _origins(architecture: Architecture, program: str) -> frozenset[str]:
    """Return the programs of requests and the schedules that lead to a program; empty if anything else does."""
    found, seen, waiting = set[str](), {program}, [program]
    while waiting:
        id = waiting.pop()
        node = architecture.node(id)
        entering = architecture.entering(id)
        leading = {edge.source for edge in entering if edge.verb in _LEADING}
        if node.role == "store":
            leading |= {edge.source for edge in entering if edge.verb in _WRITING}
        if entries_of(architecture, node) or node.role == _SCHEDULE:
            found.add(id)
        elif not leading:
            return frozenset()
        waiting += sorted(leading - seen)
        seen |= leading
    return frozenset(found)
