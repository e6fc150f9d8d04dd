"""The scorecard: figures of generated projects beside the same figures of the published patterns."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prove.projects import Project
from prove.results import Result
from prove.tools import ROOT, versions

FILE = ROOT / "docs" / "scorecard.md"
_TESTS = ("test_*.py", "*.test.ts")
#: 471 templates of aws-samples/serverless-patterns at fb7b5d06c, counted with cfn-lint 1.58.0 and checkov 3.3.30.
PUBLISHED: Mapping[str, str] = {
    "templates": "471",
    "with lint errors": "36 (8 %)",
    "with lint warnings": "81 (17 %)",
    "with a failed security check": "431 (92 %)",
    "failed security checks": "3,120",
    "with an alarm": "4 (1 %)",
    "queues with a redrive policy": "30 of 76 (39 %)",
    "with tests": "154 of 1,030 folders (15 %)",
}
_HEAD = """# Scorecard

`make prove ARGS=--scorecard` writes this page; all figures are generated. The published patterns are the 471 templates of
aws-samples/serverless-patterns at commit fb7b5d06c, measured for this project with the same versions of cfn-lint and checkov.

The generated projects are those of every example requirements file in every target. Checkov also counts checks that are a matter of
preference. Each suppressed finding is listed with its reason in `prove/static/suppressions.yaml` and in `VERIFICATION.md` of the project.

"""


def scorecard(projects: Sequence[Project], results: Sequence[Result]) -> str:
    """Return the page, from a run of at least lint, translate, synth and security over the stories."""
    templates = [project for project in projects if project.template.exists()]
    lines = [f"| | published patterns | generated projects ({len(templates)} templates) |", "| --- | --- | --- |"]
    for name, figure in _figures(templates, results):
        lines.append(f"| {name} | {PUBLISHED.get(name, '') or 'not counted'} | {figure} |")
    tools = ", ".join(f"{name} {version}" for name, version in versions().items())
    return _HEAD + "\n".join(lines) + f"\n\nTools: {tools}.\n"


def _figures(templates: Sequence[Project], results: Sequence[Result]) -> Iterator[tuple[str, str]]:
    stories = {(project.case.name, project.target) for project in templates}
    story_results = [result for result in results if (result.case, result.target) in stories]
    lint = [result for result in story_results if result.tier in ("lint", "translate", "synth")]
    security = [result for result in story_results if result.tier == "security"]
    failing = {(result.case, result.target) for result in security if result.raw or result.findings}
    resources = [_resources(project) for project in templates]
    queues = [queue for project in templates for queue in _working(project)]
    alarmed = sum(
        any(resource["Type"] == "AWS::CloudWatch::Alarm" for resource in project_resources)
        for project_resources in resources
    )
    alarms = sum(
        resource["Type"] == "AWS::CloudWatch::Alarm"
        for project_resources in resources
        for resource in project_resources
    )
    redriven = sum("RedrivePolicy" in queue.get("Properties", {}) for queue in queues)
    tested = sum(any(any((project.folder / "tests").glob(name)) for name in _TESTS) for project in templates)
    wrong = {(result.case, result.target) for result in lint if result.findings}
    yield "templates", str(len(templates))
    yield "with lint errors", str(len(wrong))
    yield "with lint warnings", f"{len(wrong)} (a warning counts as an error)"
    yield (
        "with a failed security check",
        f"{sum(bool(result.findings) for result in security)} after suppressions, {len(failing)} before",
    )
    before, after = (
        sum(result.raw + len(result.findings) for result in security),
        sum(len(result.findings) for result in security),
    )
    yield "failed security checks", f"{after} after suppressions, {before} before (checkov, cdk-nag and cfn-guard)"
    yield "with an alarm", f"{alarmed} ({alarms} alarms)"
    yield "queues with a redrive policy", f"{redriven} of {len(queues)} (dead-letter queues excluded)"
    yield "with tests", f"{tested} of {len(templates)} projects"


def _resources(project: Project) -> list[dict[str, Any]]:
    return list(json.loads(project.template.read_text("utf-8"))["Resources"].values())


def _working(project: Project) -> list[dict[str, Any]]:
    """Return the queues of a project without its dead-letter queues."""
    dead = {node.id for node in project.case.plan.architecture.of_service("dead-letter-queue")}
    queues = (resource for resource in _resources(project) if resource["Type"] == "AWS::SQS::Queue")
    return [queue for queue in queues if queue.get("Metadata", {}).get("Advisor", {}).get("node") not in dead]
