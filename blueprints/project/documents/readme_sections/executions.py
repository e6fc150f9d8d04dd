"""What README says of executions: how failed work is done again, and what identifies the items of a run."""

from collections.abc import Sequence
from typing import NamedTuple

from advisor.architecture import Architecture, Node
from advisor.architecture.workflow_states import before_approval, combines, undoes
from advisor.text import Lang
from advisor.vocabulary.units import words
from blueprints import settings
from blueprints.plan import Plan
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.project.programs.code import Code
from blueprints.traits import eventbridge_scheduler, traits_of
from blueprints.traits.state_machine import SERVICES, path
from blueprints.traits.state_machine_states import EXPRESS
from blueprints.traits.step_functions_distributed_map import (
    DISTRIBUTED,
    bucket_of,
    started_by_object,
    takes_prefix,
)
from blueprints.traits.work_partitions import parts


class Machine(NamedTuple):
    """A state machine: the name of its output, whether a program names its executions, and what it does with many items.

    `listed`: it goes on past items that fail, and lists them. `runs`: as what it runs programs ("function", "task", "job").
    `fails`: whether a failed execution may have ended in a state of the type `Fail`.
    """

    name: str
    named: bool
    combined: bool
    listed: bool
    runs: tuple[str, ...]
    fails: bool


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
            listed=node.service == DISTRIBUTED and not any(map(undoes, node.states)),
            runs=_runs(graph, node),
            fails=node.service == DISTRIBUTED or any(state.kind == "fail" or undoes(state) for state in node.states),
        )
        for node in graph.nodes
        if node.service in SERVICES and node.service != EXPRESS and all(state.kind != "wait" for state in node.states)
    ]


def _runs(graph: Architecture, machine: Node) -> tuple[str, ...]:
    ran = (traits_of(graph.node(edge.target).service).state for edge in graph.leaving(machine.id, "run"))
    return tuple(dict.fromkeys(ran))


def programmed_starts(plan: Plan, lang: Lang) -> list[tuple[str, str]]:
    """Return the disabled schedules whose starts a program sets, with the titles of what they start."""
    graph = plan.architecture
    found = [
        node for node in graph.of_service(eventbridge_scheduler.TRAITS.service) if settings.flag(node, "set_by_program")
    ]
    return [(plan.name(node.id), subject_title(graph, node.subject).in_(lang)) for node in found]


def given_items(plan: Plan, codes: Sequence[Code]) -> list[str]:
    """Return the state machines that process many items of what starts them, each once in all runs.

    Objects of a bucket, numbered parts and items of a store that changes are processed again in the next run.
    """
    working = (code.entry_point.workflow for code in codes if code.service == "work" and not code.items.renewed)
    return list(dict.fromkeys(plan.name(node.id) for node in working if node is not None and _gives(plan, node)))


def _gives(plan: Plan, node: Node) -> bool:
    graph = plan.architecture
    mapped = any(state.kind == "map" for state in node.states)
    workers = [graph.node(edge.target) for edge in graph.leaving(node.id, "run")]
    return mapped and not bucket_of(graph, node) and not any(parts(graph, node, worker) for worker in workers)


def undoing_for_others(plan: Plan) -> list[str]:
    """Return the state machines that compensate work, and of which one message may start two executions.

    A duplicate does nothing where a person approves the work before its first step.
    """
    return [plan.name(node.id) for node in _compensating(plan) if not _waits(node) or before_approval(node.states)]


def undoing_before_approval(plan: Plan) -> list[str]:
    """Return those of them whose work a person approves after some of its steps: only one execution gets beyond that."""
    return [plan.name(node.id) for node in _compensating(plan) if _waits(node) and before_approval(node.states)]


def _compensating(plan: Plan) -> list[Node]:
    graph = plan.architecture
    started = [node for node in graph.nodes if node.service in SERVICES and graph.entering(node.id, "start")]
    return [node for node in started if any(map(undoes, node.states))]


def _waits(machine: Node) -> bool:
    """Whether a person approves the work of a state machine."""
    return any(state.kind == "wait" for state in machine.states)


class Asking(NamedTuple):
    """What holds for the components whose work people approve, by their ids.

    `within` is after which time a request expires, in words, once if it is the same for all. Of those that ask after some of
    their steps, `undoing` compensate completed steps, and `leaving` do not; `checked_undoing` and `checked_leaving` are those
    of them whose state machine asks again after a change; `several_left` says that one of the latter has several steps after
    the approval, so that some may be done when a change is rejected. `hands_over` are the channels by which other components receive
    approved items. `repeated` says that a duplicate of a message starts another execution: no program names it.
    """

    within: tuple[tuple[str, str], ...]
    undoing: tuple[str, ...]
    leaving: tuple[str, ...]
    checked_undoing: tuple[str, ...]
    checked_leaving: tuple[str, ...]
    several_left: bool
    hands_over: tuple[str, ...]
    repeated: bool


