"""The states of a state machine: steps, map, approval, callback, polling, compensation, retry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from advisor.architecture.graph import State, StateKind, Value
from advisor.architecture.workflow_polling import polls_in_a_loop, with_polling
from advisor.text import EMPTY, Text
from advisor.vocabulary.component.workflow import MOST_STEPS

#: Setting of a state: the node of another component that it runs, or those that it runs one after another.
RUNS = "runs"
#: The answer on how many steps run before the approval, and the setting of the state that waits for it.
STEPS_BEFORE = "steps_before_approval"
#: How often a run with compensations asks a person again about a changed item, each time for as long as the first time.
MOST_CHANGES = 2
#: Id of the state that undoes the work, and what such a state has its work do.
COMPENSATE = "compensate"
#: Id of the state that makes one result of all items of a map, and what it has the work do.
COMBINE = "combine"
#: Id of the state in which a run ends whose failure was caught.
FAILED = "failed"
_EXPRESS = "step-functions-express"
_RUN_NOTE = {
    "ecs": Text("ecs:runTask.sync", "ecs:runTask.sync"),
    "lambda": Text("lambda:invoke", "lambda:invoke"),
    "batch": Text("batch:submitJob.sync", "batch:submitJob.sync"),
}


class CalledStep(NamedTuple):
    """A component that is a step of another: its id and name, the service that runs it, and its node."""

    id: str
    name: Text
    compute: str
    node: str


def states(values: Mapping[str, Any], called: Sequence[CalledStep] = ()) -> tuple[State, ...]:
    """Return the states in order: start, approval, work, end, and the states that handle failures.

    The work is that of the component itself, or of the components that it calls, one for each step.

    A person is asked before the work, which nobody could take back once it is published, or after as many steps as are
    stated. What has been done when a step fails, or when the person rejects, is undone step by step, the last one first;
    the step that failed may have done a part of its work.
    """
    work = _called(values, called) or _work(values)
    waiting = _with_callback(values, work)
    if polls_in_a_loop(values) and not called:
        undone = _undo_id(1, len(work)) if values["compensation"] else _FAILED.id
        waiting = with_polling(waiting, several=len(work) > 1, on_error=undone)
    chain = [_START, *_with_approval(values, work, waiting), _END]
    linked = [_then(state, after.id) for state, after in pairwise(chain)] + chain[-1:]
    made = [_failing_in_place(values, state) for state in (*linked, *_undo(values))]
    entered = any(FAILED in (state.on_error, *state.next) for state in made)
    return (*made, _FAILED) if entered else tuple(made)


def _failing_in_place(values: Mapping[str, Any], state: State) -> State:
    """Return a state of the work without a line that only fails the execution: a redrive continues where it failed.

    An execution that has caught its error has ended in a state of the type Fail, which a redrive would only enter again
    (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html, read 2026-11-30). Express workflows
    are not redriven: who waits for one gets the error from that state.
    """
    only_fails = state.on_error == FAILED and state.kind in ("task", "map", "check")
    return replace(state, on_error=None) if only_fails and values.get("workflow") != _EXPRESS else state


_START, _END = State("start", "start", Text("Start", "開始")), State("end", "end", Text("End", "終了"))
_FAILED = State(FAILED, "fail", Text("Failed", "失敗"), EMPTY)
_CALLBACK = State(
    "callback", "callback", Text("Wait for callback", "コールバック待ち"), Text("task token", "タスクトークン")
)
_APPROVAL = State(
    "approve", "wait", Text("Wait for approval", "承認待ち"), Text("task token", "タスクトークン"), on_error=_FAILED.id
)


def _with_approval(values: Mapping[str, Any], work: list[State], chain: list[State]) -> list[State]:
    """Return the working states with the wait for a person, which follows the steps before it and comes before the next."""
    if not values["human_approval"]:
        return chain
    done = steps_before_approval(values, len(work))
    if not done:
        return [_APPROVAL, *chain]
    at = next(number for number, state in enumerate(chain) if state.id == work[done].id)
    undone = _undo_id(done, len(work)) if values["compensation"] else _FAILED.id
    return [*chain[:at], replace(_APPROVAL, on_error=undone, settings={STEPS_BEFORE: done}), *chain[at:]]


def steps_before_approval(values: Mapping[str, Any], steps: int) -> int:
    """Return how many of the steps of a workflow run before the approval: at least one follows it."""
    return max(0, min(steps - 1, int(values.get(STEPS_BEFORE) or 0)))


def before_approval(states: Sequence[State]) -> State | None:
    """Return the step of a workflow after which a person is asked, or None if nobody is, or before all steps."""
    asking = next((number for number, state in enumerate(states) if state.kind == "wait"), 0)
    return next((state for state in reversed(states[:asking]) if state.kind == "task"), None)


def asks_again(states: Sequence[State]) -> bool:
    """Return whether a run may undo what it has done since an approval, and ask the person again."""
    return before_approval(states) is not None and any(map(undoes, states))


def awaits_callback(values: Mapping[str, Any]) -> bool:
    """Return whether a run waits for a callback of an outside system."""
    return "callback" in (values.get("waits_for") or ())


def _with_callback(values: Mapping[str, Any], work: list[State]) -> list[State]:
    """Return the working states with the wait for a callback: after the first of several steps, before a single one.

    The steps after it get the answer. If there is none, what the first step has done is undone.
    """
    if not awaits_callback(values):
        return work
    after = 1 if len(work) > 1 else 0
    undone = _undo_id(1, len(work)) if after and values["compensation"] else _FAILED.id
    answered = [replace(state, settings={**state.settings, "answered": True}) for state in work[after:]]
    return [*work[:after], replace(_CALLBACK, on_error=undone), *answered]


def runs_of(state: State) -> tuple[str, ...]:
    """Return the nodes of other components that a state runs one after another; none if it runs its own component's."""
    runs = state.settings.get(RUNS, ())
    return runs if isinstance(runs, tuple) else (str(runs),)


