"""Tier security: checkov on every template, Dockerfile, manifest and workflow, cdk-nag on every CDK app, cfn-guard with the
rules of AWS Control Tower on every template of SAM.

Findings that do not count are listed in suppressions.yaml.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prove.projects import SAM, Project
from prove.results import Result
from prove.static import guard
from prove.static.delivery import PRODUCTION, values_of
from prove.static.linters import RowsByPath
from prove.static.reports import Reports, Row
from prove.tools.worker import ask

TIER = "security"
REPORT = "validation-report.json"
#: Packs of cdk-nag; a rule of the first goes by its number alone.
PACKS = ("AwsSolutions", "Serverless")


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Scan the templates of translation and synthesis; a project without a template has no result."""
    reports = Reports(TIER, [project for project in projects if project.template.exists()])
    reports.gather("checkov", _checkov_files, _checkov)
    reports.gather("cdk-nag", _nag_templates, _nag)
    guarded = {str(path): _production(project) for project in reports.findings for path in _guarded(project)}
    reports.gather("cfn-guard", _guarded, lambda paths: guard.control_tower({path: guarded[path] for path in paths}))
    return reports.results()


def _checkov_files(project: Project) -> list[Path]:
    """Return the template, and the other files that checkov scans in the folder of a project."""
    patterns = (
        "account/*.yaml",
        "edge/*.yaml",
        "src/*/Dockerfile",
        "kubernetes/base/*.yaml",
        "kubernetes/ingress/*.yaml",
        ".github/workflows/*.yml",
    )
    return [project.template, *(path for pattern in patterns for path in sorted(project.folder.glob(pattern)))]


def _checkov(paths: list[str]) -> RowsByPath:
    """Scan files; identical files are scanned once."""
    texts = {path: Path(path).read_bytes() for path in paths}
    first = {text: path for path, text in texts.items()}
    rows: dict[str, Any] = dict(ask("checkov", "scan", list(first.values())))
    yield from ((path, rows[first[text]]) for path, text in texts.items())


def _nag_templates(project: Project) -> list[Path]:
    """Return the template of a Python app, which cdk-nag checks alone: other languages yield the same template."""
    return [project.template] if (project.built / REPORT).exists() else []


def _guarded(project: Project) -> list[Path]:
    """Return the template of SAM, which cfn-guard judges alone: the tier equality proves those of the CDK equal to it."""
    return [project.template] if project.target == SAM else []


def _production(project: Project) -> dict[str, str]:
    """Return the parameter values of production, and valid sample values for parameters without one."""
    asked = {parameter.id: parameter.likely for parameter in project.case.plan.parameters}
    return asked | {id: value for id, value in values_of(project.folder / "environments" / PRODUCTION).items() if value}


def _nag(templates: list[str]) -> RowsByPath:
    for template in templates:
        case = Path(template).parent.name
        built = Path(template).parents[2] / "built" / case / Path(template).name.removesuffix(".template.json")
        yield template, list(_violations(json.loads((built / REPORT).read_text("utf-8")), Path(template)))


def _violations(report: dict[str, Any], template: Path) -> Iterator[Row]:
    resources: dict[str, Any] = json.loads(template.read_text("utf-8"))["Resources"]
    ids = {resource.get("Metadata", {}).get("aws:cdk:path"): id for id, resource in resources.items()}
    # The report includes the CLI's own validation too, which the tier synth has run already.
    for pack in (plugin for plugin in report["pluginReports"] if plugin["pluginName"] in PACKS):
        for violation in pack["violations"]:
            for construct in violation["violatingConstructs"]:
                path = construct["constructPath"]
                # A rule about policies names the statement in brackets.
                rule, _, statement = violation["ruleName"].removeprefix(f"{PACKS[0]}-").partition("[")
                id = ids.get(path, path)
                type = resources.get(id, {}).get("Type", "")
                place = f"{id}[{statement}" if statement else id
                yield {"rule": rule, "place": place, "type": type, "message": violation["description"]}
