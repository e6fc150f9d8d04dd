"""Ownership of items: stores that callers list by owner, stores with items without an owner, and isolated tenants."""

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import identities
from advisor.architecture.passing import PASSING, READING, WRITING
from advisor.design import Design
from advisor.graph_builder.histories import shown_with_items
from blueprints.plan.routes import open_reads
from blueprints.traits import traits_of, traits_of_node
from blueprints.traits.direct_uploads import takes_uploads
from blueprints.traits.item_results import receives_webhooks

#: The owner of what nobody asked for, such as the result of a schedule; also that of all callers of an open entry.
EVERYONE = "everyone"
#: How the owner of a record in a history begins; then follows the key of the item that it is about.
ABOUT = "about:"
#: The index of a table by owner.
OWNER_INDEX = "owner"
_ASKED = ("http", "graphql")
#: The kind of identity of machines, which sign with AWS credentials.
_MACHINES = "credentials"
#: In place of a kind of identity: who reads is not asked.
_ANYBODY = "anybody"


def listed_by_owner(architecture: Architecture, store: str) -> bool:
    """Return whether callers list their own items in a store."""
    return any(
        edge.verb in READING and _first_store(architecture, edge.source, store)
        for edge in architecture.entering(store)
        if _answers(architecture, architecture.node(edge.source))
    )


def is_history(architecture: Architecture, store: str) -> bool:
    """Return whether callers get the records of a store with the items that these are about: each belongs to its item."""
    node = architecture.node(store)
    client = traits_of_node(node).client
    return client is not None and client.by_owner and shown_with_items(architecture, node)


def found_by_owner(architecture: Architecture, store: str) -> bool:
    """Return whether a store is asked for what belongs to an owner: a caller, or the item that its records are about."""
    return listed_by_owner(architecture, store) or is_history(architecture, store)


def looked_up(architecture: Architecture, store: str) -> bool:
    """Return whether a program that serves callers looks up related data of an item in a store."""
    return any(
        edge.verb == "read" and not _first_store(architecture, edge.source, store)
        for edge in architecture.entering(store)
        if _answers(architecture, architecture.node(edge.source))
    )


def holds_shared(architecture: Architecture, store: str, tenants: frozenset[str] = frozenset()) -> bool:
    """Return whether a store may contain shared items, because other programs than those of its callers write to it.

    So do senders of webhooks, who are no people, and callers without authentication, where other callers read the items. If
    a component of isolated `tenants` reads these, they stay inside. What a webhook sends has no owner, but its program may be
    changed so that all callers read it.
    """
    if holds_uploads_only(architecture, store):
        return False
    writers = [architecture.node(e.source) for e in architecture.entering(store) if e.verb in WRITING]
    others = (not _answers(architecture, w) or architecture.entering(w.id, "call") for w in writers)
    nobodys = any(receives_webhooks(architecture, w) or _from_nobody(architecture, w) for w in writers)
    if nobodys and not isolating(architecture, store, tenants):
        return True
    return not writers or any(others) or any(written_for_others(architecture, w) for w in writers)


def _from_nobody(architecture: Architecture, program: Node) -> bool:
    """Return whether a program answers callers without authentication, and others read what becomes of what they send."""
    if not _answers(architecture, program) or _callers(architecture, program):
        return False
    return any(_callers(architecture, one) for one in readers_of(architecture, program))


def kept_from_owners(architecture: Architecture, program: Node) -> bool:
    """Return whether a program receives webhooks, and other callers find their own items among what becomes of these.

    A webhook names no owner. So what it sends stays inside, over whichever store, channel or workflow it gets to such callers,
    unless its program finds an owner in it. Where nobody is asked for an identity, everybody reads all items anyway.
    """
    readers = (one for one in readers_of(architecture, program) if one.id != program.id)
    return receives_webhooks(architecture, program) and any(_callers(architecture, one) for one in readers)


def isolating(architecture: Architecture, store: str, tenants: frozenset[str]) -> bool:
    """Return whether a component whose `tenants` are isolated answers callers with the items of a store."""
    readers = [architecture.node(edge.source) for edge in architecture.entering(store) if edge.verb in READING]
    return any(one.subject in tenants and _answers(architecture, one) for one in readers)


def totals_stay_inside(architecture: Architecture, store: str) -> bool:
    """Return whether what callers send gets to a store, so that those who list it must not find totals over all owners.

    Where a store has nothing of callers, the requirements state that its readers see what programs aggregate there.
    """
    entries = {one.id for one in architecture.nodes if traits_of(one.service).protocol}
    behind = {edge.target for id in entries for edge in architecture.leaving(id) if edge.verb == "invoke"}
    taken = any(store in architecture.reached(id, PASSING) for id in entries | behind)
    return taken or takes_uploads(architecture, store)


