"""Things without lines find a free place inside the cloud's border once everything else is laid out.

A layout by layers would put them first, and make the picture larger; there is nearly always room between the lines.
"""

from dataclasses import replace
from itertools import pairwise

from renderers.layout.picture import Box, stretch
from renderers.layout.placement import SIDE, Placement, footprint, title_box
from renderers.layout.scene import CORNER, Item, Scene

_AIR, _STEP, _GAP = 14.0, 12.0, 28.0
Free = tuple[Item, ...]


def without_spare(scene: Scene) -> tuple[Scene, Free]:
    """Return the scene without the unconnected items directly in the cloud, and these items."""
    linked = {end for link in scene.links for end in (link.source, link.target)}
    trunk = {frame.id for frame in scene.frames if frame.parent is None}
    spare = tuple(item for item in scene.items if item.parent in trunk and item.id not in linked and not item.shape)
    if len(spare) == len(scene.items):
        return scene, ()
    return replace(scene, items=tuple(item for item in scene.items if item not in spare)), spare


def place_spare(placement: Placement, whole: Scene, spare: Free) -> None:
    """Place the items that were left out, each beside the last; if there is no room the cloud's border grows."""
    placement.scene = whole
    for item in spare:
        placement.items[item.id] = Box(0, 0, 0, 0)
    taken = _taken(placement, {item.id for item in spare})
    for item in spare:
        border = placement.frames[item.parent or ""]
        at = _free(item, border, taken) or _grown(item, placement, taken)
        wide, _ = footprint(item)
        placement.items[item.id] = Box(at.x + (wide - item.w) / 2, at.y, item.w, item.h)
        taken.append(at)


def _taken(placement: Placement, spare: set[str]) -> list[Box]:
    boxes = [placement.item_box(item) for item in placement.scene.items if item.id not in spare]
    boxes += [box for id, box in placement.frames.items() if _parent(id, placement) is not None]
    boxes += list(placement.tags.values())
    for frame in placement.scene.frames:
        border = placement.frames[frame.id]
        boxes += [title_box(frame, border, placement.slid.get(frame.id, 0.0)), Box(border.x, border.y, CORNER, CORNER)]
    for points in placement.routes.values():
        for a, b in pairwise(points):
            boxes.append(stretch(a, b))
    return boxes


def _parent(id: str, placement: Placement) -> str | None:
    return next(frame.parent for frame in placement.scene.frames if frame.id == id)


def _free(item: Item, border: Box, taken: list[Box]) -> Box | None:
    """Return the lowest free position inside the border, the rightmost of several."""
    wide, tall = footprint(item)
    y = border.bottom - SIDE - tall
    while y >= border.y + SIDE:
        x = border.right - SIDE - wide
        while x >= border.x + SIDE:
            box = Box(x, y, wide, tall)
            hit = next((other for other in taken if box.grown(_AIR).overlaps(other, -0.5)), None)
            if hit is None:
                return box
            x = min(x - 1, hit.x - _AIR - wide - 1)
        y -= _STEP
    return None


def _grown(item: Item, placement: Placement, taken: list[Box]) -> Box:
    """Return a place below everything, inside a border that has grown down to hold it."""
    wide, tall = footprint(item)
    border = placement.frames[item.parent or ""]
    lowest = max(
        [border.bottom - SIDE, *(box.bottom for box in taken if box.x < border.right and box.right > border.x)]
    )
    box = Box(border.right - SIDE - wide, lowest + _GAP, wide, tall)
    placement.frames[item.parent or ""] = replace(border, h=box.bottom + SIDE - border.y)
    return box
