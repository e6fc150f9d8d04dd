"""The tier equality, which compares all targets of a case with each other and with the diagram."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from advisor.design import Design
from blueprints import sam
from blueprints.plan import plan_for
from prove.cases import Case
from prove.projects import Project
from prove.static import equality
from prove.tiers import STATIC, TIERS
from tests.blueprints.translation import translated

Json = dict[str, Any]
TARGETS = ("sam", "cdk-python", "cdk-typescript")


@pytest.fixture
def case(designs: Mapping[str, Design], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case whose targets all have the same template."""
    monkeypatch.setattr("prove.projects.OUT", tmp_path)
    design = designs["mass-messages"]
    shared_case = Case("mass-messages", design, plan_for(design), kind="story")
    for target in TARGETS:
        write(Project(shared_case, target), translated(sam.files(shared_case.plan, "en")))
    return shared_case


def write(project: Project, template: Json) -> None:
    project.template.parent.mkdir(parents=True, exist_ok=True)
    project.template.write_text(json.dumps(template), "utf-8")


def change(project: Project, fault: Callable[[Json], None]) -> None:
    template = json.loads(project.template.read_text("utf-8"))
    fault(template["Resources"])
    write(project, template)


def findings_by_target(case: Case) -> dict[str, list[str]]:
    """Return the findings of the tier, by target."""
    results = equality.run([Project(case, target) for target in TARGETS])
    return {result.target: [str(finding) for finding in result.findings] for result in results}


def forgets(resources: Json) -> None:
    queue = next(resource for resource in resources.values() if "RedrivePolicy" in resource.get("Properties", {}))
    queue["Properties"]["VisibilityTimeout"] = 1


def test_targets_that_are_the_same_pass(case: Case) -> None:
    assert findings_by_target(case) == {target: [] for target in TARGETS}


@pytest.mark.parametrize("target", TARGETS[1:])
def test_a_difference_between_targets_is_reported_with_both_values(target: str, case: Case) -> None:
    change(Project(case, target), forgets)
    findings = findings_by_target(case)
    (finding,) = findings.pop(target)
    assert "VisibilityTimeout: sam has " in finding
    assert finding.endswith(f", {target} has 1")
    assert any(node.id in finding for node in case.plan.architecture.of_service("sqs"))
    assert findings == {other: [] for other in TARGETS if other != target}


def test_a_difference_of_all_targets_from_the_diagram_is_found(case: Case) -> None:
    for target in TARGETS:
        change(Project(case, target), forgets)
    findings = findings_by_target(case)
    assert "the diagram has " in findings["sam"][0]
    assert findings["cdk-python"] == findings["cdk-typescript"] == []


def test_a_missing_template_is_a_finding(case: Case) -> None:
    Project(case, "cdk-python").template.unlink()
    assert "no template" in findings_by_target(case)["cdk-python"][0]


def test_the_tier_runs_after_the_tiers_that_create_templates() -> None:
    order = [tier.id for tier in TIERS]
    assert order.index("equality") > max(order.index("translate"), order.index("synth"))
    assert "equality" in STATIC
