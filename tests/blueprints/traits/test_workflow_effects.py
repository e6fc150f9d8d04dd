"""A run with compensations that calls another system: while the outcome is unknown, nothing is undone and a redrive goes on."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.traits.outside_effects import acts_once
from blueprints.traits.state_machine import definition

States = dict[str, dict[str, Any]]


def states(book: Book, **own: Any) -> States:
    """Return the states of a workflow of payouts with three steps."""
    pay = {"id": "pay", "trigger": "message", "listens_to": "payouts", "uses_secrets": True, "writes": ["ledger"]}
    work = {"steps": 3, "compensation": True, "retries": True, "longest_run_s": "20 s"}
    given = {
        "components": [pay | work | own],
        "channels": [{"id": "payouts", "carries": "work", "duplicates_ok": False}],
        "stores": [{"id": "ledger", "access": "key-value"}],
    }
    architecture = advise(make_requirements(given), book).architecture
    (machine,) = [node for node in architecture.nodes if node.states and not acts_once(node)]
    return dict(definition(architecture, machine).body["States"])


@pytest.mark.parametrize("own", [{}, {"retries": False}, {"longest_run_s": "20 min"}, {"human_approval": True}])
def test_an_error_of_the_call_leads_to_the_question_whether_its_outcome_is_known(
    own: dict[str, Any], book: Book
) -> None:
    found = states(book, **own)
    assert [one["Next"] for one in found["Step3"]["Catch"] if one["ErrorEquals"] == ["States.ALL"]] == ["Step3Settled"]
    asked = found["Step3Settled"]
    assert "settle" in str(asked["Parameters"])
    assert asked["Next"] == "Compensate3"
    assert asked["Catch"] == [{"ErrorEquals": ["States.ALL"], "ResultPath": None, "Next": "Step3Again"}]
    # The other steps call nobody.
    assert {one["Next"] for name in ("Step1", "Step2") for one in found[name]["Catch"]} == {
        "Compensate1",
        "Compensate2",
    }


@pytest.mark.parametrize(("own", "undone"), [({}, {"NotDone"}), ({"longest_run_s": "20 min"}, set())])
def test_an_execution_fails_where_a_redrive_does_the_step(own: dict[str, Any], undone: set[str], book: Book) -> None:
    found = states(book, **own)
    again = found["Step3Again"]
    # An unknown outcome is not caught: a redrive begins here, and not in a state of the type Fail.
    assert {name for one in again.get("Catch", ()) for name in one["ErrorEquals"]} == undone
    assert "Retry" not in again
    assert again["Parameters"] == found["Step3"]["Parameters"]
    assert again["Next"] == found["Step3"]["Next"]


def test_a_changed_item_is_approved_again_also_then(book: Book) -> None:
    found = states(book, human_approval=True, steps_before_approval=2, reads=["ledger"])
    if any("ChangedSinceApproval" in one["ErrorEquals"] for one in found["Step3"]["Catch"]):
        assert found["Step3Again"]["Catch"][0] == found["Step3"]["Catch"][0]
    assert found["Step3Again"]["Catch"][-1]["ErrorEquals"] == ["NotDone"]


@pytest.mark.parametrize("own", [{"compensation": False}, {"uses_secrets": False}])
def test_other_runs_ask_nothing(own: dict[str, Any], book: Book) -> None:
    assert not {"Step3Settled", "Step3Again"} & states(book, **own).keys()
