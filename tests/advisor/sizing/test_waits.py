"""The time that a person or another system has to answer fits in what is stated of the whole run."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements

DAY_S = 86400
STANDARD, DURABLE = {"workflow": "step-functions-standard"}, {"compute": "lambda-durable"}
FLOW: dict[str, Any] = {
    "id": "assess", "trigger": "event", "event_source": "own-application", "steps": 2, "longest_run_s": "60 s", "retries": True,
    "writes": ["cases"],
}  # fmt: skip


def designed(book: Book, **answers: Any) -> Design:
    stores = [{"id": "cases", "access": "key-value"}]
    return advise(make_requirements({"components": [{**FLOW, **answers}], "stores": stores}), book)


def machine_of(book: Book, **answers: Any) -> Any:
    return designed(book, pins=STANDARD, **answers).architecture.node("assess.workflow")


def function_of(architecture: Architecture) -> Any:
    return next(one for one in architecture.nodes if "execution_timeout_s" in one.settings)


def test_an_approval_leaves_the_work_its_time_in_the_stated_whole_run(book: Book) -> None:
    """A run of two days waited a week for its person, and ended five days after its alarm."""
    machine = machine_of(book, human_approval=True, whole_run_s="2 days")
    assert machine.settings["approval_s"] == 2 * DAY_S - 2 * 60
    assert machine.settings["timeout_s"] < 2 * DAY_S + 3600
    assert "2 days" in machine.grounds["approval_s"].reason.en
    assert "2 日" in machine.grounds["approval_s"].reason.ja


def test_a_durable_function_leaves_the_work_its_time_as_well(book: Book) -> None:
    found = function_of(designed(book, pins=DURABLE, human_approval=True, whole_run_s="2 days").architecture)
    assert found.settings["approval_s"] == 2 * DAY_S - 2 * 60
    assert found.settings["execution_timeout_s"] < 2 * DAY_S + 3600
    assert "2 days" in found.grounds["approval_s"].reason.en


@pytest.mark.parametrize("pins", [STANDARD, DURABLE])
@pytest.mark.parametrize(
    ("answers", "waits"), [({}, 7 * DAY_S), ({"wait_s": "1 day"}, DAY_S), ({"whole_run_s": "20 days"}, 7 * DAY_S)]
)
def test_a_stated_wait_and_a_week_that_fits_stay(book: Book, pins: Any, answers: Any, waits: int) -> None:
    architecture = designed(book, pins=pins, human_approval=True, **answers).architecture
    found = [one.settings["approval_s"] for one in architecture.nodes if "approval_s" in one.settings]
    assert set(found) == {waits}


def test_a_callback_and_an_approval_share_what_the_whole_run_leaves(book: Book) -> None:
    machine = machine_of(book, waits_for=["callback", "person"], whole_run_s="2 days")
    assert machine.settings["approval_s"] == machine.settings["callback_s"] == (2 * DAY_S - 2 * 60) // 2
    assert "share equally" in machine.grounds["approval_s"].reason.en


def test_steps_that_would_take_all_of_the_time_leave_half_of_it_for_the_answer(book: Book) -> None:
    machine = machine_of(book, human_approval=True, longest_run_s="10 min", whole_run_s="20 min")
    assert machine.settings["approval_s"] == 600


def test_another_system_is_asked_for_no_longer_than_the_whole_run(book: Book) -> None:
    machine = machine_of(book, waits_for=["other-system"], whole_run_s="30 min")
    assert machine.settings["poll_within_s"] == 30 * 60 - 2 * 60
