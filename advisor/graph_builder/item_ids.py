"""Which programs give the ids of the items that a program works on or writes: APIs, webhooks and schedules."""

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import LEADING, READING, WRITING
from advisor.graph_builder.large_answers import CACHE, entries_of
from advisor.sizing.item_messages import ITEM_MESSAGES

SCHEDULE = "schedule"


def writers(architecture: Architecture, store: str) -> list[str]:
    """Return the programs that write to a store."""
    return [edge.source for edge in architecture.entering(store) if edge.verb in WRITING]


def items_of(architecture: Architecture, program: Node) -> tuple[list[str], list[str]]:
    """Return the stores of the items of a program that answers requests, and those in which it looks up what belongs to these.

    Its items are those of the stores that it changes, or else of the first one that it reads.
    """
    edges = [edge for edge in architecture.leaving(program.id) if edge.verb in READING]
    edges = [edge for edge in edges if architecture.node(edge.target).settings.get("access") != "vectors"]
    # A cache beside another store has copies of its items.
    asked = [edge for edge in edges if architecture.node(edge.target).service != CACHE] or edges
    own = [edge.target for edge in asked if edge.verb == "read-write"] or [edge.target for edge in asked[:1]]
    return own, [edge.target for edge in edges if edge.verb == "read" and edge.target not in own]


def ids_of_items(architecture: Architecture, program: Node) -> frozenset[str]:
    """Return the programs that give the ids of the items of a program that answers requests; empty if not all are known."""
    own, _ = items_of(architecture, program)
    known = [origins(architecture, id) for store in own for id in writers(architecture, store)]
    return frozenset[str]().union(*known) if all(known) else frozenset()


def is_timed(architecture: Architecture, node: Node) -> bool:
    """Return whether a schedule starts a program, which then goes over what it reads."""
    starters = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
    machines = [one for one in starters if one.states]
    starters += [architecture.node(edge.source) for one in machines for edge in architecture.entering(one.id)]
    return any(one.role == SCHEDULE for one in starters)


def origins(architecture: Architecture, program: str) -> frozenset[str]:
    """Return the programs of requests and the schedules whose ids a program uses; empty if anything else leads to it."""
    found, seen, waiting = set[str](), {program}, [program]
    while waiting:
        id = waiting.pop()
        node = architecture.node(id)
        leading = _gone_over(architecture, node) or _leading(architecture, node)
        if entries_of(architecture, node) or node.role == SCHEDULE:
            found.add(id)
        elif not leading:
            return frozenset()
        waiting += sorted(leading - seen)
        seen |= leading
    return frozenset(found)


def _leading(architecture: Architecture, node: Node) -> set[str]:
    verbs = (*LEADING, *WRITING) if node.role == "store" else LEADING
    return {edge.source for edge in architecture.entering(node.id) if edge.verb in verbs}


def _gone_over(architecture: Architecture, node: Node) -> set[str]:
    """Return the stores whose items have the ids that a program works on in the parts of a run, or that a channel carries.

    A schedule brings no items: its run goes over those of a store.
    """
    if node.settings.get(ITEM_MESSAGES):
        sending = [edge.source for edge in architecture.entering(node.id, "publish")]
        going = [id for id in sending if not entries_of(architecture, architecture.node(id))]
        return {store for id in going for store in read_by(architecture, id)} if len(going) == len(sending) else set()
    starting = [
        architecture.node(edge.source) for one in mapping(architecture, node) for edge in architecture.entering(one.id)
    ]
    timed = bool(starting) and all(one.role == SCHEDULE for one in starting)
    return set(read_by(architecture, node.id)[:1]) if timed else set()


def mapping(architecture: Architecture, node: Node) -> list[Node]:
    """Return the state machines that start a program for each item or numbered part of a run."""
    machines = [architecture.node(edge.source) for edge in architecture.entering(node.id, "run")]
    return [one for one in machines if any(state.kind == "map" for state in one.states)]


def read_by(architecture: Architecture, program: str) -> list[str]:
    """Return the stores that a program reads: those that it only reads first."""
    edges = [edge for edge in architecture.leaving(program) if architecture.node(edge.target).role == "store"]
    return [edge.target for verb in READING for edge in edges if edge.verb == verb]
