"""Tier security: checkov on every template, Dockerfile, manifest and workflow, cdk-nag on every CDK app.

What does not count stands in suppressions.yaml.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prove.projects import Project
from prove.results import Result
from prove.static.linters import Said
from prove.static.reports import Reports, Row
from prove.tools.worker import ask

TIER = "security"
REPORT = "validation-report.json"
PACK = "AwsSolutions"


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Scan what translation and synthesis left; a project without a template is not scanned and has no result."""
    reports = Reports(TIER, [project for project in projects if project.template.exists()])
    reports.gather("checkov", _scanned, _checkov)
    reports.gather("cdk-nag", _judged, _nag)
    return reports.results()


def _scanned(project: Project) -> list[Path]:
    """The template, and what else a scanner finds in the folder of a project."""
    around = (
        "edge/*.yaml",
        "src/*/Dockerfile",
        "kubernetes/base/*.yaml",
        "kubernetes/ingress/*.yaml",
        ".github/workflows/*.yml",
    )
    return [project.template, *(path for pattern in around for path in sorted(project.folder.glob(pattern)))]


def _checkov(paths: list[str]) -> Said:
    """Scan files; each text once, for most projects share theirs."""
    texts = {path: Path(path).read_bytes() for path in paths}
    first = {text: path for path, text in texts.items()}
    said: dict[str, Any] = dict(ask("checkov", "scan", list(first.values())))
    yield from ((path, said[first[text]]) for path, text in texts.items())


def _judged(project: Project) -> list[Path]:
    """The app as cdk-nag saw it, which judges Python alone: the other languages come to the same template."""
    return [project.template] if (project.built / REPORT).exists() else []


def _nag(templates: list[str]) -> Said:
    for template in templates:
        case = Path(template).parent.name
        built = Path(template).parents[2] / "built" / case / Path(template).name.removesuffix(".template.json")
        yield template, list(_violations(json.loads((built / REPORT).read_text("utf-8")), Path(template)))


def _violations(report: dict[str, Any], template: Path) -> Iterator[Row]:
    resources: dict[str, Any] = json.loads(template.read_text("utf-8"))["Resources"]
    ids = {one.get("Metadata", {}).get("aws:cdk:path"): id for id, one in resources.items()}
    # What the CLI's own validation says stands in the report too: the tier synth has asked that tool already.
    for pack in (one for one in report["pluginReports"] if one["pluginName"] == PACK):
        for one in pack["violations"]:
            for construct in one["violatingConstructs"]:
                path = construct["constructPath"]
                # A rule that looks at policies says which of them in brackets.
                rule, _, which = one["ruleName"].removeprefix(f"{PACK}-").partition("[")
                id = ids.get(path, path)
                type = resources.get(id, {}).get("Type", "")
                place = f"{id}[{which}" if which else id
                yield {"rule": rule, "place": place, "type": type, "message": one["description"]}
