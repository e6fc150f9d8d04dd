"""Minimum distances along an axis between adjacent elements."""

from collections.abc import Mapping
from math import floor
from typing import get_args

from renderers.layout.compacting.axis import Axis, Key, Kind, Part
from renderers.layout.nesting import holders
from renderers.layout.placement import SIDE, top_padding

#: Two parts stand side by side where they are closer than this across the axis.
_BESIDE = 7.0
_ITEMS, _ITEM_LINE, _LINES, _TAG, _END, _BARE, _STATES = 16.0, 10.0, 12.0, 6.0, 26.0, 44.0, 30.0
_SIDE_LINE, _HEADING, _LEAST_FRAME = 10.0, 8.0, 40.0
_UNBOUND = 1 << 30
Constraints = dict[tuple[Key, Key], int]
_KINDS: tuple[Kind, ...] = get_args(Kind)
#: The kinds of parts from which each kind keeps a distance; icons with their texts do so from borders only.
_MEETING: Mapping[Kind, frozenset[Kind]] = {
    a: frozenset(b for b in _KINDS if "whole" not in (a, b) or "side" in (a, b)) for a in _KINDS
}


def constraints(axis: Axis) -> Constraints:
    """Return by how much more than necessary each two groups are apart: so far the second may come nearer the first.

    What is nearer than it should be stays as far apart as it is.
    """
    found = _of_neighbours(axis)

    def add(first: Key, second: Key, room: float) -> None:
        if first != second:
            slack = max(0, floor(room))
            found[first, second] = min(found.get((first, second), slack), slack)

    for pull in axis.pulls:
        # A line may end beside an icon, at the width of its text, where the icon itself keeps nothing away.
        if {pull.low_key[0], pull.high_key[0]} == {"item", "line"}:
            add(axis.group(pull.low_key), axis.group(pull.high_key), pull.high - pull.low - _END)
    for port in axis.ports:
        add(axis.group(port.item), axis.group(port.line), port.back)
        add(axis.group(port.line), axis.group(port.item), port.ahead)
    for part, pull in axis.tagged:
        middle = axis.group(part.key)
        add(axis.group(pull.low_key), middle, part.low - pull.low - _TAG)
        add(middle, axis.group(pull.high_key), pull.high - part.high - _TAG)
    return found


def _of_neighbours(axis: Axis) -> Constraints:
    """Return the constraints between parts that stand side by side and do not move as one."""
    # Compared by hand: of some hundred thousand pairs of a picture, a quarter are neighbours.
    parts = sorted(axis.parts, key=lambda part: (part.low, part.high))
    spans = [(part.near - _BESIDE, part.far, part.kind, part.low, axis.group(part.key), part) for part in parts]
    between, slides, jogs = _Distances(axis).between, _slides(axis), _jogs(axis)
    loose = {("item", "line"): slides, ("line", "item"): slides, ("line", "line"): jogs}
    found: Constraints = {}
    for number, (near, far, kind, low, first, a) in enumerate(spans, 1):
        meets, high = _MEETING[kind], a.high
        for other_near, other_far, other_kind, other_low, second, b in spans[number:]:
            if not (near < other_far and other_near < far and first != second and other_kind in meets):
                continue
            if (slides or jogs) and (first, second) in loose.get((kind, other_kind), ()):
                continue
            if other_low >= high:
                pair, room = (first, second), other_low - high - between(a, b)
            elif low >= b.high:
                pair, room = (second, first), low - b.high - between(b, a)
            else:
                continue
            slack = floor(room) if room > 0 else 0
            if slack < found.get(pair, _UNBOUND):
                found[pair] = slack
    return found


def _slides(axis: Axis) -> set[tuple[Key, Key]]:
    """Return the items and the lines that slide along their sides, each pair both ways round."""
    pairs = [(axis.group(port.item), axis.group(port.line)) for port in axis.ports]
    return {*pairs, *((line, item) for item, line in pairs)}


def _jogs(axis: Axis) -> set[tuple[Key, Key]]:
    """Return the stretches between which a line makes a small jog, each pair both ways round."""
    pairs = [(axis.group(jog.first), axis.group(jog.second)) for jog in axis.jogs]
    return {*pairs, *((second, first) for first, second in pairs)}


class _Distances:
    """The distances of one axis."""

    def __init__(self, axis: Axis) -> None:
        scene = axis.placement.scene
        self.along = axis.along
        parents: Mapping[str, str | None] = {frame.id: frame.parent for frame in scene.frames}
        self.homes = {item.id: set(holders(item.parent, parents)) for item in scene.items}
        self.homes |= {id: set(holders(id, parents)) for id in parents}
        self.tops = {frame.id: top_padding(frame) for frame in scene.frames}
        self.ends = {link.id: {link.source, link.target} for link in scene.links}
        self.states = {item.id for item in scene.items if item.shape is not None}
        self.linked = {frozenset(ends) for ends in self.ends.values()}

    def between(self, a: Part, b: Part) -> float:
        """Return how far a part has to be from the next one."""
        kind, other = a.kind, b.kind
        if kind == "tag" or other == "tag":
            return _TAG
        if kind == "side" or other == "side":
            return self._from_side(a, b)
        if kind == "heading" or other == "heading":
            return _HEADING
        if kind == other == "line":
            return _LINES
        if kind == other == "item":
            if frozenset((a.id, b.id)) not in self.linked:
                return _ITEMS
            return _STATES if {a.id, b.id} <= self.states else _BARE
        line, item = (a, b) if kind == "line" else (b, a)
        return _END if item.id in self.ends[line.id] else _ITEM_LINE

    def _from_side(self, a: Part, b: Part) -> float:
        """Return the minimum distance between a side of a border and an element inside or outside it."""
        kind, other = a.kind, b.kind
        if a.id == b.id and kind == other:
            return _LEAST_FRAME
        if kind == "line" or other == "line":
            return _SIDE_LINE
        if kind == "heading" or other == "heading":
            return _HEADING
        inside = kind == "side" and a.id in self.homes[b.id] and a.id != b.id and a.key[2] == 0
        return self.tops[a.id] if inside and self.along == 1 else SIDE
