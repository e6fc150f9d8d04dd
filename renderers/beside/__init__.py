"""Two designs beside each other in one picture: the same parts at the same places, and what differs marked.

Both architectures are laid out once, as one; each side is what it has of that layout.
"""

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.beside.aligning import aligned
from renderers.beside.differences import Differences, differences
from renderers.beside.panels import beside
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
) -> Picture:
    """Return the picture of two architectures, as they are drawn; `names` stand above the two sides.

    A narrow picture runs down, and its sides stand above each other.

    Workflows are drawn as one part each, and lines have no step numbers: one more step would change all that follow it.
    LayoutFailed where the layout engine gives no answer.
    """
    pair = aligned(before, after)
    return beside(pair, differences(pair), names, title, lang, is_narrow=is_narrow)
