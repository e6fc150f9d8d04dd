"""What every test may use: the rule book, the designs of the stories, tools, and goldens that one switch accepts anew."""

import difflib
import gc
import os
import signal
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from shutil import which
from typing import Any, Protocol

import pytest
from hypothesis import settings

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from prove import tools

# A change must not fail for a case that another change brought in: CI draws the same cases each time.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# What tests make goes by its reference count: to look for cycles as often as Python does by itself takes a tenth of the time.
gc.set_threshold(100_000, 20, 20)

# A child process ignores the signals that its parent ignores, as some CI does with SIGTERM: programs that tests end have it.
signal.signal(signal.SIGTERM, signal.SIG_DFL)

# A Makefile that a test runs is run as its user runs it, not as a part of the `make test` that started the test.
for _told in [name for name in os.environ if name.startswith(("MAKE", "MFLAGS"))]:
    del os.environ[_told]

ROOT = Path(__file__).parents[1]
GOLDENS = ROOT / "tests" / "goldens"
#: The fixtures that stand for a tool outside this Python. `make check` leaves out the tests that ask for one.
TOOLS: set[str] = set()
MOST_LINES = 60  # of the difference that a failure shows

Difference = Callable[[str, str], str]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write the goldens anew from what is made now")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        from tests.distribution import FailuresAtOnce

        config.pluginmanager.register(FailuresAtOnce())


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist there is no such hook
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    from tests.distribution import SharedSetUp

    return SharedSetUp(config, log)


@pytest.hookimpl(tryfirst=True)  # `-m` reads the marks in the same hook
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks for a tool, directly or by another fixture."""
    with_tools = [item for item in items if TOOLS.intersection(getattr(item, "fixturenames", ()))]
    for item in with_tools:
        item.add_marker(pytest.mark.tools)
    if hasattr(config, "workerinput"):
        from tests.distribution import longest_first

        longest_first(items, with_tools)


@pytest.fixture(autouse=True)
def _no_tool_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that starts a tool without asking for its fixture would be in `make check`, and fail if there is none."""
    if not request.node.get_closest_marker("tools"):
        for name in ("ENVIRONMENTS", "CDK", "PROJECT", "NODE", "NPM"):
            monkeypatch.setattr(tools, name, tools.ROOT / f"{name} without its fixture of tests/conftest.py")


def _tool(where: Callable[[], Path]) -> Any:
    """Make a fixture for all tests of a function that says where a tool is."""
    TOOLS.add(where.__name__)
    return pytest.fixture(scope="session")(where)


def _installed(path: Path | str | None, by: str) -> Path:
    assert path, f"not installed: make {by}"
    assert Path(path).exists(), f"not installed: make {by}"
    return Path(path)


@_tool
def cdk_python() -> Path:
    """The interpreter that has the CDK, and Node.js beside it."""
    return _installed(tools.CDK / "bin" / "python", ".venv-cdk/.ready")


@_tool
def project_python() -> Path:
    """The interpreter of generated projects, with the packages and tools that they are pinned to."""
    return _installed(tools.PROJECT / "bin" / "python", ".venv-project/.ready")


@_tool
def node_modules() -> Path:
    """The npm packages that generated projects are pinned to, with their commands in `.bin`."""
    _installed(tools.NODE / ".ready", ".node/.ready")
    return tools.NODE / "node_modules"


@_tool
def emulator_python() -> Path:
    """The interpreter that has the emulator of AWS."""
    return _installed(tools.ENVIRONMENTS / "emulator" / "bin" / "python", ".venv-prove/emulator/.ready")


@_tool
def lint_python() -> Path:
    """The interpreter that has the linters of templates, workflows and state machines."""
    return _installed(tools.ENVIRONMENTS / "lint" / "bin" / "python", ".venv-prove/lint/.ready")


@_tool
def chromium() -> Path:
    """The browser."""
    return _installed(which("chromium"), ".venv/.test")


@_tool
def drawio() -> Path:
    """draw.io's viewer and its own package from npm."""
    _installed(ROOT / ".formats" / ".ready", ".formats/.ready")
    return ROOT / ".formats"


@_tool
def graphviz() -> Path:
    """Graphviz, which draws the classic picture."""
    return _installed(which("dot"), ".venv/.test")


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
