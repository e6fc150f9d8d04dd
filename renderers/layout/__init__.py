"""Layout: from an architecture to a positioned picture, in three steps: place, route, label.

Each step is a package; what they hand on is a `Placement` of a `Scene`.
"""

from collections.abc import Iterator
from typing import Literal

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout.bounded_cache import BoundedCache
from renderers.layout.compose import compose
from renderers.layout.geometry import text_pt
from renderers.layout.labelling.label import label
from renderers.layout.measure import build
from renderers.layout.pages import A4, Page
from renderers.layout.picture import Direction, Picture
from renderers.layout.picture_cache import MOST, key
from renderers.layout.placement import Placement
from renderers.layout.placing import elk, layered, tries
from renderers.layout.placing.effort import effort, work
from renderers.layout.placing.engine import ENGINE, Engine, LayoutUnavailable
from renderers.layout.placing.fold import fold, rows_wanted
from renderers.layout.placing.spare import place_spare, without_spare
from renderers.layout.placing.tries import CLOSE, USUAL, Try
from renderers.layout.routing.lines import draw_lines
from renderers.layout.scene import Scene
from renderers.layout.text_alternative import describe

__all__ = ["arrange", "clear_cache", "describe"]

_CACHE: BoundedCache[Picture] = BoundedCache(MOST)
Placed = Literal["elk", "layered"]


def arrange(
    architecture: Architecture,
    title: str,
    *,
    lang: Lang = "en",
    direction: Direction = "right",
    page: Page | None = None,
    engine: Engine = ENGINE,
) -> Picture:
    """Return the picture of an architecture in one language, from the cache where it is there.

    For a page it takes the shape in which its text is largest there, and runs the page's way; where the text would be
    too small, only the numbers stand beside the lines.
    LayoutFailed where the layout engine is there and gives no answer.
    """
    direction = page.direction if page else direction
    cache_key = (key(architecture, title, lang, direction), page)
    cached = _CACHE.get(cache_key) if engine is ENGINE else None
    if cached is not None:
        return cached
    picture = _arrange(architecture, title, lang, direction, engine, page)
    if page is not None and text_pt(picture, page) < page.least_pt:
        terse = _arrange(architecture, title, lang, direction, engine, page, is_terse=True)
        picture = max(picture, terse, key=lambda each: text_pt(each, page))
    if engine is ENGINE and picture.engine == "elk":
        _CACHE.keep(cache_key, picture)
    return picture


def clear_cache() -> None:
    """Clear the cache of pictures, and of the graphs that were laid out for them."""
    _CACHE.clear()
    ENGINE.forget()


def _arrange(
    architecture: Architecture,
    title: str,
    lang: Lang,
    direction: Direction,
    engine: Engine,
    page: Page | None,
    *,
    is_terse: bool = False,
) -> Picture:
    whole = build(architecture, lang, direction, is_terse=is_terse)
    scene, spare = without_spare(whole)
    placement, by = _best(scene, direction, engine, page or A4, CLOSE if is_terse else USUAL)
    label(placement)
    place_spare(placement, whole, spare)
    return compose(placement, title, describe(architecture, lang), by, page)


def _best(scene: Scene, direction: Direction, engine: Engine, page: Page, first: Try) -> tuple[Placement, Placed]:
    """Return the layout that reads best: the first where hardly any lines cross, else the best of several."""
    placement, by = place(scene, direction, engine, first)
    found = []
    for each in _routed(placement, engine, first):
        found.append(each)
        if by == "layered" or tries.crossings(each) <= tries.GOOD_ENOUGH:
            return each, by
    for one in tries.others(work(scene), first):
        other, other_by = place(scene, direction, engine, one)
        found += _routed(other, engine, one) if other_by == by else []
    return min(found, key=lambda each: tries.score(each, page)), by


def _routed(placement: Placement, engine: Engine, one: Try) -> Iterator[Placement]:
    """Yield a placement with all its lines: in rows where it is long, and as it is."""
    rows = rows_wanted(placement)
    folded = fold(placement, rows, lambda part: place(part, placement.direction, engine, one)[0]) if rows > 1 else None
    for each in (folded, placement):
        if each is not None:
            draw_lines(each)
            yield each


def place(scene: Scene, direction: Direction, engine: Engine, one: Try = USUAL) -> tuple[Placement, Placed]:
    """Place a scene with the engine, which routes its links too, or without it where it is missing or refuses the scene.

    LayoutFailed where it gives no answer: another layout would depend on the machine.
    """
    tried = effort(scene)
    if tried == "none":
        return layered.place(scene, direction), "layered"
    try:
        return elk.read(engine.layout(elk.graph(scene, direction, tried, one)), scene, direction), "elk"
    except LayoutUnavailable:
        return layered.place(scene, direction), "layered"
