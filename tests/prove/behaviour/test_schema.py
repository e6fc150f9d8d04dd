"""The check `schema`: programs ask their databases for what is there, and each thing that is not is found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.sam_projects import write_project
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK, NAME = "schema", "relational-web-app"
MADE, GRANTS = "migrations/bookings/0001_create_bookings_items.sql", "migrations/bookings/grants.sql"
STORE, PROGRAM = "src/app/store_bookings.py", "scripts/databases.py"


def test_a_sound_project_has_no_problem(stories: Stories) -> None:
    assert stories.project(NAME).rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("path", "find", "put", "rule"),
    [
        (MADE, "  item jsonb NOT NULL", "  document jsonb NOT NULL", "no-column"),
        (MADE, "CREATE INDEX IF NOT EXISTS bookings_items_owner ON bookings_items (owner, id);", "", "unindexed"),
        (GRANTS, "INSERT, UPDATE, DELETE ON", "INSERT, UPDATE ON", "not-granted"),
        (GRANTS, "GRANT USAGE", "GRANT rds_superuser TO app_bookings;\nGRANT USAGE", "wide-grant"),
        (STORE, "ORDER BY id LIMIT", "LIMIT", "unordered-pages"),
        (PROGRAM, 'sorted(folder.glob("[0-9]*.sql"))', 'folder.glob("[0-9]*.sql")', "migrations-unordered"),
        (PROGRAM, "self.run(statement, id)", "self.run(statement)", "migrations-apart"),
        (PROGRAM, "            self.rds.rollback_transaction(**ends)\n", "", "migrations-apart"),
        (PROGRAM, 'self.run("LOCK TABLE schema_migrations IN EXCLUSIVE MODE", id)', "pass", "migrations-race"),
    ],
)
def test_a_fault_of_a_file_is_found(stories: Stories, path: str, find: str, put: str, rule: str) -> None:
    assert rules_after(stories.project(NAME), CHECK, path, find, put) == {rule}


def no_api(resources: Resources) -> None:
    one_of(resources, "AWS::RDS::DBCluster")["EnableHttpEndpoint"] = False


def few_backups(resources: Resources) -> None:
    one_of(resources, "AWS::RDS::DBCluster")["BackupRetentionPeriod"] = 1


@pytest.mark.parametrize(("fault", "rule"), [(no_api, "no-data-api"), (few_backups, "few-backups")])
def test_a_fault_of_the_template_is_found(stories: Stories, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project(NAME), CHECK, fault) == {rule}


#: A worker sets its result in the items of callers, in a column that a migration of its own adds.
SETTING: dict[str, Any] = {
    "schema": 2,
    "title": "Setting",
    "components": [
        {"id": "api", "title": "API", "trigger": "request", "reads": ["ledger"], "writes": ["ledger"],
         "publishes": ["booked"]},
        {"id": "work", "title": "Work", "trigger": "message", "listens_to": "booked", "writes": ["ledger"]},
    ],
    "channels": [{"id": "booked", "title": "Booked"}],
    "stores": [{"id": "ledger", "title": "Ledger", "access": "relational"}],
}  # fmt: skip
ADDED = "migrations/ledger/0002_add_work_result.sql"


@pytest.mark.parametrize("store", ["aurora-serverless", "aurora-dsql"])
def test_a_column_that_a_later_migration_adds_is_there(store: str, tmp_path: Path) -> None:
    stores = [{**SETTING["stores"][0], "pins": {"store": store}}]
    project = write_project({**SETTING, "stores": stores}, tmp_path / "setting")
    assert project.rules_found_by(CHECK) == set()
    assert rules_after(project, CHECK, ADDED, "ADD COLUMN IF NOT EXISTS", "DROP COLUMN IF EXISTS") == {"no-column"}
    # Only the program that sets a column updates it.
    changed = rules_after(project, CHECK, "src/work/store_ledger.py", "SET work_result", "SET another_result")
    assert changed == {"no-column"}


def test_migrations_are_run_beside_a_database_with_a_driver(tmp_path: Path) -> None:
    """The program that applies migrations imports the driver of Aurora DSQL, which is not installed here."""
    stores = [{**SETTING["stores"][0], "pins": {"store": "aurora-serverless"}}]
    stores.append({"id": "books", "title": "Books", "access": "relational", "pins": {"store": "aurora-dsql"}})
    components = [{**SETTING["components"][0], "reads": ["ledger", "books"]}, SETTING["components"][1]]
    project = write_project({**SETTING, "components": components, "stores": stores}, tmp_path / "both")
    assert "import pg8000" in (project.evidence.folder / PROGRAM).read_text("utf-8")
    assert project.rules_found_by(CHECK) == set()
    # The role in a database that is only read needs no more than that.
    grants = "migrations/ledger/grants.sql"
    assert rules_after(project, CHECK, grants, "INSERT, UPDATE, DELETE ON", "INSERT, UPDATE ON") == {"not-granted"}
    fault = ("self.run(statement, id)", "self.run(statement)")
    assert rules_after(project, CHECK, PROGRAM, *fault) == {"migrations-apart"}
