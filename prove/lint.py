"""Tier lint: what is written, before anything is made of it."""

from collections.abc import Iterator, Sequence

from prove.projects import Project
from prove.results import Finding, Result

TIER = "lint"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Lint the SAM template of each project; warnings count."""
    from cfnlint.api import ManualArgs, lint

    for project in projects:
        template = project.folder / "template.yaml"
        if template.exists():
            found = lint(template.read_text("utf-8"), config=ManualArgs(regions=["ap-northeast-1"]))
            findings = tuple(
                Finding(TIER, project.case.name, project.target, "/".join(map(str, one.path or ())), one.message)
                for one in found
            )
            yield Result(TIER, project.case.name, project.target, 0.0, findings)
