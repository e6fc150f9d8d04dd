"""A warning about stores of which it is not stated whether they keep all records about an entity or only the latest."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import READING, WRITING
from advisor.decision import Warning
from advisor.requirements.starts import REQUESTS, starts
from advisor.text import Text
from advisor.verdict.known import Known
from advisor.vocabulary.store import KEEPS

#: The ways of access by which a reader finds a record under a key.
_KEYED = ("key-value", "relational", "search", "cache")


def unstated_states(architecture: Architecture, node: Node, facts: dict[str, Known]) -> Iterator[Warning]:
    """Warn if a program keeps the records of a stream where callers read them, and nothing says which of them stay."""
    if not starts(facts[node.subject].values, "stream"):
        return
    for edge in architecture.leaving(node.id):
        store = architecture.node(edge.target)
        known = facts.get(store.subject)
        if edge.verb not in WRITING or known is None or known.values.get(KEEPS) is not None:
            continue
        asked = known.values.get("access") in _KEYED and any(
            read.verb in READING and _serves(architecture.node(read.source), facts)
            for read in architecture.entering(store.id)
        )
        if asked:
            yield Warning(store.subject, store.role, "first-record-stays", records_words(node, store))


def _serves(reader: Node, facts: dict[str, Known]) -> bool:
    known = facts.get(reader.subject)
    return known is not None and starts(known.values, *REQUESTS)


def records_words(node: Node, store: Node) -> Text:
    """Return the sentence on records of a stream of which only the first with an ID stays, although readers may expect the latest."""
    return Text(
        f'"{node.note.en}" stores a record of the stream in "{store.note.en}" once: a later record with the same ID is taken for a '
        "repetition and not stored. If the ID is that of a device, an order or another entity and readers look up its current state, "
        f'choose "Keep the latest (replace)" for this data store ({KEEPS}: latest). If all records are kept, each needs an ID of its own.',
        f"「{node.note.ja}」は、ストリームのレコードを「{store.note.ja}」に 1 回だけ保存し、ID が同じ後続のレコードは重複とみなして保存しません。"
        "ID が装置や注文などを示し、その現在の状態を参照する場合は、このデータストアに「最新だけ残す（上書き）」"
        f"（{KEEPS}: latest）を選んでください。すべてのレコードを残す場合は、レコードごとに異なる ID が必要です。",
    )
