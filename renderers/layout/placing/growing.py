"""Growing: a border that has to hold more, and those around it, as far as nothing is in the way."""

from collections.abc import Sequence

from renderers.layout.check import runs_through
from renderers.layout.nesting import holders
from renderers.layout.picture import Box, around
from renderers.layout.placement import SIDE, Placement, title_box, top_padding
from renderers.layout.routing.foreign import homes
from renderers.layout.scene import CORNER, Item

_AIR = 10.0


def grown(placement: Placement, placed: Sequence[Item], id: str, box: Box) -> dict[str, Box] | None:
    """Return the boxes of a border and of those around it, where it takes up a larger box; None where it cannot."""
    frames = {frame.id: frame for frame in placement.scene.frames}
    found: dict[str, Box] = {}
    at: str | None = id
    while at is not None and box != placement.frames[at]:
        if not _has_room(placement, placed, at, box):
            return None
        found[at] = box
        at = frames[at].parent
        if at is not None:
            top = top_padding(frames[at])
            box = around([placement.frames[at], Box(box.x - SIDE, box.y - top, box.w + 2 * SIDE, box.h + top + SIDE)])
    return found


def _has_room(placement: Placement, placed: Sequence[Item], id: str, box: Box) -> bool:
    """Return whether a growing border meets no unrelated element, and its title no line."""
    scene, before = placement.scene, placement.frames[id]
    parents = {frame.id: frame.parent for frame in scene.frames}
    own = homes(scene)
    others = [placement.item_box(item) for item in placed if id not in own[item.id]]
    around_it = set(holders(id, parents))
    others += [other for frame, other in placement.frames.items() if frame not in around_it and id not in own[frame]]
    others += [tag for tag in placement.tags.values() if not before.overlaps(tag)]
    if any(box.grown(_AIR).overlaps(other) for other in others):
        return False
    lines = [placement.routes.get(link.id, ()) for link in scene.links if id not in own[link.source] | own[link.target]]
    if any(runs_through(points, box.grown(_AIR)) for points in lines):
        return False
    frame = next(frame for frame in scene.frames if frame.id == id)
    heading = (title_box(frame, box, placement.slid.get(id, 0.0)), Box(box.x, box.y, CORNER, CORNER))
    return not any(runs_through(points, part.grown(2)) for points in placement.routes.values() for part in heading)
