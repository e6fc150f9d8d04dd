"""A placement along one axis: its parts, and which of them move as one."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from renderers.layout.picture import Box, Point
from renderers.layout.placement import Placement, text_box, title_box, whole_box
from renderers.layout.scene import CORNER, Link

#: A *whole* is an icon with its text, which borders keep clear of; lines may run in the corners beside the icon.
Kind = Literal["item", "whole", "side", "heading", "line", "tag"]
Key = tuple[Hashable, ...]
#: Middles that are nearer than this were meant to be in line.
_SAME = 6.0
#: How far from a corner of an icon a line ends, and the longest jog that may be taken out of a line.
_EDGE, _JOG = 12.0, 16.0
_FREE = ("free",)


class Part(NamedTuple):
    """An element that takes up space: from `low` to `high` along the axis, from `near` to `far` across it."""

    key: Key
    kind: Kind
    id: str
    low: float
    high: float
    near: float
    far: float


class Pull(NamedTuple):
    """A line segment along the axis that pulls its two ends together; `low` and `high` are their positions."""

    link: str
    low_key: Key
    high_key: Key
    low: float
    high: float
    across: float


class Port(NamedTuple):
    """The end of a line on an item's side, and how far the line can move along that side to the start and to the end."""

    item: Key
    line: Key
    back: float
    ahead: float


class Jog(NamedTuple):
    """Two stretches of a line that nearly are one; the second is further along the axis by `ahead`."""

    first: Key
    second: Key
    ahead: float


