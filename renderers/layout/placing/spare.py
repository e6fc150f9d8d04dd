"""Things without lines find a free place inside their border once everything else is laid out.

A layered layout would put them first, and make the picture larger; there is nearly always free space between the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from renderers.layout.nesting import holders
from renderers.layout.picture import Box, around, stretch
from renderers.layout.placement import SIDE, Placement, footprint, least_width, title_box, top_padding
from renderers.layout.placing.growing import grown
from renderers.layout.scene import CORNER, Frame, Item, Scene

_AIR, _STEP, _GAP, _BESIDE = 14.0, 12.0, 28.0, 20.0
#: How much smaller the picture has to be for another side to be taken: else what is added would move it to and fro.
_BETTER = 1.08


@dataclass(frozen=True, slots=True)
class Spare:
    """An item without lines, or a border without any, with its parent border."""

    parent: str
    items: tuple[Item, ...]
    frame: Frame | None = None

    @property
    def size(self) -> tuple[float, float]:
        """The width and height that it needs."""
        sizes = [footprint(item) for item in self.items]
        wide, tall = sum(w for w, _ in sizes) + _BESIDE * (len(sizes) - 1), max(h for _, h in sizes)
        if self.frame is None:
            return wide, tall
        return max(wide + 2 * SIDE, least_width(self.frame)), tall + top_padding(self.frame) + SIDE


Free = tuple[Spare, ...]


def without_spare(scene: Scene, *, is_deep: bool = False) -> tuple[Scene, Free]:
    """Return the scene without the unconnected items directly in the cloud, and these items.

    A deep one omits such items from every border with other content, and borders whose content has no lines.
    """
    linked = {end for link in scene.links for end in (link.source, link.target)}
    parents = {frame.id: frame.parent for frame in scene.frames}
    used = {frame for item in scene.items if item.id in linked or item.shape for frame in holders(item.parent, parents)}
    loose = [item for item in scene.items if item.id not in linked and not item.shape and item.parent]
    spare = [Spare(item.parent or "", (item,)) for item in loose if parents[item.parent or ""] is None]
    if is_deep:
        spare = [*_deep(scene, loose, parents, used), *spare]
    gone = {item.id for each in spare for item in each.items} | {each.frame.id for each in spare if each.frame}
    if len(gone) >= len(scene.items):
        return scene, ()
    items = tuple(item for item in scene.items if item.id not in gone)
    return replace(scene, items=items, frames=tuple(frame for frame in scene.frames if frame.id not in gone)), tuple(
        spare
    )


def _deep(scene: Scene, loose: list[Item], parents: dict[str, str | None], used: set[str]) -> list[Spare]:
    """Return the unconnected elements within: the innermost first, and larger ones before smaller ones."""
    inner = [item for item in loose if parents[item.parent or ""] is not None]
    found = [Spare(item.parent or "", (item,)) for item in inner if item.parent in used]
    holding = {frame.parent for frame in scene.frames}
    for frame in scene.frames:
        items = tuple(item for item in inner if item.parent == frame.id)
        if items and frame.id not in used | holding and frame.parent in used:
            found.append(Spare(frame.parent, items, frame))
    return sorted(found, key=lambda each: (-len(list(holders(each.parent, parents))), -each.size[0] * each.size[1]))


def place_spare(placement: Placement, whole: Scene, spare: Free) -> bool:
    """Place the removed elements next to each other; if there is no space, the border grows.

    Those of one border stand in one row where there is room for that. Tell whether everything found a place; only what stands further inside than the cloud may find none.
    """
    placed = list(placement.scene.items)
    placement.scene = whole
    parents = {frame.id: frame.parent for frame in whole.frames}
    todo = _rows(spare)
    while todo:
        each = todo.pop(0)
        own = set(holders(each.parent, parents))
        taken = _taken(placement, placed, own)
        at = _free(each, placement.frames[each.parent], taken)
        if at is None and each.frame is None and len(each.items) > 1:
            todo = [*(Spare(each.parent, (item,)) for item in each.items), *todo]
            continue
        if at is None:
            at = _beside(each, placement, placed, taken)
        if at is None and parents[each.parent] is None:
            at = _below(each, placement, taken)
        if at is None:
            return False
        _put(each, at, placement)
        placed += each.items
    return True


def _rows(spare: Free) -> list[Spare]:
    """Return the elements with the items of each border as one row, in the place of the first of them."""
    rows: dict[str, list[Item]] = {}
    for each in spare:
        if each.frame is None:
            rows.setdefault(each.parent, []).extend(each.items)
    found = [each if each.frame else Spare(each.parent, tuple(rows.pop(each.parent, ()))) for each in spare]
    return [each for each in found if each.items]


def _put(spare: Spare, at: Box, placement: Placement) -> None:
    x, y = at.x, at.y
    if spare.frame:
        placement.frames[spare.frame.id] = at
        inside = sum(footprint(item)[0] for item in spare.items) + _BESIDE * (len(spare.items) - 1)
        x, y = at.x + (at.w - inside) / 2, at.y + top_padding(spare.frame)
    for item in spare.items:
        wide, _ = footprint(item)
        placement.items[item.id] = Box(x + (wide - item.w) / 2, y, item.w, item.h)
        x += wide + _BESIDE


def _taken(placement: Placement, placed: Sequence[Item], own: set[str]) -> list[Box]:
    """Return the obstacles of an element with the parent borders `own`."""
    boxes = [placement.item_box(item) for item in placed]
    boxes += [box for id, box in placement.frames.items() if id not in own]
    boxes += list(placement.tags.values())
    for frame in placement.scene.frames:
        if frame.id in placement.frames:
            border = placement.frames[frame.id]
            title = title_box(frame, border, placement.slid.get(frame.id, 0.0))
            boxes += [title, Box(border.x, border.y, CORNER, CORNER)]
    for points in placement.routes.values():
        for a, b in pairwise(points):
            boxes.append(stretch(a, b))
    return boxes


def _free(spare: Spare, border: Box, taken: list[Box]) -> Box | None:
    """Return the lowest free position inside the border, the rightmost of several."""
    wide, tall = spare.size
    y = border.bottom - SIDE - tall
    while y >= border.y + SIDE:
        x = border.right - SIDE - wide
        while x >= border.x + SIDE:
            box = Box(x, y, wide, tall)
            wanted = box.grown(_AIR)
            hit = next((other for other in taken if wanted.overlaps(other, -0.5)), None)
            if hit is None:
                return box
            x = min(x - 1, hit.x - _AIR - wide - 1)
        y -= _STEP
    return None


def _beside(spare: Spare, placement: Placement, placed: Sequence[Item], taken: list[Box]) -> Box | None:
    """Return the place beside or below the content of its border with which the picture keeps the best shape.

    The border grows by it, and those around it where they have to.
    """
    border = placement.frames[spare.parent]
    best: tuple[float, Box, dict[str, Box]] | None = None
    for at in _places(spare, border, taken):
        top = at.y - border.y - SIDE
        frames = grown(placement, placed, spare.parent, around([border, at.grown(SIDE)])) if top >= 0 else None
        if frames:
            whole = around([*placement.frames.values(), *frames.values()])
            long, deep = (whole.w, whole.h) if placement.direction == "right" else (whole.h, whole.w)
            size = max(long / 16, deep / 9)
            if best is None or size * _BETTER < best[0]:
                best = (size, at, frames)
    if best is None:
        return None
    placement.frames |= best[2]
    return best[1]


def _places(spare: Spare, border: Box, taken: list[Box]) -> list[Box]:
    """Return the first free place on the left, on the right and below the content of a border."""
    wide, tall = spare.size
    rows = [border.y + SIDE + _STEP * n for n in range(int(max(0.0, border.h - tall - 2 * SIDE) // _STEP) + 1)]
    columns = [border.x + SIDE + _STEP * n for n in range(int(max(0.0, border.w - wide - 2 * SIDE) // _STEP) + 1)]
    options = (
        [Box(border.x + SIDE - _BESIDE - wide, y, wide, tall) for y in rows],
        [Box(border.right - SIDE + _BESIDE, y, wide, tall) for y in rows],
        [Box(x, border.bottom - SIDE + _BESIDE, wide, tall) for x in columns],
    )
    found = (next((box for box in boxes if _is_clear(box.grown(_AIR), taken)), None) for boxes in options)
    return [box for box in found if box]


def _is_clear(box: Box, taken: list[Box]) -> bool:
    return not any(box.overlaps(other, -0.5) for other in taken)


def _below(spare: Spare, placement: Placement, taken: list[Box]) -> Box:
    """Return a place below everything, inside the cloud's border, which has grown down to hold it."""
    wide, tall = spare.size
    border = placement.frames[spare.parent]
    lowest = max(
        [border.bottom - SIDE, *(box.bottom for box in taken if box.x < border.right and box.right > border.x)]
    )
    box = Box(border.right - SIDE - wide, lowest + _GAP, wide, tall)
    placement.frames[spare.parent] = replace(border, h=box.bottom + SIDE - border.y)
    return box
