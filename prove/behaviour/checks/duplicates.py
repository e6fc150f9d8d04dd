"""Duplicates: redelivered messages and repeated requests have an effect only once, and nothing else is taken for one.

Two starts of a schedule are not duplicates, even on one day: each is a run with ids of its own. Nor are two events about
one item: what is sent, started or called because of the second has an id of its own, by which receivers tell it apart.

The programs of the project run in this process. Each trigger is delivered and fully processed; then it is delivered again.
The second time may write what is there already, and may send messages whose ids were sent before, since their receivers
recognize these ids. It must not store anything else, notify people, or send a message or a request with a new id. Where an
effect on another system happens once, it must not call that system again, not even if the first call was not answered; nor
must a workflow undo its steps then, as the other system may have acted.

A caller names a request that it may repeat with the header `Idempotency-Key`:
https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header (read 2026-11-27): the same key with another
body is refused, where the program can read back what it stored under the key.

Not judged: a workflow that is started twice asks a person twice for approval, since EventBridge and pipes cannot name an
execution; its work is still done only once. Programs in TypeScript do not run here: the unit tests of their projects hold
the same. Calls that this process does not emulate stay unproven.
"""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.repeats import Pair, Start, held, id_of, pairs, starts
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.system import System

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
_NEWER = {"Idempotency-Key": "b2f2c9a3-6c7b-4f0e-9a43-0e3e5f6a7c11"}
_DESK = {"name": "desk", "price": 12.5}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the additional effects of a second delivery or a repeated request."""
    yield from dict.fromkeys(_found(evidence))


def _found(evidence: Evidence) -> Iterator[Problem]:
    for start in starts(evidence):
        yield from _delivered_twice(evidence, start)
        yield from _started_again(evidence, start)
        yield from _unanswered(evidence, start)
    for pair in pairs(evidence):
        yield from _told_apart(evidence, pair)
    for number in range(len(list(apis(System(evidence))))):
        yield from _asked_twice(evidence, number)
        yield from _asked_late(evidence, number)


def _delivered_twice(evidence: Evidence, start: Start) -> Iterator[Problem]:
    system = System(evidence)
    try:
        start.deliver(system)
        system.settle()
        before = _Before(system)
        system.execution = system.execution if start.named else "execution-2"
        start.deliver(system)
        system.settle()
    except NotRun:
        return
    yield from before.more(system, start.place, f"A {start.kind} that comes twice")


def _unanswered(evidence: Evidence, start: Start) -> Iterator[Problem]:
    """A call of another system that was not answered may have had its effect: it is not repeated, and somebody hears of it."""
    system = System(evidence, catches=True)
    try:
        system.cloud.silent = True
        start.deliver(system)
        system.settle()
        system.cloud.silent = False
        undone = "compensate" in [action for actions in system.actions_of.values() for action in actions]
        ran = {*map(id, system.actions_of.values())}
        refused = len(system.refused)
        start.deliver(system)
        system.settle()
    except NotRun:
        return
    acted = system.cloud.acted
    for program, key in sorted({one for one in acted if acted.count(one) > 1}):
        message = f"{program} repeats the call with the key {key}, whose outcome is unknown."
        yield Problem("unknown-effect-repeated", start.place, message)
    if acted and undone:
        message = (
            f"The steps for a {start.kind} are undone, although the outcome of a call of another system is unknown."
        )
        yield Problem("unknown-effect-undone", start.place, message)
    # A start under a name that exists runs nothing: the failed execution is what somebody hears of.
    stands = bool(ran) and {*map(id, system.actions_of.values())} == ran
    if acted and len(system.refused) == refused and not stands:
        message = f"A {start.kind} is taken for done, although the outcome of its call of another system is unknown."
        yield Problem("unknown-effect-passes", start.place, message)


def _started_again(evidence: Evidence, start: Start) -> Iterator[Problem]:
    """The next start of a schedule is a run of its own, however soon it comes: what it sends has ids of its own."""
    if start.following is None:
        return
    system = System(evidence)
    try:
        start.deliver(system)
        system.settle()
        before = {(sent.channel, id_of(sent.text)) for sent in system.cloud.told}
        kept = set(held(system))
        system.execution = "execution-2"
        start.following(system)
        system.settle()
    except NotRun:
        return
    after = {(sent.channel, id_of(sent.text)) for sent in system.cloud.told}
    if (before or kept) and after == before and set(held(system)) == kept:
        yield Problem(
            "start-taken-for-another", start.place, "Two starts within a minute are one run: the second is lost."
        )


def _told_apart(evidence: Evidence, pair: Pair) -> Iterator[Problem]:
    """Whatever the first of two events about one item leads to, the second leads to once more, under an id of its own."""
    system = System(evidence)
    try:
        pair.first(system)
        system.settle()
        before = _outgoing(system)
        system.execution = "execution-2"
        pair.second(system)
        system.settle()
    except NotRun:
        return
    after = _outgoing(system) - before
    for receiver in sorted({one for one, _ in before} - {one for one, _ in after}):
        message = f"Of two {pair.kind} about one item, {receiver} takes the second for the first: it is lost."
        yield Problem("event-taken-for-another", pair.place, message)


def _outgoing(system: System) -> set[tuple[str, str]]:
    """Return what left the programs of a system: the receiver, and the id by which it recognises duplicates."""
    cloud = system.cloud
    told = {(sent.channel, id_of(sent.text)) for sent in cloud.told}
    requested = {(url, str(asked["key"] or "")) for url, asked in cloud.requested}
    return {(receiver, id) for receiver, id in told | requested | cloud.executions if id}


def _asked_twice(evidence: Evidence, number: int) -> Iterator[Problem]:
    system = System(evidence)
    api = list(apis(system))[number]
    if not api.creates:
        return
    place = api.program.id
    try:
        status, item = api.create("alice", _DESK, KEY)
        system.settle()
        before = _Before(system)
        again = api.create("alice", _DESK, KEY)
        system.settle()
    except NotRun:
        return
    if (again[0], _id(again)) != (status, _id((status, item))):
        yield Problem("repeat-answers-otherwise", place, f"The first request is answered with {item}, then {again}.")
    yield from before.more(system, place, "A request that is repeated")
    yield from _other_requests(api, _id((status, item)))


def _asked_late(evidence: Evidence, number: int) -> Iterator[Problem]:
    """A caller repeats a request after a newer one about the same entity: the state that this one has left stays."""
    system = System(evidence)
    api = list(apis(system))[number]
    if not (api.creates and api.names_entities):
        return
    try:
        for values, key in ((_DESK, KEY), ({"name": "chair"}, _NEWER)):
            api.create("alice", values, key)
            system.settle()
        before = _Before(system)
        api.create("alice", _DESK, KEY)
        system.settle()
    except NotRun:
        return
    yield from before.more(system, api.program.id, "A request that is repeated after a newer one")


def _other_requests(api: Api, id: str) -> Iterator[Problem]:
    """An idempotency key is valid for one caller and one request body."""
    if not api.anonymous and id == _id(api.create("bob", _DESK, KEY)):
        yield Problem("key-of-another", api.program.id, "Two callers with the same key get one item.")
    try:
        status, _ = api.create("alice", {"name": "chair"}, KEY)
    except Exception:
        return
    if api.changes and status < 400:
        yield Problem("key-used-again", api.program.id, f"The same key with another body is answered with {status}.")


def _id(answer: tuple[int, Any]) -> str:
    return str(answer[1].get("id")) if isinstance(answer[1], dict) else ""


class _Before:
    """The stored data and sent messages of a system after the first delivery."""

    def __init__(self, system: System) -> None:
        self.held, self.told = held(system), len(system.cloud.told)
        self.ids = {(sent.channel, id_of(sent.text)) for sent in system.cloud.told}
        self.requests, self.acted = len(system.cloud.requested), len(system.cloud.acted)

    def more(self, system: System, place: str, repeated: str) -> Iterator[Problem]:
        """Yield the changes since then."""
        kept = held(system)
        # Each execution waits with a task token of its own, and an event that comes twice starts two.
        if added := sorted(name for name in kept.keys() - self.held.keys() if '"task_token"' not in kept[name]):
            yield Problem("repeat-keeps-more", place, f"{repeated} also keeps {added[:3]}.")
        if changed := sorted(name for name, text in self.held.items() if kept.get(name) != text):
            yield Problem("repeat-changes", place, f"{repeated} changes {changed[:3]}.")
        for sent in system.cloud.told[self.told :]:
            people = ["mail"] if sent.channel == "mail" else system.routes.people(sent.channel)
            if people and sent.program == "workflow":
                continue
            if people:
                yield Problem(
                    "repeat-tells-people", place, f"{repeated} has {sent.program} tell {', '.join(people)} again."
                )
            elif (sent.channel, id_of(sent.text)) not in self.ids:
                yield Problem(
                    "repeat-has-new-id", place, f"{repeated} has {sent.program} send a new id to {sent.channel}."
                )
        for program, key in system.cloud.acted[self.acted :]:
            message = f"{repeated} has {program} call another system again, with the key {key}."
            yield Problem("repeat-acts-again", place, message)
        first, again = system.cloud.requested[: self.requests], system.cloud.requested[self.requests :]
        for url, asked in again:
            if not asked["key"] or asked["key"] not in {one["key"] for _, one in first}:
                yield Problem("repeat-calls-again", place, f"{repeated} calls {url}, which cannot recognise it.")
