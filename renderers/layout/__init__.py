"""Layout: from an architecture to a positioned picture, in four steps: place, route, label, compact.

Each step is a package, and passes on a `Placement` of a `Scene`. `drawing` takes them, and chooses between layouts.
"""

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout.bounded_cache import BoundedCache
from renderers.layout.candidate import KEPT
from renderers.layout.compose import compose
from renderers.layout.drawing import Drawing
from renderers.layout.geometry import text_pt
from renderers.layout.labelling.label import reworded
from renderers.layout.measure import build
from renderers.layout.pages import Page
from renderers.layout.picture import Direction, Picture
from renderers.layout.picture_cache import MOST, key
from renderers.layout.placing.engine import ENGINE, Engine
from renderers.layout.placing.tries import CLOSE, USUAL
from renderers.layout.text_alternative import describe

__all__ = ["arrange", "clear_cache", "describe"]

_CACHE: BoundedCache[Picture] = BoundedCache(MOST)


def arrange(
    architecture: Architecture,
    title: str,
    *,
    lang: Lang = "en",
    direction: Direction = "right",
    page: Page | None = None,
    engine: Engine = ENGINE,
    is_trial: bool = False,
) -> Picture:
    """Return the picture of an architecture in one language, from the cache if possible.

    For a page it takes the shape in which its text is largest there, and runs the page's way; where the text would be
    too small, words stand beside the lines only where there is room for them. A trial, which says whether something fits, takes the first layout.
    LayoutFailed where the layout engine is there and gives no answer.
    """
    direction = page.direction if page else direction
    cache_key = (key(architecture, title, lang, direction), page, is_trial)
    cached = _CACHE.get(cache_key) if engine is ENGINE else None
    if cached is not None:
        return cached
    picture = _arrange(architecture, title, lang, direction, engine, page, is_trial=is_trial)
    if page is not None and text_pt(picture, page) < page.least_pt:
        terse = _arrange(architecture, title, lang, direction, engine, page, is_trial=is_trial, is_terse=True)
        picture = max(picture, terse, key=lambda each: text_pt(each, page))
    if engine is ENGINE and picture.engine == "elk":
        _CACHE.keep(cache_key, picture)
    return picture


def clear_cache() -> None:
    """Clear the cache of pictures, and of the layouts and graphs that were tried for them."""
    _CACHE.clear()
    KEPT.clear()
    ENGINE.forget()


def _arrange(
    architecture: Architecture,
    title: str,
    lang: Lang,
    direction: Direction,
    engine: Engine,
    page: Page | None,
    *,
    is_trial: bool,
    is_terse: bool = False,
) -> Picture:
    drawing = Drawing(build(architecture, lang, direction, is_terse=is_terse), title, direction, engine, page, is_trial)
    placement, by = drawing.best(CLOSE if is_terse else USUAL)
    if is_terse:
        reworded(placement, build(architecture, lang, direction).links)
    return compose(placement, title, describe(architecture, lang), by, page)