def asking(plan: Plan, codes: Sequence[Code], lang: Lang) -> Asking | None:
    """Return what README says of the components whose work people approve, or None if there are none."""
    approvals = plan.approvals
    if approvals is None:
        return None
    times = [(node.subject, words(settings.number(node, "approval_s"), "s").in_(lang)) for node in approvals.askers]
    undone = {node.subject for node in approvals.askers if _undone(node)}
    after = [subject for subject, _ in approvals.after]
    again = [node.subject for node in approvals.machines if node.subject in approvals.checked]
    heard = {str(one.answers.get("listens_to")) for one in plan.design.requirements.of_kind("component")}
    told = [channel for code in codes if code.checks_approved for channel in code.told if not channel.brief]
    return Asking(
        within=tuple(times if len({within for _, within in times}) > 1 else times[:1]),
        undoing=tuple(one for one in after if one in undone),
        leaving=tuple(one for one in after if one not in undone),
        checked_undoing=tuple(one for one in again if one in undone),
        checked_leaving=tuple(one for one in again if one not in undone),
        several_left=any(
            _steps_after(node) > 1 for node in approvals.machines if node.subject in again and not _undone(node)
        ),
        hands_over=tuple(dict.fromkeys(channel.subject for channel in told if channel.subject in heard)),
        repeated=any(plan.architecture.entering(node.id, "start") for node in approvals.machines),
    )


def _steps_after(machine: Node) -> int:
    """Return how many steps follow the approval of a state machine."""
    asking = next(number for number, state in enumerate(machine.states) if state.kind == "wait")
    return sum(state.kind == "task" and not undoes(state) for state in machine.states[asking:])


def _undone(asker: Node) -> bool:
    """Whether the completed steps of what asks are compensated: of a durable function, a setting says so."""
    return any(map(undoes, asker.states)) or settings.flag(asker, "compensation")


def listed_objects(plan: Plan) -> list[tuple[str, str, str, bool, bool]]:
    """Return the state machines that process objects of a bucket, with the bucket and the definition.

    With each: whether the input selects objects, and whether a run is about the object whose arrival started it.
    """
    graph = plan.architecture
    found = [(node, bucket_of(graph, node)) for node in graph.of_service(DISTRIBUTED)]
    return [
        (plan.name(node.id), plan.name(bucket), path(node), takes_prefix(graph, node), started_by_object(graph, node))
        for node, bucket in found
        if bucket
    ]


def dated_objects(plan: Plan, codes: Sequence[Code]) -> list[tuple[str, str, str]]:
    """Return the folders of programs whose scheduled runs take new objects, with their state machine and bucket."""
    return [
        (code.folder, plan.name(code.entry_point.workflow.id), plan.name(code.shared.node.id))
        for code in codes
        if code.starts is not None and code.entry_point.workflow is not None and code.shared is not None
    ]


def item_messages(codes: Sequence[Code]) -> list[tuple[str, str]]:
    """Return the programs that send a message about each item of a run, with the channel, where one about the run would do too."""
    return [
        (code.folder, channel.subject)
        for code in codes
        if code.combines or code.service == "summary"
        for channel in code.told
    ]


class Polling(NamedTuple):
    """A state machine that asks another system: the folder of the program that does so, the times in words.

    `own_step`: whether a state of its own submits the work; `undone`: whether its steps are compensated; `standard`: whether it
    is a Standard workflow.
    """

    machine: str
    folder: str
    interval: str
    within: str
    own_step: bool
    undone: bool
    standard: bool

    @property
    def redriven(self) -> bool:
        """Whether a redrive asks again: no state after the failed check has run."""
        return self.standard and not self.undone


def polling(plan: Plan, codes: Sequence[Code], lang: Lang) -> list[Polling]:
    """Return the state machines that wait until another system has finished."""
    found = ((code.entry_point.workflow, code) for code in codes if code.polls)
    return [
        Polling(
            plan.name(node.id),
            code.folder,
            words(settings.number(node, "poll_interval_s"), "s").in_(lang),
            words(settings.number(node, "poll_within_s"), "s").in_(lang),
            code.submits,
            any(map(undoes, node.states)),
            node.service != EXPRESS,
        )
        for node, code in found
        if node is not None
    ]
