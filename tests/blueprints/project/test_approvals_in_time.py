"""Generated runs with an approval end in the time that is stated for the whole run, in both languages of programs."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.generation import build
from tests.blueprints.project.test_results_beside_items import TARGETS

MACHINE, DURABLE = {"workflow": "step-functions-standard"}, {"compute": "lambda-durable"}
WEEK, LEFT = "604800", "172680"


def files(book: Book, target: str, pins: dict[str, str]) -> dict[str, str]:
    flow: dict[str, Any] = {
        "id": "assess", "trigger": "event", "event_source": "own-application", "steps": 2, "longest_run_s": "60 s",
        "human_approval": True, "retries": True, "whole_run_s": "2 days", "pins": pins, "writes": ["cases"],
    }  # fmt: skip
    flow |= {"language": "nodejs"} if target == "cdk-typescript" else {}
    answers = {"components": [flow], "stores": [{"id": "cases", "access": "key-value"}]}
    made = build(advise(make_requirements(answers), book), target, lang="en", extras={})
    return {path: content.decode() for path, content in made.items()}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("pins", [MACHINE, DURABLE], ids=["machine", "durable"])
def test_a_person_has_what_the_work_leaves_of_the_stated_time(book: Book, target: str, pins: dict[str, str]) -> None:
    made = {path: text for path, text in files(book, target, pins).items() if not path.startswith(("docs/", "tests/"))}
    assert [path for path, text in made.items() if LEFT in text] != []
    assert [path for path, text in made.items() if WEEK in text] == []
