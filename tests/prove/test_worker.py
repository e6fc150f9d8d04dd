"""The processes of the tools: they stay for what is asked next, and what goes wrong in one is said and is over."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prove import tools
from prove.tools import processor, worker
from prove.tools.worker import Worker

DRIVER = """\
import os
import sys

asked = []


def answers(jobs):
    asked.append(jobs)
    print("a word of a tool")
    if jobs == "raise":
        raise ValueError("no such thing")
    if jobs == "die":
        sys.stderr.write("out of memory")
        sys.stderr.flush()
        os._exit(9)
    while jobs == "work" and sum(os.times()[:2]) < 0.5:
        pass
    yield [len(asked), os.environ.get("WORD")]
"""


@pytest.fixture
def made(project_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker with one driver, which counts what it is asked."""
    serve = tmp_path / "serve.py"
    serve.write_text(Path(worker._SERVE).read_text())
    (tmp_path / "counts.py").write_text(DRIVER)
    monkeypatch.setattr(worker, "_SERVE", serve)
    monkeypatch.setattr(tools, "OUT", tmp_path)
    one = Worker("project")
    yield one
    one.end()


def test_what_was_loaded_stays_and_what_was_set_does_not(made: Worker) -> None:
    assert made.ask("counts", "a", {"WORD": "set"}) == [[1, "set"]]
    assert made.ask("counts", "b", {}) == [[2, None]]


def test_an_error_is_said_and_the_process_stays(made: Worker) -> None:
    with pytest.raises(RuntimeError, match="ValueError: no such thing"):
        made.ask("counts", "raise", {"WORD": "set"})
    assert made.ask("counts", "b", {}) == [[2, None]]


def test_a_process_that_dies_says_what_it_said_and_another_one_starts(made: Worker) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)ended with 9: .*out of memory"):
        made.ask("counts", "die", {})
    assert made.ask("counts", "b", {}) == [[1, None]]


def test_a_process_that_takes_too_long_is_ended(made: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TIMEOUT_S", 0.5)
    (tools.OUT / "sleeps.py").write_text("import time\n\n\ndef answers(jobs):\n    time.sleep(60)\n")
    begun = time.monotonic()
    with pytest.raises(RuntimeError, match="ended with -9"):
        made.ask("sleeps", None, {})
    assert time.monotonic() - begun < 30


def test_the_seconds_of_a_process_that_stays_count(made: Worker) -> None:
    before = processor.used()
    made.ask("counts", "work", {})
    assert processor.used() - before >= 0.4
