"""A state machine that is all there is of a component runs the components that it calls, each once and in their order.

A component without a program of its own has others do its steps. That all of them run is seen from the states along the way
to a successful end, and from the resources that these name, not from what the project says about them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import MACHINE
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.families import by_family, named_in

States = Mapping[str, Mapping[str, Any]]


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield state machines that leave out a called component, run another, or run them in another order."""
    owners = {resource.owner.node for resource in evidence.stack.resources.values()}
    for machine in evidence.stack.of_type(MACHINE):
        definition, id = machine.properties.get("Definition"), machine.owner.node.split(".")[0]
        component = next((one for one in evidence.requirements.of_kind("component") if one.id == id), None)
        called = [str(one) for one in component.answer("calls") or ()] if component is not None else []  # type: ignore[union-attr]
        if not called or not isinstance(definition, Mapping) or f"{id}.compute" in owners:
            continue
        ran = list(_run(evidence.stack, definition))
        if ran != called:
            message = f"{id} calls {', '.join(called)}, and its executions run {', '.join(ran) or 'nothing'}."
            yield Problem("called-steps", machine.id, message, machine.type)


def _run(stack: Stack, definition: Mapping[str, Any]) -> Iterator[str]:
    """Yield the components of which a definition runs the programs, along `Next` and `Default`, in maps too."""
    states: States = definition["States"]
    name, seen = str(definition["StartAt"]), set[str]()
    while name and name not in seen:
        seen.add(name)
        state = states[name]
        if state["Type"] == "Map":
            yield from _run(stack, state.get("ItemProcessor") or state["Iterator"])
        elif state["Type"] == "Task":
            given = state.get("Parameters")
            ids = [*named_in(given, by_family(stack.resources)), *ids_in(given)]
            owners = (stack.resources[id].owner.node for id in ids if id in stack.resources)
            yield from dict.fromkeys(node.split(".")[0] for node in owners if node.endswith(".compute"))
        name = str(state.get("Next") or state.get("Default") or "")
