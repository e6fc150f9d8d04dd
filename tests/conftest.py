"""What every test may use: the rule book, the designs of the stories, and goldens that one switch accepts anew."""

import os
from collections.abc import Callable
from pathlib import Path

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


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Return a check that some output equals the file of that name under tests/goldens."""

    def check(name: str, made: str | bytes) -> None:
        content = made.encode() if isinstance(made, str) else made
        path = GOLDENS / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.is_file(), f"tests/goldens/{name} is missing; look at the output, then run pytest --accept"
        held = path.read_bytes()
        assert content == held, f"tests/goldens/{name} differs; if the new output is right, run pytest --accept"

    return check
