"""Stores that keep all records: a message that leaves no row, a redelivery that leaves one, and records that callers miss are found."""

from pathlib import Path

import pytest
import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from prove.behaviour.contracts import typed_histories
from prove.behaviour.evidence import Evidence
from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

REQUIREMENTS = Path("tests/blueprints/requirements/write-with-histories.yaml")
EACH = '"id": event_id.of(message), "owner"'
REPLACED = 'store_history.table.put_item(Item={"pk": about, '
#: A fault: the file, what is replaced in it and by what, and the rule that finds it.
FAULTS = {
    "in place of the one before": ("positions/service.py", "store_history.put_once({", REPLACED, "record-not-kept"),
    "under the key of the item": ("positions/service.py", EACH, '"owner"', "record-not-kept"),
    "under the key of the item, in a database": ("repairs/service.py", EACH, '"owner"', "record-not-kept"),
    "under the id of the message, which names the entity": (
        "positions/service.py", EACH, '"id": message["id"], "owner"', "record-not-kept",
    ),
    "nothing": ("repairs/service.py", "store_works.put_once(", "dict(", "record-not-kept"),
    "a row for each delivery": ("repairs/service.py", EACH, '"id": __import__("secrets").token_hex(8), "owner"', "record-repeated"),
    "under the owner of the item": ("positions/service.py", 'f"about:{about}"', 'result["owner"]', "record-not-shown"),
    "looked up by another key": ("fleet-api/service.py", 'works.owned_by(f"about:{id}")', "works.owned_by(id)", "record-not-shown"),
    "looked up and left out": ("fleet-api/service.py", 'item["history"] = ', "", "record-not-shown"),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    asked = yaml.safe_load(REQUIREMENTS.read_text("utf-8"))
    return write_project(asked, tmp_path_factory.mktemp("histories") / "project")


def test_a_history_has_a_row_of_each_message(project: WrittenProject) -> None:
    assert project.rules_found_by("contracts") == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_lost_or_repeated_record_is_found(fault: str, project: WrittenProject) -> None:
    path, find, put, rule = FAULTS[fault]
    assert rule in rules_after(project, "contracts", f"src/{path}", find, put)


@pytest.mark.parametrize("writes", [["history"], ["state", "history"]])
def test_a_history_of_steps_is_shown_with_the_items_that_are_found(writes: list[str], tmp_path: Path) -> None:
    own = [] if "state" in writes else ["state"]
    asked = {
        "schema": 2,
        "components": [
            {"id": "worker", "listens_to": "jobs", "steps": 3, "retries": True, "longest_run_s": 5, "writes": writes},
            {
                "id": "api", "trigger": "request", "authentication": "sign-up",
                "reads": ["state", "history"], "writes": own, "publishes": ["jobs"] if own else [],
            },
        ],
        "channels": [{"id": "jobs", "carries": "work"}],
        "stores": [{"id": "state"}, {"id": "history", "keeps": "all"}],
    }  # fmt: skip
    written = write_project(asked, tmp_path / "project")
    assert written.rules_found_by("contracts") == set()


EACH_TYPED = "id: eventId.of(message), owner"
#: The same faults of programs in TypeScript.
TYPED = {
    "under the key of the item": ("positions/service.ts", EACH_TYPED, "owner", "record-not-kept"),
    "under the key of the item, in a database": ("repairs/service.ts", EACH_TYPED, "owner", "record-not-kept"),
    "nothing": ("repairs/service.ts", "await storeWorks.putOnce(", "void (", "record-not-kept"),
    "a row for each delivery": (
        "repairs/service.ts", EACH_TYPED, "id: String(process.hrtime.bigint()), owner", "record-repeated",
    ),
    "under the owner of the item": ("positions/service.ts", "`about:${about}`", "result.owner", "record-not-shown"),
    "looked up by another key": ("fleet-api/service.ts", "Works.ownedBy(`about:${id}`)", "Works.ownedBy(id)", "record-not-shown"),
    "looked up and left out": ("fleet-api/service.ts", "item.history = ", "", "record-not-shown"),
}  # fmt: skip


@pytest.fixture(scope="module")
def typed(project: WrittenProject, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The programs of the project in TypeScript, with the template of those in Python: what starts them is the same."""
    asked = yaml.safe_load(REQUIREMENTS.read_text("utf-8"))
    asked["components"] = [{**one, "language": "nodejs"} for one in asked["components"]]
    design, folder = advise(make_requirements(asked), rules.load_book()), tmp_path_factory.mktemp("typed")
    extras = {"requirements.yaml": (project.evidence.folder / "requirements.yaml").read_bytes()}
    for path, content in blueprints.build(design, "cdk-typescript", lang="en", extras=extras).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return Evidence(folder, project.evidence.template_file, project.evidence.built, "cdk-typescript")


@pytest.mark.usefixtures("node_modules")
def test_a_history_of_programs_in_typescript_has_a_row_of_each_message(typed: Evidence) -> None:
    assert list(typed_histories.check(typed)) == []


@pytest.mark.usefixtures("node_modules")
@pytest.mark.parametrize("fault", TYPED)
def test_a_lost_or_repeated_record_of_programs_in_typescript_is_found(fault: str, typed: Evidence) -> None:
    path, find, put, rule = TYPED[fault]
    file = typed.folder / "src" / path
    before = file.read_text("utf-8")
    assert find in before
    file.write_text(before.replace(find, put, 1), "utf-8")
    try:
        assert rule in {problem.rule for problem in typed_histories.check(typed)}
    finally:
        file.write_text(before, "utf-8")
