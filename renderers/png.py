"""The picture as PNG, drawn by resvg with the shipped fonts."""

from math import sqrt

import resvg_py

from renderers import fonts, svg
from renderers.layout.picture import Picture
from renderers.theme import Theme

SCALE = 2.0
_MOST_PIXELS = 64_000_000


def write(svg: bytes, scale: float = SCALE) -> bytes:
    """Return a generated SVG as PNG at `scale`; very large pictures get a lower scale."""
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
    """Return a picture as PNG, at the scale that viewers take."""
    return write(svg.write(picture, theme), fitting(picture.width, picture.height))


def fitting(width: float, height: float, scale: float = SCALE) -> float:
    """Return the scale, reduced if the picture would exceed the pixel limit of viewers."""
    pixels = max(1.0, width * height)
    return min(scale, max(0.25, sqrt(_MOST_PIXELS / pixels)))
