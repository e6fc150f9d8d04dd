"""State machines compensate completed steps, ask for approval before they act, and report failures as failures.

* Whatever has been done when a step fails is undone, the last step first; the step that failed may have done a part of its
  work (https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/saga-orchestration.html, read
  2026-11-27). So the states that a failure leads to undo each step up to the one that failed.
* A person who is asked after the work only learns of it (https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-human-approval.html,
  read 2026-11-27): before a state that waits for a task token, as many steps are run as the requirements state, by default
  none. What has been done by then is undone when the person rejects or does not decide, as after a failure.
* Readers of an item learn of a decision from its store: where the work writes to one, a rejection and an expired request
  lead through a state that stores them, unless a schedule starts the work or a map goes over many items.
* A step after an approval that finds something else than what was approved leads back to the request: a person is asked again,
  once the steps after the approval are undone; where nothing can be undone, the run goes on at that step.
* An error that is caught leads to `Fail`, since only then does the execution count as failed
  (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html, read 2026-11-27).
* The stream of a table also has a record for each item that is deleted or has expired, which is no work to be done
  (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html, read 2026-11-30).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import MACHINE, PIPE
from prove.behaviour.running.routes import passes

States = Mapping[str, Mapping[str, Any]]
_ACTS = ("Task", "Map", "Parallel")
_TOKEN = ".waitForTaskToken"
_REJECTED, _TIMED_OUT, _ALL = "Rejected", "States.Timeout", "States.ALL"
#: The error with which that program ends a run about which nobody has to be asked.
_NOT_ASKED = "NotAsked"
#: The error of a step that finds something else than what was approved.
_CHANGED = "ChangedSinceApproval"
_DELETION = {"eventSource": "aws:dynamodb", "eventName": "REMOVE", "dynamodb": {"Keys": {"pk": {"S": "item-1"}}}}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield missing compensation, missing approvals and hidden failures of a state machine, and runs that deletions start."""
    for pipe in evidence.stack.of_type(PIPE):
        source: Any = pipe.properties["SourceParameters"]
        if "DynamoDBStreamParameters" in source and passes(pipe.properties, _DELETION):
            yield Problem("deletion-starts-work", pipe.id, "A deleted item starts a run.", pipe.type)
    components = evidence.requirements.of_kind("component")
    subjects = {component.id for component in components if component.answer("compensation")}
    before = {component.id: int(float(str(component.answer("steps_before_approval") or 0))) for component in components}
    for machine in evidence.stack.of_type(MACHINE):
        definition = machine.properties.get("Definition")
        if isinstance(definition, Mapping):
            compensates = machine.owner.node.split(".")[0] in subjects
            if _stores_results(evidence, machine.owner.node.split(".")[0]):
                for message in _untold(definition["States"]):
                    yield Problem("decision-not-stored", machine.id, message, machine.type)
            stated = before.get(machine.owner.node.split(".")[0], 0)
            for rule, message in _problems(definition, stated, compensates=compensates):
                yield Problem(rule, machine.id, message, machine.type)


def _stores_results(evidence: Evidence, subject: str) -> bool:
    """Return whether a component writes to a store about one item, and no change of the store starts other work."""
    components = evidence.requirements.of_kind("component")
    component = next(one for one in components if one.id == subject)
    heard = {str(one) for other in components for one in _ids(other.answer("listens_to"))}
    apart = component.answer("trigger") == "schedule" or component.answer("parallel_items")
    return not apart and not heard.issuperset(_ids(component.answer("writes")))


def _ids(answer: object) -> list[object]:
    return answer if isinstance(answer, list) else [answer] if answer else []


def _untold(states: States) -> Iterator[str]:
    """Yield the decisions of people that no state stores."""
    for name, state in states.items():
        for error, action in ((_REJECTED, "rejected"), (_TIMED_OUT, "expired")) if _asks(state) else ():
            caught = next((one for one in state.get("Catch", ()) if {error, _ALL} & {*one["ErrorEquals"]}), None)
            led = [states[one] for one in _after(states, caught, fails=False)] if caught else []
            if action not in [_work(one).get("action") for one in led if one["Type"] in _ACTS]:
                yield f"No store holds that the work was {action} at {name}."


def _problems(definition: Mapping[str, Any], stated: int, *, compensates: bool) -> Iterator[tuple[str, str]]:
    states: States = definition["States"]
    path = list(_following(states, definition["StartAt"]))
    acting = [name for name in path if _is_work(states[name])]
    asking = [name for name in path if _asks(states[name])]
    for name in asking:
        early = [one for one in acting if path.index(one) < path.index(name) and not (stated and _waits(states[one]))]
        if len(early) > stated:
            words = f"{', '.join(early)} has been done when {name} asks a person."
            yield "approval-after-work", words if not stated else f"{words} Stated steps before it: {stated}."
        if len(early) < stated:
            yield "approval-before-stated-steps", f"{name} asks a person after {len(early)} of {stated} steps."
        if early and states[early[-1]].get("ResultPath") and "result.$" not in _work(states[name]):
            yield "result-not-handed-over", f"{name} does not hand over what {early[-1]} has returned."
    yield from _unasked(states, [name for name in acting if "approved.$" in _work(states[name])])
    yield from _wrong_ends(states)
    if compensates:
        yield from _left_done(states, acting)
        yield from _left_unapproved(states, acting, path)


