"""A database that pauses: whether callers can wait for it, and how long work outlasts it."""

from typing import Any

import pytest

import rules
from advisor.advise import advise
from advisor.architecture import Node
from advisor.design import Design
from advisor.requirements import make_requirements


def made(component: dict[str, Any], store: dict[str, Any] | None = None, **more: Any) -> Design:
    """Return the design of a component with a relational store that pauses."""
    data = {"id": "data", "access": "relational", "pins": {"store": "aurora-serverless"}, **(store or {})}
    work = {"id": "work", "reads": ["data"], "writes": ["data"], "pins": {"compute": "lambda"}, **component}
    answers = {"schema": 2, "title": "Test", "components": [work], "stores": [data], **more}
    return advise(make_requirements(answers), rules.load_book())


def node(design: Design, id: str) -> Node:
    return design.architecture.node(id)


@pytest.mark.parametrize(("response_s", "least"), [("20 s", 0.5), ("21 s", None), ("5 s", 0.5), ("29 s", None)])
def test_a_database_pauses_where_callers_can_wait_until_it_resumes(response_s: str, least: float | None) -> None:
    design = made({"trigger": "request", "response_s": response_s})
    assert node(design, "data.store").settings.get("least_capacity_acu") == least
    assert ("least_capacity_acu" in node(design, "data.store").grounds) == (least is not None)


def test_it_pauses_where_nothing_may_be_paid_while_idle() -> None:
    design = made({"trigger": "request", "response_s": "5 s"}, {"must": ["nothing-while-idle"]})
    assert "least_capacity_acu" not in node(design, "data.store").settings


def test_a_function_that_nobody_waits_for_outlasts_a_long_pause() -> None:
    design = made({"trigger": "schedule", "longest_run_s": "10 s"})
    assert node(design, "work.compute").settings["timeout_s"] == 45 + 10
    assert "more than a day" in node(design, "work.compute").grounds["timeout_s"].reason.en
    assert node(design, "data.store").settings.get("least_capacity_acu") is None


def test_a_function_on_a_database_that_never_pauses_keeps_its_time() -> None:
    design = made({"trigger": "schedule", "longest_run_s": "10 s"}, {"pins": {"store": "rds"}})
    assert node(design, "work.compute").settings["timeout_s"] == 12


@pytest.mark.parametrize("component", [{"trigger": "schedule"}, {"trigger": "request", "response_s": "29 s"}])
def test_a_database_for_which_no_query_may_wait_never_pauses(component: dict[str, Any]) -> None:
    settings = node(made(component, {"always_awake": True}), "data.store").settings
    assert settings["least_capacity_acu"] == 0.5
    free = made(component, {"always_awake": True, "must": ["nothing-while-idle"]})
    assert "least_capacity_acu" not in node(free, "data.store").settings


def searched(**store: Any) -> Design:
    """Return the design of an API over a search collection."""
    answers = {
        "schema": 2,
        "title": "Test",
        "components": [
            {"id": "work", "trigger": "request", "response_s": "5 s", "reads": ["data"], "writes": ["data"]}
        ],
        "stores": [{"id": "data", "access": "search", **store}],
    }
    return advise(make_requirements(answers), rules.load_book())


def test_a_search_collection_scales_to_zero_where_nothing_may_be_paid_while_idle() -> None:
    free = searched(must=["nothing-while-idle"])
    assert node(free, "data.store").settings["least_capacity_ocu"] == 0
    assert node(free, "data.store").grounds["least_capacity_ocu"].source == "aoss-resume"
    assert "least_capacity_ocu" not in node(searched(), "data.store").settings


@pytest.mark.parametrize(("component", "words"), [({}, "10 s (assumed)."), ({"response_s": "5 s"}, "5 s.")])
def test_the_minimum_says_whether_the_response_time_is_assumed(component: dict[str, Any], words: str) -> None:
    ground = node(made({"trigger": "request", **component}), "data.store").grounds["least_capacity_acu"]
    assert f"A response is required within {words}" in ground.reason.en
