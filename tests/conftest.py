"""What every test may use: the rule book, the designs of the stories, and goldens that one switch accepts anew."""

import difflib
import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design

# A change must not fail for a case that another change brought in: CI draws the same cases each time.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

GOLDENS = Path(__file__).parent / "goldens"
MOST_LINES = 60  # of the difference that a failure shows

Difference = Callable[[str, str], str]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the goldens anew from what is made now")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the marks in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests in one process that share what is dear to make: those of a folder with a conftest, and of each file."""
    here = Path(__file__).parent
    for item in items:
        above = [folder for folder in item.path.parents if here in folder.parents and (folder / "conftest.py").exists()]
        item.add_marker(pytest.mark.xdist_group(str((above[-1] if above else item.path).relative_to(here))))


@pytest.fixture(scope="session")
def book() -> Book:
    return rules.load_book()


@pytest.fixture(scope="session")
def designs(book: Book) -> dict[str, Design]:
    """The design of every story, by the story's name."""
    return {name: advise(rules.load_story(name), book) for name in rules.STORIES}


class Golden(Protocol):
    """A check that an output equals the file of that name under tests/goldens; `difference` says how they differ."""

    def __call__(self, name: str, output: str | bytes, difference: Difference = ..., /) -> None: ...


def changed_lines(accepted: str, output: str) -> str:
    """Return the first lines that differ between a golden and an output, with their context, as a unified diff."""
    lines = difflib.unified_diff(accepted.splitlines(), output.splitlines(), "accepted", "now", n=2, lineterm="")
    shown = list(islice(lines, MOST_LINES + 1))
    return "\n".join(shown if len(shown) <= MOST_LINES else [*shown[:MOST_LINES], "…"])


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the check of a golden. With `--accept` it writes the file anew."""

    def check(name: str, output: str | bytes, difference: Difference = changed_lines, /) -> None:
        content = output.encode() if isinstance(output, str) else output
        path = GOLDENS / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        accept = f"pytest {request.node.nodeid.partition('::')[0]} --accept"
        if not path.is_file():
            pytest.fail(f"tests/goldens/{name} is missing. Look at the output, then run: {accept}", pytrace=False)
        accepted = path.read_bytes()
        if content != accepted:
            changes = difference(accepted.decode(errors="replace"), content.decode(errors="replace"))
            way_out = f"If the new output is right, run: {accept}"
            pytest.fail(f"tests/goldens/{name} differs:\n{changes}\n{way_out}", pytrace=False)

    return check
