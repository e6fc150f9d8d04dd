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
ENTRIES_NOTICED = "suites/entries.json"
TYPED_RIGHT = "suites/types.json"
MANIFESTS_VALID = "suites/manifests.json"
LEAST_EMPTIED = 20
LEAST_OVERLAYS = 3
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


def test_an_emptied_entry_point_fails_the_tests(
    project_contents: Contents, projects: dict[str, Path], run: Run, golden: Golden
) -> None:
    digests = suites.digests(project_contents)
    done = run(RUNNER, "entries", *(str(projects[name]) for name in suites.due(digests, ENTRIES_NOTICED)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-4]) > LEAST_EMPTIED, done.stdout
    golden(ENTRIES_NOTICED, suites.as_golden(digests))


def test_every_test_claims_something(projects: dict[str, Path]) -> None:
    files = [str(path) for project in projects.values() for path in (project / "tests").glob("test_*.py")]
    assert [(path, row) for path, rows in assertions.tests(files) for row in rows] == []


def test_the_code_is_clean(projects: dict[str, Path], run: Run) -> None:
    """The proof checks the code of stories."""
    others = [project for name, project in projects.items() if name not in rules.STORIES]
    done = run("-m", "ruff", "check", "--no-cache", "--output-format=concise", *map(str, others))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("project_python")
def test_the_code_is_typed(projects: dict[str, Path], project_contents: Contents, golden: Golden) -> None:
    project = projects["catalogue"]
    folders = [*(f"src/{id}" for id in TYPED), "tests", "integration", "scripts"]
    digests = suites.digests({folder: _of_folder(project_contents["catalogue"], folder) for folder in folders})
    due = [str(project / folder) for folder in suites.due(digests, TYPED_RIGHT)]
    assert dict(linters.types(due)) == {folder: [] for folder in due}
    golden(TYPED_RIGHT, suites.as_golden(digests))


def _of_folder(project: dict[str, bytes], folder: str) -> dict[str, bytes]:
    """Return the files of a folder, and those that say with which packages and settings its types are checked."""
    return {path: content for path, content in project.items() if path.startswith(f"{folder}/") or "/" not in path}


@pytest.mark.usefixtures("lint_python")
def test_the_manifests_are_valid(projects: dict[str, Path], project_contents: Contents, golden: Golden) -> None:
    """The proof validates the manifests of stories."""
    others = {name: files for name, files in project_contents.items() if name not in rules.STORIES}
    manifests = {name: _of_folder(files, "kubernetes") for name, files in others.items() if _overlays(projects[name])}
    assert {Path(overlay).name for name in manifests for overlay in _overlays(projects[name])} == {
        "dev", "staging", "prod",
    }  # fmt: skip
    digests = suites.digests(manifests)
    due = [overlay for name in suites.due(digests, MANIFESTS_VALID) for overlay in _overlays(projects[name])]
    assert len(due) >= LEAST_OVERLAYS
    assert dict(linters.manifests(due)) == {overlay: [] for overlay in due}
    golden(MANIFESTS_VALID, suites.as_golden(digests))


def _overlays(project: Path) -> list[str]:
    return [str(overlay) for overlay in sorted(project.glob("kubernetes/overlays/*"))]


def test_values_of_an_environment_are_in_its_manifests(projects: dict[str, Path], run: Run) -> None:
    kubectl = Path(run("-c", "import sys; print(sys.executable)").stdout.strip()).with_name("kubectl")
    overlays = [overlay for project in projects.values() for overlay in project.glob("kubernetes/overlays/*")]
    for overlay in overlays:
        made = subprocess.run([kubectl, "kustomize", overlay], capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        assert "set-by-the-overlay" not in made.stdout
