"""Probabilities of the answers to an open question, estimated from published decisions.

The table contains the answers of each of these decisions. Only sample subjects of the kind that match the known answers
are used; the known answers are applied one after the other, as long as enough subjects remain. A question that a
decision does not answer counts as its default. Without sample data, all answer ranges are treated as equally likely.
"""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from advisor.requirements.starts import NOTHING
from advisor.sensitivity.cells import Cell, cell_at, kind_of, likely
from advisor.verdict import Verdict
from advisor.verdict.known import applies
from advisor.vocabulary import FIELDS, Field

#: What tells subjects apart, in the order in which it is compared.
_TELLING = {
    "workload": ("estate", "operations"),
    "component": (
        "trigger",
        "workload.estate",
        "packaging",
        "kubernetes",
        "protocol",
        "longest_run_s",
        "steps",
        "shape",
    ),
    "channel": ("carries", "ordering", "source"),
    "store": ("access", "shape"),
}
# Numbers are compared by the side of these thresholds that they are on.
_SIDES = {"longest_run_s": (30.0, 900.0), "steps": (1.0,)}
_LEAST_ALIKE = 5
# How many of all counted subjects of a kind weigh as much as one that is alike, and one answer that was never given.
_OF_ALL, _OF_ITSELF, _NEVER_GIVEN = 5.0, 0.5, 0.2
# What a team mostly does alike for all components: of 31 counted pairs with such an answer 26 agree in it.
_TEAM_WIDE, _AS_OTHERS = ("language", "packaging"), 0.8

Record = Mapping[str, Any]
Told = tuple[tuple[str, Any], ...]


class Alike(NamedTuple):
    """The published subjects that match the known facts and answer a question: their number, and the matching facts.

    `others` says that the answers of the workload's other components count as well.
    """

    subjects: int
    told: Told
    others: bool = False


class Likelihood(NamedTuple):
    """The probability of each cell of a question, and the subjects from which it was estimated."""

    cells: tuple[float, ...]
    alike: Alike


class _Counts(NamedTuple):
    subjects: int
    values: tuple[tuple[Any, int], ...]


@cache
def source() -> tuple[str, str]:
    """Return the data from which the probabilities were estimated, and the newest date on which it was read."""
    return _table()["source"], _table()["checked"]


def likelihood(
    verdict: Verdict, subject: str, field: Field, field_cells: tuple[Cell, ...], at: int | None
) -> Likelihood:
    """Return the probabilities of the cells of an open question; `at` is the cell of the assumption.

    Where nothing is assumed, the rest to one is that nothing needs to be said.
    """
    kind = kind_of(verdict, subject)
    told = _narrowed(kind, _known(verdict, subject, kind))
    every, alike = _counted(kind, (), field.id), _counted(kind, told, field.id)
    even = likely(field, field_cells)
    if not every.subjects:
        share = 1.0 / len(even) if even else 0.0
        return Likelihood(tuple(share if n in even else 0.0 for n in range(len(field_cells))), Alike(0, ()))
    wide = _by_cell(field_cells, every, at)
    never = _NEVER_GIVEN / len(even) if even else 0.0
    of_all = [(n + never * (i in even)) / (every.subjects + _NEVER_GIVEN) for i, n in enumerate(wide)]
    close = _by_cell(field_cells, alike, at)
    # What follows from links is seldom answered otherwise: the answer that tells the subjects apart is its own evidence.
    wide_weight = _OF_ITSELF if any(field.id == id for id, _ in told) else _OF_ALL
    total = alike.subjects + wide_weight
    chances = tuple((n + wide_weight * prior) / total for n, prior in zip(close, of_all, strict=True))
    shares = _of_others(verdict, field, field_cells)
    if shares:
        chances = tuple((1 - _AS_OTHERS) * c + _AS_OTHERS * share for c, share in zip(chances, shares, strict=True))
    return Likelihood(chances, Alike(alike.subjects, told, bool(shares)))


def _of_others(verdict: Verdict, field: Field, field_cells: tuple[Cell, ...]) -> tuple[float, ...]:
    """Return the cells of the other components for questions that a team usually answers alike; () if there are none."""
    if field.id not in _TEAM_WIDE:
        return ()
    others = [s.answers[field.id] for s in verdict.answers.of_kind("component") if field.id in s.answers]
    found = [cell_at(field_cells, value) for value in others]
    return tuple(found.count(n) / len(found) for n in range(len(field_cells))) if found else ()


def _by_cell(field_cells: tuple[Cell, ...], counts: _Counts, at: int | None) -> list[float]:
    """Return the number of published answers per cell; unanswered ones count in the cell of the assumption."""
    found = [0.0] * len(field_cells)
    silent = counts.subjects
    for value, count in counts.values:
        cell = _cell_of(field_cells, value)
        silent -= count
        if cell is not None:
            found[cell] += count
    if at is not None:
        found[at] += silent
    return found


def _cell_of(field_cells: tuple[Cell, ...], value: Any) -> int | None:
    if isinstance(value, tuple):
        return next((n for n, cell in enumerate(field_cells) if tuple(sorted(cell.sample)) == value), None)
    cell = cell_at(field_cells, value)
    return cell if cell is not None and cell < len(field_cells) else None  # another answer may bound the domain


def _known(verdict: Verdict, subject: str, kind: str) -> Told:
    """Return the stated and derived facts of a subject that distinguish subjects."""
    stated, of_all = verdict.answers.of(subject), verdict.answers.workload
    known = []
    for field in _TELLING[kind]:
        value = of_all.get(field.removeprefix("workload.")) if field.startswith("workload.") else stated.get(field)
        if field == "trigger":
            started = verdict.subjects[subject].known
            value = None if started.because.get("trigger") == (NOTHING,) else started.values["trigger"]
        if value is not None:
            known.append((field, _side(field, value)))
    return tuple(known)


def _side(field: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(sorted(value))
    return bisect_left(_SIDES[field], value) if field in _SIDES else value


@lru_cache(maxsize=4096)
def _narrowed(kind: str, known: Told) -> Told:
    """Return the known answers by which the counted subjects are narrowed, so that enough of them remain."""
    told: Told = ()
    for pair in known:
        if len(_alike(kind, (*told, pair))) >= _LEAST_ALIKE:
            told = (*told, pair)
    return told


@lru_cache(maxsize=4096)
def _alike(kind: str, told: Told) -> tuple[Record, ...]:
    if not told:
        return _records(kind)
    field, side = told[-1]
    return tuple(r for r in _alike(kind, told[:-1]) if field in r and _side(field, r[field]) == side)


@lru_cache(maxsize=8192)
def _counted(kind: str, told: Told, field_id: str) -> _Counts:
    """Return the answers that the subjects alike give to a question, of those to which it applies."""
    field = next(f for f in FIELDS[kind] if f.id == field_id)
    asked = [record for record in _alike(kind, told) if applies(field, record)]
    values = Counter(record["stated"][field_id] for record in asked if field_id in record["stated"])
    return _Counts(len(asked), tuple(values.items()))


@cache
def _records(kind: str) -> tuple[Record, ...]:
    """Return the counted subjects of a kind: their answers under `stated`, and with the defaults as a subject's."""
    defaults = {f.id: f.default for f in FIELDS[kind] if f.default is not None}
    records = []
    for row in _table()["records"][kind]:
        stated = {id: tuple(value) if isinstance(value, list) else value for id, value in row.items()}
        records.append({**defaults, **stated, "stated": stated})
    return tuple(records)


@cache
def _table() -> Any:
    return json.loads((files(__package__) / "priors.json").read_text("utf-8"))
