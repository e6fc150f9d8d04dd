"""Two designs beside each other in one picture: the same parts at the same places, and what differs marked.

Both architectures are laid out once, as one; each side is what it has of that layout.
"""

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.beside.aligning import aligned
from renderers.beside.differences import Differences, differences
from renderers.beside.focus import focused
from renderers.beside.panels import beside
from renderers.layout.geometry import text_pt
from renderers.layout.pages import Page
from renderers.layout.picture import Picture

__all__ = ["Differences", "arrange_beside", "differences"]


def arrange_beside(
    before: Architecture,
    after: Architecture,
    names: tuple[str, str],
    title: str,
    *,
    lang: Lang = "en",
    is_narrow: bool = False,
    page: Page | None = None,
) -> Picture:
    """Return the picture of two architectures, as they are drawn; `names` stand above the two sides.

    A narrow picture runs down, and its sides stand above each other. Where its text is too small on a page, it shows what
    differs and what that is connected to, if the text is larger then, and states how many parts it does not show.

    Workflows are drawn as one part each, and lines have no step numbers: one more step would change all that follow it.
    LayoutFailed where the layout engine gives no answer.
    """
    pair = aligned(before, after)
    found = differences(pair)
    whole = beside(pair, found, names, title, lang, is_narrow=is_narrow)
    near = focused(pair, found) if page is not None and text_pt(whole, page) < page.least_pt else None
    if page is None or near is None:
        return whole
    part = beside(near.pair, found, names, title, lang, is_narrow=is_narrow, left_out=near.left_out)
    return max(whole, part, key=lambda each: text_pt(each, page))
