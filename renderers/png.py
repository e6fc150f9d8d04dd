"""The picture as PNG, drawn by resvg with the shipped fonts."""

from math import sqrt

import resvg_py

from renderers import fonts, svg
from renderers.layout.picture import Picture
from renderers.theme import Theme

#: A picture of twice its size is sharp on screens of twice the density, and as sharp as a page prints.
SCALE = 2.0
#: What an A4 page holds at 300 dpi, which is more than a 4K screen: pixels beyond it only take time and room.
_PAGE_PIXELS = 3508 * 2480
#: Viewers refuse larger files.
_MOST_PIXELS = 64_000_000


def write(svg: bytes, scale: float = SCALE) -> bytes:
    """Return a generated SVG as PNG at `scale` pixels for each of its own."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            zoom=scale,
            skip_system_fonts=True,
            font_files=list(fonts.paths()),
            font_family=fonts.FAMILY,
            sans_serif_family=fonts.FAMILY,
        )
    )


def draw(picture: Picture, theme: Theme) -> bytes:
    """Return a picture as PNG, at the scale that `fitting` gives it."""
    return write(svg.write(picture, theme), fitting(picture.width, picture.height))


def fitting(width: float, height: float) -> float:
    """Return the scale of a picture: twice its size as long as an A4 page at 300 dpi holds that, else as large as that page.

    It is never smaller than the picture itself, whose text is 12 pixels high, unless viewers would refuse it: who reads a
    picture that is larger than a page reads it on a screen, part by part.
    """
    pixels = max(1.0, width * height)
    scale = min(SCALE, max(1.0, sqrt(_PAGE_PIXELS / pixels)))
    return min(scale, max(0.25, sqrt(_MOST_PIXELS / pixels)))
