"""Deployment artifacts: the output of `sam build`, or the cloud assembly of a CDK app."""

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prove import tools
from prove.projects import SAM, Project
from prove.static import build
from prove.static.synth import TYPESCRIPT, typescript
from prove.tools import worker


def assembly(project: Project) -> Path:
    """Return the folder of the assembly of a CDK app, with its functions and their dependencies."""
    return tools.OUT / "assemblies" / project.case.name / project.target


def prepare(projects: Sequence[Project]) -> dict[Project, str]:
    """Build projects that no earlier tier has built, and bundle the functions of CDK apps; return the errors."""
    unbuilt = [
        project for project in projects if project.target == SAM and not (project.built / "template.yaml").exists()
    ]
    wrong = {}
    for result in build.run(unbuilt) if unbuilt else ():
        for finding in result.findings:
            wrong[result.case, result.target] = finding.message
    errors = {
        **_bundled([project for project in projects if project.target == "cdk-python"]),
        **_compiled([project for project in projects if project.target == TYPESCRIPT]),
    }
    for project, error in errors.items():
        if error:
            wrong[project.case.name, project.target] = error
    return {project: wrong[key] for project in projects if (key := (project.case.name, project.target)) in wrong}


def _bundled(apps: Sequence[Project]) -> dict[Project, str | None]:
    if not apps:
        return {}
    build.fetch(file for project in apps for file in project.folder.glob("src/*/requirements.txt"))
    jobs = {
        "nag": False,
        "bundle": True,
        "context": {"functionArchitecture": build.processor()},
        "apps": [[str(project.folder), str(assembly(project))] for project in apps],
    }
    wheels = {"PIP_FIND_LINKS": str(build.WHEELS), "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    errors = dict(worker.ask("cdk", "synth", jobs, env=wheels))
    return {project: errors[str(project.folder)] for project in apps}


def _compiled(apps: Sequence[Project]) -> dict[Project, str | None]:
    """Bundle the functions of apps in TypeScript with esbuild, as `cdk deploy` does."""
    if not apps:
        return {}
    context = json.dumps({"functionArchitecture": build.processor()})
    for project in apps:
        shutil.rmtree(assembly(project), ignore_errors=True)
        # The folder that `npm install` creates in a project, where the CDK looks for esbuild.
        (project.folder / "node_modules").symlink_to(tools.NODE / "node_modules")
    jobs = [[str(project.folder), str(assembly(project))] for project in apps]
    variables = {"PROVE_BUNDLE": "1", "PROVE_CONTEXT": context, "PATH": f"{_npx()}:{tools.NPM}:{os.environ['PATH']}"}
    errors = dict(typescript(jobs, variables))
    for project in apps:
        if (assembly(project) / "manifest.json").exists():
            _rename(project)
    return {project: errors.get(str(project.folder), "the process ended") for project in apps}


def _npx() -> Path:
    """Return a folder with node and a working command `npx`: that of the wheel does not find its own modules."""
    folder = tools.OUT / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    node = tools.node() / "node"
    real = tools.node().parent / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js"
    for name, words in (("node", f'"{node}"'), ("npx", f'"{node}" "{real}"')):
        (folder / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n', "utf-8")
        (folder / name).chmod(0o755)
    return folder


def stack_of(project: Project) -> str:
    """Return the name of the one stack of a CDK project."""
    (stack,) = _stacks(json.loads((assembly(project) / "manifest.json").read_text("utf-8")))
    name, artifact = stack
    return str(artifact["properties"].get("stackName", name))


def _stacks(manifest: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (key, artifact)
        for key, artifact in manifest["artifacts"].items()
        if artifact["type"] == "aws:cloudformation:stack"
    ]


def _rename(project: Project) -> None:
    """Rename the stack, since the stack of the same project in Python is in the same account."""
    file = assembly(project) / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    for name, artifact in _stacks(manifest):
        artifact["properties"]["stackName"] = f"{name}InTypeScript"
    file.write_text(json.dumps(manifest), "utf-8")
