"""Bubbles of help: where there is no room above a question, they are below its field instead of over it."""

from typing import Any

import pytest

from advisor.text import LANGS, Lang
from tests.advisor_ui.server import NARROW, WIDE
from tests.advisor_ui.visiting import Visit

_FIELD = '.st-key-questions [data-testid="stElementContainer"][class*="longest_run_s"]'
_BOXES = """() => {
    const box = (element) => { const { top, bottom } = element.getBoundingClientRect(); return [top, bottom]; };
    const bubble = document.querySelector('[data-testid="stTooltipContent"]');
    const field = document.querySelector('[data-testid="stTooltipIcon"]:hover').closest('[data-testid="stElementContainer"]');
    return [box(bubble), box(field.querySelector("input"))];
}"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("at", ["start", "center"])
def test_a_bubble_does_not_cover_the_field_that_it_explains(
    lang: Lang, size: dict[str, int], at: str, visit: Visit
) -> None:
    page: Any = visit(f"s=new&lang={lang}", size)
    icon = page.locator(_FIELD).locator('[data-testid="stTooltipIcon"] button:visible').first
    icon.evaluate("(icon, block) => icon.scrollIntoView({ block })", at)
    icon.hover()
    page.wait_for_selector('[data-testid="stTooltipContent"]')
    page.wait_for_timeout(400)
    (top, bottom), (begins, ends) = page.evaluate(_BOXES)
    assert bottom <= begins or top >= ends
