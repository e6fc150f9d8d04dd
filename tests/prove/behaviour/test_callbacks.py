"""The check of callbacks: the outside system answers with its signature, once and in time, and never holds the token."""

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
from prove.behaviour.checks import callbacks
from tests.prove.behaviour.planting import Resources, id_of, one_of, rules_with
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

pytestmark = pytest.mark.usefixtures("project_python")

ASKER, ENDPOINT = "src/order/callback.py", "src/verdict/call_order.py"
PAYLOAD: dict[str, Any] = {"step": 1, "action": "ask", "execution.$": "", "input.$": "", "token.$": "", "within_s": 60}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    return write_project(story("callback"), tmp_path_factory.mktemp("callbacks") / "project")


def test_a_sound_project_gives_no_problem(project: WrittenProject) -> None:
    assert project.rules_found_by("callbacks") == set()
    assert project.rules_found_by("approvals") == set()
    assert project.rules_found_by("workflows") == set()


def nobody(resources: Resources) -> None:
    _without(resources, "VerdictFunction", "ResumeOrder")


def read_by_the_asker(resources: Resources) -> None:
    for statement in _statements(resources, "OrderFunction"):
        if statement["Sid"] == "KeepCallback":
            statement["Action"] = ["dynamodb:PutItem", "dynamodb:GetItem"]


def kept_for_ever(resources: Resources) -> None:
    del one_of(resources, "AWS::DynamoDB::Table", "Callbacks")["TimeToLiveSpecification"]


def endless(resources: Resources) -> None:
    machine = one_of(resources, "AWS::StepFunctions::StateMachine")
    lines = machine["DefinitionString"]["Fn::Join"][1]
    last = max(number for number, line in enumerate(lines) if '"TimeoutSeconds": 86400' in line)
    del lines[last]


def cut_short(resources: Resources) -> None:
    machine = one_of(resources, "AWS::StepFunctions::StateMachine")
    lines = machine["DefinitionString"]["Fn::Join"][1]
    # The requests for the callback can fail as long as the other step can.
    whole = next(number for number, line in enumerate(lines) if line.startswith('    "TimeoutSeconds": '))
    lines[whole] = re.sub(r'"TimeoutSeconds": \d+', '"TimeoutSeconds": 87012', lines[whole], count=1)


def _statements(resources: Resources, role: str) -> list[dict[str, Any]]:
    policies = one_of(resources, "AWS::IAM::Role", role)["Policies"]
    return [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]


def _without(resources: Resources, role: str, sid: str) -> None:
    for policy in one_of(resources, "AWS::IAM::Role", role)["Policies"]:
        statements = policy["PolicyDocument"]["Statement"]
        statements[:] = [one for one in statements if not one["Sid"].startswith(sid)]


def unheard(resources: Resources) -> None:
    """The state of before: what the endpoint refuses is noticed by nobody."""
    del resources[id_of(resources, "AWS::CloudWatch::Alarm", "Refused")]


TEMPLATE_FAULTS: dict[Callable[[Resources], None], str] = {
    unheard: "refusals-unheard",
    nobody: "nobody-answers",
    read_by_the_asker: "token-readable",
    kept_for_ever: "token-kept",
    endless: "waits-for-ever",
    cut_short: "ends-before-its-parts",
}


