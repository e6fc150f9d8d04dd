"""Results that programs keep under the ids of items: those of messages that arrive late must not replace later ones."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.passing import READING, WRITING
from advisor.graph_builder.histories import keeps_all
from advisor.vocabulary.store import KEEPS, LATEST
from blueprints.plan.callers.owners import is_history, looked_up
from blueprints.traits import eventbridge_pipes, is_store, kinesis, traits_of, traits_of_node
from blueprints.traits.batch import array_size
from blueprints.traits.item_results import LEADING, announced, kept_beside, other_writers, serves, sources
from blueprints.traits.lambda_durable import asks
from blueprints.traits.served_items import holds_named_files, served
from blueprints.traits.work_partitions import parts


def is_compared(architecture: Architecture, node: Node) -> bool:
    """Return whether what a program keeps under the id of an item is compared with what is there: several messages can be about it.

    It is not where a run goes over the items and reads them as they are.
    """
    follows = (architecture.node(id) for id in architecture.reaching(node.id, LEADING) - {node.id})
    return is_keyed(architecture, node) or any(map(is_store, follows))


def reads_before(architecture: Architecture, edge: Edge) -> str:
    """Return the action by which a program that only writes to a store reads what is there before it replaces it, or "".

    Records of their own replace nothing.
    """
    program, action = architecture.node(edge.source), traits_of(architecture.node(edge.target).service).comparing_action
    works = bool(action) and edge.verb == "write" and not architecture.entering(program.id, "invoke")
    works = works and not keeps_all(architecture.node(edge.target))
    return action if works and not aggregates(architecture, program) and is_compared(architecture, program) else ""


def latest_in(architecture: Architecture, node: Node) -> frozenset[str]:
    """Return the stores in which a program keeps the latest of the messages about the same entity, as they state.

    A message has a key. Callers replace their own items, and a run on a schedule is about no entity.
    """
    if serves(architecture, node.id) or not any(map(_sends, sources(architecture, node))):
        return frozenset()
    return frozenset(id for id in written(architecture, node) if keeps_latest(architecture.node(id)))


def each_in(architecture: Architecture, node: Node) -> frozenset[str]:
    """Return the stores in which a program keeps a record of each message about the same entity."""
    if serves(architecture, node.id):
        return frozenset()
    latest = latest_in(architecture, node)
    stores = frozenset(written(architecture, node))
    stated = frozenset(store for store in stores if keeps_all(architecture.node(store)))
    return stated | (stores - latest if latest and not finds_by_key(architecture, node) else frozenset())


def names_entities(architecture: Architecture, node: Node) -> bool:
    """Return whether what a program sends is about the entities that its callers name: what follows keeps their latest state.

    The program keeps no items, so that nobody knows the id of one. Work that is done once for an item, or found by it, is
    about the item.
    """
    if not serves(architecture, node.id) or any(written(architecture, node)):
        return False
    channels = {edge.target for edge in architecture.leaving(node.id, "publish")}
    verbs = (*LEADING, "publish")
    following = [
        one
        for one in architecture.nodes
        if one.id != node.id and not channels.isdisjoint(architecture.reaching(one.id, verbs))
    ]
    if any(one.states or asks(one) for one in following):
        return False
    keeping = [one for one in following if is_keyed(architecture, one)]
    return bool(keeping) and all(latest_in(architecture, one) for one in keeping)


def takes_entities(architecture: Architecture, node: Node) -> bool:
    """Return whether a program keeps the latest state of the entities that the ordering keys of its messages name.

    Its senders keep no items, but others of their receivers work on each item, so that the key of a message is the id of
    its item. Work that is done once for an item is about the item.
    """
    leading = sources(architecture, node)
    senders = [one for one in leading if serves(architecture, one.id)]
    once = asks(node) or any(one.states for one in leading) or bool(architecture.entering(node.id, "invoke"))
    if once or not senders or not latest_in(architecture, node):
        return False
    kept = any(any(written(architecture, one)) or names_entities(architecture, one) for one in senders)
    return not kept and any(one.settings.get("ordering") == "per-key" for one in leading)


def records_arrivals(architecture: Architecture, node: Node) -> bool:
    """Return whether a program that keeps the latest state of entities records the first arrival of messages.

    It does where callers may repeat a request after a newer one: their API keeps no items, so it publishes both. The queue
    or stream from which the program takes them, also through a pipe, numbers messages by their arrival.
    """
    if not _takes_numbered(architecture, node) or not latest_in(architecture, node):
        return False
    leading = sources(architecture, node)
    keyed = {one.id for one in leading if one.settings.get("ordering") == "per-key"}
    takes = takes_entities(architecture, node)
    return any(
        edge.target in keyed
        for one in leading
        if takes or names_entities(architecture, one)
        for edge in architecture.leaving(one.id, "publish")
    )


def _takes_numbered(architecture: Architecture, node: Node) -> bool:
    starting = [architecture.node(edge.source) for edge in architecture.entering(node.id) if edge.verb in LEADING]
    piped = [one for one in starting if one.service == eventbridge_pipes.TRAITS.service]
    starting += [architecture.node(edge.source) for one in piped for edge in architecture.entering(one.id)]
    return any(traits_of_node(one).queue or one.service == kinesis.TRAITS.service for one in starting)


def keeps_latest(store: Node) -> bool:
    """Return whether a store keeps only the latest of the messages about the same entity."""
    return store.settings.get(KEEPS) == LATEST


def is_keyed(architecture: Architecture, node: Node) -> bool:
    """Return whether a program keeps what comes of a message under the id of what it is about, by which others look it up."""
    return bool(latest_in(architecture, node)) or finds_by_key(architecture, node)


def finds_by_key(architecture: Architecture, node: Node) -> bool:
    """Return whether others look up what a program makes of a message, so that its stores keep it under the key.

    Stores that keep all records do not, as each record has an id of its own. But callers get these with the item of the key.
    """
    files = any(holds_named_files(architecture, source.id) for source in sources(architecture, node))
    return (
        files
        or _indexes(architecture, node)
        or bool(kept_beside(architecture, node))
        or any(_is_sought(architecture, node, store) for store in written(architecture, node))
    )


def _is_sought(architecture: Architecture, node: Node, store: str) -> bool:
    if keeps_all(architecture.node(store)):
        return is_history(architecture, store)
    return (
        looked_up(architecture, store)
        or _looked_up_for_messages(architecture, node, store)
        or _shown_with_others(architecture, node, store)
    )


def _indexes(architecture: Architecture, node: Node) -> bool:
    """Return whether a program keeps items that callers change in a search index: a search finds each once, as it is now."""
    clients = (traits_of_node(architecture.node(store)).client for store in written(architecture, node))
    searched = any(client is not None and client.searched for client in clients)
    return searched and any(
        serves(architecture, one.id) and served(architecture, one).changes for one in sources(architecture, node)
    )


def written(architecture: Architecture, node: Node) -> Iterator[str]:
    """Yield the stores that a program writes."""
    return (edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING)


def aggregates(architecture: Architecture, node: Node) -> bool:
    """Return whether a program reads whole stores and adds up what is in them, when a schedule starts it."""
    reads = any(
        edge.verb in READING and is_store(architecture.node(edge.target)) for edge in architecture.leaving(node.id)
    )
    starters = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
    # Its workflow starts a program once in a run, unless it goes over items or numbered parts.
    runs = [one for one in starters if one.states and all(state.kind != "map" for state in one.states)]
    starters += [architecture.node(edge.source) for one in runs for edge in architecture.entering(one.id, "start")]
    return reads and any(traits_of(starter.service).timed for starter in starters)


def _sends(source: Node) -> bool:
    traits = traits_of_node(source)
    return not (traits.timed or traits.compute or source.states)


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

    What is looked up has the id of what a message is about, so what it is shown with must have the same id. A run that goes
    over the items of the store makes something of these, and they are messages that the writer has kept.
    """
    channels = {one.id for one in sources(architecture, writer)}
    for edge in architecture.entering(store, "read"):
        beside = {other.target for other in architecture.leaving(edge.source, "read")} - {store}
        makers = {
            id for one in beside if looked_up(architecture, one) for id in other_writers(architecture, writer, one)
        }
        nodes = map(architecture.node, makers)
        together = (
            channels & {found.id for found in sources(architecture, one)} or _is_made_of(architecture, one, store)
            for one in nodes
        )
        if serves(architecture, edge.source) and any(together):
            return True
    return False


