"""The approvals of a stack: which nodes ask a person, and the program at whose endpoint the person decides.

A state machine hands its task token to that program, a durable function keeps its callback id in the table that the program reads.
The mail names the run and the address; who decides is known by the signature of the request (ADR 0036).
"""

from collections.abc import Collection
from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from advisor.architecture.workflow_states import STEPS_BEFORE, before_approval, runs_of
from advisor.sizing.state_machine_time import REQUEST_S
from blueprints import settings
from blueprints.naming import free
from blueprints.traits import traits_of
from blueprints.traits.lambda_durable import asks
from blueprints.traits.workflow_outcomes import checks_approved, keeps_decision, seen_stores

#: The program that people decide at, and what it is given.
HANDLER, TIMEOUT_S, MEMORY_MIB = "app.handler", REQUEST_S, 256
#: Requests that the endpoint takes in a second: people make them.
RATE, BURST = 10, 20
#: The request that an address names, and how it is read and decided.
PATH = "/{request}"
FUNCTION, TABLE, TOPIC, API = "ApprovalsFunction", "ApprovalsTable", "ApprovalsTopic", "ApprovalsApi"
#: The output that names the table, which stays when the stack goes.
TABLE_OUTPUT = f"{TABLE}Name"
#: Names of resources that no node of the same stack may have.
RESERVED = (FUNCTION, TABLE, TOPIC, API)
_FOLDER = "approvals"


@dataclass(frozen=True, slots=True)
class Approvals:
    """The approvals of a stack: the folder of the program, and the nodes that ask."""

    id: str
    machines: tuple[Node, ...]
    functions: tuple[Node, ...]
    #: The components whose program stores that its work was rejected or that nobody decided in time, and the others.
    kept: tuple[str, ...] = ()
    unkept: tuple[str, ...] = ()
    #: The components that ask after some of their steps, each with their number, and whether what asks hands over a result.
    after: tuple[tuple[str, int], ...] = ()
    shows_results: bool = False
    #: Of these components, those whose later steps check that the items that they look up are the approved ones, and those
    #: whose steps look up items without that.
    checked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def directory(self) -> str:
        """The folder of the program's code."""
        return f"src/{self.id}"

    @property
    def askers(self) -> tuple[Node, ...]:
        """All nodes that ask, state machines first."""
        return (*self.machines, *self.functions)


def approvals_of(architecture: Architecture, programs: Collection[str]) -> Approvals | None:
    """Return the approvals of an architecture, None if nothing asks a person; `programs` are the ids of its programs."""
    machines = tuple(node for node in architecture.nodes if any(state.kind == "wait" for state in node.states))
    functions = tuple(node for node in architecture.nodes if asks(node))
    if not machines and not functions:
        return None
    kept = tuple(asker.subject for asker in (*machines, *functions) if _kept(architecture, asker))
    unkept = tuple(asker.subject for asker in (*machines, *functions) if asker.subject not in kept)
    after = tuple((asker.subject, done) for asker in (*machines, *functions) if (done := steps_before(asker)))
    shown = any(_returns(architecture, machine) for machine in machines) or any(map(steps_before, functions))
    later = [
        (asker, worker)
        for asker in (*machines, *functions)
        if steps_before(asker)
        for worker in _workers(architecture, asker)
    ]
    checked = dict.fromkeys(asker.subject for asker, worker in later if checks_approved(architecture, asker, worker))
    reading = dict.fromkeys(asker.subject for asker, worker in later if seen_stores(architecture, worker))
    unchecked = tuple(subject for subject in reading if subject not in checked)
    id = free(_FOLDER, programs, "-")
    return Approvals(id, machines, functions, kept, unkept, after, shown, tuple(checked), unchecked)


def steps_before(asker: Node) -> int:
    """Return how many steps of a state machine or a durable function run before it asks a person."""
    waits = (state.settings.get(STEPS_BEFORE, 0) for state in asker.states if state.kind == "wait")
    return next((int(str(done)) for done in waits), settings.number(asker, STEPS_BEFORE))


def _returns(architecture: Architecture, machine: Node) -> bool:
    """Return whether the step before the approval of a state machine returns a result: a function does, a container does not."""
    before = before_approval(machine.states)
    if before is None:
        return False
    runs = runs_of(before) or [edge.target for edge in architecture.leaving(machine.id, "run")]
    return traits_of(architecture.node(runs[0]).service).state == "function"


def _kept(architecture: Architecture, asker: Node) -> bool:
    """Return whether the program of what asks stores the decision."""
    return any(keeps_decision(architecture, asker, worker) for worker in _workers(architecture, asker))


def _workers(architecture: Architecture, asker: Node) -> list[Node]:
    """Return the nodes whose programs do the work of what asks."""
    return [architecture.node(edge.target) for edge in architecture.leaving(asker.id, "run")] or [asker]
