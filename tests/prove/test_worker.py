"""Worker processes of the tools: they stay for later requests, and report errors."""

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
def counting_worker(project_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A worker with one driver, which counts its requests."""
    serve = tmp_path / "serve.py"
    serve.write_text(Path(worker._SERVE).read_text())
    (tmp_path / "counts.py").write_text(DRIVER)
    monkeypatch.setattr(worker, "_SERVE", serve)
    monkeypatch.setattr(tools, "OUT", tmp_path)
    project_worker = Worker("project")
    yield project_worker
    project_worker.end()


def test_modules_stay_loaded_and_variables_do_not(counting_worker: Worker) -> None:
    assert counting_worker.ask("counts", "a", {"WORD": "set"}) == [[1, "set"]]
    assert counting_worker.ask("counts", "b", {}) == [[2, None]]


def test_an_error_is_raised_and_the_process_stays(counting_worker: Worker) -> None:
    with pytest.raises(RuntimeError, match="ValueError: no such thing"):
        counting_worker.ask("counts", "raise", {"WORD": "set"})
    assert counting_worker.ask("counts", "b", {}) == [[2, None]]


def test_a_dead_process_is_reported_with_its_output_and_restarted(counting_worker: Worker) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)ended with 9: .*out of memory"):
        counting_worker.ask("counts", "die", {})
    assert counting_worker.ask("counts", "b", {}) == [[1, None]]


def test_a_process_that_takes_too_long_is_ended(counting_worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "TIMEOUT_S", 0.5)
    (tools.OUT / "sleeps.py").write_text("import time\n\n\ndef answers(jobs):\n    time.sleep(60)\n")
    begun = time.monotonic()
    with pytest.raises(RuntimeError, match="ended with -9"):
        counting_worker.ask("sleeps", None, {})
    assert time.monotonic() - begun < 30


def test_the_seconds_of_a_process_that_stays_count(counting_worker: Worker) -> None:
    before = processor.seconds_used()
    counting_worker.ask("counts", "work", {})
    assert processor.seconds_used() - before >= 0.4
