"""A warning about stores that a program reads by an id which none of their writers uses."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.graph_builder.large_answers import entries_of
from advisor.text import Text
from advisor.verdict.derived_facts import Known

#: The id of the warning.
UNMATCHED = "reads-by-an-id-of-no-writer"
_WRITING = ("write", "read-write")
_SCHEDULE = "schedule"
#: How a message, an event or an item gets to a program.
_LEADING = ("publish", "deliver", "consume", "stream", "emit", "start", "run", "call", "pipe", "enrich")


def unmatched_reads(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if a program looks items up by the ids of its messages, and none of those who write these items knows such ids.

    An API or a webhook gives each item an id of its own, which messages about it carry. Where none of those that lead to the
    program leads to a writer of the store, too, the store has other ids. The run of a schedule has an id of its own as well. Of
    what comes from outside, nothing is known.
    """
    if node.role != "compute" or node.subject not in facts or entries_of(architecture, node):
        return
    asking = _origins(architecture, node.id)
    if any(architecture.node(id).role == _SCHEDULE for id in asking):
        return
    for edge in architecture.leaving(node.id, "read") if asking else ():
        store = architecture.node(edge.target)
        writers = [one.source for one in architecture.entering(store.id) if one.verb in _WRITING]
        known = [_origins(architecture, writer) for writer in writers]
        if store.role == "store" and known and all(known) and asking.isdisjoint(frozenset().union(*known)):
            first = architecture.node(min(asking))
            yield Warning(node.subject, node.role, UNMATCHED, unmatched_words(node, store, first))


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
