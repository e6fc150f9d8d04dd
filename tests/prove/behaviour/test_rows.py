"""Rows that programs keep in one table start the work on it, and none takes the key of another program's row."""

from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.contracts.messages import send_from_outside
from prove.behaviour.running.system import System
from tests.prove.behaviour.planting import rules_after, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

Json = dict[str, Any]
PARSE = {"id": "parse", "trigger": "message", "listens_to": "files", "publishes": ["rows"]}
MATCH = {"id": "match", "trigger": "message", "listens_to": "rows", "writes": ["breaks"]}
DESK = {"id": "desk", "trigger": "request", "reads": ["breaks"], "writes": ["breaks"]}
REPAIR = {"id": "repair", "trigger": "event", "event_source": "table-change", "listens_to": "breaks"}


def project(folder: Path, *components: Json, **store: Any) -> WrittenProject:
    heard = {channel for one in components for channel in (one.get("listens_to"), *one.get("publishes", ()))}
    written = sorted({name for one in components for name in one.get("writes", ())})
    answers = {
        "schema": 2,
        "components": [{"longest_run_s": 5, **one} for one in components],
        "channels": [{"id": id, "carries": "work"} for id in sorted(filter(None, heard)) if id not in written],
        "stores": [{"id": id, "access": "key-value", **store} for id in written],
    }
    return write_project(answers, folder / "project")


def kept(written: WrittenProject, table: str) -> set[str]:
    """Return the keys in a table after others have sent a message to each channel."""
    system = System(written.evidence)
    send_from_outside(system)
    system.settle()
    assert not system.endless
    return next(set(held.items) for name, held in system.cloud.tables.items() if table in name.lower())


def test_a_row_that_starts_nothing_is_found(tmp_path: Path) -> None:
    written = project(tmp_path, PARSE, MATCH, DESK, {**REPAIR, "writes": ["cases"]})
    assert written.rules_found_by("contracts") == set()
    assert len(kept(written, "cases")) == 1
    store = "src/match/store_breaks.py"
    marked = '"result_of": "match", "pk": PREFIX + item["id"]'

    def filtered(resources: Json) -> None:
        for one in resources.values():
            if one["Type"] == "AWS::Lambda::EventSourceMapping" and "Stream" in str(one["Properties"]):
                pattern = '{"dynamodb": {"NewImage": {"result_of": {"S": [{"exists": false}]}}}}'
                one["Properties"]["FilterCriteria"] = {"Filters": [{"Pattern": pattern}]}

    file = written.evidence.folder / store
    file.write_text(file.read_text("utf-8").replace('"pk": PREFIX + item["id"]', marked), "utf-8")
    assert rules_with(written, "contracts", filtered) == {"row-unheard"}


def test_a_listener_that_writes_to_its_table_works_on_the_rows_of_others(tmp_path: Path) -> None:
    """In both orders of the programs: the first one of a table has the shortest prefix."""
    repair = {**REPAIR, "writes": ["breaks"]}
    for number, components in enumerate([(PARSE, MATCH, DESK, repair), (repair, DESK, MATCH, PARSE)]):
        written = project(tmp_path / str(number), *components)
        assert written.rules_found_by("contracts") == set()
        rows = kept(written, "breaks")
        assert len(rows) == 2, rows
        assert all(row.startswith("results/") for row in rows)


INTAKE = {"id": "intake", "trigger": "message", "listens_to": "files", "writes": ["catalogue"], "publishes": ["next"]}
NORMALISE = {
    "id": "normalise",
    "trigger": "message",
    "listens_to": "next",
    "writes": ["catalogue"],
    "publishes": ["last"],
}
SHOW = {"id": "show", "trigger": "message", "listens_to": "last", "reads": ["catalogue"], "writes": ["shown"]}


@pytest.mark.parametrize("store", [{}, {"keeps": "latest"}, {"access": "objects"}, {"access": "relational"}], ids=str)
def test_an_id_takes_no_key_of_another_program(tmp_path: Path, store: Json) -> None:
    """The sender of a message chooses its id, which is a key of an object such as `files/a.csv` too."""
    written = project(tmp_path, INTAKE, NORMALISE, **store)
    assert written.rules_found_by("contracts") == set()
    # The id as the end of the key, whatever it begins with.
    path = "src/intake/store_catalogue.py"
    assert "key-taken" in rules_after(written, "contracts", path, 'place_of(item["id"])', 'item["id"]')


def test_what_has_such_an_id_is_found_by_it(tmp_path: Path) -> None:
    system = System(project(tmp_path, INTAKE, NORMALISE, SHOW).evidence)
    with (intake := system.programs["intake"]).running():
        intake.service.work({"id": "normalise/x", "amount": 1})
    with (show := system.programs["show"]).running():
        found = show.service.work({"id": "normalise/x"})
    assert found["catalogue"]["amount"] == 1
    assert found["id"] == "normalise/x"
