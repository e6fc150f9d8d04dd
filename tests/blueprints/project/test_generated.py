"""What is generated runs: its own tests pass, they notice an emptied entry point, and its code is clean."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import rules
from prove.static import linters
from prove.static import test_assertions as assertions
from tests.blueprints.project import suites
from tests.conftest import Golden

Contents = dict[str, dict[str, bytes]]
RUNNER = str(Path(__file__).with_name("runner.py"))
PASSED = "suites/python.json"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
#: Components whose types are checked: together they hold every door, service and kind of adapter once.
TYPED = (
    "by-url", "by-alb", "web", "graph", "chat", "in-order", "on-change", "on-upload", "on-topic", "on-pipe", "steps",
    "adding", "job", "worker", "loop", "by-cache", "counting", "by-spread", "by-found",
    "booking",
)  # fmt: skip


def test_every_projects_own_tests_pass(
    project_contents: Contents, projects: dict[str, Path], run: Run, golden: Golden
) -> None:
    digests = suites.digests(project_contents)
    done = run(RUNNER, "suites", *(str(projects[name]) for name in suites.due(digests, PASSED)))
    assert done.returncode == 0, done.stdout + done.stderr
    golden(PASSED, suites.as_golden(digests))


def test_an_emptied_entry_point_fails_the_tests(projects: dict[str, Path], run: Run) -> None:
    done = run(RUNNER, "entries", *map(str, projects.values()))
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-4]) > 50, done.stdout


def test_every_test_claims_something(projects: dict[str, Path]) -> None:
    files = [str(path) for project in projects.values() for path in (project / "tests").glob("test_*.py")]
    assert [(path, row) for path, rows in assertions.tests(files) for row in rows] == []


def test_the_code_is_clean(projects: dict[str, Path], run: Run) -> None:
    """The proof checks the code of stories."""
    others = [project for name, project in projects.items() if name not in rules.STORIES]
    done = run("-m", "ruff", "check", "--no-cache", "--output-format=concise", *map(str, others))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("project_python")
def test_the_code_is_typed(projects: dict[str, Path]) -> None:
    project = projects["catalogue"]
    folders = [*(project / "src" / id for id in TYPED), *(project / id for id in ("tests", "integration", "scripts"))]
    found = dict(linters.types([str(folder) for folder in folders]))
    assert len(found) == len(folders)
    assert {folder: rows for folder, rows in found.items() if rows} == {}


@pytest.mark.usefixtures("lint_python")
def test_the_manifests_are_valid(projects: dict[str, Path]) -> None:
    """The proof validates the manifests of stories."""
    built = [project for name, project in projects.items() if name not in rules.STORIES]
    overlays = [str(overlay) for project in built for overlay in sorted(project.glob("kubernetes/overlays/*"))]
    assert {Path(overlay).name for overlay in overlays} == {"dev", "staging", "prod"}
    assert len(overlays) >= 9
    found = dict(linters.manifests(overlays))
    assert found == {overlay: [] for overlay in overlays}


def test_values_of_an_environment_are_in_its_manifests(projects: dict[str, Path], run: Run) -> None:
    kubectl = Path(run("-c", "import sys; print(sys.executable)").stdout.strip()).with_name("kubectl")
    overlays = [overlay for project in projects.values() for overlay in project.glob("kubernetes/overlays/*")]
    for overlay in overlays:
        made = subprocess.run([kubectl, "kustomize", overlay], capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        assert "set-by-the-overlay" not in made.stdout
