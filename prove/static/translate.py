"""Tier translate: SAM as CloudFormation gets it, linted again, and held against the rules that deployments fail by."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from prove.projects import Project
from prove.results import Result
from prove.static import delivery, linters
from prove.static.preflight import rules
from prove.static.reports import Reports
from prove.tools.worker import ask

TIER = "translate"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Translate SAM projects and judge what comes out."""
    outputs = {str(project.folder): str(project.template) for project in projects}
    reports = Reports(TIER, projects)
    reports.gather(
        "aws-sam-translator",
        lambda one: [one.folder],
        lambda paths: ask("sam", "translate", [[path, outputs[path]] for path in paths]),
    )
    judge(reports)
    return reports.results()


def judge(reports: Reports) -> None:
    """Hold the CloudFormation templates of projects against every rule, as far as there is a template."""
    templates = {str(file): one.template for one in reports.found for file in _environments(one)}
    reports.gather_all(
        ("cfn-lint", _template, linters.cfn_lint),
        ("cloudformation-validate", _template, lambda paths: linters.cloudformation_validate(paths, rules())),
        ("delivery", _environments, lambda paths: delivery.environments(paths, templates)),
    )


def _environments(project: Project) -> list[Path]:
    return sorted(project.folder.glob("environments/*.env")) if project.template.exists() else []


def _template(project: Project) -> list[Path]:
    return [project.template] if project.template.exists() else []
