"""The check of approvals: nothing but a signed request decides, once and in time, and a mail holds no token."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from prove.behaviour import decisions
from tests.prove.behaviour.planting import Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

pytestmark = pytest.mark.usefixtures("project_python")

PROGRAM, ASKER = "src/approvals/app.py", "src/approvals/approval.py"


@pytest.fixture(scope="module", params=["approval", "approval-between-steps", "durable"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return write_project(story(request.param), tmp_path_factory.mktemp("approvals") / "project")


@pytest.fixture(scope="module")
def workflow(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return write_project(story("approval"), tmp_path_factory.mktemp("approvals") / "project")


def test_sound_projects_give_no_problem(project: WrittenProject) -> None:
    assert project.rules_found_by("approvals") == set()


def mailed(resources: Resources) -> None:
    """The state of before: a mail with the task token."""
    properties = one_of(resources, "AWS::StepFunctions::StateMachine")
    definition = json.loads("\n".join(properties["DefinitionString"]["Fn::Join"][1]))
    definition["States"]["Approve"] |= {
        "Resource": "arn:aws:states:::sns:publish.waitForTaskToken",
        "Parameters": {"TopicArn": "topic", "Message": {"taskToken.$": "$$.Task.Token"}},
    }
    properties["DefinitionString"] = json.dumps(definition)


def nobody(resources: Resources) -> None:
    policies = one_of(resources, "AWS::IAM::Role", "ApprovalsFunction")["Policies"]
    for policy in policies:
        statements = policy["PolicyDocument"]["Statement"]
        statements[:] = [one for one in statements if not one["Sid"].startswith("Complete")]


def unsigned(resources: Resources) -> None:
    one_of(resources, "AWS::ApiGatewayV2::Route", "Decide")["AuthorizationType"] = "NONE"


def kept_for_ever(resources: Resources) -> None:
    del one_of(resources, "AWS::DynamoDB::Table", "Approvals")["TimeToLiveSpecification"]


def not_encrypted(resources: Resources) -> None:
    del one_of(resources, "AWS::DynamoDB::Table", "Approvals")["SSESpecification"]


def gone_with_the_stack(resources: Resources) -> None:
    resources[id_of(resources, "AWS::DynamoDB::Table", "Approvals")]["DeletionPolicy"] = "Delete"


def read_by_others(resources: Resources) -> None:
    table = {"Fn::GetAtt": [id_of(resources, "AWS::DynamoDB::Table", "Approvals"), "Arn"]}
    statement = {"Sid": "Read", "Effect": "Allow", "Action": "dynamodb:Query", "Resource": table}
    one_of(resources, "AWS::IAM::Role", "RefundFunction")["Policies"][0]["PolicyDocument"]["Statement"].append(
        statement
    )


def cut_short(resources: Resources) -> None:
    """The state of before: the execution lasts for one request only."""
    machine = one_of(resources, "AWS::StepFunctions::StateMachine")
    lines = machine["DefinitionString"]["Fn::Join"][1]
    whole = next(number for number, line in enumerate(lines) if line.startswith('    "TimeoutSeconds": '))
    found = re.search(r'"TimeoutSeconds": (\d+)', lines[whole])
    assert found is not None
    lines[whole] = lines[whole].replace(found[0], f'"TimeoutSeconds": {int(found[1]) - 240}', 1)


TEMPLATE_FAULTS: dict[Callable[[Resources], None], str] = {
    cut_short: "ends-before-its-parts",
    mailed: "token-by-mail",
    nobody: "nobody-decides",
    unsigned: "decided-unsigned",
    kept_for_ever: "token-kept",
    not_encrypted: "token-kept",
    read_by_others: "token-readable",
    gone_with_the_stack: "decisions-deleted",
}


@pytest.mark.parametrize("fault", TEMPLATE_FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_fault_of_the_template_is_caught(fault: Callable[[Resources], None], workflow: WrittenProject) -> None:
    assert TEMPLATE_FAULTS[fault] in rules_with(workflow, "approvals", fault)


#: Rule -> the file of a program, and what stands there with what is put in its place.
PROGRAM_FAULTS: dict[str, tuple[str, dict[str, str]]] = {
    "token-by-mail": (ASKER, {'link=f"{URL}/{request}")': 'link=f"{URL}/{request}") + token'}),
    "approval-does-not-arrive": (PROGRAM, {'if decision == "approved":': 'if decision == "agreed":'}),
    "decided-by-get": (PROGRAM, {'if event["requestContext"]["http"]["method"] == "POST":': 'if "decision" in form(event):'}),
    "token-is-shown": (PROGRAM, {'"asked", ': '"asked", "task_token", '}),
    "decided-unsigned": (PROGRAM, {"return answer(403,": 'caller = "somebody"\n        answer(403,'}),
    "decided-by-another": (PROGRAM, {"decide(item, caller, form(event))": 'decide(item, form(event).get("caller", caller), form(event))'}),
    "decision-not-recorded": (PROGRAM, {'":reason": reason': '":reason": ""'}),
    "decided-twice": (PROGRAM, {"            ConditionExpression=OPEN,\n": "", "REMOVE task_token SET": "SET"}),
    "decided-late": (PROGRAM, {" AND decide_before > :now": ""}),
    "refused-without-a-word": (PROGRAM, {'return refused(found(item["pk"]) or item)': 'return answer(409, message="no")'}),
    "refused-with-another-status": (PROGRAM, {'answer(409, message=f"The time': 'answer(410, message=f"The time'}),
    "recorded-untaken": (PROGRAM, {'f"{FORGET}, task_token"': '"REMOVE task_token"'}),
    "lost-response-refused": (PROGRAM, {" or again": ""}),
    "claim-kept": (PROGRAM, {"UpdateExpression=FORGET)": 'UpdateExpression="REMOVE nothing")'}),
}  # fmt: skip


@pytest.mark.parametrize("rule", PROGRAM_FAULTS)
def test_a_fault_of_the_program_is_caught(rule: str, workflow: WrittenProject) -> None:
    path, changes = PROGRAM_FAULTS[rule]
    assert rule in _rules_with(workflow.evidence.folder / path, changes, workflow)


def test_an_approver_who_does_not_see_the_result_before_is_caught(tmp_path: Path) -> None:
    project = write_project(story("approval-between-steps"), tmp_path / "project")
    endpoint = project.evidence.folder / PROGRAM
    assert "result-not-shown" in _rules_with(endpoint, {'"run", "result", ': '"run", '}, project)


def test_an_approver_who_sees_a_part_of_the_result_is_caught(tmp_path: Path) -> None:
    project = write_project(story("approval-between-steps"), tmp_path / "project")
    asking = project.evidence.folder / "src/approvals/approval.py"
    assert "result-not-shown" in _rules_with(asking, {"LARGEST = 190_000": "LARGEST = 10_000"}, project)


def test_a_durable_function_that_asks_after_other_steps_than_stated_is_caught(tmp_path: Path) -> None:
    project = write_project(story("approval-between-steps"), tmp_path / "project")
    function = project.evidence.folder / "src/listing/app.py"
    assert "approval-elsewhere" in _rules_with(function, {"STEPS_BEFORE = 1": "STEPS_BEFORE = 0"}, project)


def test_a_callback_id_in_a_mail_is_caught(tmp_path: Path) -> None:
    project = write_project(story("durable"), tmp_path / "project")
    asker = project.evidence.folder / "src/refund/approval.py"
    assert "token-by-mail" in _rules_with(asker, {'Subject="Approval needed"': "Subject=token"}, project)


def _rules_with(file: Path, changes: dict[str, str], project: WrittenProject) -> set[str]:
    before = after = file.read_text("utf-8")
    for sound, faulty in changes.items():
        assert sound in after
        after = after.replace(sound, faulty)
    file.write_text(after, "utf-8")
    try:
        return project.rules_found_by("approvals")
    finally:
        file.write_text(before, "utf-8")


def test_who_asks_nobody_needs_no_endpoint(tmp_path: Path) -> None:
    component: dict[str, Any] = {"id": "work", "trigger": "schedule", "longest_run_s": "10 s", "steps": 2}
    assert write_project({"components": [component]}, tmp_path / "project").rules_found_by("approvals") == set()


PAYLOAD = {"workflow": "refund", "run": "run-1", "asked": {"id": "i1"}}
#: Rule -> what stands in the program in TypeScript, and what is put in its place.
TYPESCRIPT_FAULTS: dict[str, dict[str, str]] = {
    "token-is-shown": {"return answer(200, { workflow, run,": "return answer(200, { ...item, run,"},
    "decided-by-get": {"event.requestContext.http.method === 'POST'": "form(event).has('decision')"},
    "decided-by-another": {"decide(item, caller, form(event))": "decide(item, form(event).get('caller') ?? caller, form(event))"},
    "decided-twice": {"        ConditionExpression: OPEN,\n": "", "REMOVE task_token SET": "SET"},
    "decided-late": {" AND decide_before > :now": ""},
    "refused-with-another-status": {"answer(409, { message: `The time": "answer(410, { message: `The time"},
    "recorded-untaken": {"`${FORGET}, task_token`": "'REMOVE task_token'"},
    "lost-response-refused": {" || again": ""},
    "claim-kept": {"UpdateExpression: FORGET }": "UpdateExpression: 'REMOVE nothing' }"},
}  # fmt: skip


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an endpoint in TypeScript."""
    folder = tmp_path_factory.mktemp("approvals")
    made = advise(make_requirements(story("approval")), rules.load_book())
    for path, content in blueprints.build(made, "cdk-typescript", lang="en", extras={}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / "src" / "approvals"


@pytest.mark.usefixtures("node_modules")
def test_a_sound_endpoint_in_typescript_gives_no_problem(typescript: Path) -> None:
    assert decisions.wrongs(typescript, None, PAYLOAD) == ()


@pytest.mark.usefixtures("node_modules")
@pytest.mark.parametrize("rule", TYPESCRIPT_FAULTS)
def test_a_fault_of_an_endpoint_in_typescript_is_caught(rule: str, typescript: Path, tmp_path: Path) -> None:
    folder = Path(copytree(typescript, tmp_path / "approvals"))
    after = (folder / "app.ts").read_text("utf-8")
    for sound, faulty in TYPESCRIPT_FAULTS[rule].items():
        assert sound in after
        after = after.replace(sound, faulty)
    (folder / "app.ts").write_text(after, "utf-8")
    assert rule in decisions.wrongs(folder, None, PAYLOAD)
