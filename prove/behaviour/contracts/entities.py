"""What callers send about one entity leaves one state of it, in a store that keeps the latest, and not one for each request."""

from collections.abc import Iterator
from contextlib import suppress

from prove.behaviour.contracts.apis import apis
from prove.behaviour.contracts.order import contents
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.system import System

#: Two requests about the same entity; each name is in what is made of its request, and in nothing else.
EARLIER, LATER = "earlier-request-4711", "later-request-4712"
ENTITY = "entity-1"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the stores of states in which the earlier of two requests about an entity stays beside the later one."""
    states = dict(_states(evidence))
    for number, one in enumerate(apis(System(evidence))):
        # Where callers find their items by id, a message is about the item.
        if states and one.creates and not one.reads:
            for place, id in sorted(_beside(evidence, number, set(states))):
                words = f"Both of two requests about one entity stay in the store of states of {states[place]}: {id}."
                yield Problem("state-not-replaced", place, words)


def _states(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the stores in which programs that order messages by their arrival replace what is there, with these programs."""
    for id, program in System(evidence).programs.items():
        for file in sorted(program.folder.glob("store_*.py")):
            system = System(evidence)
            running = system.programs[id]
            with suppress(NotRun):
                store = running.module(file.stem)
                if not hasattr(running.module("message"), "arrived") or not hasattr(store, "put"):
                    continue
                with running.running():
                    store.put({"id": ENTITY, "owner": "alice", "name": EARLIER})
                yield from ((place, id) for (place, _), _ in contents(system))


def _beside(evidence: Evidence, number: int, states: set[str]) -> set[tuple[str, str]]:
    """Return the places in these stores that hold the earlier of two requests once both were worked on."""
    system = System(evidence)
    api = list(apis(system))[number]
    with suppress(NotRun, ValueError, PermissionError):
        for name in (EARLIER, LATER):
            api.create("alice", {"name": name, "ordering_key": ENTITY}, {"Idempotency-Key": name})
            system.settle()
        held = [(place, text) for place, text in contents(system) if place[0] in states]
        if any(LATER in text for _, text in held):
            return {place for place, text in held if EARLIER in text}
    return set()
