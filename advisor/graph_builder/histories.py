"""Histories: stores that keep all records about an entity, and the programs that look one up by the entity."""

from collections.abc import Iterator
from functools import partial

from advisor.architecture import Architecture, Edge, Node, State
from advisor.architecture.passing import READING, WRITING
from advisor.architecture.workflow_states import runs_of
from advisor.decision import Warning
from advisor.graph_builder.item_ids import items_of
from advisor.graph_builder.large_answers import CACHE, entries_of
from advisor.text import Text
from advisor.vocabulary.store import ALL, KEEPS

#: The most records of a history that an API returns with an item.
MOST_RECORDS = 100


def keeps_all(store: Node) -> bool:
    """Return whether a store keeps each of the records about the same entity, as the requirements state."""
    return store.settings.get(KEEPS) == ALL


def shown_with_items(architecture: Architecture, store: Node) -> bool:
    """Return whether callers get the history of an item with the item: a store has the records by the entity that they are about.

    Nothing else may read these, as the owner of a record then is what it is about. Each is written for a message by a
    program that no caller waits for, and not by a run that goes over items.
    """
    onward = [edge for edge in architecture.leaving(store.id) if edge.verb != "pool"]
    if not keeps_all(store) or store.service == CACHE or onward:
        return False
    entering = architecture.entering(store.id)
    reading = [edge for edge in entering if edge.verb in READING]
    writing = [architecture.node(edge.source) for edge in entering if edge.verb in WRITING]
    looked_up = all(_looks_up(architecture, architecture.node(edge.source), store) for edge in reading)
    numbered = {edge.target for one in writing if _in_steps(architecture, one) for edge in architecture.leaving(one.id)}
    # A step keeps its result under an id of its own, by which callers then see an item that nobody else has written.
    seen = not any(
        edge.verb == "read" and edge.target in numbered - {store.id} for edge in _answering(architecture, reading)
    )
    return bool(reading and writing) and looked_up and seen and all(_records(architecture, one) for one in writing)


def _answering(architecture: Architecture, reading: list[Edge]) -> Iterator[Edge]:
    """Yield the connections by which the programs that look up a history get the items with which callers see it."""
    for program in {edge.source: architecture.node(edge.source) for edge in reading}.values():
        beside = items_of(architecture, program)[1]
        yield from (one for one in architecture.leaving(program.id) if one.verb in READING and one.target not in beside)


def _looks_up(architecture: Architecture, program: Node, store: Node) -> bool:
    answers = program.role == "compute" and bool(entries_of(architecture, program))
    return answers and store.id in items_of(architecture, program)[1]


def _in_steps(architecture: Architecture, program: Node) -> bool:
    """Return whether a program does several steps of the work on one message."""
    starting = [program, *(architecture.node(edge.source) for edge in architecture.entering(program.id))]
    numbers = [str(one.settings.get("steps", 1)) for one in starting]
    tasks = [sum(map(partial(_is_step, program.id), one.states)) for one in starting]
    return any(float(number) > 1 for number in numbers) or max(tasks) > 1


def _is_step(program: str, state: State) -> bool:
    return state.kind == "task" and "action" not in state.settings and program in (runs_of(state) or (program,))


def _records(architecture: Architecture, program: Node) -> bool:
    """Return whether a program works on messages, each of which leaves a record of its own."""
    if program.role != "compute" or architecture.entering(program.id, "invoke"):
        return False
    starting = [architecture.node(edge.source) for edge in architecture.entering(program.id)]
    maps = any(state.kind == "map" for one in starting for state in one.states)
    parallel = any(one.settings.get("parallel_items") for one in starting)
    return not maps and not parallel and all(one.role != "schedule" for one in starting)


def looked_up_histories(architecture: Architecture, node: Node) -> Iterator[Warning]:
    """Warn if callers get only the first records of a history with an item, or none, because their keys are others."""
    if node.role != "compute" or not entries_of(architecture, node):
        return
    for store in map(architecture.node, items_of(architecture, node)[1]):
        if keeps_all(store):
            words = _first_words if shown_with_items(architecture, store) else _unfound_words
            behind = [architecture.node(edge.target) for edge in architecture.leaving(store.id, "pool")]
            yield Warning(node.subject, node.role, "looks-up-a-history", words(node, next(iter(behind), store)))


def _first_words(node: Node, store: Node) -> Text:
    return Text(
        f'With an item, "{node.note.en}" returns up to {MOST_RECORDS} records about it from "{store.note.en}", in the order of their IDs. '
        "Before you go live, add what callers need: records in the order of time, a period, and further pages.",
        f"「{node.note.ja}」は、項目とともに、「{store.note.ja}」にあるその項目のレコードを ID の順に {MOST_RECORDS} 件まで返します。本番利用の前に、"
        "時刻順の並べ替え、期間の指定、続きのページなど、呼び出し元に必要な機能を追加してください。",
    )


def _unfound_words(node: Node, store: Node) -> Text:
    return Text(
        f'"{node.note.en}" looks up the ID of the item that it handles in "{store.note.en}". This store keeps all records, each under its own ID, so '
        "the project finds nothing there. Before you go live, look records up by a field with the ID of the item.",
        f"「{node.note.ja}」は、「{node.note.ja}」が扱う項目の ID で「{store.note.ja}」を検索します。このデータストアはすべてのレコードをそれぞれの ID で保存するため、"
        "生成されるプログラムでは何も見つかりません。本番利用の前に、項目の ID を持つフィールドでレコードを検索するようにしてください。",
    )
