"""Warnings about results that no reader of a store finds, because they have other ids than those that it looks up."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import LEADING, READING, WRITING
from advisor.decision import Warning
from advisor.graph_builder.item_ids import ids_of_items, is_timed, items_of, origins, writers
from advisor.graph_builder.large_answers import entries_of
from advisor.text import Text
from advisor.vocabulary.store import KEEPS, LATEST

#: The id of the warning.
UNREAD = "results-that-nobody-reads"


def unread_results(architecture: Architecture, node: Node) -> Iterator[Warning]:
    """Warn if a program writes results that none of those who read the store finds.

    An API lists its own items: what another program makes of messages of others is kept apart from these, and so are the
    latest states of entities that others name, whose keys could be those of items. Whoever looks items up by an id does not
    find those that have other ids; if all have, its reads are named and not the results.
    """
    given = origins(architecture, node.id)
    if node.role != "compute" or entries_of(architecture, node) or not given:
        return
    written = dict.fromkeys(edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING)
    for store in map(architecture.node, written):
        readers = [architecture.node(edge.source) for edge in architecture.entering(store.id) if edge.verb in READING]
        others = [one for one in readers if one.id != node.id]
        keeps = store.settings.get(KEEPS)
        if store.role != "store" or keeps not in (None, LATEST) or not others:
            continue
        # Latest states are there for callers, also if a run goes over them.
        asked = [one for one in others if not (keeps and is_timed(architecture, one))]
        if asked and (keeping := _keeping(architecture, asked, store)):
            apart = keeps == LATEST and not is_timed(architecture, node)
            if (apart or _is_passed_on(architecture, node)) and given.isdisjoint(one.id for one in others):
                yield Warning(node.subject, node.role, UNREAD, apart_words(node, store, keeping))
        elif not keeps and _is_missed(architecture, node, store, others, given):
            yield Warning(node.subject, node.role, UNREAD, missed_words(node, store, others[0]))


def _keeping(architecture: Architecture, readers: list[Node], store: Node) -> Node | None:
    """Return the first program that keeps items of its callers in a store, if all readers list such items; otherwise None."""
    if not all(entries_of(architecture, one) and store.id in items_of(architecture, one)[0] for one in readers):
        return None
    changing = {edge.source for edge in architecture.entering(store.id, "read-write")}
    return next((one for one in readers if one.id in changing), None)


def _is_passed_on(architecture: Architecture, node: Node) -> bool:
    """Return whether other programs than those of callers send what a program makes its results of."""
    before = map(architecture.node, architecture.reaching(node.id, LEADING) - {node.id})
    return any(one.role == "compute" and not entries_of(architecture, one) for one in before)


def _is_missed(architecture: Architecture, node: Node, store: Node, readers: list[Node], given: frozenset[str]) -> bool:
    """Return whether all readers look up ids of other writers of a store, and none the `given` ones of this program."""
    onward = [edge for edge in architecture.leaving(store.id) if edge.verb != "pool"]
    asked = [_asked(architecture, one, store) for one in readers]
    wanted = frozenset[str]().union(*asked)
    if onward or not all(asked) or not given.isdisjoint(wanted):
        return False
    others = (one for one in writers(architecture, store.id) if one != node.id)
    return any(not origins(architecture, one).isdisjoint(wanted) for one in others)


def _asked(architecture: Architecture, reader: Node, store: Node) -> frozenset[str]:
    """Return the programs that give the ids by which a program looks items of a store up; empty if it may find all."""
    if entries_of(architecture, reader):
        _, related = items_of(architecture, reader)
        return ids_of_items(architecture, reader) if store.id in related else frozenset()
    if is_timed(architecture, reader) or reader.role != "compute":
        return frozenset()
    return origins(architecture, reader.id)


def apart_words(node: Node, store: Node, reader: Node) -> Text:
    """Return the sentence on results that are about no item of those whom an API answers."""
    return Text(
        f'"{node.note.en}" writes to "{store.note.en}", where "{reader.note.en}" keeps the items of its callers, but its messages are '
        f"about none of these items. The project keeps its results apart from them, so that no caller finds the results. Before you go "
        f'live, pass on the ID of the item in "{store.note.en}" that a message is about, and set the result in this item; or let '
        f'"{node.note.en}" write to a data store of its own, and let callers read that.',
        f"「{node.note.ja}」は、「{reader.note.ja}」が呼び出し元の項目を保存する「{store.note.ja}」に書き込みますが、受け取るメッセージはどの項目にも"
        "対応しません。生成されるプロジェクトは結果を項目とは別に保存するため、呼び出し元が結果を見ることはありません。本番利用の前に、"
        f"対応する「{store.note.ja}」の項目の ID をメッセージに含めて、その項目に結果を設定するか、「{node.note.ja}」専用のデータストアに書き込み、"
        "呼び出し元がそれを読むようにしてください。",
    )


def missed_words(node: Node, store: Node, reader: Node) -> Text:
    """Return the sentence on results under other ids than those by which a store is read."""
    return Text(
        f'"{node.note.en}" writes to "{store.note.en}" under the IDs of its messages. "{reader.note.en}" reads "{store.note.en}" by other '
        f'IDs, those of other writers, so it finds nothing that "{node.note.en}" writes. Before you go live, pass on the ID by which '
        f'"{reader.note.en}" asks and write under it, or let "{node.note.en}" write to a data store of its own.',
        f"「{node.note.ja}」は、受け取るメッセージの ID で「{store.note.ja}」に書き込みます。「{reader.note.ja}」はほかのコンポーネントが書き込む別の ID で"
        f"「{store.note.ja}」を読むため、「{node.note.ja}」が書き込んだものは見つかりません。本番利用の前に、「{reader.note.ja}」が検索に使う ID を"
        f"メッセージに含めてその ID で書き込むか、「{node.note.ja}」専用のデータストアに書き込むようにしてください。",
    )
