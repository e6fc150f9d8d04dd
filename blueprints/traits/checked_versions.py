"""Versions of objects: what a workflow works on after a wait is the version that was there before it.

An upload can replace an object while a person or an outside system decides about it. The event that starts the workflow names the
version (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html, read 2026-11-30).
"""

from advisor.architecture import Architecture, Node
from blueprints.traits import traits_of
from blueprints.traits.lambda_durable import asks

#: How an event of a store gets to a program.
_LEADING = ("emit", "stream", "start", "consume", "deliver", "run")
_WAITING = ("wait", "callback", "check")


def checked_version(architecture: Architecture, program: Node, store: Node) -> bool:
    """Return whether a program reads the versions of a store that its events name: its workflow waits, and the store starts it."""
    machines = (architecture.node(edge.source) for edge in architecture.entering(program.id, "run"))
    waits = asks(program) or any(state.kind in _WAITING for machine in machines for state in machine.states)
    return (
        waits
        and bool(traits_of(store.service).version_action)
        and store.id in architecture.reaching(program.id, _LEADING)
    )
