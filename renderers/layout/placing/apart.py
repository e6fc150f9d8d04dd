"""Apart: flows that share no line and no border within the cloud are laid out alone, and packed beside and below each other.

A layered layout has them all in the same layers: each layer is as wide as the widest thing in any of them, and all of them
begin at the same side.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from renderers.layout.pages import Page, text_scale
from renderers.layout.picture import Box, Direction, around
from renderers.layout.placement import Placement, turned
from renderers.layout.placing.fold import blocks_of, content_of, stacked, trunk_of, whole_of
from renderers.layout.scene import Frame, Scene

#: The most flows that are packed: the ways to pack double with each.
_MOST = 8
_GAP = 46.0
_LAST = 1 << 30


def flows(scene: Scene) -> list[Scene]:
    """Return the flows of a scene that share nothing but the cloud, in the order of their steps; one alone is the scene itself.

    A scene with a flow outside the cloud, or with another border beside it, is one flow: nothing holds them together.
    """
    if not scene.frames:
        return [scene]
    trunk = trunk_of(scene)
    inside = [frame.id for frame in scene.frames if frame.parent == trunk[-1].id]
    blocks = [*inside, *(item.id for item in scene.items if item.parent == trunk[-1].id)]
    home = blocks_of(scene, blocks)
    if any(item.parent is not None and item.id not in home for item in scene.items):
        return [scene]
    lead = {item.id: item.id for item in scene.items} | {id: id for id in blocks}

    def end(id: str) -> str:
        at = home.get(id, id)
        while lead[at] != at:
            at = lead[at]
        return at

    for link in scene.links:
        lead[end(link.source)] = end(link.target)
    first: dict[str, int] = {}
    for link in scene.links:
        at = end(link.source)
        first[at] = min(first.get(at, _LAST), _LAST if link.step is None else link.step)
    leads = sorted(dict.fromkeys(end(item.id) for item in scene.items), key=lambda at: first.get(at, _LAST))
    if len(leads) == 1 or {end(block) for block in blocks} != set(leads):
        return [scene]
    ends = {id: end(id) for id in (*lead, *home)}
    return [_part(scene, trunk, {id for id, at in ends.items() if at == lead_of}) for lead_of in leads]


def is_several(scene: Scene) -> bool:
    """Tell whether a scene has several flows, and no more than are packed."""
    return 1 < len(flows(scene)) <= _MOST


def _part(scene: Scene, trunk: Sequence[Frame], ids: Collection[str]) -> Scene:
    kept = {frame.id for frame in trunk} | set(ids)
    return replace(
        scene,
        frames=tuple(frame for frame in scene.frames if frame.id in kept),
        items=tuple(item for item in scene.items if item.id in kept),
        links=tuple(link for link in scene.links if link.source in kept),
    )


def apart(
    scene: Scene, direction: Direction, pages: Sequence[Page], place: Callable[[Scene], Placement]
) -> Placement | None:
    """Return the flows of a scene packed for a page, or None where there is only one, or too many."""
    if not is_several(scene):
        return None
    trunk = trunk_of(scene)
    parts = [_Part(place(part), trunk) for part in flows(scene)]
    rows = max(_packings(parts), key=lambda rows: _scale(rows, direction, pages))
    joined = [_in_a_row(row, trunk) for row in rows]
    row_of = {id: number for number, row in enumerate(joined) for id in (*row.items, *row.frames)}
    return stacked(Placement(scene, direction), trunk, joined, row_of)


class _Part:
    """A flow that is laid out alone: its placement as if it ran to the right, and the room that it takes in the cloud."""

    def __init__(self, placement: Placement, trunk: list[Frame]) -> None:
        is_down = placement.direction == "down"
        content = content_of(placement, trunk[-1])
        self.content = turned(content) if is_down else content
        self.placement = placement.turned() if is_down else placement
        self.whole = whole_of(self.placement, trunk)
        outside = [self.placement.items[item.id] for item in placement.scene.items if item.parent is None]
        self.is_last = any(box.x > self.content.right for box in outside)
        self.is_first = any(box.x <= self.content.right for box in outside)


def _packings(parts: list[_Part]) -> Iterator[list[list[_Part]]]:
    """Yield the ways to divide flows into rows; what stands outside the cloud is at the beginning or the end of a row."""
    for breaks in product((True, False), repeat=len(parts) - 1):
        rows = [[parts[0]]]
        for part, is_new in zip(parts[1:], breaks, strict=True):
            if is_new:
                rows.append([part])
            else:
                rows[-1].append(part)
        if not any(left.is_last or right.is_first for row in rows for left, right in pairwise(row)):
            yield rows


def _scale(rows: list[list[_Part]], direction: Direction, pages: Sequence[Page]) -> tuple[float, float]:
    """Return the size of text on a page if flows stand in such rows, and how small the picture is where that is the same."""
    before = max(row[0].content.x - row[0].whole.x for row in rows)
    behind = max(row[-1].whole.right - row[-1].content.right for row in rows)
    long = max(sum(part.content.w for part in row) + _GAP * (len(row) - 1) for row in rows)
    deep = sum(max(part.whole.h for part in row) for row in rows) + _GAP * (len(rows) - 1)
    size = (before + long + behind, deep)
    return text_scale(*(size if direction == "right" else size[::-1]), pages), -size[0] * size[1]


def _in_a_row(parts: list[_Part], trunk: list[Frame]) -> Placement:
    """Return flows beside each other as one placement."""
    scenes = [part.placement.scene for part in parts]
    scene = replace(
        scenes[0],
        frames=tuple(dict.fromkeys(frame for each in scenes for frame in each.frames)),
        items=tuple(item for each in scenes for item in each.items),
        links=tuple(link for each in scenes for link in each.links),
    )
    first = parts[0].placement
    row = Placement(scene, first.direction, is_turned=first.is_turned)
    at, top, boxes = parts[0].content.x, parts[0].content.y, dict[str, list[Box]]()
    for part in parts:
        part.placement.move(at - part.content.x, top - part.content.y)
        at += part.content.w + _GAP
        row.items |= part.placement.items
        row.frames |= part.placement.frames
        row.routes |= part.placement.routes
        row.tags |= part.placement.tags
        for frame in trunk:
            boxes.setdefault(frame.id, []).append(part.placement.frames[frame.id])
    row.frames |= {id: around(each) for id, each in boxes.items()}
    return row.turned() if row.is_turned else row
