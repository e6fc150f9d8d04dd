"""Pages on which pictures are read: the space in points, the direction of the picture, and the minimum size of its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, prod
from typing import Literal

from renderers.layout.picture import Direction

Size = Literal["a4", "a4-portrait", "16:9", "phone"]
_MM = 72 / 25.4
#: The size of the smallest text of a picture in pixels.
LEAST_TEXT = 12.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `least_pt` is the minimum size of its smallest text."""

    name: Size
    w: float
    h: float
    least_pt: float
    direction: Direction = "right"

    def scale(self, width: float, height: float) -> float:
        """Return the size of a pixel in points if the picture fills the page."""
        return min(self.w / max(width, 1.0), self.h / max(height, 1.0))


#: A4 with margins of 10 mm, a slide of 13.33 by 7.5 inches in full, and a telephone of 390 points, which scrolls.
A4 = Page("a4", 277 * _MM, 190 * _MM, 6.0)
PORTRAIT = Page("a4-portrait", 190 * _MM, 277 * _MM, 6.0, "down")
SLIDE = Page("16:9", 960.0, 540.0, 10.0)
PHONE = Page("phone", 390.0, inf, 6.0, "down")
PAGES: dict[Size, Page] = {page.name: page for page in (A4, PORTRAIT, SLIDE, PHONE)}


def room(page: Page) -> float:
    """Return the pixels of a page on which the smallest text of pictures is as large as it has to be."""
    return page.w * page.h * (LEAST_TEXT / page.least_pt) ** 2


def usual(direction: Direction) -> tuple[Page, ...]:
    """Return the pages that a picture is made for by default."""
    return (A4, SLIDE) if direction == "right" else (PORTRAIT,)


def text_scale(width: float, height: float, pages: Sequence[Page]) -> float:
    """Return the points of a pixel on pages, as their geometric mean."""
    return float(prod(page.scale(width, height) for page in pages) ** (1 / len(pages)))
