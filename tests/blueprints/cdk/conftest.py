"""What the tests of the CDK target share: projects of all stories, synthesised once in one process."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor.design import Design
from blueprints import cdk
from blueprints.plan import Plan, plan_for

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PYTHON = ROOT / ".venv-cdk" / "bin" / "python"
Json = dict[str, Any]


@pytest.fixture(scope="session")
def plans(designs: Mapping[str, Design]) -> dict[str, Plan]:
    return {name: plan_for(design) for name, design in designs.items()}


@pytest.fixture(scope="session")
def sources(plans: Mapping[str, Plan]) -> dict[str, dict[str, bytes]]:
    return {name: cdk.files(plan, "en") for name, plan in plans.items()}


def write(folder: Path, plan: Plan, files: Mapping[str, bytes]) -> None:
    """Write a project's infrastructure, with a stand-in for each program's code."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    for program in plan.programs:
        code = folder / program.directory
        code.mkdir(parents=True, exist_ok=True)
        (code / "app.py").write_text('"""Stand-in."""\n')
        (code / "Dockerfile").write_text("FROM scratch\n")


def synthesise(projects: Path, outputs: Path) -> dict[str, Json]:
    """Synthesise every project of a folder; what one comes to, or the error that it ended with."""
    shutil.rmtree(outputs, ignore_errors=True)
    run = subprocess.run([PYTHON, HERE / "synth.py", projects, outputs], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-4000:]
    found: dict[str, Json] = {}
    for project in sorted(projects.iterdir()):
        error = outputs / f"{project.name}.error"
        assert not error.exists(), f"{project.name}: {error.read_text()[-3000:]}"
        (template,) = (outputs / project.name).glob("*.template.json")
        found[project.name] = json.loads(template.read_text())
    return found


@pytest.fixture(scope="session")
def needs_cdk() -> None:
    if not PYTHON.exists():
        pytest.fail("There is no .venv-cdk with aws-cdk-lib; `make test` makes it.")


@pytest.fixture(scope="session")
def stacks(
    needs_cdk: None,
    tmp_path_factory: pytest.TempPathFactory,
    plans: Mapping[str, Plan],
    sources: Mapping[str, dict[str, bytes]],
) -> dict[str, Json]:
    """The template of every story."""
    folder = tmp_path_factory.mktemp("cdk")
    for name, files in sources.items():
        write(folder / "projects" / name, plans[name], files)
    return synthesise(folder / "projects", folder / "out")
