"""The content security policy in a real browser: nothing that the page does violates it, and nothing of the page is lost by it."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rules
from advisor_ui.words import say
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server, settle

TABS = ("why", "flips", "all", "check", "compare", "take")
TELL = """addEventListener("securitypolicyviolation", (event) =>
    console.error("policy: " + event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile))"""
FILE = b"components:\n  - {id: opened, longest_run_s: 3 s}\n"


@pytest.fixture(scope="module")
def strict(chromium: Path) -> Iterator[tuple[Any, str, list[str]]]:
    """Yield a context that obeys the policy, the address of the page, and what was violated."""
    violated: list[str] = []
    with running_server("--workers", "2") as (url, _), running_browser(chromium) as browser:
        context = browser.new_context(viewport=WIDE, bypass_csp=False, accept_downloads=True, reduced_motion="reduce")
        context.add_init_script(TELL)
        context.on("console", lambda said: violated.append(said.text) if "olicy" in said.text else None)
        yield context, url, violated
        context.close()


@pytest.fixture
def page(strict: tuple[Any, str, list[str]]) -> Iterator[Any]:
    page = strict[0].new_page()
    strict[2].clear()
    yield page
    page.close()
    assert not strict[2]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_tab_violates_the_policy(lang: str, page: Any, strict: tuple[Any, str, list[str]]) -> None:
    open_page(page, f"{strict[1]}/?s=mass-messages&lang={lang}")
    for tab in TABS:
        words = say("tab_check" if tab == "check" else f"tab_{tab}", lang).split("(")[0].strip()  # type: ignore[arg-type]
        page.locator(".st-key-tab").get_by_text(words).first.click()
        settle(page)
    assert page.locator(".diagram svg [data-node]").count() > 3


def test_gallery_rule_book_and_links_violate_nothing(page: Any, strict: tuple[Any, str, list[str]]) -> None:
    open_page(page, strict[1] + "/?lang=en")
    assert page.locator(".gallery .card").count() == len(rules.STORIES)
    page.get_by_role("button", name=say("rule_book", "en")).click()
    settle(page)


def test_downloads_and_files_are_not_lost(page: Any, strict: tuple[Any, str, list[str]]) -> None:
    open_page(page, f"{strict[1]}/?s=mass-messages&lang=en")
    page.locator(".st-key-tab").get_by_text(say("tab_take", "en")).first.click()
    settle(page)
    for label, starts in {"PNG": b"\x89PNG", "SVG": b"<", "AWS SAM": b"PK"}.items():
        with page.expect_download(timeout=60_000) as found:
            page.get_by_role("button", name=label).first.click()
        assert Path(found.value.path()).read_bytes().startswith(starts)
    page.get_by_role("button", name=say("all_examples", "en")).click()
    page.wait_for_selector(".gallery .card")
    settle(page)
    page.locator(".opener input").first.set_input_files(
        {"name": "opened.yaml", "mimeType": "application/yaml", "buffer": FILE}
    )
    page.wait_for_selector('.diagram [data-node^="opened"]')


def test_a_script_from_elsewhere_is_not_run(strict: tuple[Any, str, list[str]]) -> None:
    """The test of the tests above: what the policy forbids is forbidden, and seen."""
    page = strict[0].new_page()
    strict[2].clear()
    open_page(page, strict[1] + "/?lang=en")
    script = base64.b64encode(b"window.got = 1").decode()
    page.evaluate(
        """(script) => { for (const src of [`data:text/javascript;base64,${script}`, "https://example.com/x.js"])
            document.head.append(Object.assign(document.createElement("script"), { src })); }""",
        script,
    )
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.got = 1' }))"
    )
    settle(page)
    assert page.evaluate("window.got") is None
    assert sum("script-src" in said for said in strict[2]) >= 3
    strict[2].clear()
    page.close()
