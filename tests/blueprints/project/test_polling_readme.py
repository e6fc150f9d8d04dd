"""The README of a project that polls another system: what to implement, and what happens when that system does not finish."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from tests.prove.behaviour.sam_projects import story


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("target", "module", "check"),
    [("sam", "other_system.py", "is_done"), ("cdk-typescript", "other-system.ts", "isDone")],
)
def test_it_says_what_to_implement(target: str, module: str, check: str, lang: Any) -> None:
    made = advise(make_requirements(story("polling")), rules.load_book())
    files = blueprints.build(made, target, lang=lang, extras={})
    readme = files["README.md"].decode()
    paragraphs = [part for part in readme.split("\n1. ") if "OtherSystemNotDone" in part]
    assert len(paragraphs) == 2, "one of each component"
    assert all(f"`{check}`" in part and module in part for part in paragraphs)
    assert ["`submit`" in part for part in paragraphs] == [False, True]
    assert ["redrive" in part.split("\n\n")[0] for part in paragraphs] == [False, True], (
        "a compensation is not redriven"
    )
    assert f"src/convert/{module}" in files
    assert b"OtherSystemCheck=fail" in files["environments/prod.env"]
    assert b"OtherSystemCheck=simulate" in files["environments/dev.env"]
