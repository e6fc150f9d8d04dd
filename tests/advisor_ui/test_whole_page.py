"""The page as a whole, in a browser: visible focus, a diagram that fills its frame."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.advisor_ui.server import NARROW, WIDE, settle

DESIGN = "s=web-application&at=report.compute"
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
