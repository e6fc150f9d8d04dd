"""The tier behaviour: every check on every project, and a broken check says so."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from advisor.design import Design
from blueprints.plan import plan_for
from prove.behaviour import tier
from prove.behaviour.evidence import Evidence, Problem
from prove.cases import Case
from prove.projects import Project
from prove.tiers import STATIC, TIERS
from tests.prove.behaviour.sam_projects import story, write_project


def test_the_tier_is_part_of_ci_and_follows_what_makes_templates() -> None:
    behaviour = next(candidate for candidate in TIERS if candidate.id == tier.TIER)
    assert behaviour.id in STATIC
    assert {"translate", "synth"} <= set(behaviour.after)


def test_evidence_is_read_from_files_alone(tmp_path: Path) -> None:
    written = write_project(story("map-over-objects"), tmp_path / "project")
    assert written.evidence.requirements.components[0].id == "thumbnails"
    (machine,) = written.evidence.stack.of_type("AWS::StepFunctions::StateMachine")
    assert machine.properties["Definition"]["States"]


def test_a_check_that_fails_is_a_problem_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Evidence) -> Iterator[Problem]:
        raise KeyError("rate")

    def finds(_: Evidence) -> Iterator[Problem]:
        yield Problem("too-slow", "Queue", "One message a second arrives and none is read.")

    monkeypatch.setattr(tier, "all_checks", lambda: {"capacity": fails, "other": finds})
    problems, _ = tier.timed_problems(Evidence(tmp_path, tmp_path / "none.json", tmp_path, "sam"))
    assert [(name, problem.rule) for name, problem in problems] == [("capacity", "broken"), ("other", "too-slow")]


def test_a_project_without_a_template_has_no_result(
    designs: Mapping[str, Design], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prove.projects.OUT", tmp_path)
    design = designs["mass-messages"]
    project = Project(Case("mass-messages", design, plan_for(design), kind="story"), "sam")
    assert list(tier.run([project])) == []
