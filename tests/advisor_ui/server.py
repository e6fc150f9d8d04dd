"""A server of the page and a headless browser, started for tests and screenshots and stopped by their ids."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AT_REST = """document.querySelector('.stApp[data-test-script-state="notRunning"]')
    && !document.querySelector('[data-stale="true"]')
    && document.getAnimations().every(({ playState }) => playState === "finished")"""
SERVE = ("advisor", "serve", "--port", "{port}")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(
    *options: str, port: int | None = None, program: tuple[str, ...] = SERVE
) -> Iterator[tuple[str, int]]:
    """Yield the address of the page and the server's process id; the server is gone afterwards."""
    port = port or free_port()
    command = [sys.executable, "-m", *(part.format(port=port) for part in program), *options]
    headless = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, env={**headless, "PYTHONPATH": str(ROOT)})
    try:
        url = f"http://localhost:{port}"
        _wait(url, process)
        yield url, process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the server did not answer within a minute")


@contextmanager
def running_browser(chromium: Path) -> Iterator[Any]:
    """Yield a headless Chromium; each context that it makes is a fresh profile.

    Playwright waits for a function by `eval`, which the page's content security policy forbids: a context obeys the policy
    only where it is made with `bypass_csp=False`, and then waits with `settle`.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        made = browser.new_context
        browser.new_context = lambda **options: made(**{"bypass_csp": True, **options})
        try:
            yield browser
        finally:
            browser.close()


def open_page(page: Any, url: str) -> None:
    """Go to an address and wait until its gallery, diagram or rule book is there and nothing is running.

    A new page runs again once or twice of itself: when the browser told its width and its letters, and when letters that
    it lacks are loaded.
    """
    page.goto(url)
    page.wait_for_selector(
        ".gallery .card, .diagram svg [data-node], .st-key-rulebook_list, .st-key-rulebook-list button", timeout=60_000
    )
    page.wait_for_selector('html[data-letters="there"]', state="attached", timeout=60_000)
    settle(page)


def settle(page: Any, rest_ms: int = 250) -> None:
    """Wait until the page has run, has rested for a quarter of a second, and shows and fades nothing of an earlier run."""
    page.evaluate(
        f"""() => new Promise((settled, failed) => {{
            const begun = performance.now();
            let rests;
            const look = () => {{
                const now = performance.now();
                rests = ({AT_REST}) ? (rests ?? now) : undefined;
                if (now - rests > {rest_ms}) settled();
                else if (now - begun > 30000) failed(new Error("the page did not come to rest within 30 s"));
                else setTimeout(look, 15);  // a page that draws nothing gets no frame
            }};
            look();
        }})"""
    )


def at_rest(page: Any, look: Callable[[], Any]) -> Any:
    """Return what a look at the page finds while it rests; a look during which the page began to run again is repeated."""
    for _ in range(10):
        settle(page)
        page.evaluate(
            """() => {
                window.moved = false;
                window.watch = new MutationObserver(() => { window.moved = true; });
                window.watch.observe(document, { subtree: true, attributeFilter: ["data-test-script-state", "data-stale"] });
            }"""
        )
        found = look()
        if not page.evaluate("window.watch.disconnect(), window.moved"):
            return found
    raise RuntimeError("the page does not come to rest")
