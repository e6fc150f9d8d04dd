"""Reasons say what is assumed, and nothing that the chosen service or its settings contradict."""

from typing import Any

import yaml

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements

API = {"id": "api", "trigger": "request", "packaging": "code"}


def design(book: Book, component: dict[str, Any], **workload: Any) -> Design:
    return advise(make_requirements({"components": [component], "workload": workload}), book)


def said(made: Design) -> dict[str, Any]:
    """Return each sentence of the decision by the id of its reason."""
    choices = [choice for subject in made.decision.subjects for choice in subject.choices]
    reasons = [reason for choice in choices for reason in choice.because]
    reasons += [reason for choice in choices for rejected in choice.rejected for reason in rejected.because]
    return {reason.id: reason.sentence for reason in reasons}


def test_an_assumed_load_is_called_assumed(book: Book) -> None:
    sentence = said(design(book, API))["managed-instances-do-not-scale-to-zero"]
    assert sentence.en.startswith("The load varies (assumed),")
    assert sentence.ja.startswith("負荷は変動しますが（仮定）、")
    sentence = said(design(book, {**API, "shape": "spiky"}))["managed-instances-do-not-scale-to-zero"]
    assert sentence.en.startswith("The load varies,")
    assert sentence.ja.startswith("負荷は変動しますが、")


def test_what_nobody_ruled_out_is_not_called_a_requirement(book: Book) -> None:
    sentence = said(design(book, API))["emerging-compute"]
    assert sentence.en.endswith("new and preview services are not allowed (assumed).")
    assert sentence.ja.endswith("新しいサービスやプレビューの利用は許可されていません（仮定）。")
    assert "(assumed)" not in said(design(book, API, allow_emerging=False))["emerging-compute"].en


def test_a_concurrency_is_assumed_unless_its_factors_are_stated(book: Book) -> None:
    steady = {"id": "it", "trigger": "request", "packaging": "container-image", "shape": "steady"}
    steady |= {"longest_run_s": "2 min", "typical_run_s": "1 min"}
    assert "60 concurrent executions (assumed)" in said(design(book, steady))["steady-load-keeps-tasks-busy"].en
    stated = said(design(book, {**steady, "rate_average_rps": 2}))["steady-load-keeps-tasks-busy"]
    assert "120 concurrent executions, busy" in stated.en


def test_what_fargate_does_explains_no_workers_on_hosts(book: Book) -> None:
    raw = yaml.safe_load(rules.story_bytes("container-on-ec2"))
    assert "deployments-stop-tasks-after-two-minutes" not in said(advise(make_requirements(raw), book))
    del raw["components"][0]["host_control"], raw["components"][0]["privileged"]
    assert "deployments-stop-tasks-after-two-minutes" in said(advise(make_requirements(raw), book))
