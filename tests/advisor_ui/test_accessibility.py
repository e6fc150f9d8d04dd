"""The page for everybody: axe in every state, headings and regions, announcements, small screens, no motion, paper."""

import io
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from tests.advisor_ui.server import NARROW, at_rest, open_page, settle
from tests.advisor_ui.visiting import STORY, TABS, Visit, each_state

LEVELS = "[...document.querySelectorAll('.stMain :is(h1, h2, h3, h4, h5, h6)')].map((h) => Number(h.tagName[1]))"
REGIONS = "[...document.querySelectorAll('.stMain [role=region]')].map((r) => r.getAttribute('aria-label'))"
GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
EVERYWHERE = """const everywhere = (root, found = []) => {
    for (const one of root.querySelectorAll("*")) {
        found.push(one);
        if (one.shadowRoot) everywhere(one.shadowRoot, found);
    }
    return found;
};"""
#: Elements that reach out of the window, or whose words are cut.
CUT = f"""() => {{
    {EVERYWHERE}
    const seen = everywhere(document).filter((e) => e.checkVisibility() && !e.closest("svg, [data-testid=stHeader]"));
    const cut = (e) => e.clientWidth > 30 && e.tagName !== "HTML" && e.type !== "file"
        && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflowX !== "visible";
    return seen.filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || cut(e))
        .map((e) => `${{e.tagName}}.${{e.className}}: ${{e.textContent.slice(0, 60)}}`);
}}"""
#: Controls that a finger misses (WCAG 2.2, 2.5.8): smaller than 24 pixels, and closer than that to another control.
SMALL = f"""() => {{
    {EVERYWHERE}
    const controls = "a[href], button, input, select, summary, [role=button], [role=slider], [role=option]";
    const unseen = "input[type=range], input[type=radio], input[type=checkbox], [data-testid=stSkipToContent], .skip";
    const boxes = everywhere(document).filter((e) => e.matches(controls) && !e.matches(unseen))
        .filter((e) => e.checkVisibility({{ visibilityProperty: true }}))
        .map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1);
    const near = (box, other) => {{
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const away = (at, low, high) => Math.max(low - at, 0, at - high);
        return Math.hypot(away(x, other.left, other.right), away(y, other.top, other.bottom)) < 12;
    }};
    return boxes.filter(([, box]) => box.width < 23.5 || box.height < 23.5)
        .filter(([e, box]) => boxes.some(([f, other]) => f !== e && !e.contains(f) && !f.contains(e) && near(box, other)))
        .map(([e, box]) => `${{e.tagName}} ${{e.getAttribute("aria-label") || e.textContent}}: ${{box.width}} x ${{box.height}}`);
}}"""
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


#: What axe looks at the colours of; all else of a page is the same in both themes.
COLOURS = ("color-contrast", "link-in-text-block")


def serious(page: Any, rules: tuple[str, ...] = ()) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"], **({"runOnly": {"type": "rule", "values": list(rules)}} if rules else {})}
    found = at_rest(page, lambda: Axe().run(page, options=options).response["violations"])
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(("lang", "themes"), [("en", ("light", "dark")), ("ja", ("dark", "light"))])
def test_every_state_is_accessible_in_both_themes(
    visit: Visit, server: str, lang: str, themes: tuple[str, str]
) -> None:
    page = visit(f"lang={lang}", theme=themes[0])
    problems = {}
    for state in each_state(page, server, lang):
        problems[state] = serious(page)
        grounds = {page.evaluate(GROUND)}
        page.emulate_media(color_scheme=themes[1])
        settle(page)
        grounds.add(page.evaluate(GROUND))
        assert len(grounds) == 2, f"{state}: the page does not follow the theme of the system"
        problems[f"{state}, {themes[1]}"] = serious(page, COLOURS)
        page.emulate_media(color_scheme=themes[0])
        settle(page)
        assert_in_order(page, lang, state)
    assert not {state: found for state, found in problems.items() if found}
    regions = page.evaluate(REGIONS)
    assert regions == {"en": ["Questions", "Architecture diagram", "Decision"], "ja": ["質問", "構成図", "決定"]}[lang]


def assert_in_order(page: Any, lang: str, state: str) -> None:
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == 1, state
    assert levels[0] == 1, state
    assert all(below <= above + 1 for above, below in pairwise(levels)), (state, levels)
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.evaluate("document.querySelectorAll('main, [role=main]').length") == 1


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


def test_a_phone_shows_everything_in_its_width_and_nothing_too_small_to_hit(visit: Visit, server: str) -> None:
    for lang in ("en", "ja"):
        page = visit(f"lang={lang}", NARROW)
        for state in each_state(page, server, lang):
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], state
            assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= NARROW["width"], state
            assert not page.evaluate(CUT), state
            assert not page.evaluate(SMALL), state


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