def _unasked(states: States, checking: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the steps that compare what they find with what was approved, and after which no person is asked again.

    The others lead to a second request while steps are done for the first one: neither undone, nor left out afterwards.
    """
    undoable = {step for state in states.values() if _undoes(state) for step in _steps(state)}
    for number, name in enumerate(checking):
        caught = next((one for one in states[name].get("Catch", ()) if _CHANGED in one["ErrorEquals"]), None)
        if caught is None or not _asks_again(states, caught):
            yield "change-not-asked-about", f"{name} does not lead back to a person."
            continue
        led = _after(states, caught, fails=False)
        undone = {step for one in led if _undoes(states[one]) for step in _steps(states[one])}
        begun = {step for one in checking[: number + 1] for step in _steps(states[one])}
        goes_on = [states[states[one]["Next"]].get("Choices", ()) for one in led if _asks(states[one])]
        # Without compensations, the next approval leads to the step itself.
        left_out = not number or any(one["Next"] == name for choices in goes_on for one in choices)
        if undone != begun and not (left_out and not undone | begun & undoable):
            words = (
                f"{name} asks again after steps {sorted(begun)} were started; undone are {sorted(undone) or 'none'}."
            )
            yield "change-leaves-steps-done", words


def _asks_again(states: States, catcher: Mapping[str, Any]) -> bool:
    """Return whether an error leads back to the request for approval."""
    back = catcher["ErrorEquals"] == [_CHANGED]
    return back and any(_asks(states[name]) for name in _after(states, catcher, fails=False))


def _repeats(states: States, state: Mapping[str, Any], catcher: Mapping[str, Any]) -> bool:
    """Return whether an error of the question whether another system has acted leads to the work itself, which says so again."""
    return _work(state).get("action") == "settle" and _work(states[catcher["Next"]]).get("action") == "run"


def _is_work(state: Mapping[str, Any]) -> bool:
    """Return whether a state does work: not one that asks a person, nor the last one, which only makes one result of all."""
    return state["Type"] in _ACTS and not _asks(state) and _work(state).get("action") != "combine"


def _wrong_ends(states: States) -> Iterator[tuple[str, str]]:
    """Yield errors that end as a success, decisions that end as a failure, and failures that look like another."""
    for name, state in states.items():
        for catcher in state.get("Catch", ()):
            decided = _asks(state) and catcher["ErrorEquals"] in ([_REJECTED], [_NOT_ASKED])
            if (
                not decided
                and not _asks_again(states, catcher)
                and not _repeats(states, state, catcher)
                and any(_succeeds(states[end]) for end in _ends(states, catcher, fails=True))
            ):
                yield "error-swallowed", f"An error of {name} ends as a success."
        handled = next((one for one in state.get("Catch", ()) if _REJECTED in one["ErrorEquals"]), None)
        if _asks(state) and not (
            handled and all(_succeeds(states[end]) for end in _ends(states, handled, fails=False))
        ):
            yield "rejection-fails", f"What a person rejects at {name} counts as a failure, and rings its alarm."
    undoing = [state for state in states.values() if _undoes(state)]
    ways = [way for end in _choices(states, undoing) for way in states[end]["Choices"]]
    if undoing and not any("IsPresent" in way and states[way["Next"]]["Type"] == "Fail" for way in ways):
        yield "failed-compensation-hidden", "An execution of which a compensation failed ends as if all was undone."


def _choices(states: States, undoing: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the choices that follow a compensation, whether it fails or not."""
    for state in undoing:
        for following in (state["Next"], *(catcher["Next"] for catcher in state.get("Catch", ()))):
            yield from (name for name in _following(states, following) if states[name]["Type"] == "Choice")


def _ends(states: States, catcher: Mapping[str, Any], *, fails: bool) -> set[str]:
    """Return the states in which an execution may end after a caught error."""
    seen = _after(states, catcher, fails=fails)
    return {name for name in seen if states[name]["Type"] in ("Succeed", "Fail") or "End" in states[name]}


def _after(states: States, catcher: Mapping[str, Any], *, fails: bool) -> set[str]:
    """Return the states that an execution may reach after a caught error; `fails`: also if a compensation fails then.

    A choice knows where the error is, and that there is no other one of the work.
    """
    working = [state for state in states.values() if not _undoes(state)]
    errors = {one.get("ResultPath") for state in working for one in state.get("Catch", ())} - {None}
    errors.add(catcher.get("ResultPath"))
    seen, waiting = set[str](), [catcher["Next"]]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _ways(states[name], errors, str(catcher.get("ResultPath")), fails=fails)
    return seen


def _ways(state: Mapping[str, Any], errors: Collection[str], caught: str, *, fails: bool) -> list[str]:
    ways = list[str]()
    for choice in state.get("Choices", ()):
        variable = choice.get("Variable", "").removesuffix(".Error")
        if variable in errors and _true(choice["IsPresent"]) is (variable == caught):
            return [*ways, choice["Next"]]
        if variable not in errors and fails:
            ways.append(choice["Next"])
    return [*ways, *(state[way] for way in ("Next", "Default") if way in state)]


def _left_done(states: States, acting: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the steps that stay done when one fails, or that are undone in the order in which they were done."""
    own = [name for name in acting if _work(states[name]).get("action") == "run"]
    for position, name in enumerate(acting):
        begun = acting[: position + 1]
        # What only asks another system for its work is undone with the step that works on what comes of it.
        asked = [one for one in begun[:-1] if _work(states[one]).get("action") == "submit"] if name in own else []
        started = [step for one in reversed(begun) if one not in asked for step in reversed(_steps(states[one]))]
        caught = [one["Next"] for one in states[name].get("Catch", ()) if not _asks_again(states, one)]
        undoing = [states[one] for one in _following(states, caught[0]) if _undoes(states[one])] if caught else []
        undone = [step for state in undoing for step in _steps(state)]
        if undone != started:
            words = f"{name} fails after steps {sorted(started)} were started; undone are {undone or 'none'}, in this order."
            yield "compensation-incomplete", words


def _left_unapproved(states: States, acting: list[str], path: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the steps before an approval that stay done when a person rejects, nobody decides, or nobody can be asked."""
    for name in (one for one in path if _asks(states[one])):
        early = [one for one in acting if path.index(one) < path.index(name)]
        done = [step for one in reversed(early) for step in reversed(_steps(states[one]))]
        for catcher in states[name].get("Catch", ()):
            undoing = [states[one] for one in _following(states, catcher["Next"]) if _undoes(states[one])]
            undone = [step for state in undoing for step in _steps(state)]
            if undone != (done if catcher["ErrorEquals"] != [_NOT_ASKED] else []):
                errors = ", ".join(catcher["ErrorEquals"])
                words = f"{name} ends with {errors} after steps {sorted(done)}; undone are {undone or 'none'}, in this order."
                yield "compensation-incomplete", words


def _following(states: States, start: str) -> Iterator[str]:
    """Yield the states from one on, along `Next`, or what a choice does by default; a loop is left by what its choice does else."""
    name, seen = start, set[str]()
    while name and name not in seen:
        seen.add(name)
        yield name
        state = states[name]
        ways = [state.get("Next", state.get("Default", "")), *(one["Next"] for one in state.get("Choices", ()))]
        name = next((str(way) for way in ways if way not in seen), "")


def _succeeds(last: Mapping[str, Any]) -> bool:
    return bool(last["Type"] == "Succeed" or _true(last.get("End")))


def _true(value: object) -> bool:
    """Return whether a value of a definition is true, which a template may hold as a word."""
    return str(value).lower() == "true"


def _waits(state: Mapping[str, Any]) -> bool:
    return str(state.get("Resource", "")).endswith(_TOKEN)


def _asks(state: Mapping[str, Any]) -> bool:
    """Return whether a state asks a person; what asks an outside system is done by the work itself."""
    return _waits(state) and _work(state).get("action") != "ask"


def _work(state: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the input of the work of a state: the payload of a function, the environment of a container."""
    if state["Type"] == "Map":
        return _work(next(iter(state["ItemProcessor"]["States"].values())))
    parameters = state.get("Parameters", {})
    if "Payload" in parameters:
        return {key: str(value) for key, value in parameters["Payload"].items()}
    overrides = parameters.get("Overrides", {}).get("ContainerOverrides") or [parameters.get("ContainerOverrides", {})]
    variables = overrides[0].get("Environment", ())
    return {str(one["Name"]).lower(): str(one.get("Value", "")) for one in variables if isinstance(one, Mapping)}


def _steps(state: Mapping[str, Any]) -> list[int]:
    """Return the steps that a state does, in order: a map does all of an item's."""
    if state["Type"] == "Map":
        processor = state["ItemProcessor"]
        inner: States = processor["States"]
        return [step for name in _following(inner, processor["StartAt"]) for step in _steps(inner[name])]
    return [] if _waits(state) or _work(state).get("action") == "check" else [int(_work(state).get("step", "1"))]


def _undoes(state: Mapping[str, Any]) -> bool:
    return state["Type"] in _ACTS and _work(state).get("action") == "compensate"
