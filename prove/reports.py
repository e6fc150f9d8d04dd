"""What tools say about many files, sorted by the project that each file is of."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from prove.projects import Project
from prove.results import Finding, Result
from prove.suppressions import judged

Row = Mapping[str, str]
Ask = Callable[[list[str]], Iterable[tuple[str, Sequence[Row]]]]


class Reports:
    """The findings of a tier, by project; every project has an entry, so that silence is a result too."""

    def __init__(self, tier: str, projects: Iterable[Project]) -> None:
        self.tier = tier
        self.found: dict[Project, list[Finding]] = {project: [] for project in projects}

    def gather(self, tool: str, paths: Callable[[Project], Iterable[Path]], ask: Ask) -> None:
        """Ask a tool about files of all projects at once; RuntimeError when it does not answer for each of them."""
        owners = {str(path): project for project in self.found for path in paths(project)}
        if not owners:
            return
        answers = dict(ask(list(owners)))
        if owners.keys() - answers.keys():
            raise RuntimeError(f"{tool} said nothing about {sorted(owners.keys() - answers.keys())[:3]}")
        for path, project in owners.items():
            file = Path(path)
            inside = file.relative_to(project.folder) if file.is_relative_to(project.folder) else Path(file.name)
            types = _types(file)
            for row in answers[path]:
                self._add(tool, project, str(inside), row, types)

    def _add(self, tool: str, project: Project, file: str, row: Row, types: Mapping[str, str]) -> None:
        place = ": ".join(filter(None, (file, row.get("place", ""))))
        type = row.get("type") or next((types[part] for part in row.get("place", "").split("/") if part in types), "")
        case, target = project.case.name, project.target
        self.found[project].append(Finding(self.tier, case, target, place, row["message"], tool, row["rule"], type))

    def results(self) -> Iterator[Result]:
        """Give the result of each project, without what is suppressed."""
        for project, found in self.found.items():
            yield judged(self.tier, project, found)


def _types(template: Path) -> dict[str, str]:
    """Return the type of each resource of a template in JSON; nothing for other files."""
    if not template.name.endswith(".template.json"):
        return {}
    resources: dict[str, Any] = json.loads(template.read_text("utf-8")).get("Resources", {})
    return {id: resource["Type"] for id, resource in resources.items()}
