"""The time zone of a schedule: read in the words of users, refused where it does not exist, and used where the schedule is read."""

import zoneinfo
from datetime import UTC, datetime

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.requirements.model import RequirementsError
from advisor.vocabulary.component.start import SCHEDULE_FIELDS
from advisor.vocabulary.time_zones import HOURS_AHEAD, TIME_ZONES, zone_named
from blueprints import build


def test_every_name_is_a_zone_of_the_database() -> None:
    assert set(TIME_ZONES) <= zoneinfo.available_timezones()
    assert len(set(TIME_ZONES)) == len(TIME_ZONES) > 400
    assert {"Europe/Stockholm", "Asia/Tokyo", "America/New_York"} <= set(TIME_ZONES)


def test_hours_ahead_are_those_of_the_database() -> None:
    def hours(zone: str) -> set[float]:
        starts = [datetime(year, month, 1, tzinfo=UTC) for year in (2026, 2027) for month in range(1, 13)]
        offsets = [start.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() for start in starts]
        return {offset.total_seconds() / 3600 for offset in offsets if offset is not None}

    fixed = {zone: min(found) for zone in TIME_ZONES if len(found := hours(zone)) == 1}
    assert {zone: at for zone, at in fixed.items() if at > 0 and at.is_integer()} == HOURS_AHEAD


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/London", "Europe/London"), ("america/new york", "America/New_York"), ("JST", "Asia/Tokyo"), ("日本時間", "Asia/Tokyo"),
        ("ＧＭＴ", "UTC"), ("Europe/Lundon", None), ("", None),
    ],
)  # fmt: skip
def test_zones_are_read_in_the_words_of_users(said: str, zone: str | None) -> None:
    assert zone_named(said) == zone


def test_a_zone_that_does_not_exist_is_refused_with_an_example(book: Book) -> None:
    raw = {"components": [{"id": "job", "trigger": "schedule", "time_zone": "Europe/Lundon"}]}
    with pytest.raises(
        RequirementsError, match=r'components\.job\.time_zone: "Europe/Lundon" is not valid; write it as in Asia/Tokyo'
    ):
        make_requirements(raw)


@pytest.mark.parametrize(
    ("answers", "zone"),
    [({}, "UTC"), ({"time_zone": "JST"}, "Asia/Tokyo"), ({"time_zone": "America/New_York"}, "America/New_York")],
)
@pytest.mark.parametrize("kubernetes", ["none", "house-standard"])
def test_a_schedule_is_read_in_its_zone(answers: dict[str, str], zone: str, kubernetes: str, book: Book) -> None:
    job = {
        "id": "job",
        "trigger": "schedule",
        "schedule_expression": "daily at 6:00",
        "kubernetes": kubernetes,
        **answers,
    }
    design = advise(make_requirements({"workload": {"region": "eu-west-2"}, "components": [job]}), book)
    files = build(design, "sam", lang="en", extras={})
    key, path = (
        ("timeZone", "kubernetes/base/job.yaml")
        if kubernetes != "none"
        else ("ScheduleExpressionTimezone", "template.yaml")
    )
    assert f"{key}: {zone}\n" in files[path].decode()


def test_the_question_is_asked_of_schedules_only() -> None:
    (field,) = (field for field in SCHEDULE_FIELDS if field.id == "time_zone")
    assert field.applies == {"trigger": ("schedule",)}


@pytest.mark.parametrize(
    ("zone", "counted"),
    [
        ("Asia/Seoul", "timezone(timedelta(hours=9))"), ("Europe/London", 'ZoneInfo("Europe/London")'),
        ("Asia/Kolkata", 'ZoneInfo("Asia/Kolkata")'), ("America/Phoenix", 'ZoneInfo("America/Phoenix")'), ("UTC", "UTC"),
    ],
)  # fmt: skip
def test_a_summary_counts_days_in_the_zone_of_its_schedule(zone: str, counted: str, book: Book) -> None:
    job = {"id": "job", "trigger": "schedule", "time_zone": zone, "reads": ["data"], "writes": ["results"]}
    stores = [{"id": "data"}, {"id": "results", "access": "objects"}]
    files = build(advise(make_requirements({"components": [job], "stores": stores}), book), "sam", lang="en", extras={})
    assert f"ZONE = {counted}\n" in files["src/job/service.py"].decode()