class Axis:
    """The parts of a placement along an axis: 0 is level, 1 is upright. Keys of one group move by the same distance.

    Ports are either fixed, so that a line moves with the items it ends at, or slide along the sides of those.
    """

    def __init__(self, placement: Placement, along: int, *, ports_slide: bool = False) -> None:
        self.placement, self.along, self.ports_slide = placement, along, ports_slide
        self.ports: list[Port] = []
        self.jogs: list[Jog] = []
        self.above: dict[Key, Key] = {}
        self.parts: list[Part] = []
        self.pulls: list[Pull] = []
        self.tagged: list[tuple[Part, Pull]] = []
        self._add_items()
        self._add_frames()
        for link in placement.scene.links:
            if placement.routes.get(link.id):
                self._add_line(link)
        if not ports_slide:
            self._align()

    def group(self, key: Key) -> Key:
        """Return the representative key of all elements that move together."""
        while key in self.above:
            key = self.above[key]
        return key

    def join(self, a: Key, b: Key) -> None:
        """Make two elements move together."""
        a, b = self.group(a), self.group(b)
        if a != b:
            self.above[b] = a

    def _part(self, key: Key, kind: Kind, id: str, box: Box) -> Part:
        spans = ((box.x, box.right), (box.y, box.bottom))
        part = Part(key, kind, id, *spans[self.along], *spans[1 - self.along])
        self.parts.append(part)
        return part

    def _add_items(self) -> None:
        for item in self.placement.scene.items:
            box = self.placement.items[item.id]
            self._part(("item", item.id), "item", item.id, box)
            text = text_box(item, box)
            if text:
                self._part(("item", item.id), "item", item.id, text)
            self._part(("item", item.id), "whole", item.id, whole_box(item, box))

    def _add_frames(self) -> None:
        for frame in self.placement.scene.frames:
            box = self.placement.frames[frame.id]
            for end, side in enumerate(self._sides(box)):
                self._part(("side", frame.id, end), "side", frame.id, side)
            key = ("side", frame.id, 0)
            self._part(key, "heading", frame.id, title_box(frame, box, self.placement.slid.get(frame.id, 0.0)))
            if frame.corner:
                self._part(key, "heading", frame.id, Box(box.x, box.y, CORNER, CORNER))

    def _sides(self, box: Box) -> tuple[Box, Box]:
        """Return the two sides of a border that lie across the axis."""
        if self.along == 0:
            return Box(box.x, box.y, 0, box.h), Box(box.right, box.y, 0, box.h)
        return Box(box.x, box.y, box.w, 0), Box(box.x, box.bottom, box.w, 0)

    def _add_line(self, link: Link) -> None:
        points = self.placement.routes[link.id]
        keys = self.keys(link, points)
        pulls: list[Pull] = []
        for number, (a, b) in enumerate(pairwise(points)):
            low, high = sorted((a, b))
            if self._is_across(a, b):
                self._part(
                    keys[number], "line", link.id, Box(low[0], min(a[1], b[1]), high[0] - low[0], abs(a[1] - b[1]))
                )
            else:
                ends = sorted(((a[self.along], number), (b[self.along], number + 1)))
                (from_at, first), (to_at, last) = ends
                if self.ports_slide and keys[number][0] == keys[number + 1][0] == "line" and to_at - from_at <= _JOG:
                    self.jogs.append(Jog(keys[number], keys[number + 1], b[self.along] - a[self.along]))
                pulls.append(Pull(link.id, keys[first], keys[last], from_at, to_at, a[1 - self.along]))
        for end, number in ((link.source, 0), (link.target, -1)):
            if end in self.placement.items and keys[number][0] == "line":
                self._add_port(end, keys[number], points[number])
        self.pulls += pulls
        if link.id in self.placement.tags:
            self._add_tag(link, points, keys, pulls)

    def _add_port(self, id: str, line: Key, point: Point) -> None:
        """Attach a line to an item that it ends at. On a pill, whose ends are round, it stays where it is."""
        if not self.ports_slide or self.placement.scene.by_id[id].shape == "pill":
            self.join(("item", id), line)
            return
        box, at = self.placement.items[id], point[self.along]
        low, size = ((box.x, box.w), (box.y, box.h))[self.along]
        edge = min(_EDGE, size / 2)
        self.ports.append(Port(("item", id), line, max(0.0, at - low - edge), max(0.0, low + size - edge - at)))

    def _add_tag(self, link: Link, points: Sequence[Point], keys: Sequence[Key], pulls: Sequence[Pull]) -> None:
        """Attach a tag to the adjacent line segment if the segment is perpendicular to the axis; otherwise keep it adjacent."""
        box = self.placement.tags[link.id]
        part = self._part(("tag", link.id), "tag", link.id, box)
        _, number = min((_away(box, a, b), number) for number, (a, b) in enumerate(pairwise(points)))
        a, b = points[number], points[number + 1]
        if self._is_across(a, b):
            self.join(part.key, keys[number])
        else:
            at = sorted((a[self.along], b[self.along]))
            self.tagged += [
                (part, pull) for pull in pulls if [pull.low, pull.high] == at and pull.across == a[1 - self.along]
            ]

    def keys(self, link: Link, points: Sequence[Point]) -> list[Key]:
        """Return the element with which each point of a line moves."""
        keys: list[Key] = [_FREE] * len(points)
        for number, (a, b) in enumerate(pairwise(points)):
            if self._is_across(a, b):
                # A stretch that a point divides stays one stretch.
                before = keys[number]
                keys[number] = keys[number + 1] = ("line", link.id, number) if before is _FREE else before
        for number, end in ((0, link.source), (len(points) - 1, link.target)):
            if keys[number] is _FREE:
                keys[number] = self._end(end, points[number])
        return [("point", link.id, number) if key is _FREE else key for number, key in enumerate(keys)]

    def _end(self, id: str, point: Point) -> Key:
        if id in self.placement.items:
            return ("item", id)
        sides = [(abs(point[self.along] - (side.x, side.y)[self.along]), end) for end, side in
                 enumerate(self._sides(self.placement.frames[id]))]  # fmt: skip
        return ("side", id, min(sides)[1])

    def _is_across(self, a: Point, b: Point) -> bool:
        return abs(a[self.along] - b[self.along]) < 0.05

    def _align(self) -> None:
        """Keep elements in one border aligned if their centers are aligned."""
        seen: dict[str | None, list[tuple[float, str]]] = {}
        for item in self.placement.scene.items:
            box = self.placement.items[item.id]
            middle = (box.cx, box.cy)[self.along]
            others = seen.setdefault(item.parent, [])
            other = next((id for at, id in others if abs(at - middle) < _SAME), None)
            if other is not None:
                self.join(("item", other), ("item", item.id))
            others.append((middle, item.id))

    def alone(self) -> list[tuple[Part, tuple[Part, Part]]]:
        """Return the icons that are alone in a border, each with the border's two sides."""
        scene = self.placement.scene
        inside = Counter([*(item.parent for item in scene.items), *(frame.parent for frame in scene.frames)])
        only = {item.id: item.parent for item in scene.items if inside[item.parent] == 1 and item.parent}
        sides = {part.key: part for part in self.parts if part.kind == "side"}
        icons = {part.id: part for part in reversed(self.parts) if part.id in only and part.kind == "item"}
        return [(icons[id], (sides["side", frame, 0], sides["side", frame, 1])) for id, frame in only.items() if frame]

    def move(self, distances: Mapping[Key, float]) -> None:
        """Move everything by the distance of its group."""
        placement = self.placement

        def by(key: Key) -> float:
            return float(distances.get(self.group(key), 0))

        for link in placement.scene.links:
            points = placement.routes.get(link.id)
            if points:
                moved = zip(points, self.keys(link, points), strict=True)
                placement.routes[link.id] = tuple(self._shift(point, by(key)) for point, key in moved)
        placement.items = {id: self._moved(box, by(("item", id))) for id, box in placement.items.items()}
        placement.tags = {id: self._moved(box, by(("tag", id))) for id, box in placement.tags.items()}
        for id, box in placement.frames.items():
            start, end = by(("side", id, 0)), by(("side", id, 1))
            grown = Box(box.x, box.y, box.w + end - start, box.h) if self.along == 0 else (
                Box(box.x, box.y, box.w, box.h + end - start))  # fmt: skip
            placement.frames[id] = self._moved(grown, start)

    def _shift(self, point: Point, by: float) -> Point:
        return (point[0] + by, point[1]) if self.along == 0 else (point[0], point[1] + by)

    def _moved(self, box: Box, by: float) -> Box:
        return box.moved(by, 0) if self.along == 0 else box.moved(0, by)


def _away(box: Box, a: Point, b: Point) -> float:
    """Return the distance of a line segment from a rectangle."""
    dx = max(min(a[0], b[0]) - box.right, box.x - max(a[0], b[0]), 0.0)
    dy = max(min(a[1], b[1]) - box.bottom, box.y - max(a[1], b[1]), 0.0)
    return dx + dy
