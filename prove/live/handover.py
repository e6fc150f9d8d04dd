"""What is handed to a deployment: what `sam build` makes of a project, or the cloud assembly of its CDK app."""

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
    """Return where the assembly of a CDK app is that holds its functions with what they require."""
    return tools.OUT / "assemblies" / project.case.name / project.target


def prepare(projects: Sequence[Project]) -> dict[Project, str]:
    """Build what no tier before has built, and bundle the functions of CDK apps; return what went wrong."""
    unbuilt = [one for one in projects if one.target == SAM and not (one.built / "template.yaml").exists()]
    wrong = {}
    for one in build.run(unbuilt) if unbuilt else ():
        for found in one.findings:
            wrong[one.case, one.target] = found.message
    made = {
        **_bundled([one for one in projects if one.target == "cdk-python"]),
        **_compiled([one for one in projects if one.target == TYPESCRIPT]),
    }
    for project, error in made.items():
        if error:
            wrong[project.case.name, project.target] = error
    return {one: wrong[key] for one in projects if (key := (one.case.name, one.target)) in wrong}


def _bundled(apps: Sequence[Project]) -> dict[Project, str | None]:
    if not apps:
        return {}
    build.fetch(file for project in apps for file in project.folder.glob("src/*/requirements.txt"))
    jobs = {
        "nag": False,
        "bundle": True,
        "context": {"functionArchitecture": build.processor()},
        "apps": [[str(one.folder), str(assembly(one))] for one in apps],
    }
    wheels = {"PIP_FIND_LINKS": str(build.WHEELS), "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    said = dict(worker.ask("cdk", "synth", jobs, env=wheels))
    return {one: said[str(one.folder)] for one in apps}


def _compiled(apps: Sequence[Project]) -> dict[Project, str | None]:
    """Let esbuild make the functions of apps in TypeScript, as `cdk deploy` does."""
    if not apps:
        return {}
    context = json.dumps({"functionArchitecture": build.processor()})
    for one in apps:
        shutil.rmtree(assembly(one), ignore_errors=True)
        # What `npm install` leaves in a project: esbuild is looked for there.
        (one.folder / "node_modules").symlink_to(tools.NODE / "node_modules")
    jobs = [[str(one.folder), str(assembly(one))] for one in apps]
    variables = {"PROVE_BUNDLE": "1", "PROVE_CONTEXT": context, "PATH": f"{_npx()}:{tools.NPM}:{os.environ['PATH']}"}
    said = dict(typescript(jobs, variables))
    for one in apps:
        if (assembly(one) / "manifest.json").exists():
            _rename(one)
    return {one: said.get(str(one.folder), "the process ended") for one in apps}


def _npx() -> Path:
    """Return a folder with node and a command `npx` that works: that of the wheel does not find the rest of itself."""
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
    return [(key, one) for key, one in manifest["artifacts"].items() if one["type"] == "aws:cloudformation:stack"]


def _rename(project: Project) -> None:
    """Give the stack another name than that of the same project in Python, which stands in the same account."""
    file = assembly(project) / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    for name, artifact in _stacks(manifest):
        artifact["properties"]["stackName"] = f"{name}InTypeScript"
    file.write_text(json.dumps(manifest), "utf-8")
