"""Results of programs about the items that another program keeps for its callers: attributes of these, or kept beside them."""

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.passing import READING, WRITING
from blueprints.traits import Client, traits_of, traits_of_node
from blueprints.traits.direct_uploads import ISSUE
from blueprints.traits.item_messages import is_for_items
from blueprints.traits.served_items import holds_files_of_items

#: How what happens in a store gets to a program.
LEADING = ("emit", "stream", "start", "consume", "deliver", "run")


def results_in(architecture: Architecture, node: Node) -> dict[str, str]:
    """Return, by store, the attribute for a program's result in the items that another program keeps for its callers.

    A message about such an item comes from the program of the callers, directly or by way of others, or from one that
    goes over the items. Its result is an attribute of the item: a row of its own would replace the item, return a deleted
    one, or be listed beside it. If changes of the store lead to the program, such a result would start it again. A webhook
    can be about such an item, too. Messages of `others_in` are about no item.
    """
    stores = _reported(architecture, node) if receives_webhooks(architecture, node) else _about(architecture, node)
    return {store: _named(node) for store in stores if (client := _client(architecture, store)) and client.updates}


def receives_webhooks(architecture: Architecture, node: Node) -> bool:
    """Return whether a program verifies the signature of a sender of webhooks."""
    return bool(architecture.leaving(node.id, "verify"))


def _reported(architecture: Architecture, node: Node) -> list[str]:
    """Return the stores that a receiver of webhooks writes, and in which others keep the items of their callers.

    These are programs, or GraphQL APIs without one.
    """
    found = list[str]()
    for store in dict.fromkeys(edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING):
        others = [architecture.node(id) for id in other_writers(architecture, node, store)]
        kept = [one for one in others if keeps_items(architecture, one)]
        found += [store] if any(not receives_webhooks(architecture, one) for one in kept) else []
    return found


def kept_beside(architecture: Architecture, node: Node) -> dict[str, str]:
    """Return, by store, the name of a program's result that is kept beside the items of callers.

    It is where changes of these items start the program, and in a store that cannot set one attribute of an item.
    """
    leading = {one.id for one in sources(architecture, node)}
    about = _about_items(architecture, node)
    found = dict[str, str]()
    for edge in architecture.leaving(node.id):
        client = _client(architecture, edge.target)
        if edge.verb not in WRITING or client is None or not client.prefixes:
            continue
        if edge.target in leading or (client.beside and edge.target in about):
            writers = other_writers(architecture, node, edge.target)
            found |= {edge.target: _named(node)} if any(serves(architecture, id) for id in writers) else {}
    return found


def others_in(architecture: Architecture, node: Node) -> dict[str, tuple[str, ...]]:
    """Return the components whose messages are about no item of a store, by the stores in whose items a program sets results.

    The types of their messages begin with their ids. What is made of them is kept apart from the items.
    """
    set_in = results_in(architecture, node)
    found = {} if receives_webhooks(architecture, node) else _about(architecture, node)
    return {store: others for store, others in found.items() if others and store in set_in}


def announced(architecture: Architecture, node: Node) -> frozenset[str]:
    """Return the stores about each of whose items a message gets to a program, from another one that goes over them."""
    leading = sources(architecture, node)
    sending = [edge for one in leading if is_for_items(one) for edge in architecture.entering(one.id, "publish")]
    going = {edge.source for edge in sending if not serves(architecture, edge.source)} - {node.id}
    return frozenset(store for program in going for store in _read_by(architecture, program))


def _about_items(architecture: Architecture, node: Node) -> list[str]:
    """Return the stores that a program writes, all of whose messages are about the items that others keep there for callers."""
    return [store for store, others in _about(architecture, node).items() if not others]


def _about(architecture: Architecture, node: Node) -> dict[str, tuple[str, ...]]:
    """Return the stores in which programs keep the items of callers that messages of a program are about, with `others_in`.

    A store is none of these if it cannot be told by the type of a message whether this is about one of its items.
    """
    leading = sources(architecture, node)
    origins = [one for one in leading if not _led(architecture, one)]
    found = dict[str, tuple[str, ...]]()
    for store in dict.fromkeys(edge.target for edge in architecture.leaving(node.id) if edge.verb in WRITING):
        owners = {id for id in other_writers(architecture, node, store) if serves(architecture, id)}
        if not owners or not origins or store in {one.id for one in leading}:
            continue
        foreign = [one for one in origins if one.id not in owners and not _goes_over(architecture, one, leading, store)]
        senders = _typed(architecture, node, leading, foreign)
        if len(foreign) < len(origins) and senders is not None:
            found[store] = senders
    return found