def _is_made_of(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether a program processes the items of a store in a run, or messages about each of these."""
    going = any(_goes_over(architecture, one, store) for one in (node, *sources(architecture, node)))
    return going or store in announced(architecture, node)


def _goes_over(architecture: Architecture, node: Node, store: str) -> bool:
    """Return whether the parts of a run share the items of a store."""
    starting = (architecture.node(edge.source) for edge in architecture.entering(node.id))
    runs = any(one.states and (array_size(one, node) or parts(architecture, one, node)) for one in starting)
    return runs and not is_about_change(architecture, node) and _divided(architecture, node) == store


def is_about_change(architecture: Architecture, node: Node) -> bool:
    """Return whether each run of a program is about what has changed in a store that it reads, such as an uploaded file.

    The parts of such a run share this item, and not all items of the store: otherwise each change would process all of them.
    """
    read = {edge.target for edge in architecture.leaving(node.id) if edge.verb in READING}
    seen, waiting = {node.id}, [node.id]
    while waiting:
        id = waiting.pop()
        for edge in architecture.entering(id) if not is_store(architecture.node(id)) else ():
            starter = edge.verb == "call" and architecture.node(edge.source).subject == node.subject
            if (starter or edge.verb in LEADING) and edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
    return not seen.isdisjoint(read) and not any(traits_of(architecture.node(id).service).timed for id in seen)


def _divided(architecture: Architecture, node: Node) -> str:
    """Return the store whose items the parts of a run share: one that is only read, before one that is written too."""
    reading = [edge for edge in architecture.leaving(node.id) if is_store(architecture.node(edge.target))]
    ordered = (edge.target for verb in READING for edge in reading if edge.verb == verb)
    return next(ordered, "")
