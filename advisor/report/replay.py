"""The grounds of a decision in compact form: the limits and rules of its roles, and which of them applied.

`advisor decide` packs them from the verdict, without the proof; `advisor recheck` reads from them what it reads
from a whole proof. Each limit and rule is held once for a role, not once for each candidate of each subject.
"""

import base64
import bz2
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from advisor.book import Book
from advisor.report.proof_types import SourceData
from advisor.report.records import source_data
from advisor.verdict import Chosen, SubjectVerdict, Verdict
from advisor.verdict.proof import concerned, demanded, effect_of, refusals, source_of, stated
from advisor.verdict.rule_matrix import RuleTable, unit_of

#: Effects that can change the service of a role; the others are informational.
DECIDING = ("rules-out", "favours")
_MOST_BYTES = 4_000_000
#: How base85 spells the first bytes of bzip2.
_BEGINNING = base64.b85encode(b"BZh9").decode()
_Place = Annotated[int, Field(ge=0)]
Raw = Mapping[str, Any]


class Condition(NamedTuple):
    """One comparison of a limit or rule."""

    field: str
    operator: str
    threshold: Any


class Judgement(NamedTuple):
    """A limit, hard requirement or rule of a role: its effect on candidates, by index, and its condition.

    `source` is only held where it spoke.
    """

    id: str
    kind: str
    effect: str
    candidates: list[_Place]
    when: list[Condition]
    source: SourceData | None


class Refusal(NamedTuple):
    """Another ground against a candidate: it was not available yet, or no candidate would remain for a later role."""

    candidate: _Place
    kind: str
    id: str
    source: SourceData | None


class RoleThen(TypedDict):
    """A role as the book had it: its candidates, and the limits and rules that decide."""

    candidates: list[str]
    judgements: list[Judgement]
    units: dict[str, str]


class ChoiceThen(TypedDict):
    """The judgments that applied to one subject, by their places, and the bands of each candidate."""

    spoke: list[_Place]
    bands: list[dict[str, int]]
    refusals: list[Refusal]


class SubjectThen(TypedDict):
    """The facts of a subject, and its choices by role."""

    known: dict[str, Any]
    choices: dict[str, ChoiceThen]


class Replay(TypedDict):
    """Everything that a recheck compares."""

    roles: dict[str, RoleThen]
    subjects: dict[str, SubjectThen]


