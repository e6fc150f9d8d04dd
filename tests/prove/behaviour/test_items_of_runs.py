"""Items that what starts a run hands over: each run works on them anew, and a duplicate start repeats what was done."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.running.cloud import Stored
from prove.behaviour.running.system import System
from tests.prove.behaviour.sam_projects import write_project

_ASKED: dict[str, Any] = {
    "schema": 2,
    "components": [{"id": "work", "trigger": "request", "longest_run_s": 5, "writes": ["done"]}],
    "stores": [{"id": "done", "access": "key-value"}],
}


@pytest.mark.parametrize("items", [20, 4000])
def test_two_runs_over_the_same_items_have_results_of_their_own(items: int, tmp_path: Path) -> None:
    (component,) = _ASKED["components"]
    asked = {**_ASKED, "components": [{**component, "parallel_items": items, "steps": 2}]}
    system = System(write_project(asked, tmp_path / "project").evidence)
    (machine,) = system.machines
    given = [{"id": "a"}, {"id": "b"}]
    stored = set[str]()
    for run in ({"id": "run-1"}, {"id": "run-2"}, {"id": "run-2"}, {}):
        system.execution = "execution-9"
        system.execute(machine, {**run, "items": given})
        (table,) = system.cloud.tables.values()
        stored = set(table.items)
    runs = ("run-1", "run-2", "execution-9")
    assert stored == {f"{run}:{id}{step}" for run in runs for id in ("a", "b") for step in ("", ".2")}


@pytest.mark.parametrize("unnamed", ["", None])
def test_no_two_pairs_of_run_and_item_have_one_id(unnamed: str | None, tmp_path: Path) -> None:
    (component,) = _ASKED["components"]
    asked = {**_ASKED, "components": [{**component, "parallel_items": 20}]}
    system = System(write_project(asked, tmp_path / "project").evidence)
    (machine,) = system.machines
    system.execution = "execution-9"
    for run, item in (("2026", "11-a"), ("2026-11", "a"), ("2026:11", "a"), ("2026", "11:a"), (unnamed, "a")):
        system.execute(machine, {"id": run, "items": [{"id": item}]})
    (table,) = system.cloud.tables.values()
    assert set(table.items) == {"2026:11-a", "2026-11:a", "2026%3A11:a", "2026:11:a", "execution-9:a"}


def test_what_comes_alone_keeps_its_id(tmp_path: Path) -> None:
    (component,) = _ASKED["components"]
    asked = {**_ASKED, "components": [{**component, "parallel_items": 20, "steps": 2}]}
    system = System(write_project(asked, tmp_path / "project").evidence)
    (machine,) = system.machines
    for execution in ("e-1", "e-2"):
        system.execution = execution
        system.execute(machine, {"id": "m1"})
    (table,) = system.cloud.tables.values()
    assert set(table.items) == {"m1", "m1.2"}


@pytest.mark.parametrize(
    ("given", "processed"),
    [
        ({}, {"new/a.json", "old/a.json"}),
        ({"prefix": None}, {"new/a.json", "old/a.json"}),
        ({"prefix": "new/"}, {"new/a.json"}),
    ],
)
def test_a_run_over_a_bucket_takes_the_objects_under_its_prefix(
    given: dict[str, str | None], processed: set[str], tmp_path: Path
) -> None:
    (component,) = _ASKED["components"]
    files = {"id": "files", "access": "objects"}
    work = {**component, "trigger": "schedule", "parallel_items": 20000, "reads": ["files"]}
    asked = {**_ASKED, "components": [work], "stores": [*_ASKED["stores"], files]}
    system = System(write_project(asked, tmp_path / "project").evidence)
    (machine,) = system.machines
    for name in list(system.cloud.buckets):
        system.cloud.buckets[name] |= {key: Stored(b"{}", "application/json") for key in ("new/a.json", "old/a.json")}
    system.execute(machine, {"id": "run-1", **given})
    (table,) = system.cloud.tables.values()
    assert set(table.items) == processed


def test_a_run_that_a_message_starts_is_told_no_prefix(tmp_path: Path) -> None:
    """What the queue hands over is the message, whose text is no input of the state machine."""
    (component,) = _ASKED["components"]
    files, jobs = {"id": "files", "access": "objects"}, {"id": "jobs", "carries": "work"}
    work = {**component, "trigger": "message", "listens_to": "jobs", "parallel_items": 20000, "reads": ["files"]}
    asked = {**_ASKED, "components": [work], "stores": [*_ASKED["stores"], files], "channels": [jobs]}
    project = write_project(asked, tmp_path / "project")
    readme = (tmp_path / "project" / "README.md").read_text("utf-8")
    (machine,) = System(project.evidence).machines
    assert "prefix" not in str(machine).lower()
    assert "in its input" not in readme
    assert '`"Prefix": "incoming/"`' in readme


@pytest.mark.parametrize("target", ["python", "nodejs"])
def test_a_nightly_run_takes_the_files_since_the_run_before(target: str, tmp_path: Path) -> None:
    work = {**_ASKED["components"][0], "trigger": "schedule", "time_zone": "UTC"}
    work |= {
        "schedule_expression": "cron(15 23 ? * MON-FRI *)",
        "parallel_items": 3,
        "reads": ["files"],
        "language": target,
    }
    asked = {**_ASKED, "components": [work], "stores": [*_ASKED["stores"], {"id": "files", "access": "objects"}]}
    system = System(write_project(asked, tmp_path / "project").evidence)
    (machine,) = system.machines
    (bucket,) = (bucket for name, bucket in system.cloud.buckets.items() if "files" in name.lower())

    def stored(key: str, time: str) -> None:
        bucket[key] = Stored(
            b'{"id": "%s-1"}\n{"id": "%s-2"}\n' % (key.encode(), key.encode()), "", datetime.fromisoformat(time)
        )

    # On a Friday; the last file is late.
    stored("a.jsonl", "2026-11-27T22:59:59+00:00")
    stored("late.jsonl", "2026-11-27T23:00:01+00:00")
    friday = {"source": "schedule", "time": "2026-11-27T23:15:00Z"}
    system.execute(machine, friday)
    (table,) = system.cloud.tables.values()
    first = {"a.jsonl-1", "a.jsonl-2"}
    assert set(table.items) == first
    # A repeated run takes the same, also after more files have come.
    stored("b.jsonl", "2026-11-30T10:00:00+00:00")
    table.items.clear()
    system.execute(machine, friday)
    assert set(table.items) == first
    table.items.clear()
    system.execute(machine, {"source": "schedule", "time": "2026-11-30T23:15:00Z"})
    assert set(table.items) == {"late.jsonl-1", "late.jsonl-2", "b.jsonl-1", "b.jsonl-2"}
