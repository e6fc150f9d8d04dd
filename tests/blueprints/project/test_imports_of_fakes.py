"""The tests of a project and their fakes import in the order that its linter checks, whatever they combine."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files
from tests.blueprints.project.conftest import write


def test_the_fakes_of_a_database_and_of_mails_are_clean_together(book: Book, tmp_path: Path) -> None:
    api = {"id": "api", "trigger": "request", "authentication": "sign-up", "reads": ["db"], "writes": ["db"]}
    requirements = {
        "components": [{**api, "publishes": ["mails"]}],
        "channels": [{"id": "mails", "carries": "work", "destinations": [{"kind": "customer-email"}]}],
        "stores": [{"id": "db", "access": "relational", "shape": "spiky"}],
    }
    files = written_for(requirements, book)
    fakes = files["tests/fakes.py"].decode()
    assert "from botocore.validate" in fakes
    assert "from moto.ses" in fakes
    assert_clean(files, "tests/fakes.py", tmp_path)


def test_the_test_of_a_durable_function_that_sends_events_is_clean(book: Book, tmp_path: Path) -> None:
    work = {"id": "work", "trigger": "schedule", "reads": ["data"], "writes": ["data"], "publishes": ["done"]}
    requirements = {
        "components": [
            {**work, "pins": {"compute": "lambda-durable"}},
            {"id": "after", "trigger": "message", "listens_to": "done", "writes": ["data"]},
        ],
        "channels": [{"id": "done", "carries": "records", "pins": {"messaging": "eventbridge-bus"}}],
        "stores": [{"id": "data"}],
    }
    files = written_for(requirements, book)
    tested = files["tests/test_work.py"].decode()
    assert "from botocore.exceptions" in tested
    assert "from aws_durable_execution_sdk_python_testing" in tested
    assert_clean(files, "tests/test_work.py", tmp_path)


def written_for(requirements: dict[str, Any], book: Book) -> Mapping[str, bytes]:
    plan = plan_for(advise(make_requirements(requirements), book))
    return project_files(plan, "sam", "en", permissions_of(plan))


def assert_clean(files: Mapping[str, bytes], path: str, folder: Path) -> None:
    kept = {name: files[name] for name in (path, "tests/fakes.py", "pyproject.toml")}
    project = write(kept, folder / "project")
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "All checks passed!\n")
