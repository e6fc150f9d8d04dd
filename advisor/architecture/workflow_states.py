"""The steps of a state machine, from what the work needs: steps, map, approval, compensation, retry."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from advisor.architecture.graph import State, Value
from advisor.text import EMPTY, Text

MOST_STEPS = 6
_RUN_NOTE = {
    "ecs": Text("ecs:runTask.sync", "ecs:runTask.sync"),
    "lambda": Text("lambda:invoke", "lambda:invoke"),
    "batch": Text("batch:submitJob.sync", "batch:submitJob.sync"),
}


def states(values: Mapping[str, Any], service: str) -> tuple[State, ...]:
    """Return the states in order: start, the work, end, and the states that failures lead to."""
    compensates = bool(values["compensation"])
    error = "compensate" if compensates else "failed"
    work = [*_work(values, service, error)]
    if values["human_approval"]:
        work.append(
            State(
                "approve",
                "wait",
                Text("Wait for approval", "承認待ち"),
                Text("task token", "タスクトークン"),
                on_error=error,
            )
        )
    chain = [State("start", "start", Text("Start", "開始")), *work, State("end", "end", Text("End", "終了"))]
    linked = [_then(state, after.id) for state, after in pairwise(chain)] + chain[-1:]
    failed = State("failed", "fail", Text("Failed", "失敗"), EMPTY)
    # A compensation that stops halfway is worse than none: it is retried like the work itself.
    words = Text("Compensate", "補償処理")
    undo = [State("compensate", "task", words, next=("failed",), settings={"retry": True})] if compensates else []
    return (*linked, *undo, failed)


def _work(values: Mapping[str, Any], service: str, error: str) -> list[State]:
    compute = str(values.get("compute"))
    note = _RUN_NOTE.get(compute, EMPTY)
    count = min(MOST_STEPS, int(values["steps"]))
    retry = {"retry": True}
    if values["parallel_items"] > 0:
        return [
            State("map", "map", Text("Map", "並列処理"), _items(values, count), on_error=error, settings=_each(count))
        ]
    if count <= 1:
        title = Text("Run task", "タスク実行") if compute in ("ecs", "batch") else Text("Run", "実行")
        return [State("run", "task", title, note, on_error=error, settings=retry)]
    return [
        State(
            f"step-{n}", "task", Text(f"Step {n}", f"ステップ {n}"), note, on_error=error, settings={**retry, "step": n}
        )
        for n in range(1, count + 1)
    ]


def _items(values: Mapping[str, Any], steps: int) -> Text:
    number = f"{int(values['parallel_items']):,}"
    if steps <= 1:
        return Text(f"{number} items", f"{number} 件")
    return Text(f"{number} items, {steps} steps each", f"{number} 件（各 {steps} ステップ）")


def _each(steps: int) -> dict[str, Value]:
    """Return the settings of a map: each item goes through all steps."""
    return {"retry": True, **({"steps": steps} if steps > 1 else {})}


def _then(state: State, following: str) -> State:
    return State(
        id=state.id,
        kind=state.kind,
        title=state.title,
        note=state.note,
        next=(following,),
        on_error=state.on_error,
        settings=state.settings,
    )