@pytest.mark.parametrize("fault", TEMPLATE_FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_fault_of_the_template_is_caught(fault: Callable[[Resources], None], project: WrittenProject) -> None:
    assert TEMPLATE_FAULTS[fault] in rules_with(project, "callbacks", fault)


#: Rule -> the file of a program, and what stands there with what is put in its place.
PROGRAM_FAULTS: dict[str, tuple[str, dict[str, str]]] = {
    "token-handed-out": (ASKER, {"outside.ask(id, execution, given,": "outside.ask(id, token, given,"}),
    "callback-shared": (ASKER, {'digest(f"order/{execution}")': 'digest("order")'}),
    "id-changes": (ASKER, {'digest(f"order/{execution}")': "digest(token)"}),
    "dead-token-kept": (ASKER, {"attribute_not_exists(attempt) OR attempt <> :attempt": "attempt = :attempt OR attribute_not_exists(pk)"}),
    "answer-does-not-arrive": (ENDPOINT, {'if answer.status == "succeeded":': 'if answer.status == "done":'}),
    "token-in-answer": (ENDPOINT, {"    return answer.status\n": '    return str(before["task_token"])\n'}),
    "answered-unsigned": ("src/verdict/caller.py", {"    signature.verify(": "    repr("}),
    "answered-twice": (ENDPOINT, {"            ConditionExpression=OPEN,\n": "", "REMOVE task_token SET": "SET", ', ":now": now': ""}),
    "retry-refused": (ENDPOINT, {'return str(found["answer"])': 'raise Refused(409, "This was answered.")'}),
    "answered-late": (ENDPOINT, {"answer_before > :now": "answer_before <> :now"}),
    "unknown-answered": (ENDPOINT, {"raise Refused(404,": "raise Refused(202,"}),
    "malformed-answered": (ENDPOINT, {'status: Literal["succeeded", "failed"]': "status: Any"}),
    "endpoint-called-gone": (ENDPOINT, {'raise Refused(409, "The answer came too late': 'raise Refused(410, "The answer came too late'}),
    "lost-response-refused": (ENDPOINT, {"return again\n": "return False\n"}),
    "claim-kept": (ENDPOINT, {'token, "REMOVE answered_by, answer"': 'token, "REMOVE nothing"'}),
    "over-answered": (ENDPOINT, {"return again\n": "return True\n"}),
}  # fmt: skip


@pytest.mark.parametrize("rule", PROGRAM_FAULTS)
def test_a_fault_of_a_program_is_caught(rule: str, project: WrittenProject) -> None:
    path, changes = PROGRAM_FAULTS[rule]
    file = project.evidence.folder / path
    before = file.read_text("utf-8")
    file.write_text(_changed(before, changes), "utf-8")
    try:
        assert rule in project.rules_found_by("callbacks")
    finally:
        file.write_text(before, "utf-8")


def _changed(text: str, changes: dict[str, str]) -> str:
    for sound, faulty in changes.items():
        assert sound in text
        text = text.replace(sound, faulty)
    return text


#: Rule -> the module in TypeScript, and what stands there with what is put in its place.
TYPESCRIPT_FAULTS: dict[str, tuple[str, dict[str, str]]] = {
    "id-changes": ("order/callback.ts", {"digest(`order/${execution}`)": "digest(token)"}),
    "token-handed-out": ("order/callback.ts", {"outside.ask(id, execution, given,": "outside.ask(id, token, given,"}),
    "answer-does-not-arrive": (
        "verdict/call-order.ts",
        {"if (status === 'succeeded') {": "if (status === 'failed') {"},
    ),
    "answered-twice": (
        "verdict/call-order.ts",
        {"        ConditionExpression: OPEN,\n": "", "REMOVE task_token SET": "SET"},
    ),
    "answered-late": ("verdict/call-order.ts", {"answer_before > :now": "answer_before <> :now"}),
    "endpoint-called-gone": (
        "verdict/call-order.ts",
        {"throw new Refused(409, 'The answer came too late": "throw new Refused(410, 'The answer came too late"},
    ),
    "lost-response-refused": ("verdict/call-order.ts", {"return again;": "return false;"}),
    "claim-kept": ("verdict/call-order.ts", {"'REMOVE answered_by, answer'": "'REMOVE nothing'"}),
    "over-answered": ("verdict/call-order.ts", {"return again;": "return true;"}),
}


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs in TypeScript."""
    folder = tmp_path_factory.mktemp("callbacks")
    made = advise(make_requirements(story("callback")), rules.load_book())
    for path, content in blueprints.build(made, "cdk-typescript", lang="en", extras={}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / "src"


@pytest.mark.usefixtures("node_modules")
def test_sound_programs_in_typescript_give_no_problem(typescript: Path) -> None:
    assert callbacks.wrongs(typescript / "order", typescript / "verdict", PAYLOAD) == ()


@pytest.mark.usefixtures("node_modules")
@pytest.mark.parametrize("rule", TYPESCRIPT_FAULTS)
def test_a_fault_of_a_program_in_typescript_is_caught(rule: str, typescript: Path, tmp_path: Path) -> None:
    folder, (name, changes) = Path(copytree(typescript, tmp_path / "src")), TYPESCRIPT_FAULTS[rule]
    (folder / name).write_text(_changed((folder / name).read_text("utf-8"), changes), "utf-8")
    assert rule in callbacks.wrongs(folder / "order", folder / "verdict", PAYLOAD)
