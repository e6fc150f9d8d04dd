"""The fakes of a project's tests import in the order that its linter checks, whatever it combines."""

import subprocess
import sys
from pathlib import Path

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
    plan = plan_for(advise(make_requirements(requirements), book))
    files = project_files(plan, "sam", "en", permissions_of(plan))
    fakes = files["tests/fakes.py"].decode()
    assert "from botocore.validate" in fakes
    assert "from moto.ses" in fakes
    kept = {path: files[path] for path in ("tests/fakes.py", "pyproject.toml")}
    project = write(kept, tmp_path / "project")
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "All checks passed!\n")
