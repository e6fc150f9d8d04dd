"""`python -m benchmarks.decisions [--write]`: how often briefs entered blind come to what their source decided.

A file under `tests/blind/` holds one published decision: the brief that a reader saw, the parts that the source decided on,
and the requirements that readers wrote down who saw neither the decision nor the rules. `--write` writes `docs/decisions.md`.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from advisor.book import DatedBook
from advisor.requirements import make_requirements
from advisor.requirements.answers import answers_of
from advisor.verdict import decide_workload

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "blind"
PAGE = ROOT / "docs" / "decisions.md"
Services = Mapping[str, str | None]
#: What a reader of fashion would take everywhere, by role.
BASELINES: dict[str, dict[str, str]] = {
    "HTTP API, Lambda and DynamoDB everywhere": {
        "compute": "lambda", "entry": "api-gateway-http", "store": "dynamodb", "messaging": "sqs",
        "schedule": "eventbridge-scheduler", "events": "eventbridge-bus",
    },
    "ALB, Fargate and RDS everywhere": {
        "compute": "ecs", "engine": "fargate", "entry": "alb", "store": "rds", "messaging": "sqs",
        "schedule": "eventbridge-scheduler", "events": "eventbridge-bus",
    },
}  # fmt: skip


class Part(NamedTuple):
    """What a source decided on one part: the services that it accepts and rejects, by role."""

    name: str
    kind: str
    accepts: Mapping[str, tuple[str, ...]]
    rejects: Mapping[str, tuple[str, ...]]

    def agrees(self, services: Services) -> bool:
        """Return whether services are those of the source; a role that is missing counts as "none"."""
        chosen = {role: services.get(role) or "none" for role in (*self.accepts, *self.rejects)}
        accepted = all(chosen[role] in allowed for role, allowed in self.accepts.items())
        return accepted and not any(chosen[role] in refused for role, refused in self.rejects.items())


class Case(NamedTuple):
    """One published decision with what readers entered: requirements, and the subject of each part."""

    id: str
    trap: bool
    parts: tuple[Part, ...]
    readings: Mapping[str, Mapping[str, Any]]


class Score(NamedTuple):
    """So many of so many cases and parts, and of the traps among the cases."""

    cases: int
    of_cases: int
    parts: int
    of_parts: int
    traps: int
    of_traps: int


def cases() -> list[Case]:
    """Return the published decisions, by id."""
    return [_case(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(CASES.glob("*.yaml"))]


def _case(raw: Mapping[str, Any]) -> Case:
    parts = tuple(
        Part(name, part["kind"], _listed(part.get("accepts")), _listed(part.get("rejects")))
        for name, part in raw["parts"].items()
    )
    return Case(raw["id"], bool(raw["trap"]), parts, raw.get("readings", {}))


def _listed(roles: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    return {role: tuple(map(str, services)) for role, services in (roles or {}).items()}


def services_of(reading: Mapping[str, Any], book: DatedBook) -> dict[str, Services]:
    """Return the services that a reading comes to, by subject and role.

    A source that puts a queue before a component means the channel that the component listens to.
    """
    verdict = decide_workload(answers_of(make_requirements(reading["requirements"])), book)
    services = {id: dict(roles) for id, roles in verdict.services.items()}
    for id, roles in services.items():
        channel = services.get(str(verdict.subjects[id].subject.answers.get("listens_to")), {})
        if roles.get("queue") is None and "messaging" in channel:
            roles["queue"] = channel.get("buffer") or channel["messaging"]
    return services


def score(decided: Callable[[Case], Mapping[str, Services] | None]) -> Score:
    """Return the score of what is decided on each case: services by the name of a part; None counts as wrong."""
    counts = [0] * 6
    for case in cases():
        by_part = decided(case) or {}
        right = [part.agrees(by_part.get(part.name, {})) and part.name in by_part for part in case.parts]
        counts[0] += all(right)
        counts[1] += 1
        counts[2] += sum(right)
        counts[3] += len(right)
        counts[4] += case.trap and all(right)
        counts[5] += case.trap
    return Score(*counts)


def by_reading(name: str, book: DatedBook) -> Callable[[Case], Mapping[str, Services] | None]:
    """Return what decides by one of the readings."""

    def decided(case: Case) -> Mapping[str, Services] | None:
        reading = case.readings.get(name)
        if reading is None:
            return None
        services = services_of(reading, book)
        return {part: services[subject] for part, subject in reading["parts"].items() if subject in services}

    return decided


def as_first_read(case: Case) -> Mapping[str, Services] | None:
    """Return what a case came to on the day on which it was first read, before anything was mended."""
    reading = case.readings.get("first") or {}
    return reading.get("came_to")


def always(services: Services) -> Callable[[Case], Mapping[str, Services]]:
    """Return what decides every case alike."""
    return lambda case: {
        part.name: {role: services.get(role) for role in (*part.accepts, *part.rejects)} for part in case.parts
    }


def disagreements(name: str, book: DatedBook) -> Iterator[tuple[Case, Part, Services]]:
    """Give every part on which a reading comes to other services than its source."""
    for case in cases():
        by_part = by_reading(name, book)(case) or {}
        for part in case.parts:
            if not part.agrees(by_part.get(part.name, {})):
                yield case, part, by_part.get(part.name, {})


def agreement(book: DatedBook) -> tuple[int, int]:
    """Return in how many cases two readers come to the same services for every part, and how many were read twice."""
    same = twice = 0
    for case in cases():
        if {"first", "second"} <= set(case.readings):
            one, other = (by_reading(name, book)(case) or {} for name in ("first", "second"))
            twice += 1
            same += all(_decisive(part, one) == _decisive(part, other) for part in case.parts)
    return same, twice


def _decisive(part: Part, by_part: Mapping[str, Services]) -> dict[str, str]:
    services = by_part.get(part.name, {})
    return {role: services.get(role) or "none" for role in (*part.accepts, *part.rejects)}
