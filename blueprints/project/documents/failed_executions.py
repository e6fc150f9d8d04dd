"""How README has the work of a failed execution done again: its state machines, and which of them combine results."""

from typing import NamedTuple

from advisor.architecture.workflow_states import combines
from blueprints.plan import Plan
from blueprints.traits.state_machine import SERVICES
from blueprints.traits.state_machine_states import EXPRESS
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED


class Machine(NamedTuple):
    """A state machine: the name of its output, whether a program names its executions, and what it does with many items."""

    name: str
    named: bool
    combined: bool
    listed: bool


def machines(plan: Plan) -> list[Machine]:
    """Return the state machines whose failed executions are followed by new ones.

    Express workflows are repeated by their callers, and work that people approve has steps of its own.
    """
    graph = plan.architecture
    return [
        Machine(
            plan.name(node.id),
            named=bool(graph.entering(node.id, "call")),
            combined=combines(node.states),
            listed=node.service == DISTRIBUTED,
        )
        for node in graph.nodes
        if node.service in SERVICES and node.service != EXPRESS and all(state.kind != "wait" for state in node.states)
    ]
