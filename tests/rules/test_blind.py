"""Published decisions that were entered blind: each is written down in full, and the page of their scores is current."""

import datetime
from pathlib import Path

import pytest

from advisor.book import Book, dated
from advisor.requirements import make_requirements
from benchmarks.decisions import CASES, PAGE, as_first_read, by_reading, of_round, page, read, score

FILES = sorted(CASES.glob("*.yaml"))
KNOWN = {path.stem for path in (CASES.parent / "decisions").glob("*/*.yaml")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_is_written_down_in_full(path: Path, book: Book) -> None:
    case = read(path)
    assert case["id"] == path.stem
    assert path.stem not in KNOWN
    assert case["source"]["url"].startswith("https://")
    assert datetime.date.fromisoformat(str(case["source"]["checked"]))
    assert case["says"]
    assert case["brief"]
    assert not case["trap"] or case["limit"]
    for reading in case["readings"].values():
        requirements = make_requirements(reading["requirements"])
        ids = {subject.id for _, subject in requirements.subjects()}
        assert set(reading["parts"].values()) <= ids
        assert set(reading["parts"]) <= set(case["parts"])
    services = {
        service for part in case["parts"].values() for role in (part.get("accepts") or {}).values() for service in role
    }
    assert services <= set(book.services) | {"none"}


def test_the_page_of_scores_is_current(book: Book) -> None:
    assert PAGE.read_text("utf-8") == page(dated(book)), "run python -m benchmarks.decisions --write"


def test_what_was_first_read_is_frozen_and_no_change_of_the_rules_loses_a_case(book: Book) -> None:
    first = score(as_first_read, of_round(1))
    assert (first.cases, first.parts, first.traps) == (24, 62, 18)
    assert score(by_reading("first", dated(book))).cases >= score(as_first_read).cases
