"""Tier translate: SAM translated to CloudFormation, linted again, and checked against rules of failing deployments."""

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
    """Translate SAM projects and check the templates."""
    outputs = {str(project.folder): str(project.template) for project in projects}
    reports = Reports(TIER, projects)
    reports.gather(
        "aws-sam-translator",
        lambda project: [project.folder],
        lambda paths: ask("sam", "translate", [[path, outputs[path]] for path in paths]),
    )
    check_templates(reports)
    return reports.results()


def check_templates(reports: Reports) -> None:
    """Check the CloudFormation templates of projects against every rule, if there is a template."""
    templates = {str(file): project.template for project in reports.findings for file in _environments(project)}
    reports.gather_all(
        ("cfn-lint", _template, linters.cfn_lint),
        ("cloudformation-validate", _template, lambda paths: linters.cloudformation_validate(paths, rules())),
        ("delivery", _environments, lambda paths: delivery.environments(paths, templates)),
    )


def _environments(project: Project) -> list[Path]:
    return sorted(project.folder.glob("environments/*.env")) if project.template.exists() else []


def _template(project: Project) -> list[Path]:
    return [project.template] if project.template.exists() else []
