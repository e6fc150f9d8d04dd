"""Items without an owner of their own: what machines send, and people who sign in list and read."""

from collections.abc import Mapping

from advisor.architecture import Architecture, Node
from advisor.verdict.derived_facts import Known

#: What a caller signs with that is no person: the secret of a webhook, or AWS credentials.
_MACHINES = ("signature", "aws-iam")
_READING, _WRITING = ("read", "read-write"), ("write", "read-write")
#: How what a program sends gets to stores.
_PASSING = (*_WRITING, "publish", "deliver", "consume", "stream", "emit", "start", "run", "call")


def shared_by(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> tuple[Node, Node] | None:
    """Return the program whose senders are machines and whose items are in a store, and one whose callers list these.

    A machine and a person have no identity in common, so that each person can read all of the items.
    """
    readers = [architecture.node(e.source) for e in architecture.entering(store.id) if e.verb in _READING]
    people = [one for one in readers if _callers(facts, one) not in (None, "none", *_MACHINES)]
    for program in architecture.nodes:
        is_sender = program.role == "compute" and _callers(facts, program) in _MACHINES
        if people and is_sender and store.id in _reached(architecture, program):
            return program, people[0]
    return None


def _callers(facts: Mapping[str, Known], node: Node) -> str | None:
    """Return how the callers of a component's requests authenticate; None if it has none."""
    known = facts.get(node.subject)
    if known is None or "request" not in known.values.get("trigger", ()):
        return None
    return str(known.values["authentication"])


def _reached(architecture: Architecture, program: Node) -> set[str]:
    """Return the nodes that what a program writes and sends gets to."""
    reached, waiting = {program.id}, [program.id]
    while waiting:
        targets = {edge.target for edge in architecture.leaving(waiting.pop()) if edge.verb in _PASSING}
        waiting += targets - reached
        reached |= targets
    return reached
