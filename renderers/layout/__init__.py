"""Layout: from an architecture to a positioned picture, in three steps: place, route, label.

Each step is a package; what they hand on is a `Placement` of a `Scene`.
"""

from typing import Literal

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout.compose import compose
from renderers.layout.labelling.headings import slide_titles
from renderers.layout.labelling.label import label
from renderers.layout.measure import build
from renderers.layout.picture import Direction, Picture
from renderers.layout.picture_cache import PictureCache, key
from renderers.layout.placement import Placement
from renderers.layout.placing import elk, layered
from renderers.layout.placing.effort import effort
from renderers.layout.placing.engine import ENGINE, Engine, LayoutUnavailable
from renderers.layout.placing.fold import fold, rows_wanted
from renderers.layout.routing.repair import repair
from renderers.layout.routing.route import route
from renderers.layout.routing.tidy import tidy
from renderers.layout.scene import Scene
from renderers.layout.text_alternative import describe

__all__ = ["arrange", "describe", "forget"]

_CACHE = PictureCache()


def arrange(
    architecture: Architecture,
    title: str,
    *,
    lang: Lang = "en",
    direction: Direction = "right",
    engine: Engine = ENGINE,
) -> Picture:
    """Return the picture of an architecture in one language, from the cache where it is there.

    LayoutFailed where the layout engine is there and gives no answer.
    """
    cache_key = key(architecture, title, lang, direction)
    cached = _CACHE.get(cache_key) if engine is ENGINE else None
    if cached is not None:
        return cached
    picture = _arrange(architecture, title, lang, direction, engine)
    if engine is ENGINE and picture.engine == "elk":
        _CACHE.keep(cache_key, picture)
    return picture


def clear_cache() -> None:
    """Clear the cache of pictures, and of the graphs that were laid out for them."""
    _CACHE.clear()
    ENGINE.forget()


def _arrange(architecture: Architecture, title: str, lang: Lang, direction: Direction, engine: Engine) -> Picture:
    placement, by = place(build(architecture, lang, direction), direction, engine)
    placement = _folded(placement, engine)
    route(placement, [link for link in placement.scene.links if link.id not in placement.routes])
    tidy(placement)
    slide_titles(placement)
    repair(placement)
    label(placement)
    return compose(placement, title, describe(architecture, lang), by)


def place(scene: Scene, direction: Direction, engine: Engine) -> tuple[Placement, Literal["elk", "layered"]]:
    """Place a scene with the engine, which routes its links too, or without it where it is missing or refuses the scene.

    LayoutFailed where it gives no answer: another layout would depend on the machine.
    """
    tried = effort(scene)
    if tried == "none":
        return layered.place(scene, direction), "layered"
    try:
        return elk.read(engine.layout(elk.graph(scene, direction, tried)), scene, direction), "elk"
    except LayoutUnavailable:
        return layered.place(scene, direction), "layered"


def _folded(placement: Placement, engine: Engine) -> Placement:
    rows = rows_wanted(placement)
    if rows == 1:
        return placement
    return fold(placement, rows, lambda part: place(part, placement.direction, engine)[0]) or placement
