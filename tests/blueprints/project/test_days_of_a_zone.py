"""Programs that count by days: the days are those of the time zone of their schedule, also where the clocks change."""

import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files

DAY = {
    "id": "day",
    "trigger": "schedule",
    "schedule_expression": "cron(30 6 * * ? *)",
    "longest_run_s": "1 min",
    "reads": ["ledger"],
    "writes": ["files"],
}
STORES = [{"id": "ledger", "access": "key-value"}, {"id": "files", "access": "objects"}]
FORMS: tuple[dict[str, Any], ...] = (
    {},
    {"steps": 2},
    {"longest_run_s": "2 h", "packaging": "container-image", "pins": {"compute": "ecs"}},
)


def files_of(book: Book, zone: str, target: str = "sam", **answers: object) -> dict[str, str]:
    raw = {"components": [{**DAY, "time_zone": zone, **answers}], "stores": STORES}
    plan = plan_for(advise(make_requirements(raw), book))
    found = project_files(plan, target, "en", permissions_of(plan))
    return {path: content.decode() for path, content in found.items()}


def service_of(files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the business logic of the program, without its stores."""
    for name in ("store_ledger", "store_files"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    module = ModuleType("service")
    exec(files["src/day/service.py"], module.__dict__)
    return module


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("zone", "created_at", "day"),
    [
        # The clocks go forward from 2:00 to 3:00 on 29 March 2026, and back from 3:00 to 2:00 on 25 October.
        ("Europe/Berlin", "2026-03-28T22:59:59+00:00", "2026-03-28"),
        ("Europe/Berlin", "2026-03-28T23:00:00+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T21:59:59+00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T22:00:00+00:00", "2026-03-30"),
        ("Europe/Berlin", "2026-10-25T22:59:59+00:00", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T23:00:00+00:00", "2026-10-26"),
        ("America/New_York", "2026-03-08T04:59:59+00:00", "2026-03-07"),
        ("America/New_York", "2026-03-09T03:59:59+00:00", "2026-03-08"),
        ("Asia/Kolkata", "2026-03-08T18:29:59+00:00", "2026-03-08"),
        ("Asia/Kolkata", "2026-03-08T18:30:00+00:00", "2026-03-09"),
        ("Asia/Tokyo", "2026-03-08T15:00:00+00:00", "2026-03-09"),
        ("UTC", "2026-03-08T23:59:59+00:00", "2026-03-08"),
    ],
)
def test_a_day_is_that_of_the_zone(
    book: Book, monkeypatch: pytest.MonkeyPatch, form: dict[str, Any], zone: str, created_at: str, day: str
) -> None:
    assert service_of(files_of(book, zone, **form), monkeypatch).day_of(created_at) == day


def test_a_run_is_named_by_the_time_of_the_zone(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hour that the clocks show twice is two hours: their runs have names of their own."""
    service = service_of(files_of(book, "Europe/Berlin"), monkeypatch)
    start = datetime(2026, 10, 25, tzinfo=UTC)
    named = [service.local((start + timedelta(hours=hour)).isoformat()) for hour in range(2)]
    assert named == ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]


@pytest.mark.parametrize(("zone", "named"), [("Europe/Berlin", True), ("Asia/Tokyo", False), ("UTC", False)])
def test_only_zones_whose_offset_changes_need_their_data(book: Book, zone: str, named: bool) -> None:
    for form in FORMS:
        files = files_of(book, zone, **form)
        assert ("tzdata" in files["src/day/requirements.txt"]) == named
        assert ("tzdata" in files["requirements-dev.txt"]) == named


@pytest.mark.parametrize("form", FORMS)
def test_node_has_the_data_of_zones(book: Book, form: dict[str, Any]) -> None:
    files = files_of(book, "Europe/Berlin", "cdk-typescript", language="nodejs", **form)
    assert "timeZone: 'Europe/Berlin'" in files["src/day/service.ts"]
    assert "timeZone: 'Europe/Berlin'" in files["tests/day.test.ts"]
    assert "in UTC" not in files["src/day/service.ts"]
