"""Items without an owner of their own: what callers send, and callers with another kind of identity list and read."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.passing import PASSING, READING
from advisor.budgets.flow import Flow
from advisor.verdict.known import Known

#: An API key, which says by which client a request was sent, and authenticates nobody.
KEY = "api-key"
#: What a caller signs with that is no person: the secret of a webhook, AWS credentials, or nothing but an API key.
MACHINES = ("signature", "aws-iam", KEY)
#: Callers without an identity.
NOBODY = ("none", KEY)


def shared_by(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> tuple[Node, Node] | None:
    """Return the program whose items are shared in a store, and one whose callers, of another kind, list these.

    A machine and a person have no identity in common, nor have the users of two providers, so that each reader can read all
    of the items.
    """
    for program, reader in _unlike(architecture, facts, store):
        if authentication_of(facts, reader) not in NOBODY and not _stay_owned(architecture, facts, program):
            return program, reader
    return None


def unseen_by(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the programs whose items stay those of people in a store, each with the ones whose callers find none of these.

    People who read their own items must not see those of others because callers of another kind read the store too, and
    what people send is not public because an endpoint without authentication reads the store.
    """
    for program, reader in _unlike(architecture, facts, store):
        if _stay_owned(architecture, facts, program):
            yield program, reader


def senders_without_identity(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> Iterator[Node]:
    """Yield the programs without sign-in whose callers send what gets to a store."""
    for program in architecture.nodes:
        nobodys = program.role == "compute" and _asking(architecture, facts, program) in NOBODY
        if nobodys and store.id in architecture.reached(program.id, PASSING):
            yield program


def authentication_of(facts: Mapping[str, Known], node: Node) -> str:
    """Return how the callers of a component's requests authenticate, KEY for an API key alone, or "" if it has no callers."""
    known = facts.get(node.subject)
    if known is None or "request" not in known.values.get("trigger", ()):
        return ""
    kind = str(known.values["authentication"])
    return KEY if kind == "none" and known.values.get("api_keys") else kind


def writes_for_all(architecture: Architecture, facts: Mapping[str, Known], writer: Node, store: Node) -> bool:
    """Return whether callers list a store in which items of a writer have an owner in common: nobody that is known sent them.

    Their senders have no identity, or another kind of identity than who reads; everybody may read what they send; or they
    send over a channel from outside of the workload.
    """
    readers = [architecture.node(edge.source) for edge in architecture.entering(store.id) if edge.verb in READING]
    if not any(_asking(architecture, facts, one) not in ("", "signature") for one in readers):
        return False
    senders = (one for one in architecture.nodes if _sends_for_all(architecture, facts, one, store))
    return any(writer.id == one.id or writer.id in architecture.reached(one.id, PASSING) for one in senders)


def _sends_for_all(architecture: Architecture, facts: Mapping[str, Known], node: Node, store: Node) -> bool:
    """Return whether what a program sends, or an endpoint without one, gets to a store without an owner of its own."""
    alone = node.role == "entry" and not architecture.leaving(node.id, "invoke")
    if not (node.role == "compute" or alone) or store.id not in architecture.reached(node.id, PASSING):
        return False
    if _asking(architecture, facts, node) in (*NOBODY, "anybody") or _fed_from_outside(architecture, node):
        return True
    unlike = any(
        program.id == node.id
        for program, reader in _unlike(architecture, facts, store)
        if authentication_of(facts, reader) not in NOBODY
    )
    return unlike and not _stay_owned(architecture, facts, node)


def _fed_from_outside(architecture: Architecture, node: Node) -> bool:
    """Return whether records or messages start a program, over a channel to which nothing of the workload sends."""
    channels = [e.source for e in architecture.entering(node.id) if e.verb in ("consume", "deliver", "start", "run")]
    return any(
        architecture.node(id).role == "messaging"
        and not any(architecture.node(e.source).role in ("compute", "entry") for e in architecture.entering(id))
        for id in channels
    )


def item_bytes_of(flow: Flow, edge: Edge) -> float | None:
    """Return the size of what a program writes, in bytes: as stated of the store, or else of the messages that it receives."""
    if flow.stated(flow.target(edge), "item_bytes"):
        return float(flow.facts[flow.target(edge).subject].values["item_bytes"])
    received = [(one, flow.payload(one)) for one in flow.architecture.entering(edge.source)]
    return max((size for one, size in received if size is not None and flow.states_size(one, size)), default=None)


def _asking(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> str:
    """Return the kind of identity by which a program finds items: where everybody may read, it finds shared items only.

    It is "" for a program of the component that only messages or a schedule start, and not its callers.
    """
    if node.role == "compute" and not architecture.entering(node.id, "invoke"):
        return ""
    known = facts.get(node.subject)
    return "anybody" if known and known.values.get("open_reads") else authentication_of(facts, node)


def _unlike(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the programs whose items are in a store, with the readers of it whose callers have another kind of identity."""
    readers = [architecture.node(e.source) for e in architecture.entering(store.id) if e.verb in READING]
    for program in architecture.nodes:
        kind = _asking(architecture, facts, program)
        if (
            program.role != "compute"
            or kind in ("", "none", "anybody")
            or store.id not in architecture.reached(program.id, PASSING)
        ):
            continue
        yield from (
            (program, one) for one in readers if _asking(architecture, facts, one) not in ("", "signature", kind)
        )


def _stay_owned(architecture: Architecture, facts: Mapping[str, Known], program: Node) -> bool:
    """Return whether people read what becomes of the items that they send to a program, or everybody would."""
    kind = _asking(architecture, facts, program)
    reached = architecture.reached(program.id, PASSING)
    readers = {edge.source for id in reached for edge in architecture.entering(id) if edge.verb in READING}
    return kind not in MACHINES and any(
        _asking(architecture, facts, architecture.node(id)) in (kind, *NOBODY) for id in readers
    )
