"""How the page is served: headers, several processes behind one port, and what happens when one of them is killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor_ui.server.front import _asked_for
from advisor_ui.server.headers import content_security_policy
from advisor_ui.server.worker import COOKIE, worker_of
from advisor_ui.state.link import unpack
from benchmarks.client import Client
from benchmarks.page import children
from tests.advisor_ui.server import ROOT, WIDE, free_port, open_page, running_browser, running_server, settle

FIELD = "-q.en.intake.longest_run_s"


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[str, int]]:
    with running_server("--workers", "2") as found:
        yield found


def answer_of(url: str, cookie: str = "") -> Any:
    asked = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})
    return urllib.request.urlopen(asked, timeout=30)


def page_processes(pid: int) -> list[int]:
    """Return the processes that serve the page: what the forkserver has started."""
    found = []
    for id in _children(pid):
        command = Path(f"/proc/{id}/cmdline").read_bytes()
        if b"forkserver" in command:
            found += _children(id)
    return found


def _children(pid: int) -> list[int]:
    return [int(id) for tasks in Path(f"/proc/{pid}/task").glob("*/children") for id in tasks.read_text().split()]


def test_the_policy_lets_scripts_come_from_this_server_alone() -> None:
    policy = dict(rule.split(" ", 1) for rule in content_security_policy().split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert set(policy["script-src"].split()) - {"'self'", "blob:", "'wasm-unsafe-eval'"} == {
        word for word in policy["script-src"].split() if word.startswith("'sha256-")
    }
    assert not any("*" in rule or "http" in rule or "'unsafe-eval'" in rule for rule in policy.values())


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/no-such-page", "/media/nothing.png"])
def test_every_answer_carries_the_headers(path: str, two: tuple[str, int]) -> None:
    try:
        headers = answer_of(two[0] + path).headers
    except urllib.error.HTTPError as refused:
        headers = refused.headers
    assert headers["content-security-policy"] == content_security_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_a_visitor_stays_with_his_process_and_new_ones_are_spread(two: tuple[str, int]) -> None:
    url = two[0]
    given = [answer_of(url).headers["set-cookie"].split(";")[0] for _ in range(4)]
    assert sorted(given) == [f"{COOKIE}=0"] * 2 + [f"{COOKIE}=1"] * 2
    for cookie in given:
        assert answer_of(url, f"other=1; {cookie}").headers["set-cookie"] is None
    assert answer_of(url, f"{COOKIE}=7").headers["set-cookie"] is not None, "a process that there is not"


def test_visitors_are_spread_and_each_keeps_his_answers(two: tuple[str, int]) -> None:
    address = f"{two[0]}/?s=mass-messages&lang=en"
    with Client(address) as one, Client(address) as other:
        assert {one.worker, other.worker} == {"0", "1"}
        one.fill(FIELD, "2 s")
        other.fill(FIELD, "3 s")
        assert [held(one), held(other)] == ["2 s", "3 s"]
        assert not one.errors + other.errors


def held(client: Client) -> str:
    return str(unpack(client.link["r"])["components"][0]["longest_run_s"])


def test_what_is_made_for_a_visitor_is_there_for_him_and_his_connection_is_his_alone(two: tuple[str, int]) -> None:
    """Two visitors whose requests a proxy sends over one connection: it is closed after each, so that both are told apart."""
    host, _, port = two[0].removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    for number in ("0", "1", "0"):
        connection.request("GET", "/_stcore/health", headers={"Cookie": f"{COOKIE}={number}"})
        answer = connection.getresponse()
        assert answer.read() == b"ok"
        assert answer.headers["connection"] == "close"
        assert COOKIE not in str(answer.headers.get_all("set-cookie"))


def test_a_head_that_comes_in_pieces_is_waited_for(two: tuple[str, int]) -> None:
    host, _, port = two[0].removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 30) as slow:
        for piece in (b"GET /_stcore/health HTTP/1.1\r\nHost: x\r\nCook", f"ie: {COOKIE}=1\r\n".encode(), b"\r\n"):
            slow.sendall(piece)
            time.sleep(0.1)
        assert b"200 OK" in slow.recv(4096)


@pytest.mark.parametrize(
    ("head", "number"),
    [
        (f"GET / HTTP/1.1\r\nCOOKIE: a=b; {COOKIE}=3\r\n\r\n", 3),
        (f"GET / HTTP/1.1\r\nHost: x\r\n\r\nCookie: {COOKIE}=3", None),
        (f"GET / HTTP/1.1\r\nCookie: {COOKIE}=-1\r\n\r\n", None),
        (f"GET / HTTP/1.1\r\nCookie: {COOKIE}=²\r\n\r\n", None),
        ("\x16\x03\x01", None),
    ],
)
def test_the_process_is_read_from_the_cookies_alone(head: str, number: int | None) -> None:
    assert _asked_for(head.encode("latin-1")) == number
    assert worker_of(f"{COOKIE}={number}") == number


def test_a_killed_process_is_replaced_and_its_visitor_goes_on_from_his_link() -> None:
    with running_server("--workers", "2") as (url, pid):
        with Client(f"{url}/?s=mass-messages&lang=en") as client:
            client.fill(FIELD, "7 s")
            kept = client.query
        before = page_processes(pid)
        assert len(before) == 2
        for id in before:
            os.kill(id, signal.SIGKILL)
        while set(before) & set(page_processes(pid)):
            time.sleep(0.05)
        with Client(f"{url}/?{kept}") as again:
            assert held(again) == "7 s"
            again.fill(FIELD, "8 s")
            assert held(again) == "8 s"
        after = page_processes(pid)
        assert len(after) == 2
        assert not set(before) & set(after)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_everything_quietly(workers: str, sent: signal.Signals, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "advisor", "serve", "--port", str(port), "--workers", workers]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == f"http://localhost:{port}"
    started: list[int] = []
    with Client(f"http://localhost:{port}/?s=mass-messages&lang=en"):
        started += children(process.pid)
        os.killpg(process.pid, sent) if sent == signal.SIGINT else process.send_signal(sent)
        _, said = process.communicate(timeout=30)
    assert "Traceback" not in said
    assert process.returncode in (0, -signal.SIGTERM)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    assert any(b"elk_worker" in command for command in map(_command, started)) is False, "no layout process is left"
    assert len(started) >= int(workers)


def _command(id: int) -> bytes:
    try:
        return Path(f"/proc/{id}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_browser_whose_process_is_killed_goes_on_by_itself(chromium: Path) -> None:
    with running_server("--workers", "2") as (url, pid), running_browser(chromium) as browser:
        page = browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page()
        open_page(page, f"{url}/?s=mass-messages&at=worker.compute&lang=en")
        _answer(page, "20 min", "Fargate")
        for id in page_processes(pid):
            os.kill(id, signal.SIGKILL)
        page.wait_for_selector('.stApp:not([data-test-connection-state="CONNECTED"])', timeout=60_000)
        page.wait_for_selector('.stApp[data-test-connection-state="CONNECTED"]', timeout=60_000)
        settle(page)
        assert page.locator('input[aria-label^="Longest run"]').first.input_value() == "20 min"
        _answer(page, "40 s", "Lambda")
        link = page.evaluate("new URLSearchParams(location.search).get('r')")
        assert [part["longest_run_s"] for part in unpack(link)["components"]] == ["1 s", "40 s"]


def _answer(page: Any, words: str, shown: str) -> None:
    field = page.locator('input[aria-label^="Longest run"]').first
    field.fill(words)
    field.press("Enter")
    page.locator('.diagram [data-node="worker.compute"]', has_text=shown).wait_for(timeout=60_000)
    settle(page)
