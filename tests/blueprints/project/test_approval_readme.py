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
