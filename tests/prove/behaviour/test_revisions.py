"""The check `revisions`: executions run the latest revision of tasks and jobs, and each way to run another one is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, write_project
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "revisions"
MACHINE, ROLE = "AWS::StepFunctions::StateMachine", "AWS::IAM::Role"
TASK, JOB = "AWS::ECS::TaskDefinition", "AWS::Batch::JobDefinition"
SIMULATION = {
    "id": "simulate",
    "trigger": "schedule",
    "longest_run_s": 3600,
    "job_queue": True,
    "steps": 2,
    "retries": True,
    "packaging": "container-image",
    "pins": {"compute": "batch"},
}
FAMILIES = {TASK: ("TaskFamily", "Family"), JOB: ("JobDefinitionName", "JobDefinitionName")}


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    """Return a project whose state machine runs jobs."""
    folder: Path = tmp_path_factory.mktemp("jobs")
    return write_project({"components": [SIMULATION]}, folder / "project")


@pytest.fixture(params=[TASK, JOB])
def definition(request: pytest.FixtureRequest) -> str:
    """Return the type of the definition that is run."""
    return str(request.param)


@pytest.fixture
def project(definition: str, stories: Stories, jobs: WrittenProject) -> WrittenProject:
    """Return a project whose state machine runs a definition of the type."""
    return jobs if definition == JOB else stories.project("scheduled-batch")


@pytest.mark.parametrize("name", ["scheduled-batch", "called-steps", "data-processing"])
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def test_jobs_have_no_problem(jobs: WrittenProject) -> None:
    assert jobs.rules_found_by(CHECK) == set()


def revision(type: str) -> Fault:
    def plant(resources: Resources) -> None:
        token, _ = FAMILIES[type]
        one_of(resources, MACHINE)["DefinitionSubstitutions"][token] = {"Ref": id_of(resources, type)}

    return plant


def one_allowed(type: str) -> Fault:
    def plant(resources: Resources) -> None:
        _allow(resources, {"Ref": id_of(resources, type)})

    return plant


def name_allowed(_type: str) -> Fault:
    return lambda resources: _allow(resources, "")


def fixed(type: str) -> Fault:
    return _named(type, "work")


def ambiguous(type: str) -> Fault:
    return _named(type, {"Fn::Sub": "${AWS::StackName}-work"})


def twice(type: str) -> Fault:
    def plant(resources: Resources) -> None:
        resources["Other"] = dict(resources[id_of(resources, type)])

    return plant


def _named(type: str, name: object) -> Fault:
    def plant(resources: Resources) -> None:
        token, property = FAMILIES[type]
        one_of(resources, type)[property] = name
        one_of(resources, MACHINE)["DefinitionSubstitutions"][token] = name
        _allow(resources, {"Fn::Sub": ["arn:${AWS::Partition}:" + _arn(type) + "${name}:*", {"name": name}]})

    return plant


def _arn(type: str) -> str:
    kind = "ecs:${AWS::Region}:${AWS::AccountId}:task-definition/"
    return kind if type == TASK else kind.replace("ecs:", "batch:").replace("task-", "job-")


def _allow(resources: Resources, resource: object) -> None:
    """Replace the revisions that the role of the state machine may run; an empty text takes off what follows the name."""
    for role in resources.values():
        for policy in role["Properties"].get("Policies", ()) if role["Type"] == ROLE else ():
            for statement in policy["PolicyDocument"]["Statement"]:
                listed = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
                statement["Resource"] = [
                    _changed(one, resource) if "-definition/" in str(one) else one for one in listed
                ]


def _changed(before: dict[str, str], resource: object) -> object:
    return resource or {"Fn::Sub": before["Fn::Sub"].removesuffix(":*")}


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (revision, "runs-a-revision"),
        (one_allowed, "revision-not-allowed"),
        (name_allowed, "revision-not-allowed"),
        (fixed, "family-of-others"),
        (ambiguous, "family-of-others"),
        (twice, "family-of-others"),
    ],
)
def test_a_fault_is_found(project: WrittenProject, definition: str, fault: Callable[[str], Fault], rule: str) -> None:
    assert rules_with(project, CHECK, fault(definition)) == {rule}