def _goes_over(architecture: Architecture, origin: Node, leading: list[Node], store: str) -> bool:
    """Return whether a schedule starts nothing but programs that send a message about each item of a store, and no other."""
    started = [one for one in leading if origin.id in _timed_starters(architecture, one)]
    sending = {one.id for one in leading} - {one.id for one in leading if is_for_items(one)}
    return bool(started) and all(
        len(read := _read_by(architecture, one.id)) == 1
        and read <= _same(architecture, store)
        and sending.isdisjoint(edge.target for edge in architecture.leaving(one.id, "publish"))
        for one in started
    )


def _typed(architecture: Architecture, node: Node, leading: list[Node], foreign: list[Node]) -> tuple[str, ...] | None:
    """Return the components of origins if the types of messages name them in all that gets to a program, otherwise None.

    They do not where another program passes messages on, something hands them over in a call, or nobody has set a type.
    """
    if not foreign:
        return ()
    named = {one.id: one.subject for one in leading if serves(architecture, one.id)}
    schedules = dict[str, str]()
    for one in leading:
        if starters := _timed_starters(architecture, one):
            named[one.id] = one.subject
            schedules |= dict.fromkeys(starters, one.subject)
    passing = {one.id for one in leading if (client := traits_of_node(one).client) and client.kind == "channel"}
    others = {one.id for one in leading} - named.keys() - schedules.keys() - passing
    called = bool(architecture.entering(node.id, "call") or _timed_starters(architecture, node))
    if others or called or not {one.id for one in foreign} <= named.keys() | schedules.keys():
        return None
    return tuple(sorted({(named | schedules)[one.id] for one in foreign}))


def _timed_starters(architecture: Architecture, node: Node) -> set[str]:
    """Return the schedules that start a program, and the workflow of its component, if nothing else does; otherwise none."""
    found, waiting = set[str](), [node.id] if traits_of(node.service).compute else []
    timed = False
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            if edge.verb not in (*LEADING, "call") or source.id in found:
                continue
            if source.subject != node.subject or traits_of(source.service).compute:
                return set()
            timed |= bool(traits_of(source.service).timed)
            found.add(source.id)
            waiting.append(source.id)
    return found if timed else set()


def _read_by(architecture: Architecture, program: str) -> set[str]:
    """Return the stores that a program reads."""
    edges = [edge for edge in architecture.leaving(program) if edge.verb in READING]
    return {edge.target for edge in edges if (found := _client(architecture, edge.target)) and found.kind == "store"}


def _client(architecture: Architecture, store: str) -> Client | None:
    return traits_of_node(architecture.node(store)).client


def _named(node: Node) -> str:
    return f"{node.subject.replace('-', '_')}_result"


def other_writers(architecture: Architecture, node: Node, store: str) -> set[str]:
    """Return the programs besides one that write to a store, directly or through a pool of connections."""
    edges = (edge for id in _same(architecture, store) for edge in architecture.entering(id))
    return {edge.source for edge in edges if edge.verb in WRITING and edge.source != node.id}


def _same(architecture: Architecture, store: str) -> set[str]:
    """Return the ids by which programs reach a database: its own, and those of the pools of connections before it."""
    behind = {edge.target for edge in architecture.leaving(store, "pool")} or {store}
    return behind | {edge.source for id in behind for edge in architecture.entering(id, "pool")}


def serves(architecture: Architecture, id: str) -> bool:
    """Return whether a program answers the requests of callers about items."""
    entries = (architecture.node(edge.source) for edge in architecture.entering(id, "invoke"))
    return any(traits_of(entry.service).protocol in ("http", "graphql") for entry in entries)


def keeps_items(architecture: Architecture, node: Node) -> bool:
    """Return whether a writer keeps items of callers: a program that serves them, or a GraphQL API without one."""
    return serves(architecture, node.id) or traits_of(node.service).protocol == "graphql"


def _led(architecture: Architecture, node: Node) -> bool:
    entering = architecture.entering(node.id)
    filled = any(edge.verb in (*LEADING, "publish", *WRITING) or _starting(architecture, edge) for edge in entering)
    return filled or holds_files_of_items(architecture, node.id)


def _starting(architecture: Architecture, edge: Edge) -> bool:
    """Return whether a program starts a workflow or a durable function of its own component with what it received."""
    return edge.verb == "call" and architecture.node(edge.source).subject == architecture.node(edge.target).subject


def sources(architecture: Architecture, node: Node) -> list[Node]:
    """Return all nodes from which messages get to a program: channels, stores, and the programs that fill these."""
    found, waiting = {node.id: node}, [node]
    while waiting:
        one = waiting.pop()
        if one.id != node.id and serves(architecture, one.id):
            continue
        for edge in architecture.entering(one.id):
            filling = edge.verb == "publish" or (edge.verb in WRITING and one.id != node.id)
            filling |= edge.verb == ISSUE and holds_files_of_items(architecture, one.id)
            filling |= _starting(architecture, edge)
            if (edge.verb in LEADING or filling) and edge.source not in found:
                found[edge.source] = architecture.node(edge.source)
                waiting.append(found[edge.source])
    return [one for id, one in found.items() if id != node.id]
