"""Maps: each item reaches a worker that opens it, every step is done, and one bad item spoils no run.

Distributed maps, their readers, tolerated failures and result writers:
https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html (checked 2026-11-27).
"""

import json
from collections.abc import Iterator

from advisor.requirements.model import Subject
from prove.behaviour.contracts.item_messages import channels_for_items
from prove.behaviour.contracts.seeding import seeded
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import Json, NotRun, Stored
from prove.behaviour.running.machine import Failed
from prove.behaviour.running.system import System

#: Objects as buckets hold them: JSON, bytes, a folder in the key, and characters that URLs encode.
OBJECTS = {
    "orders.json": Stored(b'{"id": "orders.json"}', "application/json"),
    "photos/2026/one.jpg": Stored(b"\xff\xd8", "image/jpeg"),
    "r\u00e9sum\u00e9 + notes.txt": Stored(b"text", "text/plain"),
}
#: The object whose arrival starts a run that is about one object.
_ARRIVED = "photos/2026/one.jpg"
ROWS = ("row-1", "row-2", "row-3", "row-4", "row-5")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield faults of the maps of the project's state machines."""
    for machine in System(evidence).machines:
        definition = System(evidence).machines[machine]
        maps = [state for state in definition["States"].values() if state["Type"] == "Map"]
        if maps:
            undoing = _caught(definition["States"], maps)
            yield from _tolerance(machine, maps, undoing)
            yield from _ran(evidence, machine, maps)
            yield from _a_missing_object(evidence, machine, maps)


def _caught(states: Json, maps: list[Json]) -> list[Json]:
    """Return the maps to which an error of another map leads: they undo its items."""
    led_to = [catcher["Next"] for state in maps for catcher in state.get("Catch", ())]
    return [states[name] for name in led_to if states[name]["Type"] == "Map"]


def _tolerance(machine: str, maps: list[Json], undoing: list[Json]) -> Iterator[Problem]:
    """Yield the items that a distributed map loses after a failed item, unless it is meant to end for a compensation."""
    for state in maps:
        if state["ItemProcessor"].get("ProcessorConfig", {}).get("Mode") != "DISTRIBUTED":
            continue
        ends = undoing and state not in undoing
        if not (ends or {"ToleratedFailurePercentage", "ToleratedFailureCount"} & state.keys()):
            yield Problem("one-item-ends-all", machine, "The first item that fails ends the map and all other items.")
        if "ResultWriter" not in state:
            yield Problem("results-unwritten", machine, "No file says which items failed and what came of the others.")


def _ran(evidence: Evidence, machine: str, maps: list[Json]) -> Iterator[Problem]:
    system = _seeded(evidence)
    given: Json = {"id": "run-1", "items": [{"id": id} for id in ROWS]}
    arrived = _takes_the_event(system.machines[machine])
    given = _event(machine) if arrived else given
    try:
        system.execute(machine, [given] if _from_pipe(system.machines[machine]) else given)
    except NotRun:
        return
    except Failed as error:
        yield Problem("map-fails", machine, f"A run over sound items fails: {error}")
    wanted = {_ARRIVED} if arrived else set(OBJECTS) if any("ItemReader" in state for state in maps) else set()
    opened = {id for _, store, id, found in system.cloud.lookups if found and store in system.cloud.buckets}
    if missed := sorted(wanted - opened):
        yield Problem("item-not-opened", machine, f"The worker opens {sorted(opened)} and never {missed}.")
    elif others := sorted(opened - wanted if arrived else ()):
        yield Problem("other-objects-opened", machine, f"{_ARRIVED} starts the run, and the worker opens {others} too.")
    elif blind := sorted({f"{store}: {id}" for _, store, id, found in system.cloud.lookups if not found}):
        yield Problem("lookup-finds-nothing", machine, f"The worker looks up what no store holds: {blind[:3]}.")
    yield from _rows(system, machine)
    yield from _people(system, machine, len(wanted) or len(ROWS))
    yield from _steps(evidence, system, machine)
    if _is_combined(evidence, machine):
        yield from _combined(system, machine, channels_for_items(evidence))


def _takes_the_event(definition: Json) -> bool:
    """Return whether a run is about the object whose arrival started it."""
    return "$.detail.object." in json.dumps(definition["States"])


def _event(id: str) -> Json:
    about = {"bucket": {"name": "bucket"}, "object": {"key": _ARRIVED, "size": 2, "etag": "e"}}
    return {"id": f"event-{id}", "source": "aws.s3", "detail-type": "Object Created", "detail": about}


