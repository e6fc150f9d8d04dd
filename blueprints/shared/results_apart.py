"""Results that programs keep in a store apart from its items: the prefix of their keys, and whether they are marked.

What marks such rows and what filters them out of a table's stream follow from one function, so that neither is without
the other.
"""

from collections.abc import Collection, Mapping

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import WRITING
from blueprints.plan import RESULTS_PREFIX
from blueprints.plan.kept_results import aggregates, is_keyed, keeps_latest, written
from blueprints.traits import traits_of
from blueprints.traits.item_results import (
    LEADING,
    announced,
    keeps_items,
    other_writers,
    others_in,
    results_in,
    serves,
    sources,
)


def holds_results(architecture: Architecture, store: str) -> bool:
    """Return whether changes of some rows start nothing, in a store whose changes start programs: results apart, and totals."""
    if not architecture.leaving(store, "stream"):
        return False
    return any(
        totals_among(architecture, node, store)
        or (
            _works(architecture, node) and store in apart(architecture, node) and not is_work(architecture, node, store)
        )
        for node in _writers(architecture, store)
    )


def is_work(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether what a program keeps apart in a store is work for those whom changes of the store start.

    It is not where it could start the program again.
    """
    before = architecture.reaching(node.id, (*LEADING, *WRITING, "publish", "call"))
    return store not in before | {one.id for one in sources(architecture, node)} | announced(architecture, node)


def rows_without_work(architecture: Architecture, store: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the prefixes of rows on which a program that keeps results in a store does no work, and those among them that are work."""
    none, work = set[str](), set[str]()
    listened = bool(architecture.leaving(store, "stream"))
    for node in _writers(architecture, store):
        prefix = apart(architecture, node).get(store, "")
        if prefix.startswith(RESULTS_PREFIX) and _works(architecture, node):
            (work if listened and is_work(architecture, node, store) else none).add(prefix)
    if RESULTS_PREFIX in work:
        return tuple(sorted(none)), ()
    return (RESULTS_PREFIX,), tuple(sorted(work))


def taken_in(architecture: Architecture, node: Node, store: str, prefix: str) -> tuple[str, ...]:
    """Return how ids begin that a program must not put behind a prefix as they are: the keys of another one begin like this.

    The senders of messages choose their ids, which are keys of objects such as `files/a.csv`, too.
    """
    others = (architecture.node(id) for id in sorted(other_writers(architecture, node, store)))
    kept = {apart(architecture, one).get(store, "") for one in others if _works(architecture, one)}
    if any(one.startswith(RESULTS_PREFIX) for one in kept):
        # Who works on changes of the store skips all that begins like this, whoever has written it.
        kept.add(RESULTS_PREFIX)
    ends = {one.removeprefix(prefix) for one in kept if one.startswith(prefix) and one != prefix}
    return tuple(sorted(end for end in ends if not any(end != one and end.startswith(one) for one in ends)))


def totals_among(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether a program that adds up keeps totals among the items of which it makes them, or those of callers."""
    if not aggregates(architecture, node):
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
    for store in written(architecture, node):
        if store in results and store not in mixed:
            continue
        writers = [n.id for n in architecture.nodes if traits_of(n.service).compute and _keeps(architecture, n, store)]
        if keeps_latest(architecture.node(store)):
            # The state of an entity has its key: what other systems send is about it, and what callers send about their items.
            writers.sort(
                key=lambda id: any(serves(architecture, one.id) for one in sources(architecture, architecture.node(id)))
            )
        served_too = any(serves(architecture, id) for id in other_writers(architecture, node, store))
        replaces = served_too and (keyed or between or store in mixed)
        base = RESULTS_PREFIX if store in starting or replaces else ""
        own = f"{node.subject}/" if node.id in writers[1:] else ""
        if base or own:
            prefixes[store] = base + own
    return prefixes


def _writers(architecture: Architecture, store: str) -> list[Node]:
    ids = {edge.source for edge in architecture.entering(store) if edge.verb in WRITING}
    return [architecture.node(id) for id in sorted(ids)]


def _works(architecture: Architecture, node: Node) -> bool:
    """Return whether a program works on messages: one that callers ask keeps items, and one that aggregates, a summary."""
    return not architecture.entering(node.id, "invoke") and not aggregates(architecture, node)


def _keeps(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether a program stores results; items of an API program have ids of their own."""
    return store in written(architecture, node) and not architecture.entering(node.id, "invoke")
