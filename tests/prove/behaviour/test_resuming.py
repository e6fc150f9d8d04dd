"""The check of paused databases: a caller of an API never waits for one, unless nothing may be paid while idle."""

from pathlib import Path

from tests.prove.behaviour.planting import Resources, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

STORY = "relational-web-app"


def paused(resources: Resources) -> None:
    scaling = one_of(resources, "AWS::RDS::DBCluster")["ServerlessV2ScalingConfiguration"]
    scaling |= {"MinCapacity": 0, "SecondsUntilAutoPause": 900}


def least(project: WrittenProject) -> float:
    (cluster,) = project.evidence.stack.of_type("AWS::RDS::DBCluster")
    return float(cluster.properties["ServerlessV2ScalingConfiguration"]["MinCapacity"])


def test_a_database_behind_an_api_does_not_pause(tmp_path: Path) -> None:
    project = write_project(story(STORY), tmp_path / "project")
    assert least(project) == 0.5
    assert project.rules_found_by("resuming") == set()


def test_a_database_that_pauses_behind_an_api_is_caught(tmp_path: Path) -> None:
    project = write_project(story(STORY), tmp_path / "project")
    assert rules_with(project, "resuming", paused) == {"resumes-too-late"}


def test_it_pauses_where_nothing_may_be_paid_while_idle(tmp_path: Path) -> None:
    answers = story(STORY)
    answers.setdefault("workload", {})["must"] = ["nothing-while-idle"]
    project = write_project(answers, tmp_path / "project")
    assert least(project) == 0
    assert project.rules_found_by("resuming") == set()


def test_work_that_is_tried_again_lets_it_pause(tmp_path: Path) -> None:
    component = {"id": "load", "trigger": "schedule", "longest_run_s": "10 s", "steps": 2, "writes": ["rows"]}
    store = {"id": "rows", "access": "relational", "pins": {"store": "aurora-serverless"}}
    project = write_project({"components": [component], "stores": [store]}, tmp_path / "project")
    assert least(project) == 0
    assert project.rules_found_by("resuming") == set()
