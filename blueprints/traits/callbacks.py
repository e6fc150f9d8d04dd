"""Callbacks that workflows wait for: a table of each workflow holds the task tokens of its waiting runs.

The program that does the work keeps the token under its hash, and the outside system gets that id alone. It answers at the
endpoint of another component, which is allowed to read the table and to complete the task (ADR 0058).
"""

from advisor.architecture import Architecture, Node
from blueprints.values.reference import Ref

#: The verb of the connection from the program that receives the answers to the workflow that waits for them.
RESUME = "resume"
#: The end of the name of the environment variable with the table; no name of a store's variable ends like this.
TABLE_VARIABLE = "CALLBACK_TABLE"
#: Attributes of a workflow: the name and the ARN of its table, and the resource that IAM knows for a task: any.
TABLE, TABLE_ARN, TASK = "callback-table", "callback-table-arn", "any-task"
#: The action of a workflow's work that asks the outside system, and the statement by which it keeps the token.
ASK, SID = "ask", "KeepCallback"
#: The error with which the outside system's answer fails the task.
FAILED = "CallbackFailed"
#: The most bytes of JSON that an answer hands to the run: its state holds it beside the input.
LARGEST_ANSWER = 32 * 1024


def awaits(machine: Node) -> bool:
    """Return whether a workflow waits for a callback."""
    return any(state.kind == "callback" for state in machine.states)


def awaiting(architecture: Architecture, program: Node) -> Node | None:
    """Return the workflow that waits for a callback and whose work a program does, or None."""
    machines = (architecture.node(edge.source) for edge in architecture.entering(program.id, "run"))
    return next((machine for machine in machines if awaits(machine)), None)


def table_of(machine: Node) -> Ref:
    """Return the name of the table with the tokens of a workflow."""
    return Ref(machine.id, TABLE)
