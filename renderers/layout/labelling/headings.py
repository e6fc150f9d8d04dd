"""Moves titles of frames along the top of their border to a position without lines."""

from itertools import pairwise

from renderers.layout.picture import Box, stretch
from renderers.layout.placement import Placement, title_box, whole_box
from renderers.layout.scene import Frame

_CLEAR = 6.0


def slide_titles(placement: Placement) -> None:
    """Slide each title that overlaps a line or a tag; without free space it stays."""
    for frame in placement.scene.frames:
        slid = _slide(frame, placement)
        if slid:
            placement.slid[frame.id] = slid


def _slide(frame: Frame, placement: Placement) -> float:
    box = placement.frames[frame.id]
    start = title_box(frame, box)
    strip = Box(box.x, start.y - 2, box.w, start.h + 4)
    occupied = sorted((b.x - _CLEAR, b.right + _CLEAR) for b in _in_strip(strip, frame, placement))
    x = start.x
    for left, right in occupied:
        if x < right and x + start.w > left:
            x = right
    return x - start.x if x + start.w <= box.right - _CLEAR else 0.0


def _in_strip(strip: Box, frame: Frame, placement: Placement) -> list[Box]:
    boxes = [tag for tag in placement.tags.values() if tag.overlaps(strip)]
    boxes += [
        whole for item in placement.scene.items if (whole := whole_box(item, placement.items[item.id])).overlaps(strip)
    ]
    inner = [placement.frames[other.id] for other in placement.scene.frames if other.parent == frame.id]
    boxes += [other for other in inner if other.overlaps(strip)]
    for points in placement.routes.values():
        for a, b in pairwise(points):
            line = stretch(a, b).grown(1)
            if line.overlaps(strip):
                boxes.append(line)
    return boxes
