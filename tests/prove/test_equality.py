"""The tier that holds all targets of a case against each other, and against the diagram."""

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
    made = Case("mass-messages", design, plan_for(design), kind="story")
    for target in TARGETS:
        write(Project(made, target), translated(sam.files(made.plan, "en")))
    return made


def write(project: Project, template: Json) -> None:
    project.template.parent.mkdir(parents=True, exist_ok=True)
    project.template.write_text(json.dumps(template), "utf-8")


def change(project: Project, fault: Callable[[Json], None]) -> None:
    template = json.loads(project.template.read_text("utf-8"))
    fault(template["Resources"])
    write(project, template)


def found(case: Case) -> dict[str, list[str]]:
    """What the tier finds, by target."""
    results = equality.run([Project(case, target) for target in TARGETS])
    return {result.target: [str(one) for one in result.findings] for result in results}


def forgets(resources: Json) -> None:
    queue = next(one for one in resources.values() if "RedrivePolicy" in one.get("Properties", {}))
    queue["Properties"]["VisibilityTimeout"] = 1


def test_targets_that_are_the_same_pass(case: Case) -> None:
    assert found(case) == {target: [] for target in TARGETS}


@pytest.mark.parametrize("target", TARGETS[1:])
def test_what_one_target_makes_differently_is_said_of_it_with_both_values(target: str, case: Case) -> None:
    change(Project(case, target), forgets)
    said = found(case)
    (finding,) = said.pop(target)
    assert "VisibilityTimeout: sam has " in finding
    assert finding.endswith(f", {target} has 1")
    assert any(node.id in finding for node in case.plan.architecture.of_service("sqs"))
    assert said == {other: [] for other in TARGETS if other != target}


def test_what_all_targets_make_differently_from_the_diagram_is_found(case: Case) -> None:
    for target in TARGETS:
        change(Project(case, target), forgets)
    said = found(case)
    assert "the diagram has " in said["sam"][0]
    assert said["cdk-python"] == said["cdk-typescript"] == []


def test_a_template_that_is_not_there_is_no_pass(case: Case) -> None:
    Project(case, "cdk-python").template.unlink()
    assert "no template" in found(case)["cdk-python"][0]


def test_the_tier_runs_after_what_makes_the_templates_and_on_every_change() -> None:
    order = [tier.id for tier in TIERS]
    assert order.index("equality") > max(order.index("translate"), order.index("synth"))
    assert "equality" in STATIC