def pack(verdict: Verdict, book: Book) -> str:
    """Return the inputs of a verdict as text for a JSON file (JSON, bzip2, base85)."""
    text = json.dumps(replay_of(verdict, book), ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(bz2.compress(text.encode())).decode()


def unpack(packed: str) -> dict[tuple[str, str], dict[str, Raw]]:
    """Return the grounds of each candidate by subject and role, as in a complete proof. Raises ValueError for any other text."""
    try:
        # Decisions written before 2026-12-02 are in base64.
        in_base85 = str(packed).startswith(_BEGINNING)
        data = base64.b85decode(packed) if in_base85 else base64.b64decode(packed, validate=True)
        # Decisions written before 2026-11-28 are packed with zlib.
        opened = bz2.BZ2Decompressor() if data.startswith(b"BZh") else zlib.decompressobj()
        text = opened.decompress(data, _MOST_BYTES)
        if not opened.eof:
            raise ValueError("it is not whole")
        replay: Replay = TypeAdapter(Replay).validate_python(json.loads(text))
        return {
            (id, role): dict(_candidates(replay["roles"][role], subject["known"], choice))
            for id, subject in replay["subjects"].items()
            for role, choice in subject["choices"].items()
        }
    except (zlib.error, OSError, LookupError, RecursionError) as error:
        raise ValueError(str(error)) from error


def replay_of(verdict: Verdict, book: Book) -> Replay:
    """Return the inputs of a verdict as plain data."""
    fired: dict[str, int] = {}
    tables: dict[str, RuleTable] = {}
    made = frozenset(fact for subject in verdict.subjects.values() for fact in demanded(subject))
    for subject in verdict.subjects.values():
        for chosen in subject.chosen:
            tables[chosen.table.role.id] = chosen.table
            fired[chosen.table.role.id] = fired.get(chosen.table.role.id, 0) | chosen.fired
    return {
        "roles": {id: _role(book, table, fired[id], made) for id, table in tables.items()},
        "subjects": {id: _subject(book, subject, made) for id, subject in verdict.subjects.items()},
    }


def _deciding(table: RuleTable, made: frozenset[str]) -> list[tuple[int, Any]]:
    """Return the entries that can decide a role, with their bits; hard requirements only if some subject has them."""
    entries = [(bit, entry) for bit, entry in enumerate(table.entries, 1) if effect_of(entry) in DECIDING]
    return [(bit, entry) for bit, entry in entries if entry.property is None or entry.when[0].field in made]


def _role(book: Book, table: RuleTable, spoken: int, made: frozenset[str]) -> RoleThen:
    role, judgements = table.role, []
    fields: dict[str, None] = {}
    for bit, entry in _deciding(table, made):
        when = [Condition(atom.field, atom.operator, atom.value) for atom in stated(entry)]
        fields |= dict.fromkeys(condition.field for condition in when)
        places = [role.candidates.index(service) for service in concerned(entry)]
        source = source_data(source_of(book, entry)) if spoken >> bit & 1 else None
        judgements.append(
            Judgement(
                id=entry.id,
                kind="limit" if entry.limit else "demand" if entry.property else "rule",
                effect=effect_of(entry),
                candidates=places,
                when=when,
                source=source,
            )
        )
    units = {field: unit for field in fields if (unit := unit_of(role.subject, field))}
    return {"candidates": [*role.candidates], "judgements": judgements, "units": units}


def _subject(book: Book, subject: SubjectVerdict, made: frozenset[str]) -> SubjectThen:
    deciding = (entry for chosen in subject.chosen for _, entry in _deciding(chosen.table, made))
    compared = {atom.field: None for entry in deciding for atom in entry.when}
    values = subject.known.values
    return {
        "known": {field: values[field] for field in compared if values.get(field) is not None},
        "choices": {chosen.table.role.id: _choice(book, chosen, made) for chosen in subject.chosen},
    }


def _choice(book: Book, chosen: Chosen, made: frozenset[str]) -> ChoiceThen:
    candidates = chosen.table.role.candidates
    return {
        "spoke": [place for place, (bit, _) in enumerate(_deciding(chosen.table, made)) if chosen.fired >> bit & 1],
        "bands": [dict(chosen.outcome.axes[service]) for service in candidates],
        "refusals": [
            Refusal(candidates.index(service), ground.kind, ground.id, source_data(ground.source))
            for service, ground in refusals(book, chosen)
        ],
    }


def _candidates(role: RoleThen, values: Raw, choice: ChoiceThen) -> Iterator[tuple[str, Raw]]:
    """Yield each candidate with its bands and grounds."""
    grounds: list[list[Raw]] = [[] for _ in role["candidates"]]
    spoke = frozenset(choice["spoke"])
    for place, judgement in enumerate(role["judgements"]):
        if judgement.kind == "demand" and not values.get(judgement.when[0].field):
            continue
        ground = _ground(judgement, role["units"], values, spoke=place in spoke)
        for candidate in judgement.candidates:
            grounds[candidate].append(ground)
    for refusal in choice["refusals"]:
        refused = {"id": refusal.id, "kind": refusal.kind, "effect": "rules-out", "spoke": True, "conditions": []}
        grounds[refusal.candidate].append({**refused, "source": refusal.source})
    for place, service in enumerate(role["candidates"]):
        yield service, {"service": service, "bands": choice["bands"][place], "grounds": grounds[place]}


def _ground(judgement: Judgement, units: Mapping[str, str], values: Raw, *, spoke: bool) -> Raw:
    conditions = [
        {
            "field": atom.field,
            "value": values.get(atom.field),
            "operator": atom.operator,
            "threshold": atom.threshold,
            "unit": units.get(atom.field),
        }
        for atom in judgement.when
    ]
    ground = {"id": judgement.id, "kind": judgement.kind, "effect": judgement.effect, "spoke": spoke}
    fact = {"fact": judgement.id} if judgement.kind in ("limit", "demand") else {}
    return {**ground, **fact, "conditions": conditions, "source": judgement.source}
