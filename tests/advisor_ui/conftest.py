"""The page in a real browser: one server and one browser for the tests of a file, a fresh profile for each visit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.advisor_ui.server import running_browser, running_server
from tests.advisor_ui.visiting import Visit, visiting


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as (url, _):
        yield url


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    with running_browser(chromium) as browser:
        yield browser


@pytest.fixture
def visit(browser: Any, server: str) -> Iterator[Visit]:
    with visiting(browser, server) as visit:
        yield visit