def passed_to(architecture: Architecture, program: Node) -> bool:
    """Return whether other programs keep what a program sends where callers list their items."""
    kept = reached_by_news(architecture, program)
    return any(listed_by_owner(architecture, id) and totals_stay_inside(architecture, id) for id in kept)


def reached_by_news(architecture: Architecture, program: Node) -> set[str]:
    """Return the nodes, data stores among them, that what a program sends gets to over other programs."""
    passing = [edge for edge in architecture.leaving(program.id) if edge.verb in PASSING and edge.verb not in WRITING]
    return {id for edge in passing for id in architecture.reached(edge.target, PASSING)}


def holds_uploads_only(architecture: Architecture, store: str) -> bool:
    """Return whether a store contains only what clients upload, so that each object has its owner in its key."""
    written = any(edge.verb in WRITING for edge in architecture.entering(store))
    return takes_uploads(architecture, store) and not written


def written_for_others(architecture: Architecture, program: Node) -> bool:
    """Return whether callers send items to a program, and callers with another kind of identity read what becomes of them.

    Such callers have no identity in common, so the items are shared and not owned by their senders. The items of people who
    read them as well stay their own: other people must not see them because a program reads them too. Nor are they shared
    where a reader asks for nobody's identity, as this would publish them.
    """
    kinds = _callers(architecture, program)
    readers = readers_of(architecture, program)
    others = [one for one in readers if one.id != program.id and _asking(architecture, one) != kinds]
    if kinds == {_MACHINES}:
        return bool(others)
    read_back = any(_asking(architecture, one) == kinds for one in readers)
    published = any(not _asking(architecture, one) for one in others)
    return bool(kinds and others) and not read_back and not published


def read_by_people(architecture: Architecture, program: Node) -> bool:
    """Return whether callers that are no machines read what becomes of the items of a program's own callers."""
    asked = [one for one in readers_of(architecture, program) if one.id != program.id]
    return any(_callers(architecture, one) != {_MACHINES} for one in asked)


def readers_of(architecture: Architecture, program: Node) -> list[Node]:
    """Return the programs that answer callers with what becomes of the items of a program's own callers."""
    reached = architecture.reached(program.id, PASSING)
    readers = {edge.source for id in reached for edge in architecture.entering(id) if edge.verb in READING}
    return [node for node in map(architecture.node, sorted(readers)) if _answers(architecture, node)]


def _asking(architecture: Architecture, node: Node) -> set[str]:
    """Return the kinds of identity by which a program finds items: where everybody may read, it finds shared items only."""
    entries = (architecture.node(edge.source) for edge in architecture.entering(node.id, "invoke"))
    return {_ANYBODY} if any(map(open_reads, entries)) else _callers(architecture, node)


def _callers(architecture: Architecture, node: Node) -> set[str]:
    """Return the kinds of identity that the entries of a program check, or a GraphQL API itself."""
    checked = [
        edge for entry in architecture.entering(node.id, "invoke") for edge in identities(architecture, entry)
    ] or architecture.leaving(node.id, "authorize")
    kinds: set[str] = {traits_of(architecture.node(edge.target).service).identity for edge in checked}
    return kinds - {""}


def _answers(architecture: Architecture, node: Node) -> bool:
    """Return whether a node answers callers: a program behind an entry, or a GraphQL API itself."""
    if traits_of(node.service).protocol == "graphql":
        return True
    entries = (architecture.node(edge.source) for edge in architecture.entering(node.id, "invoke"))
    return any(traits_of(entry.service).protocol in _ASKED for entry in entries)


def _first_store(architecture: Architecture, program: str, store: str) -> bool:
    """Return whether a store is the one of a program that callers list: one that it writes too, before any other.

    Of several that it writes too, it is the first whose writes are conditional.
    """
    reached = [edge for edge in architecture.leaving(program) if edge.verb in READING]
    both = sorted((e for e in reached if e.verb == "read-write"), key=lambda e: _checks_first(architecture, e.target))
    first = both[0].target if both else next((edge.target for edge in reached), "")
    return first == store or traits_of(architecture.node(program).service).protocol == "graphql"


def _checks_first(architecture: Architecture, store: str) -> bool:
    client = traits_of_node(architecture.node(store)).client
    return client is not None and client.checks_first


def isolated(design: Design) -> frozenset[str]:
    """Return the ids of the components whose tenants are isolated from each other."""
    components = design.requirements.of_kind("component")
    return frozenset(one.id for one in components if one.answers.get("isolation") == "per-tenant")
