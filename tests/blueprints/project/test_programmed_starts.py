"""Starts that a program sets: the schedule of the project is disabled, and the README lists what is to be built."""

from typing import Any

import pytest
import yaml

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.generation import build

PARTS = ("CreateSchedule", "DeleteSchedule", "ScheduleGroup", "ConflictException", "iam:PassedToService")
TITLES: dict[Lang, str] = {
    "en": "Schedules that a program creates: Release",
    "ja": "プログラムが作成するスケジュール: Release",
}


def files_of(book: Book, target: str, lang: Lang = "en", **answers: Any) -> dict[str, str]:
    release = {"id": "release", "title": "Release", "trigger": "schedule", "reads": ["seats"], **answers}
    raw = {"components": [release], "stores": [{"id": "seats", "access": "key-value"}]}
    built = build(advise(make_requirements(raw), book), target, lang=lang, extras={})
    return {path: content.decode() for path, content in built.items() if path.endswith((".md", ".yaml", ".py", ".ts"))}


@pytest.mark.parametrize(("rate", "state"), [({"rate_average_rps": "500/day"}, "DISABLED"), ({}, "ENABLED")])
def test_the_schedule_of_the_project_is_enabled_only_where_its_time_is_meant(
    book: Book, rate: dict[str, str], state: str
) -> None:
    programmed = state == "DISABLED"
    sam = files_of(book, "sam", **rate)
    resources = yaml.load(sam["template.yaml"], yaml.BaseLoader)["Resources"]
    assert resources["ReleaseSchedule"]["Properties"]["State"] == state
    assert ("enabled=False" in files_of(book, "cdk-python", **rate)["stacks/components/release.py"]) is programmed
    assert ("enabled: false" in files_of(book, "cdk-typescript", **rate)["lib/components/release.ts"]) is programmed
    assert (TITLES["en"] in sam["README.md"]) is programmed


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_readme_lists_what_a_program_needs_to_create_schedules(book: Book, lang: Lang) -> None:
    readme = files_of(book, "sam", lang, rate_average_rps="500/day")["README.md"]
    part = readme[readme.index(TITLES[lang]) :]
    part = part[: part.index("\n## ")]
    assert [word for word in (*PARTS, "`ReleaseScheduleRole`") if word not in part] == []


@pytest.mark.parametrize(("rate", "suspended"), [({"rate_average_rps": "500/day"}, True), ({}, False)])
def test_a_job_of_a_cluster_whose_starts_a_program_sets_is_suspended(
    book: Book, rate: dict[str, str], suspended: bool
) -> None:
    files = files_of(book, "sam", kubernetes="house-standard", **rate)
    (spec,) = [d["spec"] for d in yaml.safe_load_all(files["kubernetes/base/release.yaml"]) if d["kind"] == "CronJob"]
    assert spec.get("suspend", False) is suspended
