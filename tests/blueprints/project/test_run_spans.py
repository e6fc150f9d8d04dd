"""A scheduled run over a bucket takes what no earlier run has taken, in equal shares."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.project.programs.schedules import Starts, starts


def _project(book: Book, target: str, expression: str, zone: str, **answers: Any) -> dict[str, str]:
    close = {
        "id": "close", "title": "Closing", "trigger": "schedule", "schedule_expression": expression, "time_zone": zone,
        "parallel_items": 7, "longest_run_s": 240, "reads": ["records"], "writes": ["results"], **answers,
    }  # fmt: skip
    stores = [
        {"id": "records", "title": "Records", "access": "objects"},
        {"id": "results", "title": "Results", "access": "key-value"},
    ]
    design = advise(make_requirements({"components": [close], "stores": stores}), book)
    return {path: data.decode() for path, data in blueprints.build(design, target, lang="en", extras={}).items()}


def _span(project: Mapping[str, str], time: str) -> tuple[datetime, datetime]:
    names: dict[str, Any] = {}
    exec(project["src/close/run_span.py"], names)
    span: tuple[datetime, datetime] = names["of"]({"source": "schedule", "time": time})
    return span


@pytest.mark.parametrize(
    ("expression", "zone", "time", "before"),
    [
        ("cron(15 23 ? * MON-FRI *)", "Europe/London", "2026-11-30T23:15:00Z", "2026-11-27T23:15:00Z"),
        ("cron(0 2 * * ? *)", "Asia/Tokyo", "2026-11-30T17:00:00Z", "2026-11-29T17:00:00Z"),
        ("cron(0 2 * * ? *)", "UTC", "2026-03-01T02:00:00Z", "2026-02-28T02:00:00Z"),
        ("cron(0/20 9-10 * * ? *)", "UTC", "2026-03-01T09:00:00Z", "2026-02-28T10:40:00Z"),
        ("cron(0 2 L * ? *)", "UTC", "2026-03-31T02:00:00Z", "2026-02-28T02:00:00Z"),
        ("cron(0 2 LW * ? *)", "UTC", "2026-03-31T02:00:00Z", "2026-02-27T02:00:00Z"),
        ("cron(0 2 1W * ? *)", "UTC", "2026-09-01T02:00:00Z", "2026-08-03T02:00:00Z"),
        ("cron(0 2 15W * ? *)", "UTC", "2026-12-15T02:00:00Z", "2026-11-16T02:00:00Z"),
        ("cron(0 2 ? * 6L *)", "UTC", "2026-03-27T02:00:00Z", "2026-02-27T02:00:00Z"),
        ("cron(0 2 ? * MON#2 *)", "UTC", "2026-03-09T02:00:00Z", "2026-02-09T02:00:00Z"),
        ("cron(0 0 1 1 ? *)", "UTC", "2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        # The clocks went back: this hour came twice, and the start before is the first of both.
        ("cron(30 1 * * ? *)", "Europe/London", "2026-10-26T01:30:00Z", "2026-10-25T00:30:00Z"),
        # They went forward: there was no such time on the day before.
        ("cron(30 1 * * ? *)", "Europe/London", "2026-03-30T00:30:00Z", "2026-03-28T01:30:00Z"),
        ("rate(3 days)", "UTC", "2026-03-04T02:00:43Z", "2026-03-01T02:00:43Z"),
        ("cron(0 2 1 1 ? 2026)", "UTC", "2026-01-01T02:00:00Z", ""),
        ("at(2026-01-01T02:00:00)", "UTC", "2026-01-01T02:00:00Z", ""),
    ],
)
def test_a_run_begins_where_the_one_before_ended(
    expression: str, zone: str, time: str, before: str, book: Book
) -> None:
    after, until = _span(_project(book, "sam", expression, zone), time)
    settled = timedelta(minutes=15)
    assert until == datetime.fromisoformat(time) - settled
    assert after == (datetime.fromisoformat(before) if before else datetime(1970, 1, 1, tzinfo=UTC)) - settled


def test_conditions_are_the_same_in_both_languages() -> None:
    found = starts("cron(0,30 * 1,L * ? *)")
    assert found == Starts(clock=True, hours="(date == 1 or date == last)", minutes="minute in (0, 30)")
    assert found.typescript(found.hours) == "(date === 1 || date === last)"
    assert found.typescript(found.minutes) == "[0, 30].includes(minute)"
    assert starts("cron(* * * * ? *)") == Starts(every_s=60)


@pytest.mark.parametrize("answers", [{}, {"packaging": "container-image", "longest_run_s": 3600, "whole_run_s": 18000}])
def test_both_languages_take_a_span_of_objects_and_say_so(answers: Mapping[str, Any], book: Book) -> None:
    for target, language, ends in (("cdk-python", "python", "py"), ("cdk-typescript", "nodejs", "ts")):
        project = _project(book, target, "cron(0 2 * * ? *)", "UTC", language=language, **answers)
        assert "span" in project[f"src/close/service.{ends}"].lower()
        assert "since" in project["README.md"].split("### Objects of a scheduled run")[1]
        part = next(text for path, text in project.items() if path.endswith((f"run_span.{ends}", f"run-span.{ends}")))
        assert "15 * MINUTE_MS" in part or "timedelta(minutes=15)" in part


def test_a_run_over_a_table_has_no_span(book: Book) -> None:
    project = _project(book, "sam", "rate(1 day)", "UTC", reads=["results"], writes=["records"])
    assert not [path for path in project if "run_span" in path]
    assert "Objects of a scheduled run" not in project["README.md"]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "A run that was not started by a schedule"), ("ja", "スケジュール以外で開始した実行は")],
)
def test_the_readme_explains_the_objects_of_several_workflows_once(book: Book, lang: Any, sentence: str) -> None:
    work = {
        "trigger": "schedule", "schedule_expression": "cron(15 3 * * ? *)", "parallel_items": 7, "longest_run_s": 240,
    }  # fmt: skip
    ids = ("bills", "papers")
    components = [{**work, "id": f"close-{id}", "reads": [id], "writes": [f"{id}-done"]} for id in ids]
    stores = [{"id": id, "access": "objects"} for id in ids] + [{"id": f"{id}-done"} for id in ids]
    design = advise(make_requirements({"components": components, "stores": stores}), book)
    readme = blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()
    (said,) = [line for line in readme.splitlines() if sentence in line]
    assert all(
        f"`{name}`" in said
        for name in ("BillsBucket", "PapersBucket", "src/close-bills/run_span", "src/close-papers/run_span")
    )
