"""The README of a project that asks people: what the approver sees, and how failed work is done again."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from tests.prove.behaviour.sam_projects import story


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_failed_work_is_done_again_by_a_new_execution_and_not_by_a_redrive(lang: Any) -> None:
    made = advise(make_requirements(story("approval")), rules.load_book())
    readme = blueprints.build(made, "sam", lang=lang, extras={})["README.md"].decode()
    (section,) = [part for part in readme.split("\n### ") if "`NotAsked`" in part]
    redriven, _, again = section.partition("`Fail`")
    assert "`aws stepfunctions redrive-execution`" in redriven
    # A request that was decided ends another execution with its message, so it is deleted first.
    assert "aws dynamodb delete-item" in again
    assert "ApprovalsTableName" in again
    assert '"truncated": true' in section


@pytest.mark.parametrize(
    ("lang", "undone", "left", "expires"),
    [
        ("en", "compensates (undoes) the step", "in the state `RejectedAfterSteps`", "A request expires 2 days after"),
        (
            "ja",
            "補償処理（取り消し）を",
            "ステート `RejectedAfterSteps` で失敗します",
            "依頼の期限は、送信から 2 日です",
        ),
    ],
)
def test_the_readme_says_only_what_holds_for_the_steps_of_this_project(
    lang: Any, undone: str, left: str, expires: str
) -> None:
    for compensation in (True, False):
        answers = {
            "id": "sale", "trigger": "event", "listens_to": "offers", "longest_run_s": "20 s", "wait_s": "2 days", "steps": 4,
            "retries": True, "human_approval": True, "steps_before_approval": 2, "compensation": compensation,
            "reads": ["prices"], "writes": ["sales"],
        }  # fmt: skip
        raw = {
            "components": [{"id": "desk", "trigger": "request", "publishes": ["offers"]}, answers],
            "channels": [{"id": "offers", "carries": "event"}],
            "stores": [{"id": one, "access": "key-value"} for one in ("prices", "sales")],
        }
        made = advise(make_requirements(raw), rules.load_book())
        readme = blueprints.build(made, "sam", lang=lang, extras={})["README.md"].decode()
        assert (undone in readme) is compensation
        assert (left in readme) is not compensation
        assert expires in readme
        assert "`AlarmEmail` and `ApproverEmail`" in readme or "`AlarmEmail`、`ApproverEmail`" in readme


@pytest.mark.parametrize(("trigger", "repeated"), [("event", True), ("on-demand", False)])
def test_only_work_that_messages_start_has_executions_by_duplicates(trigger: str, repeated: bool) -> None:
    asks = {"id": "sale", "trigger": trigger, "longest_run_s": "20 s", "wait_s": "2 days", "human_approval": True}
    heard = {"listens_to": "offers"} if repeated else {}
    desk = {"id": "desk", "trigger": "request", **({"publishes": ["offers"]} if repeated else {"calls": ["sale"]})}
    raw: dict[str, Any] = {"components": [desk, {**asks, **heard, "writes": ["sales"]}]}
    raw |= {"stores": [{"id": "sales", "access": "key-value"}]}
    raw |= {"channels": [{"id": "offers", "carries": "event"}]} if repeated else {}
    made = advise(make_requirements(raw), rules.load_book())
    for lang, words, other in (
        ("en", "A duplicate of a message starts another execution", "Another execution with the same input finds"),
        ("ja", "メッセージが重複すると別の実行が始まります", "同じ入力の別の実行は、最初の依頼"),
    ):
        readme = blueprints.build(made, "sam", lang=lang, extras={})["README.md"].decode()  # type: ignore[arg-type]
        assert (words in readme) is repeated
        assert (other in readme) is not repeated
