"""Every state of the page, visited once in each language: axe, headings, scrolling, names, and a phone's width.

Colours are the same in both languages, so English is looked at in the light theme and Japanese in the dark one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from tests.advisor_ui.server import NARROW, WIDE, at_rest, settle
from tests.advisor_ui.visiting import EVERYWHERE, each_state, visiting

LEVELS = "[...document.querySelectorAll('.stMain :is(h1, h2, h3, h4, h5, h6)')].map((h) => Number(h.tagName[1]))"
REGIONS = "[...document.querySelectorAll('.stMain [role=region]')].map((r) => r.getAttribute('aria-label'))"
GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
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
#: Elements that scroll inside the page, in shadow roots too; a table may scroll sideways where it has to.
SCROLL_BOXES = """() => {
    const found = [];
    const look = (root) => {
        for (const one of root.querySelectorAll("*")) {
            if (one.shadowRoot) look(one.shadowRoot);
            if (one.matches(".stMain") || !one.getClientRects().length) continue;
            const style = getComputedStyle(one);
            const down = /auto|scroll/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
            const across = /auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
            if (down || across) found.push(`${one.tagName}.${one.className}`);
        }
    };
    look(document);
    return found;
}"""
#: The width of the document and of its main part, with what reaches out of them.
WIDTHS = "[document.documentElement.scrollWidth, document.querySelector('.stMain').scrollWidth]"
MARKUP = re.compile(r"\*\*|:material|:[a-z-]+\[|:small|\]\(|`|</?[a-z][a-z0-9]*[ />]|\\[*_\[\]`~:|]|&[a-z#0-9]+;")
NAME = re.compile(r'^\s*- \'?(\w+) "((?:[^"\\]|\\.)*)"')
ATTRIBUTES = """() => {
    const found = [];
    const look = (root) => {
        for (const one of root.querySelectorAll("*")) {
            if (one.shadowRoot) look(one.shadowRoot);
            for (const name of ["aria-label", "aria-description", "aria-valuetext", "title", "alt", "placeholder"])
                if (one.getAttribute(name)) found.push(one.getAttribute(name));
        }
    };
    look(document);
    return found;
}"""
THEMES = {"en": ("light", "dark"), "ja": ("dark", "light")}


def serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = at_rest(page, lambda: Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"])
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")]


@dataclass(frozen=True, slots=True)
class Size:
    """What a state shows at one size of the window."""

    scroll_boxes: list[str]
    names: list[str]
    widths: list[int]
    cut: list[str]
    small: list[str]


@dataclass(frozen=True, slots=True)
class State:
    """What a visitor meets in a state of the page."""

    problems: list[str]
    grounds: set[str]
    levels: list[int]
    regions: list[str]
    lang: str
    mains: int
    wide: Size
    narrow: Size


States = Callable[[str], dict[str, State]]


@pytest.fixture(scope="module")
def states(browser: Any, server: str) -> Iterator[States]:
    """Look at every state of the page in a language, once for all tests: at a phone's width as well."""
    with visiting(browser, server) as visit:

        @cache
        def looked(lang: str) -> dict[str, State]:
            page = visit(f"lang={lang}", theme=THEMES[lang][0])
            return {state: look(page, lang) for state in each_state(page, server, lang)}

        yield looked


def look(page: Any, lang: str) -> State:
    theme, other = THEMES[lang]
    problems, grounds, wide = serious(page), {page.evaluate(GROUND)}, at_size(page)
    page.emulate_media(color_scheme=other)
    settle(page)
    grounds.add(page.evaluate(GROUND))
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(NARROW)
    settle(page)
    narrow = at_size(page)
    page.set_viewport_size(WIDE)
    settle(page)
    return State(
        problems, grounds, page.evaluate(LEVELS), page.evaluate(REGIONS),
        page.evaluate("document.documentElement.lang"), page.evaluate("document.querySelectorAll('main, [role=main]').length"),
        wide, narrow,
    )  # fmt: skip


def at_size(page: Any) -> Size:
    lines = page.locator(".stApp").aria_snapshot().split("\n")
    names = [*(match[2] for line in lines if (match := NAME.match(line))), *page.evaluate(ATTRIBUTES)]
    return Size(page.evaluate(SCROLL_BOXES), names, page.evaluate(WIDTHS), page.evaluate(CUT), page.evaluate(SMALL))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_state_is_accessible_and_follows_the_theme_of_the_system(states: States, lang: str) -> None:
    seen = states(lang)
    assert len(seen) == 18
    assert {state: one.problems for state, one in seen.items() if one.problems} == {}
    assert [state for state, one in seen.items() if len(one.grounds) != 2] == []


@pytest.mark.parametrize(
    ("lang", "regions"),
    [("en", ["Questions", "Architecture diagram", "Decision"]), ("ja", ["質問", "構成図", "決定"])],
)
def test_headings_and_regions_are_in_order(states: States, lang: str, regions: list[str]) -> None:
    for state, one in states(lang).items():
        assert one.levels.count(1) == 1, state
        assert one.levels[0] == 1, state
        assert all(below <= above + 1 for above, below in pairwise(one.levels)), (state, one.levels)
        assert (one.lang, one.mains) == (lang, 1), state
    assert one.regions == regions


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_nothing_scrolls_but_the_page(states: States, lang: str) -> None:
    for state, one in states(lang).items():
        assert (one.wide.scroll_boxes, one.narrow.scroll_boxes) == ([], []), state


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_accessible_name_holds_markup(states: States, lang: str) -> None:
    read = {
        (state, name) for state, one in states(lang).items() for size in (one.wide, one.narrow) for name in size.names
    }
    assert [(state, name) for state, name in read if MARKUP.search(name)] == []
    assert len(read) > 300, "names were read"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_phone_shows_everything_in_its_width_and_nothing_too_small_to_hit(states: States, lang: str) -> None:
    for state, one in states(lang).items():
        assert max(one.narrow.widths) <= NARROW["width"], state
        assert (one.narrow.cut, one.narrow.small) == ([], []), state
