"""The loop in which a workflow asks another system whether it has finished: pause, check, choice (ADR 0074)."""

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.architecture.graph import State, Value
from advisor.text import Text

#: What the work does in a step that only asks the other system for its work, and in a check of it.
SUBMIT, CHECK = "submit", "check"
PAUSE = "pause"
#: The workflows and the services of their work for which the loop is made: a function returns the answer of the system.
_WORKFLOWS, _FUNCTIONS = ("step-functions-standard", "step-functions-express"), ("lambda", "lambda-managed-instances")


def waits_for_other_system(values: Mapping[str, Any]) -> bool:
    """Return whether a run waits until another system has finished."""
    return "other-system" in (values.get("waits_for") or ())


def polls_in_a_loop(values: Mapping[str, Any]) -> bool:
    """Return whether the states of the workflow contain the loop: its steps run on functions, one after another."""
    return (
        waits_for_other_system(values)
        and values.get("workflow") in _WORKFLOWS
        and values.get("compute") in _FUNCTIONS
        and not values["parallel_items"]
    )


def with_polling(chain: Sequence[State], *, several: bool, on_error: str) -> list[State]:
    """Return the working states with the loop after the first of several steps, which submits, or before a single one.

    A single step works on what the other system has done, so a state of its own submits. If the other system fails or has
    not finished in time, the check fails: what the first step has done is undone, in the same way as after its failure.
    """
    words = Text("Submit", "他システムへの依頼")
    settings: dict[str, Value] = {"retry": True, "action": SUBMIT}
    submit = State(SUBMIT, "task", words, Text("lambda:invoke", "lambda:invoke"), on_error=on_error, settings=settings)
    first = [chain[0]] if several else [submit]
    loop = [
        State(PAUSE, "pause", Text("Wait", "待機")),
        State(
            CHECK,
            "check",
            Text("Check other system", "他システムの確認"),
            Text("lambda:invoke", "lambda:invoke"),
            on_error=on_error,
            settings={"retry": True, "action": CHECK},
        ),
        State("finished", "choice", Text("Finished?", "完了？"), next=(PAUSE,)),
    ]
    return [*first, *loop, *chain[1 if several else 0 :]]


def polls(states: Sequence[State]) -> bool:
    """Return whether a workflow asks another system in a loop."""
    return any(state.kind == "check" for state in states)


def submits(states: Sequence[State]) -> bool:
    """Return whether a state of its own asks the other system for its work."""
    return any(state.settings.get("action") == SUBMIT for state in states)
