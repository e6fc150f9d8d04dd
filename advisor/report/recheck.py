"""Re-evaluates a saved decision with another rule book or date: the roles whose service changes, and the causes."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from advisor.book import Book, DatedBook
from advisor.explanation.engine import verdict_on
from advisor.report.records import proof_data
from advisor.report.replay import DECIDING
from advisor.report.saved_decisions import Choice, Raw, Saved
from advisor.sensitivity.moves import Move
from advisor.verdict import Verdict
from advisor.verdict.proof import prove


class FactThen(NamedTuple):
    """The value of a fact on which a saved decision was based, and the current value, each with its first day."""

    id: str
    unit: str
    then: Any
    then_from: str
    now: Any
    now_from: str


class Cause(NamedTuple):
    """One difference between the earlier proof of a candidate and the current one.

    `kind` says what differs: a limit, a demand, a rule, a launch, the choice for later roles (together), the bands of a
    candidate, whether it is a candidate at all, an earlier choice that a role follows from, or only the order. `then`
    and `now` are the grounds, where there are any.
    """

    kind: str
    id: str
    candidate: str
    then: Raw | None
    now: Raw | None
    fact: FactThen | None = None


class Change(NamedTuple):
    """A role whose service changed, and the differences in its proof."""

    move: Move
    causes: tuple[Cause, ...]


def recheck(saved: Saved, dated: DatedBook) -> tuple[Change, ...]:
    """Return every role whose service differs from the saved one.

    RequirementsError when the requirements pin a role or service that the book no longer has.
    """
    verdict = verdict_on(saved.requirements, dated)
    then = {key: choice.service for key, choice in saved.choices.items()}
    now = {(id, role): service for id, roles in verdict.services.items() for role, service in roles.items()}
    moves = [
        Move(*key, then.get(key), now.get(key))
        for key in dict.fromkeys((*then, *now))
        if (key in then) != (key in now) or then[key] != now[key]
    ]
    return tuple(Change(move, _causes(move, moves, saved, verdict, dated)) for move in moves)


def _decided(verdict: Verdict, subject: str, role: str, book: Book) -> Choice | None:
    """Return the current result for a role as plain data, or None if the subject has no such role."""
    decided = verdict.subjects.get(subject)
    chosen = next((c for c in decided.chosen if c.table.role.id == role), None) if decided else None
    if decided is None or chosen is None:
        return None
    plain = json.loads(json.dumps([proof_data(proof) for proof in prove(book, decided, chosen)]))
    return Choice(chosen.service, {proof["service"]: proof for proof in plain})


def _causes(move: Move, moves: list[Move], saved: Saved, verdict: Verdict, dated: DatedBook) -> tuple[Cause, ...]:
    before, after = saved.choices.get((move.subject, move.role)), _decided(verdict, move.subject, move.role, dated.book)
    if before is None or after is None:
        earlier = [m for m in moves[: moves.index(move)] if m.subject == move.subject] or [
            m for m in moves if m.subject == move.subject and m is not move
        ]
        return (Cause(kind="follows", id=earlier[0].role if earlier else move.role, candidate="", then=None, now=None),)
    sides = [s for s in (move.before, move.after) if s is not None]
    every = dict.fromkeys((*before.proof, *after.proof))
    for candidates in (sides, every):
        causes = tuple(_differences(candidates, before, after, saved.as_of, dated))
        if causes:
            return causes
    return (Cause(kind="order", id=move.role, candidate=move.after or "", then=None, now=None),)


def _differences(
    candidates: Iterable[str], before: Choice, after: Choice, then: str, dated: DatedBook
) -> Iterator[Cause]:
    for service in candidates:
        old, new = before.proof.get(service), after.proof.get(service)
        if old is None or new is None:
            yield Cause(kind="candidate", id=service, candidate=service, then=old, now=new)
            continue
        grounds_then, grounds_now = _grounds(old), _grounds(new)
        for key in dict.fromkeys((*grounds_then, *grounds_now)):
            was, now = grounds_then.get(key), grounds_now.get(key)
            if _applied(was) != _applied(now):
                kind, id = key[:2]
                yield Cause(kind=kind, id=id, candidate=service, then=was, now=now, fact=_fact(was, now, then, dated))
        if old["bands"] != new["bands"] and not any(_favours(grounds_then, grounds_now)):
            yield Cause(kind="bands", id=service, candidate=service, then=old, now=new)


def _grounds(candidate: Raw) -> dict[tuple[str, ...], Raw]:
    """Return the deciding reasons, by kind, id, effect and distinguishing answers.

    One fact can limit several answers and conflict with several hard requirements.
    """
    told_apart = {"limit": 1, "demand": None}
    return {
        (g["kind"], g["id"], g["effect"], *(c["field"] for c in g["conditions"][: told_apart.get(g["kind"], 0)])): g
        for g in candidate["grounds"]
        if g["effect"] in DECIDING
    }


def _applied(ground: Raw | None) -> bool:
    return ground is not None and bool(ground["spoke"])


def _favours(grounds_then: dict[tuple[str, ...], Raw], grounds_now: dict[tuple[str, ...], Raw]) -> Iterator[bool]:
    """Yield for each preference whether it applies on one side only: it changes the bands, and is a cause of its own."""
    for key in {*grounds_then, *grounds_now}:
        if key[2] == "favours":
            yield _applied(grounds_then.get(key)) != _applied(grounds_now.get(key))


def _fact(was: Raw | None, now: Raw | None, then: str, dated: DatedBook) -> FactThen | None:
    ground = now or was
    fact = dated.book.facts.get(str((ground or {}).get("fact")))
    if fact is None or was is None or now is None or not was["conditions"] or not now["conditions"]:
        return None
    old, new = was["conditions"][0], now["conditions"][0]
    if old.get("threshold") == new["threshold"] or not is_number(old.get("threshold")):
        return None
    in_force = [[since for since, _ in fact.series if since <= day] for day in (then, dated.as_of)]
    return FactThen(
        id=fact.id,
        unit=new["unit"] or "",
        then=old.get("threshold"),
        then_from=max(in_force[0], default=""),
        now=new["threshold"],
        now_from=max(in_force[1], default=""),
    )


def is_number(value: Any) -> bool:
    """Return whether a plain value is a number that can be formatted."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18
