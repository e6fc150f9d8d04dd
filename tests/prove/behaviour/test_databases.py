"""The check of databases: each fault that it names is planted and found, and sound projects have none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from prove.behaviour.databases import patience_of
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

REQUIREMENTS = Path("tests/blueprints/requirements")
Resources = dict[str, Any]


def answers(name: str) -> dict[str, Any]:
    """Return the answers of a story, or of a file of the blueprints' tests."""
    file = REQUIREMENTS / f"{name}.yaml"
    return {"schema": 2, **yaml.safe_load(file.read_text("utf-8"))} if file.exists() else story(name)


def written(name: str, folder: Path) -> WrittenProject:
    return write_project(answers(name), folder / "project")


@pytest.mark.parametrize(
    "name", ["relational-web-app", "rds-container", "rds-pooled", "dsql-container", "dsql-regions", "scheduled-batch"]
)
def test_sound_projects_have_no_problem(name: str, tmp_path: Path) -> None:
    assert written(name, tmp_path).rules_found_by("databases") == set()


def of_type(resources: Resources, type: str) -> dict[str, Any]:
    """Return the properties of the first resource of a type."""
    properties: dict[str, Any] = next(one["Properties"] for one in resources.values() if one["Type"] == type)
    return properties


def _secret_for_program(resources: Resources) -> None:
    variables = of_type(resources, "AWS::Lambda::Function")["Environment"]["Variables"]
    variables["BOOKINGS_SECRET_ARN"] = {"Fn::GetAtt": ["BookingsDatabase", "MasterUserSecret.SecretArn"]}


def _unprotected(resources: Resources) -> None:
    of_type(resources, "AWS::RDS::DBCluster")["DeletionProtection"] = False


def _lost_with_the_stack(resources: Resources) -> None:
    cluster = next(one for one in resources.values() if one["Type"] == "AWS::RDS::DBCluster")
    cluster["DeletionPolicy"] = "Delete"


def _short_timeout(resources: Resources) -> None:
    of_type(resources, "AWS::Lambda::Function")["Timeout"] = 10


def _short_integration(resources: Resources) -> None:
    of_type(resources, "AWS::ApiGatewayV2::Integration")["TimeoutInMillis"] = 10000


@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        (_secret_for_program, {"master-user"}),
        (_unprotected, {"not-protected"}),
        (_lost_with_the_stack, {"not-kept"}),
        (_short_timeout, {"ends-before-it-wakes"}),
        (_short_integration, {"ends-before-it-wakes"}),
    ],
)
def test_a_fault_of_the_template_is_found(fault: Callable[[Resources], None], rules: set[str], tmp_path: Path) -> None:
    project = written("relational-web-app", tmp_path)
    project.plant(fault)
    assert project.rules_found_by("databases") == rules


def test_a_cluster_without_a_reader_is_found_where_availability_requires_one(tmp_path: Path) -> None:
    given = answers("relational-web-app")
    given["workload"] = {**given.get("workload", {}), "availability_percent": 99.9}
    project = write_project(given, tmp_path / "project")
    assert project.rules_found_by("databases") == set()
    project.plant(lambda resources: resources.pop("BookingsDatabaseReader"))
    assert project.rules_found_by("databases") == {"no-standby"}


def _connects_as_anybody(resources: Resources) -> None:
    for resource in resources.values():
        for policy in (
            resource.get("Properties", {}).get("Policies", ()) if resource["Type"] == "AWS::IAM::Role" else ()
        ):
            for statement in policy["PolicyDocument"]["Statement"]:
                if statement["Action"] == "rds-db:connect":
                    statement["Resource"] = "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-1/*"


def _migrations_by_schedule(resources: Resources) -> None:
    target = {"Arn": {"Fn::GetAtt": ["OrdersRdsMigrations", "Arn"]}, "RoleArn": "arn:aws:iam::123456789012:role/r"}
    schedule = {"ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target}
    resources["Hourly"] = {"Type": "AWS::Scheduler::Schedule", "Properties": schedule}


@pytest.mark.parametrize("fault", [_connects_as_anybody, _migrations_by_schedule])
def test_a_way_in_as_the_master_user_is_found(fault: Callable[[Resources], None], tmp_path: Path) -> None:
    project = written("rds-pooled", tmp_path)
    project.plant(fault)
    assert project.rules_found_by("databases") == {"master-user"}


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (
            "src/app/store_bookings.py",
            "INSERT INTO",
            "CREATE TABLE IF NOT EXISTS t (); INSERT INTO",
            "schema-at-run-time",
        ),
        ("migrations/bookings/0001_create_bookings_items.sql", "bookings_items", "other_items", "no-migration"),
        ("migrations/bookings/grants.sql", "TO app_bookings", "TO PUBLIC", "no-role"),
        ("Makefile", "$(STEP) migrate", "$(STEP) outputs", "migrations-not-run"),
        ("Makefile", "$(STEP) prepare", "$(STEP) outputs", "migrations-late"),
        ("Makefile", "stack.py deletable", "stack.py outputs", "protection-unsaid"),
        ("src/app/store_bookings.py", "(1, 2, 3, 4, 5, 5)", "(1, 2)", "gives-up-early"),
    ],
)
def test_a_fault_of_a_file_is_found(file: str, old: str, new: str, rule: str, tmp_path: Path) -> None:
    project = written("relational-web-app", tmp_path)
    path = project.evidence.folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert project.rules_found_by("databases") == {rule}


def test_a_reader_that_may_write_is_found(tmp_path: Path) -> None:
    project = written("rds-container", tmp_path)
    path = project.evidence.folder / "migrations/ledger/grants.sql"
    text = path.read_text("utf-8")
    assert "GRANT SELECT ON ledger_items TO nightly_ledger" in text
    path.write_text(text.replace("GRANT SELECT ON", "GRANT SELECT, DELETE ON"), "utf-8")
    assert project.rules_found_by("databases") == {"reader-may-write"}


def test_the_waits_of_a_module_in_typescript_are_read() -> None:
    source = "const WAITS_MS = [1000, 2000, 30_000];"
    assert patience_of(source, 30, typescript=True) == 33
    assert patience_of(source, 40, typescript=True) is None
