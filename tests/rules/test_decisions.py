"""Published decisions of others, answered as their architects would have: the rule book comes to what they chose.

A file under `tests/decisions/<room>/` holds one decision and bears its id. `expects` names per subject and role the
service, a list of acceptable services, or null where nothing can fit; `rejects` names services that must not be chosen.
"""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor.book import Book
from advisor.decision import Decision
from advisor.explanation.engine import decide
from advisor.requirements import make_requirements
from benchmarks.decisions import read

ROOT = Path(__file__).parent.parent / "decisions"
FILES = sorted(ROOT.glob("*/*.yaml"))
KEYS = {"id", "source", "says", "requirements", "expects", "rejects", "conflict"}


def acceptable(expected: Any) -> tuple[str | None, ...]:
    """Return the services that an expectation accepts; None stands for "nothing fits"."""
    return tuple(expected) if isinstance(expected, list) else (expected,)


def named(case: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return every (subject, role, service) that a decision expects or rejects."""
    found = []
    for key in ("expects", "rejects"):
        for subject, roles in (case.get(key) or {}).items():
            for role, services in roles.items():
                found += [(subject, role, service) for service in acceptable(services) if service is not None]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_decision_is_written_down_in_full(path: Path, book: Book) -> None:
    case = read(path)
    assert set(case) <= KEYS, f"unknown key: {sorted(set(case) - KEYS)}"
    assert case["id"] == path.stem, "a file bears the id of its decision"
    assert case["source"]["url"].startswith("https://")
    assert datetime.date.fromisoformat(str(case["source"]["checked"]))
    assert case["says"].strip()
    assert case["expects"], "say what was chosen"
    for _, role, service in named(case):
        assert service in book.role(role).candidates, f"{service} is no candidate of the role {role}"
    pinned = {s["id"]: s.get("pins", {}) for kind in ("components", "channels", "stores")
              for s in case["requirements"].get(kind, [])}  # fmt: skip
    for subject, roles in case["expects"].items():
        assert not set(roles) & set(pinned[subject]), f"{subject}: what is pinned proves nothing"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_book_decides_as_they_did(path: Path, book: Book) -> None:
    case = read(path)
    decision = decide(make_requirements(case["requirements"]), book)
    assert [*_differences(case, decision)] == []
    assert [*_untelling(decision, book)] == []


def _differences(case: Mapping[str, Any], decision: Decision) -> list[str]:
    found = []
    for subject, roles in case["expects"].items():
        for role, expected in roles.items():
            service = decision.subject(subject).service(role)
            if service not in acceptable(expected):
                found.append(f"{subject}: {role} came to {service}, not to {expected}")
            if service is None and not any(c.subject == subject and c.role == role for c in decision.conflicts):
                found.append(f"{subject}: the role {role} does not arise")
    for subject, roles in (case.get("rejects") or {}).items():
        for role, services in roles.items():
            if decision.subject(subject).service(role) in services:
                found.append(f"{subject}: {role} came to {decision.subject(subject).service(role)}, which was rejected")
    if bool(decision.conflicts) is not bool(case.get("conflict", False)):
        found.append(f"conflicts: {[c.sentence.en for c in decision.conflicts] or 'none'}")
    found += [f"{s.id}: {c.service} violates {c.violates}" for s in decision.subjects for c in s.choices if c.violates]
    return found


def _untelling(decision: Decision, book: Book) -> Iterator[str]:
    """Yield the first reasons for services that other candidates share: a limit is kept, or what the service is for."""
    for subject in decision.subjects:
        for choice in subject.choices:
            first = choice.because[0].id if choice.because else ""
            if first in book.facts or (first == "solves" and choice.rejected):
                yield f"{subject.id}: {choice.service}: {choice.because[0].sentence.en}"


def test_ids_are_unique() -> None:
    ids = [path.stem for path in FILES]
    assert len(ids) == len(set(ids))
