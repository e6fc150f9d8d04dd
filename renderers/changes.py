"""Marks of differences between two designs: a sign with its own shape, an outline, a wide line below a connection.

Sign, shape and dash repeat what the color shows, so that no information depends on color alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from renderers.layout.picture import Box, Change, Picture, PlacedGroup, PlacedLine, PlacedNode, Point
from renderers.marks import free_places
from renderers.theme import Palette

#: The height of a sign.
SIZE = 18.0
#: How broad the line beneath a connection is, and how much of it shows.
BROAD, OPACITY = 9.0, 0.38
_OUTLINE_GAP = 5.0
#: The room around the end of a line, for its arrow.
_END = 5.0


@dataclass(frozen=True, slots=True)
class Look:
    """The mark of a change: its sign, its shape, and the dash pattern of outlines and wide lines."""

    sign: str
    shape: Literal["circle", "square", "diamond"]
    dash: str = ""


LOOKS: dict[Change, Look] = {
    "added": Look("+", "circle"),
    "removed": Look("−", "square", "7 4"),
    "changed": Look("≠", "diamond", "2 3"),
    "same": Look("=", "circle"),
}


def colour(change: Change, palette: Palette) -> str:
    """Return the color of a change: blue, vermilion and ink are distinguished with every kind of color blindness."""
    return {"added": palette.added, "removed": palette.removed}.get(change, palette.ink)


def outline(node: PlacedNode) -> Box:
    """Return the outline of a part that differs."""
    return node.whole.grown(_OUTLINE_GAP)


def at_node(node: PlacedNode, picture: Picture) -> Point:
    """Return the position of the sign of a part: at a corner of its icon or outline, without covering text if possible, nor the end of a line."""
    icon, rim = node.box, outline(node)
    corners = ((icon.right, icon.y), (icon.x, icon.y), (rim.right, rim.y), (rim.x, rim.y), (rim.right, rim.bottom))
    words = [line.tag.box for line in picture.lines if line.tag]
    ends = [Box(x - _END, y - _END, 2 * _END, 2 * _END) for line in picture.lines for x, y in _ends(line, node)]

    def free(boxes: list[Box]) -> Iterator[Point]:
        return (at for at in corners if not any(box.overlaps(around(at)) for box in boxes))

    return next(free([*words, *ends]), next(free(words), corners[0]))


def _ends(line: PlacedLine, node: PlacedNode) -> Iterator[Point]:
    """Yield the points at which a line begins or ends at a node."""
    if line.source == node.id:
        yield line.points[0]
    if line.target == node.id:
        yield line.points[-1]


def at_group(group: PlacedGroup) -> Point:
    """Return the position of the sign of a border: on its corner."""
    return (group.box.right, group.box.y)


def on_line(line: PlacedLine, picture: Picture) -> Point:
    """Return the position of the sign of a connection: on the line, without covering texts, icons or the mark of a budget."""
    places = free_places(line, picture)
    return places[1] if line.state != "kept" and len(places) > 1 else places[0]


def around(at: Point, size: float = SIZE) -> Box:
    """Return the box of a sign."""
    return Box(at[0] - size / 2, at[1] - size / 2, size, size)
