"""Reports of tools about many files, grouped by project."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from prove.projects import Project
from prove.results import Finding, Result
from prove.static.evidence import evidence_of
from prove.static.suppressions import result_of

Row = Mapping[str, str]
Rows = Mapping[str, Sequence[Row]]
Ask = Callable[[list[str]], Iterable[tuple[str, Sequence[Row]]]]
Paths = Callable[[Project], Iterable[Path]]
#: A tool usually uses one core, and the proof has two.
AT_ONCE = 2


class Reports:
    """The findings of a tier, by project; a project without findings has an entry too."""

    def __init__(self, tier: str, projects: Iterable[Project]) -> None:
        self.tier = tier
        self.findings: dict[Project, list[Finding]] = {project: [] for project in projects}

    def gather(self, tool: str, paths: Paths, ask: Ask) -> None:
        """Run a tool on the files of all projects; a tool that fails, or omits files, is a finding of each project."""
        self.gather_all((tool, paths, ask))

    def gather_all(self, *requests: tuple[str, Paths, Ask]) -> None:
        """Run independent tools, two at a time; findings keep the order of the requests."""
        owners = [
            {str(path): project for project in self.findings for path in paths(project)} for _, paths, _ in requests
        ]
        with ThreadPoolExecutor(AT_ONCE) as executor:
            answers = list(
                executor.map(_rows_by_path, [list(owned) for owned in owners], [ask for _, _, ask in requests])
            )
        for (tool, _, _), owned, answered in zip(requests, owners, answers, strict=True):
            self._sort(tool, owned, answered)

    def _sort(self, tool: str, owners: Mapping[str, Project], answers: Rows) -> None:
        for path, project in owners.items():
            file = Path(path)
            inside = file.relative_to(project.folder) if file.is_relative_to(project.folder) else Path(file.name)
            resources = _resources(file)
            for row in answers[path]:
                self._add(tool, project, str(inside), row, resources)

    def _add(self, tool: str, project: Project, file: str, row: Row, resources: Mapping[str, Any]) -> None:
        tool, within = row.get("tool", tool), row.get("place", "")
        resource: Mapping[str, Any] = next(
            (resources[part] for part in re.split(r"[/\[]", within) if part in resources), {}
        )
        place = ": ".join(filter(None, (file, within)))
        place += evidence_of(tool, row["rule"], resource.get("Properties", {}), _settings(project, resource))
        type = row.get("type") or resource.get("Type", "")
        case, target = project.case.name, project.target
        self.findings[project].append(
            Finding(
                self.tier, case, target, place=place, message=row["message"], tool=tool, rule=row["rule"], type=type
            )
        )

    def results(self) -> Iterator[Result]:
        """Yield the result of each project, without suppressed findings."""
        for project, findings in self.findings.items():
            yield result_of(self.tier, project, findings)


def _rows_by_path(paths: list[str], ask: Ask) -> Rows:
    """Return the rows of each path; a path without a result of the tool gets a row that states this."""
    if not paths:
        return {}
    try:
        answers = dict(ask(paths))
    except Exception as error:
        answers, broken = {}, f"{type(error).__name__}: {error}"[:2000]
    else:
        broken = "It said nothing about this file."
    silent = {path: [{"rule": "broken", "place": "", "message": broken}] for path in paths if path not in answers}
    return answers | silent


def _settings(project: Project, resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of the node that the metadata of a resource names."""
    owner = resource.get("Metadata", {}).get("Advisor", {}).get("node")
    return next((node.settings for node in project.case.plan.architecture.nodes if node.id == owner), {})


def _resources(template: Path) -> dict[str, Any]:
    """Return the resources of a template in JSON; nothing for other files."""
    if not template.name.endswith(".template.json"):
        return {}
    resources: dict[str, Any] = json.loads(template.read_text("utf-8")).get("Resources", {})
    return resources
