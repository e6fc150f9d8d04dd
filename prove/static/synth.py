"""Tier synth: CDK apps synthesized in one process, their templates checked like translated SAM.

The assembly, with the report of cdk-nag, stays in `built` of the project.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from prove.projects import Project
from prove.results import Result
from prove.static.linters import RowsByPath
from prove.static.reports import Ask, Paths, Reports
from prove.static.translate import check_templates
from prove.static.typescript import modules, placed
from prove.tools import OUT, tool
from prove.tools import run as command
from prove.tools.worker import ask

TIER = "synth"
TYPESCRIPT = "cdk-typescript"
Apps = list[list[str]]


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Synthesize CDK apps and judge the templates."""
    reports = Reports(TIER, projects)
    reports.gather_all(*(_request(target, reports) for target in _LANGUAGES))
    check_templates(reports)
    return reports.results()


def _request(target: str, reports: Reports) -> tuple[str, Paths, Ask]:
    by_folder = {str(project.folder): project for project in reports.findings if project.target == target}

    def folders(project: Project) -> list[Path]:
        return [project.folder] if project.target == target else []

    def ask(paths: list[str]) -> RowsByPath:
        return _synthesised([by_folder[path] for path in paths], _LANGUAGES[target])

    return "cdk synth", folders, ask


def _synthesised(projects: list[Project], synthesise: Callable[[Apps], Iterator[list[str]]]) -> RowsByPath:
    for project in projects:
        shutil.rmtree(project.built, ignore_errors=True)
    apps = [[str(project.folder), str(project.built)] for project in projects]
    errors = dict(synthesise(apps))
    for project in projects:
        error = errors[str(project.folder)]
        yield str(project.folder), [{"rule": "cdk-synth", "place": "", "message": error}] if error else []
        if not error:
            (template,) = project.built.glob("*.template.json")
            project.template.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(template, project.template)


def _python(apps: Apps) -> Iterator[list[str]]:
    yield from ask("cdk", "synth", {"nag": True, "bundle": False, "apps": apps})


def _typescript(apps: Apps) -> Iterator[list[str]]:
    yield from typescript(apps)


def typescript(apps: Apps, env: Mapping[str, str] | None = None) -> Iterator[list[str]]:
    """Synthesize apps in TypeScript; `env` is read by their driver."""
    modules()
    done = command([tool("node", "tsx"), placed("synth.ts")], cwd=OUT, stdin=json.dumps(apps), env=env)
    yield from (json.loads(line) for line in done.stdout.splitlines() if line.startswith("["))


_LANGUAGES: dict[str, Callable[[Apps], Iterator[list[str]]]] = {"cdk-python": _python, TYPESCRIPT: _typescript}