def _is_combined(evidence: Evidence, machine: str) -> bool:
    component = _component(evidence, machine)
    return component is not None and bool(component.answer("combined_result"))


def _combined(system: System, machine: str, for_items: set[str]) -> Iterator[Problem]:
    """If one result of all items is wanted, it is made once, after the last item, and no item is told about alone.

    Channels for messages about items (`for_items`) do not get the one result.
    """
    actions = system.actions_of.get(machine, [])
    if actions.count("combine") != 1 or actions[-1] != "combine":
        yield Problem("items-not-combined", machine, "No step after the last item makes one result of all items.")
    for channel in {sent.channel for sent in system.cloud.sent} - for_items:
        sent = sum(one.channel == channel for one in system.cloud.sent)
        if sent > 1:
            yield Problem(
                "items-not-combined", machine, f"One result of all items is wanted, and {channel} gets {sent}."
            )


def _from_pipe(definition: Json) -> bool:
    """Return whether only a pipe starts a state machine: its input is a list."""
    return bool(definition["States"][definition["StartAt"]].get("InputPath") == "$[0]")


def _rows(system: System, machine: str) -> Iterator[Problem]:
    """If the work iterates over rows, each row is read."""
    for table in (*system.cloud.tables, *system.cloud.rows):
        opened = {id for _, store, id, found in system.cloud.lookups if found and store == table}
        if opened and (missed := sorted(set(ROWS) - opened)):
            yield Problem("item-not-opened", machine, f"Of the rows of {table} the work never opens {missed}.")


def _people(system: System, machine: str, items: int) -> Iterator[Problem]:
    for channel in {sent.channel for sent in system.cloud.sent}:
        sent = sum(one.channel == channel for one in system.cloud.sent)
        if sent >= min(items, 3) and (protocols := system.routes.people(channel)):
            yield Problem(
                "message-per-item-to-people", machine,
                f"{items} items send {sent} messages to {channel}, which people get by {', '.join(protocols)}.",
            )  # fmt: skip


def _steps(evidence: Evidence, system: System, machine: str) -> Iterator[Problem]:
    component = _component(evidence, machine)
    asked = int(float(str(component.answer("steps") or 1))) if component else 1
    done = {step for steps in system.steps_of.get(machine, {}).values() for step in steps}
    if asked > 1 and len(done) < min(asked, 6):
        yield Problem("steps-not-done", machine, f"{asked} steps were asked for, and the items get {sorted(done)}.")


def _component(evidence: Evidence, machine: str) -> Subject | None:
    """Return the component of a state machine."""
    owner = evidence.stack.resources[machine].owner.node.partition(".")[0]
    return next((one for one in evidence.requirements.of_kind("component") if one.id == owner), None)


def _a_missing_object(evidence: Evidence, machine: str, maps: list[Json]) -> Iterator[Problem]:
    """An object that is deleted between listing and processing is not a success."""
    if not any("ItemReader" in state for state in maps):
        return
    system = _seeded(evidence)
    listed = system.list_items

    def without_one(reader: Json) -> list[Json]:
        return [*listed(reader), {"Key": "removed.json", "Size": 1, "Etag": "e"}]

    system.list_items = without_one  # type: ignore[method-assign]
    try:
        system.execute(machine, {"id": "run-1"})
    except NotRun:
        return
    except Failed:
        if _is_combined(evidence, machine) and any("ToleratedFailurePercentage" in state for state in maps):
            yield from _combined_without(system, machine, "removed.json")
        return
    yield Problem("missing-item-succeeds", machine, "An object that is not there any more counts as work that is done.")


def _combined_without(system: System, machine: str, id: str) -> Iterator[Problem]:
    """An item that fails for good takes the one result from no run: the result is made, and names it."""
    if "combine" not in system.actions_of.get(machine, []):
        yield Problem(
            "failure-takes-the-result", machine, "One item fails, and nothing makes the result of the others."
        )
    elif system.cloud.sent and not any(id in sent.text for sent in system.cloud.sent):
        yield Problem("failed-item-unnamed", machine, f"The combined result does not say that {id} failed.")


def _seeded(evidence: Evidence) -> System:
    system = seeded(evidence, *ROWS)
    for bucket in system.cloud.buckets.values():
        bucket.clear()
        bucket.update(OBJECTS)
    return system
