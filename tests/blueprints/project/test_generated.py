"""What is generated runs: its own tests pass, they notice an emptied entry point, and its code is clean."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from prove.static import test_assertions as assertions

RUNNER = str(Path(__file__).with_name("runner.py"))
Run = Callable[..., "subprocess.CompletedProcess[str]"]
#: Components whose types are checked: together they hold every door, service and kind of adapter once.
TYPED = (
    "by-url", "by-alb", "web", "graph", "chat", "in-order", "on-change", "on-upload", "on-topic", "on-pipe", "steps",
    "adding", "job", "worker", "loop", "by-cache", "counting", "by-spread", "by-found",
    "booking",
)  # fmt: skip


def test_every_storys_own_tests_pass(projects: dict[str, Path], run: Run) -> None:
    done = run(RUNNER, "suites", *map(str, projects.values()))
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_emptied_entry_point_fails_the_tests(projects: dict[str, Path], run: Run) -> None:
    done = run(RUNNER, "entries", *map(str, projects.values()))
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-4]) > 50, done.stdout


def test_every_test_claims_something(projects: dict[str, Path]) -> None:
    files = [str(path) for project in projects.values() for path in (project / "tests").glob("test_*.py")]
    assert [(path, row) for path, rows in assertions.tests(files) for row in rows] == []


def test_the_code_is_clean(projects: dict[str, Path], run: Run) -> None:
    for project in projects.values():
        done = run("-m", "ruff", "check", "--no-cache", "--output-format=concise", ".", cwd=project)
        assert done.returncode == 0, f"{project.name}\n{done.stdout}{done.stderr}"


def test_the_code_is_typed(projects: dict[str, Path], run: Run, tmp_path: Path) -> None:
    project = projects["catalogue"]
    for folder in [
        *(project / "src" / id for id in TYPED),
        project / "tests",
        project / "integration",
        project / "scripts",
    ]:
        done = run(
            "-m",
            "mypy",
            "--config-file",
            str(project / "pyproject.toml"),
            f"--cache-dir={tmp_path / 'types'}",
            ".",
            cwd=folder,
        )
        assert done.returncode == 0, f"{folder.name}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_the_manifests_are_valid(projects: dict[str, Path], run: Run, tmp_path: Path, environment: str) -> None:
    kubectl = Path(run("-c", "import sys; print(sys.executable)").stdout.strip()).with_name("kubectl")
    built = [name for name, project in projects.items() if (project / "kubernetes").exists()]
    assert len(built) >= 3
    for name in built:
        overlay = projects[name] / "kubernetes" / "overlays" / environment
        made = subprocess.run([kubectl, "kustomize", overlay], capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        assert "set-by-the-overlay" not in made.stdout
        manifest = tmp_path / f"{name}.yaml"
        manifest.write_text(made.stdout)
        checked = run("-m", "kubernetes_validate", "--strict", "-k", "1.36", str(manifest))
        said = (checked.stdout + checked.stderr).splitlines()
        unknown = [line for line in said if "passed for resource" not in line]
        # Only AWS's own kinds have no schema here.
        own = (
            " SecurityGroupPolicy ",
            " TargetGroupBinding ",
            " NodePool ",
            " ScaledObject ",
            " TriggerAuthentication ",
        )
        assert all(any(kind in line for kind in own) for line in unknown), unknown
        assert checked.returncode == 0
