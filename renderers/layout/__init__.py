"""Layout: from an architecture to a positioned picture, in three steps: place, route, label."""

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout import elk
from renderers.layout.compose import compose
from renderers.layout.engine import ENGINE
from renderers.layout.headings import settle
from renderers.layout.picture import Direction, Picture
from renderers.layout.scene import build
from renderers.layout.story import describe
from renderers.layout.tidy import tidy

__all__ = ["arrange", "describe"]


def arrange(architecture: Architecture, title: str, *, lang: Lang = "en", direction: Direction = "right") -> Picture:
    """Return the picture of an architecture in one language."""
    scene = build(architecture, lang, direction)
    placement = elk.read(ENGINE.layout(elk.graph(scene, direction)), scene, direction)
    tidy(placement)
    settle(placement)
    return compose(placement, title, describe(architecture, lang), "elk")
