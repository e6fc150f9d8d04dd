"""The page as a whole, tab by tab in a browser: one scroll, names without markup, visible focus, a diagram that fills its frame."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.advisor_ui.server import NARROW, WIDE, open_page, settle

TABS = {
    "en": ("Reasons", "What if", "Overview", "Open points", "Compare", "Downloads"),
    "ja": ("理由", "変わる条件", "一覧", "確認事項", "比較", "ダウンロード"),
}
DESIGN, BOOK = "s=web-application&at=report.compute", "fact=lambda.max-duration&book=facts"
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
#: The focused element: its name, and whether a ring of it or around it has a contrast of 3 with the page.
FOCUSED = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    if (!one || one === document.body) return null;
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => c / 255)
            .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const page = light(getComputedStyle(document.querySelector(".stApp")).backgroundColor);
    const contrast = (colour) => {
        const [a, b] = [light(colour), page].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    };
    const ring = (at) => {
        const style = getComputedStyle(at);
        return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2 && contrast(style.outlineColor) >= 3;
    };
    const box = one.querySelector?.(":scope > rect, :scope > path");  // a service or a connection of the diagram
    const stroke = box && getComputedStyle(box);
    let seen = stroke ? parseFloat(stroke.strokeWidth) >= 3 && contrast(stroke.stroke) >= 3 : false;
    let at = one.matches("input, textarea") ? one.parentElement : one;  // the box around an input cuts off a ring of its own
    for (let up = 0; up < 4 && at && !seen; up += 1, at = at.parentElement) seen = ring(at);
    return [one.getAttribute("aria-label") || one.textContent.slice(0, 60), seen];
}"""
#: The frame of the diagram, and the picture in it, in pixels of the screen.
FRAME = """() => {
    const find = (from) => {
        for (const one of from.querySelectorAll("*")) {
            if (one.matches(".canvas")) return one;
            const inside = one.shadowRoot && find(one.shadowRoot);
            if (inside) return inside;
        }
    };
    const canvas = find(document.querySelector(".st-key-diagram"));
    const boxes = [...canvas.querySelectorAll("svg [data-node], svg [data-group]")].map((one) => one.getBoundingClientRect());
    const frame = canvas.getBoundingClientRect();
    return {
        frame: [frame.left, frame.top, frame.right, frame.bottom],
        picture: [
            Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top)),
            Math.max(...boxes.map((b) => b.right)), Math.max(...boxes.map((b) => b.bottom)),
        ],
    };
}"""
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


@pytest.fixture(scope="module")
def looked(browser: Any, server: str) -> Callable[[str, bool], dict[str, tuple[list[str], list[str]]]]:
    """Look at each place where a visitor can be, once per language and size: its scroll boxes and its accessible names."""

    @cache
    def look(lang: str, narrow: bool) -> dict[str, tuple[list[str], list[str]]]:
        context = browser.new_context(viewport=NARROW if narrow else WIDE, reduced_motion="reduce")
        page, found = context.new_page(), {}
        for query in ("", "book=rules", BOOK, DESIGN):
            open_page(page, f"{server}/?{query}&lang={lang}")
            settle(page)
            found[query] = page.evaluate(SCROLL_BOXES), names(page)
        for words in TABS[lang]:
            page.locator(".st-key-tab").get_by_text(words).first.click()
            settle(page)
            found[words] = page.evaluate(SCROLL_BOXES), names(page)
        context.close()
        return found

    return look


def names(page: Any) -> list[str]:
    lines = page.locator(".stApp").aria_snapshot().split("\n")
    return [*(match[2] for line in lines if (match := NAME.match(line))), *page.evaluate(ATTRIBUTES)]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_nothing_scrolls_but_the_page(looked: Callable[..., Any], lang: str, narrow: bool) -> None:
    assert {place: boxes for place, (boxes, _) in looked(lang, narrow).items() if boxes} == {}


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_accessible_name_holds_markup(looked: Callable[..., Any], lang: str, narrow: bool) -> None:
    places = looked(lang, narrow)
    assert [f"{place}: {name}" for place, (_, names) in places.items() for name in names if MARKUP.search(name)] == []
    assert sum(len(names) for _, names in places.values()) > 300, "names were read"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whatever_has_the_focus_shows_it(visit: Callable[..., Any], theme: str) -> None:
    for query, least in (("lang=en", 25), (f"{DESIGN}&lang=en", 70), ("book=rules&lang=en", 40)):
        page = visit(query, theme=theme)
        found = []
        for _ in range(130):
            page.keyboard.press("Tab")
            found.append(page.evaluate(FOCUSED))
            if len(found) > 3 and found[-1] is None:
                break
        focused = [one for one in found if one is not None]
        assert [name for name, seen in focused if not seen] == []
        assert len(focused) >= least


def filled(page: Any) -> tuple[float, float]:
    """Return which shares of the frame's width and height the picture takes."""
    where = page.evaluate(FRAME)
    (left, top, right, bottom), (a, b, c, d) = where["frame"], where["picture"]
    assert min(a - left, b - top) > -2, "the picture starts inside of its frame"
    return (min(c, right) - a) / (right - left), (min(d, bottom) - b) / (bottom - top)


@pytest.mark.parametrize("name", ["web-application", "realtime-chat", "scheduled-batch", "data-processing"])
def test_the_diagram_fills_its_frame(visit: Callable[..., Any], name: str) -> None:
    page = visit(f"s={name}&lang=en")
    for size in (WIDE, {"width": 1100, "height": 700}, NARROW):
        page.set_viewport_size(size)
        page.wait_for_timeout(400)
        settle(page)
        across, down = filled(page)
        assert max(across, down) > 0.9, size
        assert min(across, down) > 0.6, size


def test_a_number_is_echoed_with_its_unit(visit: Callable[..., Any]) -> None:
    for lang, label, echo in (
        ("en", "Longest run", "Interpreted as 25 s."),
        ("ja", "最長の実行時間", "25 秒と解釈しました。"),
    ):
        page = visit(f"s=new&lang={lang}")
        field = page.get_by_label(label, exact=True)
        field.fill("25")
        field.press("Enter")
        page.get_by_text(echo).wait_for()
