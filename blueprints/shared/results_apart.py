"""Results that programs keep in a store apart from its items: the prefix of their keys, and whether they are marked.

What marks such rows and what filters them out of a table's stream follow from one function, so that neither is without
the other.
"""

from collections.abc import Collection, Iterator, Mapping

from advisor.architecture import Architecture, Node
from blueprints.plan import RESULTS_PREFIX
from blueprints.plan.owners import looked_up
from blueprints.traits import traits_of, traits_of_node
from blueprints.traits.item_results import (
    WRITING,
    announced,
    keeps_items,
    kept_beside,
    other_writers,
    others_in,
    results_in,
    serves,
    sources,
)
from blueprints.traits.served_items import holds_named_files


def holds_results(architecture: Architecture, store: str) -> bool:
    """Return whether programs keep results apart from the items of a store whose changes start programs, or totals among these."""
    if not architecture.leaving(store, "stream"):
        return False
    writers = [
        architecture.node(id) for id in sorted({e.source for e in architecture.entering(store) if e.verb in WRITING})
    ]
    return any(
        totals_among(architecture, node, store) or (_works(architecture, node) and store in apart(architecture, node))
        for node in writers
    )


def totals_among(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether a program that adds up keeps totals among the items of which it makes them, or those of callers."""
    if not _aggregates(architecture, node):
        return False
    verbs = {edge.verb for edge in architecture.leaving(node.id) if edge.target == store}
    others = (architecture.node(id) for id in other_writers(architecture, node, store))
    kept = any(keeps_items(architecture, one) for one in others)
    return not verbs.isdisjoint(WRITING) and ("read-write" in verbs or "read" in verbs or kept)


def apart(
    architecture: Architecture, node: Node, *, keyed: bool | None = None, results: Collection[str] | None = None
) -> Mapping[str, str]:
    """Return the key prefix of a program's results, by store, apart from those in `results`: they are attributes of items.

    But what is made of messages about none of the items has a prefix there, too.

    What is made of a message has the id of the message or of its item, and is the item where nobody else writes items.
    A change that starts the program again has to be known for its own, and what a run over the store must not take for an
    item, because the program hears of each item of the run. An item of callers must not be replaced, whose
    id a message has unless the program of the callers sends it. And where another program keeps its own under an id
    already, a second would take it for a repeated message. `keyed` and `results` are derived if they are not given.
    """
    keyed = is_keyed(architecture, node) if keyed is None else keyed
    results = results_in(architecture, node) if results is None else results
    leading = sources(architecture, node)
    starting = {source.id for source in leading} | announced(architecture, node)
    mixed = others_in(architecture, node)
    between = any(traits_of(one.service).compute and not serves(architecture, one.id) for one in leading)
    prefixes = dict[str, str]()
    for store in _written(architecture, node):
        if store in results and store not in mixed:
            continue
        writers = [n.id for n in architecture.nodes if traits_of(n.service).compute and _keeps(architecture, n, store)]
        served_too = any(serves(architecture, id) for id in other_writers(architecture, node, store))
        replaces = served_too and (keyed or between or store in mixed)
        base = RESULTS_PREFIX if store in starting or replaces else ""
        own = f"{node.subject}/" if node.id in writers[1:] else ""
        if base or own:
            prefixes[store] = base + own
    return prefixes


def is_keyed(architecture: Architecture, node: Node) -> bool:
    """Return whether a program keeps what comes of a message under the id of what it is about, by which others look it up."""
    files = any(holds_named_files(architecture, source.id) for source in sources(architecture, node))
    return (
        files
        or bool(kept_beside(architecture, node))
        or any(
            looked_up(architecture, store)
            or _looked_up_for_messages(architecture, node, store)
            or _shown_with_others(architecture, node, store)
            for store in _written(architecture, node)
        )
    )


def _written(architecture: Architecture, node: Node) -> Iterator[str]:
    return (edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING)


def _works(architecture: Architecture, node: Node) -> bool:
    """Return whether a program works on messages: one that callers ask keeps items, and one that aggregates, a summary."""
    return not architecture.entering(node.id, "invoke") and not _aggregates(architecture, node)


def _aggregates(architecture: Architecture, node: Node) -> bool:
    """Return whether a program reads whole stores and adds up what is in them, when a schedule starts it."""
    reads = any(
        edge.verb in ("read", "read-write") and _is_store(architecture.node(edge.target))
        for edge in architecture.leaving(node.id)
    )
    starters = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
    # Its workflow starts a program once in a run, unless it goes over items or numbered parts.
    runs = [one for one in starters if one.states and all(state.kind != "map" for state in one.states)]
    starters += [architecture.node(edge.source) for one in runs for edge in architecture.entering(one.id, "start")]
    return reads and any(traits_of(starter.service).timed for starter in starters)


def _is_store(node: Node) -> bool:
    client = traits_of_node(node).client
    return client is not None and client.kind == "store"


def _looked_up_for_messages(architecture: Architecture, writer: Node, store: str) -> bool:
    """Return whether another program looks up what a message is about in a store whose own changes do not start it.

    A change of the store names what it changed, a schedule nothing.
    """
    for edge in architecture.entering(store, "read"):
        reader = architecture.node(edge.source)
        leading = sources(architecture, reader)
        from_store = store in {one.id for one in leading}
        timed = any(traits_of(one.service).timed for one in leading)
        if (
            leading
            and reader.subject != writer.subject
            and not (from_store or timed or serves(architecture, reader.id))
        ):
            return True
    return False


def _shown_with_others(architecture: Architecture, writer: Node, store: str) -> bool:
    """Return whether callers read a store together with what another program makes of the same messages.

    What is looked up has the id of what a message is about, so what it is shown with must have the same id.
    """
    channels = {one.id for one in sources(architecture, writer)}
    for edge in architecture.entering(store, "read"):
        beside = {other.target for other in architecture.leaving(edge.source, "read")} - {store}
        makers = {
            id for one in beside if looked_up(architecture, one) for id in other_writers(architecture, writer, one)
        }
        together = (id for id in makers if channels & {one.id for one in sources(architecture, architecture.node(id))})
        if serves(architecture, edge.source) and any(together):
            return True
    return False


def _keeps(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether a program stores results; items of an API program have ids of their own."""
    return store in _written(architecture, node) and not architecture.entering(node.id, "invoke")
