"""A page that outlives its server: after a restart, and after its session expired, everything is as it was."""

import re
import time
from typing import Any

import pytest

from tests.advisor_ui.server import NARROW, free_port, open_page, running_server, settle

CONNECTED = '.stApp[data-test-connection-state="CONNECTED"]'
EXPIRING = (
    "streamlit", "run", "advisor_ui/app.py", "--server.port", "{port}", "--server.address", "localhost",
    "--server.headless", "true", "--server.disconnectedSessionTTL", "1",
)  # fmt: skip
LOST = '.stApp:not([data-test-connection-state="CONNECTED"])'


def answered(page: Any, url: str, lang: str) -> str:
    """Open a design, answer, put a question off, show the downloads; return the next question."""
    open_page(page, f"{url}/?s=scheduled-batch&at=aggregate.compute&lang={lang}")
    field = page.locator(".st-key-questions .stTextInput input").nth(1)
    field.fill("11 min")
    field.press("Enter")
    settle(page)
    page.locator(".st-key-not_now button").click()
    settle(page)
    page.locator(".st-key-tab button").last.click()
    settle(page)
    return str(page.locator(".st-key-card").inner_text())


def is_as_before(page: Any, card: str, typed: str) -> None:
    """Check that what had been typed is an answer now, and that all else is as it was."""
    page.wait_for_selector(CONNECTED, timeout=60_000)
    page.locator(".diagram [data-node]", has_text=typed).first.wait_for(timeout=60_000)
    page.locator(".st-key-tab [aria-checked=true]").filter(has_text=re.compile("Downloads|ダウンロード")).wait_for()
    settle(page)
    name, longest = (page.locator(".st-key-questions .stTextInput input").nth(n) for n in (0, 1))
    assert (name.input_value(), longest.input_value()) == (typed, "11 min")
    assert page.locator(".st-key-card").inner_text() == re.sub("Aggregation|集計", typed, card)
    assert name.evaluate("(field) => field === document.activeElement"), "the field has the focus again"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_server_that_is_restarted_under_a_page_loses_nothing(browser: Any, lang: str) -> None:
    port = free_port()
    page = browser.new_context(viewport=NARROW, reduced_motion="reduce").new_page()
    with running_server(port=port) as (url, _):
        card = answered(page, url, lang)
        address = page.url
        name = page.locator(".st-key-questions .stTextInput input").first
        name.fill("Summing")
        notice = page.locator(".connection-notice")
        assert not notice.is_visible()
    page.wait_for_selector(LOST, state="attached")
    notice.filter(has_text={"en": "saved in the URL", "ja": "URL に"}[lang]).wait_for()
    assert notice.get_attribute("role") == "alert"
    assert not name.is_enabled(), "nothing is typed that could be lost"
    page.get_by_role("dialog").filter(has_text={"en": "saved in the URL", "ja": "URL に"}[lang]).wait_for(
        timeout=60_000
    )
    assert "streamlit" not in page.get_by_role("dialog").inner_text().lower()
    assert not page.get_by_role("dialog").locator("pre:visible, [data-testid=stCode]:visible").count(), "an empty box"
    with running_server(port=port):
        is_as_before(page, card, "Summing")
        assert page.url.partition("at=")[0] != address
    page.context.close()


def test_a_session_that_expired_loses_nothing(browser: Any) -> None:
    open_sockets: list[Any] = []
    refused = False

    def route(socket: Any) -> None:
        if refused:
            socket.close()
            return
        socket.connect_to_server()
        open_sockets.append(socket)

    with running_server(program=EXPIRING) as (url, _):
        page = browser.new_context(viewport=NARROW, reduced_motion="reduce").new_page()
        page.route_web_socket("**/_stcore/stream", route)
        card = answered(page, url, "en")
        page.locator(".st-key-questions .stTextInput input").first.fill("Summing")
        token = page.evaluate("JSON.parse(sessionStorage.getItem('advisor.memory')).session")
        refused = True
        open_sockets[-1].close(code=1012)
        page.wait_for_selector(LOST, state="attached")
        time.sleep(4)
        refused = False
        is_as_before(page, card, "Summing")
        assert page.evaluate("JSON.parse(sessionStorage.getItem('advisor.memory')).session") != token
        page.context.close()
