"""The check of bodies: sound programs refuse what nothing can hold, and a program that does not is found."""

from pathlib import Path

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from prove.behaviour.checks.bodies import check
from prove.behaviour.evidence import Evidence
from tests.prove.behaviour.sam_projects import story, write_project

SERVICE = {"sam": "service.py", "cdk-typescript": "service.ts"}
SENTENCE = """return f"{field}: {first['msg']}." if field else f"{first['msg']}.\""""
CALL = {
    "sam": ("models.item(values)", "dict(values)"),
    "cdk-typescript": ("models.item(values)", "(values as Record<string, unknown>)"),
}


def project(target: str, name: str, folder: Path) -> Evidence:
    """Write a project without its template, which bodies have nothing to do with."""
    files = blueprints.build(advise(make_requirements(story(name)), rules.load_book()), target, lang="en", extras={})
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return Evidence(folder, folder / "none.json", folder / "none", target)


@pytest.fixture(params=list(SERVICE))
def target(request: pytest.FixtureRequest, project_python: Path, node_modules: Path) -> str:
    """Both languages of programs; their tools are there."""
    found: str = request.param
    return found


def test_a_sound_program_refuses_with_a_sentence_and_a_careless_one_fails(target: str, tmp_path: Path) -> None:
    evidence = project(target, "dynamic-web-api", tmp_path)
    assert list(check(evidence)) == []
    (service,) = (tmp_path / "src").glob(f"*/{SERVICE[target]}")
    old, new = CALL[target]
    text = service.read_text("utf-8")
    assert old in text
    service.write_text(text.replace(old, new), "utf-8")
    assert {problem.rule for problem in check(evidence)} >= {"body-is-an-error"}


def test_a_refusal_without_a_sentence_is_found(project_python: Path, tmp_path: Path) -> None:
    evidence = project("sam", "dynamic-web-api", tmp_path)
    (models,) = (tmp_path / "src").glob("*/models.py")
    text = models.read_text("utf-8")
    assert SENTENCE in text
    models.write_text(text.replace(SENTENCE, 'return "no"'), "utf-8")
    assert {problem.rule for problem in check(evidence)} == {"refused-without-a-word"}


def test_a_body_that_is_too_large_and_answered_as_invalid_is_found(target: str, tmp_path: Path) -> None:
    evidence = project(target, "container-web-service", tmp_path)
    assert list(check(evidence)) == []
    (server,) = (tmp_path / "src").glob(f"*/{'main.py' if target == 'sam' else 'main.ts'}")
    text = server.read_text("utf-8")
    old, new = ("413 Content Too Large", "400 Bad Request") if target == "sam" else ("status: 413", "status: 400")
    assert old in text
    server.write_text(text.replace(old, new), "utf-8")
    assert {problem.rule for problem in check(evidence)} == {"size-is-not-named"}


def test_what_nothing_can_hold_and_a_program_keeps_is_found(project_python: Path, tmp_path: Path) -> None:
    evidence = project("sam", "relational-web-app", tmp_path)
    service = tmp_path / "src/app/service.py"
    text = service.read_text("utf-8")
    assert CALL["sam"][0] in text
    service.write_text(text.replace(*CALL["sam"]), "utf-8")
    assert "body-is-kept" in {problem.rule for problem in check(evidence)}


def test_a_project_without_requests_sends_nothing(tmp_path: Path) -> None:
    assert list(check(write_project(story("scheduled-batch"), tmp_path / "project").evidence)) == []


def test_a_receiver_that_asks_for_fields_of_its_own_is_found(target: str, tmp_path: Path) -> None:
    evidence = project(target, "payment-webhooks", tmp_path)
    assert list(check(evidence)) == []
    old, new = {
        "sam": ("body = models.item(values)", 'body = models.item({**values, "\\0": 1})'),
        "cdk-typescript": (
            "fieldsOf(models.item(values))",
            "fieldsOf(models.item({ ...(values as object), x: '\\0' }))",
        ),
    }[target]
    service = tmp_path / "src" / "receiver" / SERVICE[target]
    text = service.read_text("utf-8")
    assert old in text
    service.write_text(text.replace(old, new), "utf-8")
    assert "webhook-is-refused" in {problem.rule for problem in check(evidence)}