def undoes(state: State) -> bool:
    """Return whether a state undoes work instead of doing it."""
    return state.settings.get("action") == COMPENSATE


def steps_of(values: Mapping[str, Any]) -> int:
    """Return how many steps a workflow has, one after another; mapped items go through theirs inside one."""
    return 1 if values["parallel_items"] > 0 else _steps(values)


def _steps(values: Mapping[str, Any]) -> int:
    return max(1, min(MOST_STEPS, int(values["steps"])))


def _undo(values: Mapping[str, Any]) -> list[State]:
    """Return the compensating states; if one fails after all retries, the remaining ones still run."""
    if not values["compensation"]:
        return []
    # A compensation that stops halfway is worse than none: it is retried like the work itself.
    settings: dict[str, Value] = {"retry": True, "action": COMPENSATE}
    count = steps_of(values)
    if count == 1:
        mapped = values["parallel_items"] > 0
        words = Text("Compensate", "補償処理")
        each = _each(_steps(values)) if mapped else {}
        kind: StateKind = "map" if mapped else "task"
        return [State(COMPENSATE, kind, words, next=(_FAILED.id,), settings={**each, **settings})]
    undone = []
    for n in range(count, 0, -1):
        after = _undo_id(n - 1, count) if n > 1 else _FAILED.id
        words = Text(f"Compensate step {n}", f"ステップ {n} の補償処理")
        numbered = {**settings, "step": n}
        undone.append(State(_undo_id(n, count), "task", words, next=(after,), on_error=after, settings=numbered))
    return undone


def _undo_id(step: int, count: int) -> str:
    return COMPENSATE if count == 1 else f"{COMPENSATE}-{step}"


def _called(values: Mapping[str, Any], called: Sequence[CalledStep]) -> list[State]:
    """Return a state for each component that is called; of a map, each item goes through all of them."""
    if called and values["parallel_items"] > 0:
        each = {**_each(len(called)), RUNS: tuple(step.node for step in called)}
        words = _items(values, len(called))
        return [State("map", "map", Text("Map", "並列処理"), words, on_error=_FAILED.id, settings=each)]
    return [
        State(
            f"run-{step.id}",
            "task",
            step.name,
            _RUN_NOTE.get(step.compute, EMPTY),
            on_error=_FAILED.id,
            settings={"retry": True, RUNS: step.node},
        )
        for step in called
    ]


def _work(values: Mapping[str, Any]) -> list[State]:
    compute = str(values.get("compute"))
    note = _RUN_NOTE.get(compute, EMPTY)
    count, item_steps, retry = steps_of(values), _steps(values), {"retry": True}
    errors = [_undo_id(n, count) if values["compensation"] else _FAILED.id for n in range(1, count + 1)]
    if values["parallel_items"] > 0:
        words = _items(values, item_steps)
        mapped = State("map", "map", Text("Map", "並列処理"), words, on_error=errors[0], settings=_each(item_steps))
        return [mapped, *_combined(values, note, errors[0])]
    if count == 1:
        title = Text("Run task", "タスク実行") if compute in ("ecs", "batch") else Text("Run", "実行")
        return [State("run", "task", title, note, on_error=errors[0], settings=retry)]
    return [
        State(
            f"step-{n}",
            "task",
            Text(f"Step {n}", f"ステップ {n}"),
            note,
            on_error=error,
            settings={**retry, "step": n},
        )
        for n, error in enumerate(errors, 1)
    ]


def _combined(values: Mapping[str, Any], note: Text, on_error: str) -> list[State]:
    """Return the state that makes one result of all items, if one is wanted."""
    if not values["combined_result"]:
        return []
    words = Text("Combine results", "結果の集約")
    return [State(COMBINE, "task", words, note, on_error=on_error, settings={"retry": True, "action": COMBINE})]


def combines(states: Sequence[State]) -> bool:
    """Return whether a workflow makes one result of all items of its map."""
    return any(state.settings.get("action") == COMBINE for state in states)


def _items(values: Mapping[str, Any], steps: int) -> Text:
    number = f"{int(values['parallel_items']):,}"
    if steps <= 1:
        return Text(f"{number} items", f"{number} 件")
    return Text(f"{number} items, {steps} steps each", f"{number} 件（各 {steps} ステップ）")


def _each(steps: int) -> dict[str, Value]:
    """Return the settings of a map: each item goes through all steps."""
    return {"retry": True, **({"steps": steps} if steps > 1 else {})}


def _then(state: State, following: str) -> State:
    """Return a state that leads to the following one; a choice also keeps where else it leads."""
    return replace(state, next=(following, *state.next))
