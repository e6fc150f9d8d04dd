"""Results of programs about the items of an API: attributes of these, whatever runs the program."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import blueprints
from advisor.book import Book
from blueprints.plan import plan_for
from blueprints.project.programs.composition import codes
from tests.blueprints.answers import design_from
from tests.blueprints.project.conftest import write


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("durable-results", {"review": "orders", "ship": "orders"}),
        ("results-in-items", dict.fromkeys(("assess", "scan", "check", "render", "notify"), "claims")),
    ],
)
def test_the_result_is_an_attribute_of_the_item(name: str, expected: dict[str, str], book: Book) -> None:
    """A row under the id of an item that exists already would be refused as a duplicate, and the result lost."""
    plan = plan_for(design_from(name, book))
    found = {code.id: [store.subject for store in code.completes] for code in codes(plan)}
    assert {id: found[id] for id in expected} == {id: [store] for id, store in expected.items()}


@pytest.mark.parametrize("name", ["durable-results", "results-in-items"])
def test_the_unit_tests_of_such_programs_pass(
    name: str, tmp_path: Path, run: Callable[..., "subprocess.CompletedProcess[str]"], book: Book
) -> None:
    write(blueprints.build(design_from(name, book), "sam", lang="en", extras={}), tmp_path)
    done = run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests", cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-2000:]
