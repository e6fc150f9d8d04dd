"""What a visitor may take of the server: the time of a picture, the size of what he sends; and a layout process that is killed."""

import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from advisor.requirements import RequirementsError
from advisor.requirements.reading import MOST_BYTES, read_requirements
from advisor_ui import cached
from advisor_ui.opener import _content
from advisor_ui.server.application import RENDER_BUDGET_S
from benchmarks.client import Client
from renderers.layout import clear_cache
from renderers.layout.placing.engine import ENGINE, LIMIT_S, Engine
from tests.advisor_ui.page import opened, ran

HANGS = (sys.executable, "-c", "import sys, time; print('{\"ready\": true}', flush=True); time.sleep(60)")


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Yield the engine of the page, with nothing laid out before; it is as it was afterwards."""
    command, limit_s = ENGINE._command, ENGINE.limit_s
    clear_cache()
    cached._diagram.clear()
    ENGINE.stop()
    yield ENGINE
    ENGINE.stop()
    ENGINE._command, ENGINE.limit_s = command, limit_s
    clear_cache()
    cached._diagram.clear()


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "did not respond within 0.5 s"), ("ja", "0.5 秒以内に応答しません")]
)
def test_a_picture_over_its_budget_of_time_is_said_and_the_next_one_drawn(
    lang: str, sentence: str, engine: Engine
) -> None:
    command = engine._command
    engine._command, engine.limit_s = HANGS, 0.5
    page = opened(s="mass-messages", lang=lang)
    assert [sentence in error.value for error in page.error] == [True]
    assert engine._process is None, "the process that hangs is gone"
    assert page.text_input, "the questions are there"
    engine._command, engine.limit_s = command, LIMIT_S
    page = ran(page)
    assert not page.error
    assert engine._process is not None


def test_a_layout_process_killed_in_the_middle_of_a_picture_is_replaced_and_nobody_sees_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []
    receive = Engine._receive

    def kill_first(self: Engine, limit_s: float) -> dict[str, Any] | None:
        if self._process is not None and limit_s == self.limit_s and not killed:
            killed.append(self._process.pid)
            os.kill(self._process.pid, signal.SIGSTOP)  # so that it is in the middle, whatever the machine does
            os.kill(self._process.pid, signal.SIGKILL)
        return receive(self, limit_s)

    monkeypatch.setattr(Engine, "_receive", kill_first)
    page = opened(s="mass-messages", lang="en")
    assert killed
    assert not page.error
    assert engine._process is not None
    assert engine._process.pid != killed[0]


def test_a_file_that_is_too_big_is_refused_with_a_sentence_whatever_its_sender_says() -> None:
    with pytest.raises(RequirementsError) as told:
        _content({"size": MOST_BYTES + 1, "content": ""})
    assert f"{MOST_BYTES:,}" in told.value.problems[0].en
    assert "上限" in told.value.problems[0].ja
    with pytest.raises(RequirementsError) as found:
        read_requirements(b"#" * (MOST_BYTES + 1))
    assert len(found.value.problems) == 1


def test_more_than_the_page_ever_sends_ends_the_connection(server: str) -> None:
    with Client(f"{server}/?s=mass-messages&lang=en") as client:
        field = client.widget("-q.en.intake.longest_run_s")
        client.states[field] = WidgetState(id=field, string_value="1" * 5_000_000)
        with pytest.raises(ConnectionClosed) as closed:
            client.run()
    reason = closed.value.rcvd  # a server that takes no more may be gone before its reason is read
    assert reason is None or reason.code == 1009


def test_a_file_that_nobody_asked_for_is_not_taken(server: str) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" + b"1" * 2_000_000 + b"\r\n--x--\r\n"
    asked = urllib.request.Request(
        f"{server}/_stcore/upload_file/nobody/file",
        body,
        {"Content-Type": "multipart/form-data; boundary=x"},
        method="PUT",
    )
    with pytest.raises(urllib.error.URLError) as refused:
        urllib.request.urlopen(asked, timeout=30)
    # A server that has answered closes the connection; a client that is still sending may see that alone.
    code = refused.value.code if isinstance(refused.value, urllib.error.HTTPError) else None
    assert code in (400, 403, 413) or isinstance(refused.value.reason, ConnectionError)


def test_the_budget_of_a_picture_is_far_below_the_limit_of_the_command_line() -> None:
    assert RENDER_BUDGET_S <= LIMIT_S / 10
