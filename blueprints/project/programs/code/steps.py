"""The steps of a program in a workflow, and the items of a run."""

from advisor.architecture import Node
from advisor.architecture.workflow_polling import polls, submits
from advisor.architecture.workflow_states import before_approval, combines, runs_of, undoes
from advisor.vocabulary.component.workflow import MOST_STEPS
from blueprints import settings
from blueprints.plan.environment import variable_name
from blueprints.project.programs.adapters import (
    StoreAdapter,
)
from blueprints.project.programs.code.program_values import ProgramValues
from blueprints.traits.callbacks import TABLE_VARIABLE, awaits
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED


class Steps(ProgramValues):
    """What a program does in its workflow, and what the items of a run are."""

    @property
    def callback_env(self) -> str:
        """The environment variable with the table for the task tokens of its workflow, or "" if that awaits no callback."""
        workflow = self.entry_point.workflow
        return variable_name(workflow.subject, TABLE_VARIABLE) if workflow is not None and awaits(workflow) else ""

    @property
    def polls(self) -> bool:
        """Whether its workflow has it check in a loop whether another system has finished."""
        workflow = self.entry_point.workflow
        return workflow is not None and polls(workflow.states)

    @property
    def submits(self) -> bool:
        """Whether a step of its own asks that system for its work."""
        workflow = self.entry_point.workflow
        return workflow is not None and submits(workflow.states)

    @property
    def steps(self) -> bool:
        """Whether it does several steps of a workflow."""
        workflow, flow = self.entry_point.workflow, self.entry_point.flow
        if flow is not None:
            return flow.steps > 1
        return workflow is not None and (self.steps_of_items > 1 or _tasks(workflow, self.plan.node.id) > 1)

    @property
    def most_steps(self) -> int:
        """The most steps that a workflow has."""
        return MOST_STEPS

    @property
    def last_step(self) -> int:
        """The number of the step with which the work on a message, or on an item of a map, is complete."""
        flow = self.entry_point.flow
        if flow is not None:
            return 1 if flow.items else flow.steps
        workflow = self.entry_point.workflow
        return max(self.steps_of_items, _tasks(workflow, self.plan.node.id)) if workflow is not None else 1

    @property
    def steps_of_items(self) -> int:
        """The number of steps that the map of its workflow performs per item."""
        workflow = self.entry_point.workflow
        own = [state for state in workflow.states if not runs_of(state)] if workflow else []
        return max((int(str(state.settings.get("steps", 1))) for state in own), default=1)

    @property
    def numbered(self) -> bool:
        """Whether it works on numbered parts of a message, which share the item that the message is about."""
        entry_point = self.entry_point
        divided = bool(entry_point.parts) and self.shared is None
        return self.service == "work" and bool(
            entry_point.array or divided or (entry_point.flow and entry_point.flow.items)
        )

    @property
    def listed(self) -> StoreAdapter | None:
        """The bucket whose objects are its items."""
        return next((s for s in self.stores if s.node.id == self.items.listed), None)

    @property
    def shared(self) -> StoreAdapter | None:
        """The store whose items are divided among its numbered parts."""
        return next((s for s in self.stores if s.node.id == self.items.shared), None)

    @property
    def compensates(self) -> bool:
        """Whether its workflow can request a compensation."""
        workflow, flow = self.entry_point.workflow, self.entry_point.flow
        if flow is not None:
            return flow.compensates and self.service == "work"
        return workflow is not None and any(map(undoes, workflow.states))

    @property
    def combines(self) -> bool:
        """Whether its workflow has it make one result of all items of a run."""
        workflow = self.entry_point.workflow
        return self.service == "work" and workflow is not None and combines(workflow.states)

    @property
    def combined_from(self) -> str:
        """What it gets of the results of all items: the "results" themselves, the "list" in a bucket, or nothing ("")."""
        workflow = self.entry_point.workflow
        if workflow is None or not self.combines:
            return ""
        if workflow.service == DISTRIBUTED:
            return "list"
        return "results" if self.runtime == "function" else ""

    @property
    def items_of_run(self) -> int:
        """The number of items whose results the output of a map holds together."""
        workflow = self.entry_point.workflow
        return max(1, settings.number(workflow, "parallel_items")) if workflow is not None else 1

    @property
    def asks_people(self) -> bool:
        """Whether people approve its work."""
        workflow, flow = self.entry_point.workflow, self.entry_point.flow
        return bool(flow and flow.approval_s) or (
            workflow is not None and any(s.kind == "wait" for s in workflow.states)
        )

    @property
    def approved_later(self) -> bool:
        """Whether people approve its work after some of its steps, and see what the last of them has returned."""
        workflow = self.entry_point.workflow
        return workflow is not None and before_approval(workflow.states) is not None


def _tasks(workflow: Node, program: str) -> int:
    """Return how many states of a workflow are steps of a program; undoing work and combining results do not count."""
    return sum(
        state.kind == "task" and "action" not in state.settings and program in (runs_of(state) or (program,))
        for state in workflow.states
    )
