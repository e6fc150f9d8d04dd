"""The page for everybody: announcements, no motion, paper."""

import io

import pytest
from pypdf import PageObject, PdfReader

from tests.advisor_ui.server import open_page, settle
from tests.advisor_ui.visiting import EVERYWHERE, STORY, TABS, Visit

#: Collects whatever moves, from the first script of the page on.
MOVES = f"""() => {{
    {EVERYWHERE}
    window.moves = [];
    const look = () => {{
        const roots = [document, ...everywhere(document).filter((e) => e.shadowRoot).map((e) => e.shadowRoot)];
        for (const move of roots.flatMap((root) => root.getAnimations())) {{
            if (move.playState === "running") window.moves.push(move.animationName ?? move.transitionProperty ?? "script");
        }}
        requestAnimationFrame(look);
    }};
    look();
}}"""


def test_a_screen_reader_is_told_what_an_answer_changed(visit: Visit) -> None:
    page = visit("s=web-application&at=api.compute&lang=en")
    told = page.locator('.diagram .announced[role="status"]')
    assert told.text_content() == "", "nothing changed when the page was opened"
    service = page.locator('.diagram [data-node="api.compute"]')
    assert service.get_attribute("aria-label") == "AWS Lambda, Application API"
    assert service.get_attribute("role") == "button"
    canvas = page.locator(".diagram .canvas")
    assert canvas.get_attribute("aria-label") == "Architecture diagram: Web application with a nightly batch"
    for label, words, heard in (
        ("Component: Name", "Shop", "The selected services stay the same."),
        ("Longest run", "20 min", "Compute of Shop: AWS Lambda → Amazon ECS"),
        ("Longest run", "2 s", "Compute of Shop: Amazon ECS → AWS Lambda"),
    ):
        field = page.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Enter")
        told.filter(has_text=heard).wait_for(state="attached")
        settle(page)


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_where_the_system_asks_for_that(visit: Visit, motion: str, moves: bool) -> None:
    page = visit("lang=en", motion=motion)
    page.evaluate(MOVES)
    page.locator(".gallery .card").first.hover()
    page.locator(".gallery .card").first.click()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    page.get_by_label("Longest run", exact=True).fill("20 min")
    page.get_by_label("Longest run", exact=True).press("Enter")
    settle(page)
    page.get_by_role("button", name="Copy link").hover()
    page.locator(".st-key-add button").first.click()
    page.keyboard.press("Escape")
    for words in TABS["en"]:
        page.locator(".st-key-tab").get_by_text(words).first.click()
        settle(page)
    assert bool(page.evaluate("window.moves")) == moves


def _drawn(sheet: PageObject) -> bytes:
    content = sheet.get_contents()
    return content.get_data() if content is not None else b""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_gets_the_diagram_and_the_reasons_in_light_colours_without_controls(visit: Visit, theme: str) -> None:
    page = visit(f"{STORY}&lang=en", theme=theme)
    page.locator(".diagram .canvas").press("+")
    before = page.locator(".diagram .canvas svg").get_attribute("viewBox")
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    for wanted in (
        "Web application with a nightly batch",
        "Amazon DynamoDB",
        "Reasons for the choice",
        "Candidates compared",
    ):
        assert wanted in words
    for control in ("Next question", "Add a part", "Downloads", "Decision rules", "Specified service", "English"):
        assert control not in words
    assert len(printed.pages) <= 6
    dark = b".05882353 .10588235 .16470589 rg"
    assert not any(dark in _drawn(sheet) for sheet in printed.pages)
    assert page.locator(".diagram .canvas svg").get_attribute("viewBox") == before, "the screen shows what it showed"


def test_the_words_for_the_page_are_those_of_its_language(visit: Visit, server: str) -> None:
    page = visit("s=new&lang=ja")
    assert page.get_by_test_id("stSkipToContent").text_content() == "本文へ移動"
    assert page.get_by_label("Help for").count() == 0
    open_page(page, f"{server}/?s=new&lang=en")
    assert page.get_by_test_id("stSkipToContent").text_content() == "Skip to main content"
