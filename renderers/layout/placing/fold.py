"""Folding: a picture that is too long is laid out in rows (or, running down, in columns) within one cloud group.

The blocks inside the border are cut, in the order of the flow, where few links cross; each row is laid out alone.
Links between rows are left to `route`.
"""

from collections.abc import Callable
from dataclasses import replace
from math import ceil, sqrt

from renderers.layout.picture import Box, around
from renderers.layout.placement import SIDE, Placement, top_padding, turned
from renderers.layout.scene import Frame, Scene

#: The length from which on rows are tried, however deep a picture is.
LONGEST = 2000.0
_SLIMMEST, _BEST = 2.75, 1.9
_WIDEST, _AWAY = 2600.0, 190.0
_NEAR = 30.0
_GAP, _TRACK = 46.0, 16.0
_CROSSING = 0.16
_MOST_ROWS = 6


def rows_wanted(placement: Placement, longest: float = LONGEST) -> int:
    """Return in how many rows a placement reads best; 1 if it is neither too narrow nor too long."""
    bounds = placement.bounds()
    right = placement.direction == "right"
    long, deep = (bounds.w, bounds.h) if right else (bounds.h, bounds.w)
    slimmest = _SLIMMEST if right else 1.9
    if long < 1100 or (long / max(deep, 1.0) < slimmest and (long < longest or not right)):
        return 1
    best = _BEST if right else 1.2
    widest = ceil(long / _WIDEST) if right else 2
    return min(_MOST_ROWS, max(2, widest, round(sqrt(long / max(deep, 1.0) / best))))


def fold(placement: Placement, rows: int, place: Callable[[Scene], Placement]) -> Placement | None:
    """Return the placement in rows, or None if there are too few blocks to cut between."""
    scene = placement.scene
    trunk = trunk_of(scene)
    blocks = _blocks(scene, trunk[-1].id, placement)
    if not trunk or len(blocks) < 2 * rows:
        return None
    home = blocks_of(scene, blocks)
    links = _weights(scene, home)
    leaves = _leaves(blocks, links)
    stems = [block for block in blocks if block not in leaves]
    if len(stems) < rows:
        return None
    row_of = _cut(stems, rows, [pair for pair in links if not leaves.keys() & set(pair)], placement)
    row_of |= {leaf: row_of[stem] for leaf, stem in leaves.items()}
    row_of_item = _row_of_items(scene, home, row_of)
    parts = [place(_part(scene, trunk, row, row_of_item)) for row in range(rows)]
    return stacked(placement, trunk, parts, row_of_item)


def trunk_of(scene: Scene) -> list[Frame]:
    """Return the frame of the cloud, and that of the Region if it contains everything in the cloud."""
    trunk = [next(frame for frame in scene.frames if frame.parent is None)]
    while True:
        inside = [frame for frame in scene.frames if frame.parent == trunk[-1].id]
        loose = any(item.parent == trunk[-1].id for item in scene.items)
        if loose or len(inside) != 1 or inside[0].look != "region":
            return trunk
        trunk.append(inside[0])


def _blocks(scene: Scene, trunk: str, placement: Placement) -> list[str]:
    """Return the direct children of the trunk, in the order of the flow."""
    boxes = {frame.id: placement.frames[frame.id] for frame in scene.frames if frame.parent == trunk}
    boxes |= {item.id: placement.items[item.id] for item in scene.items if item.parent == trunk}
    if placement.direction == "right":
        return sorted(boxes, key=lambda id: (boxes[id].cx, boxes[id].cy))
    return sorted(boxes, key=lambda id: (boxes[id].cy, boxes[id].cx))


def blocks_of(scene: Scene, blocks: list[str]) -> dict[str, str]:
    """Return the block of each item and frame; items outside the cloud have none."""
    parents = {frame.id: frame.parent for frame in scene.frames} | {item.id: item.parent for item in scene.items}
    homes = {}
    for id in parents:
        at: str | None = id
        while at is not None and at not in blocks:
            at = parents.get(at)
        if at is not None:
            homes[id] = at
    return homes


def _weights(scene: Scene, home: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (home[link.source], home[link.target])
        for link in scene.links
        if link.source in home and link.target in home and home[link.source] != home[link.target]
    ]


def _leaves(blocks: list[str], links: list[tuple[str, str]]) -> dict[str, str]:
    """Return the blocks connected to one other block that has further connections: they stay in its row."""
    near: dict[str, set[str]] = {block: set() for block in blocks}
    for a, b in links:
        near[a].add(b)
        near[b].add(a)
    return {block: min(near[block]) for block in blocks if len(near[block]) == 1 and len(near[min(near[block])]) > 1}


def _cut(blocks: list[str], rows: int, links: list[tuple[str, str]], placement: Placement) -> dict[str, int]:
    """Divide the blocks into rows of similar length with few links between them (dynamic programming)."""
    place = {block: number for number, block in enumerate(blocks)}
    spans = [_span(block, placement) for block in blocks]
    whole = max(end for _, end in spans) - min(start for start, _ in spans)

    def length(first: int, last: int) -> float:
        part = spans[first:last]
        return (max(end for _, end in part) - min(start for start, _ in part)) / max(whole, 1.0) * rows

    def crossing(cut: int) -> int:
        return sum(min(place[a], place[b]) < cut <= max(place[a], place[b]) for a, b in links)

    count = len(blocks)
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for row in range(1, rows + 1):
        for last in range(row, count + 1):
            options = [
                (best[row - 1, first][0] + length(first, last) ** 2 + _CROSSING * crossing(first) * (first > 0),
                 (*best[row - 1, first][1], first))
                for first in range(row - 1, last)
                if (row - 1, first) in best
            ]  # fmt: skip
            if options:
                best[row, last] = min(options)
    starts = best[rows, count][1]
    return {block: sum(place[block] >= start for start in starts) - 1 for block in blocks}


def _span(block: str, placement: Placement) -> tuple[float, float]:
    box = placement.end_box(block)
    return (box.x, box.right) if placement.direction == "right" else (box.y, box.bottom)


def _row_of_items(scene: Scene, home: dict[str, str], row_of: dict[str, int]) -> dict[str, int]:
    """Return the row of each item and frame; external items are in the row of their first connection."""
    rows = {id: row_of[block] for id, block in home.items()}
    links = sorted(scene.links, key=lambda link: (link.step is None, link.step or 0))
    for link in links:
        for end, other in ((link.source, link.target), (link.target, link.source)):
            if end not in rows and other in rows:
                rows[end] = rows[other]
    for item in scene.items:
        rows.setdefault(item.id, 0)
    return rows


def _part(scene: Scene, trunk: list[Frame], row: int, rows: dict[str, int]) -> Scene:
    trunks = {frame.id for frame in trunk}
    frames = tuple(frame for frame in scene.frames if frame.id in trunks or rows.get(frame.id) == row)
    items = tuple(item for item in scene.items if rows[item.id] == row)
    links = tuple(link for link in scene.links if rows[link.source] == row and rows[link.target] == row)
    return replace(scene, items=items, frames=frames, links=links)


def stacked(placement: Placement, trunk: list[Frame], parts: list[Placement], rows: dict[str, int]) -> Placement:
    """Stack the rows, aligned at their start, with external items moved clear of the longest row."""
    right = placement.direction == "right"
    crossing = sum(rows[link.source] != rows[link.target] for link in placement.scene.links)
    margin = _TRACK * min(3, crossing)
    contents = [content_of(part, trunk[-1]) for part in parts]
    if not right:
        parts, contents = [part.turned() for part in parts], [turned(box) for box in contents]
    longest = max(content.w for content in contents)
    at, deepest = 0.0, 0.0
    for part, content in zip(parts, contents, strict=True):
        _spread(part, content, longest, margin)
        above = content.y - whole_of(part, trunk).y
        part.move(-content.x, at + above - content.y)
        deepest = max(at + above + content.h, whole_of(part, trunk).bottom)
        at = deepest + _GAP + _TRACK * crossing / max(1, len(parts) - 1)
    inner = Box(-margin, 0, longest + 2 * margin, deepest)
    return _joined(
        placement, trunk, parts if right else [part.turned() for part in parts], inner if right else turned(inner)
    )


def content_of(part: Placement, frame: Frame) -> Box:
    """Return the space inside the innermost frame of the trunk."""
    box, top = part.frames[frame.id], top_padding(frame)
    return Box(box.x + SIDE, box.y + top, box.w - 2 * SIDE, box.h - top - SIDE)


def whole_of(part: Placement, trunk: list[Frame]) -> Box:
    """Return the bounding rectangle of a row: its content and its external items, without the outer borders."""
    trunks = {frame.id for frame in trunk}
    boxes = [part.item_box(item) for item in part.scene.items]
    boxes += [box for id, box in part.frames.items() if id not in trunks]
    boxes += list(part.tags.values())
    boxes += [Box(x, y, 0, 0) for points in part.routes.values() for x, y in points]
    return around(boxes)


def _spread(part: Placement, content: Box, longest: float, margin: float) -> None:
    """Move external items away from the content: before it by the margin, after it by the length of the longest row."""
    outside = {item.id for item in part.scene.items if item.parent is None}
    _pull_out(part, content, outside)
    behind = longest - content.w + margin

    def shift(x: float) -> float:
        return behind if x > content.right + 0.5 else -margin if x < content.x - 0.5 else 0.0

    for id in outside & part.items.keys():
        part.items[id] = part.items[id].moved(shift(part.items[id].cx), 0)
    for link in part.scene.links:
        if {link.source, link.target} & outside and link.id in part.routes:
            part.routes[link.id] = tuple((x + shift(x), y) for x, y in part.routes[link.id])
            if link.id in part.tags:
                part.tags[link.id] = part.tags[link.id].moved(shift(part.tags[link.id].cx), 0)


def _pull_out(part: Placement, content: Box, outside: set[str]) -> None:
    """Move external items from above or below the content to before it, because the other rows need the space."""
    down = 0.0
    for item in part.scene.items:
        box = part.items[item.id]
        if item.id in outside and box.right > content.x - _NEAR and box.x < content.right + _NEAR:
            part.items[item.id] = box.moved(content.x - _AWAY - box.right, down)
            down += part.item_box(item).h + _GAP
            for link in part.scene.links:
                if item.id in (link.source, link.target):
                    part.routes.pop(link.id, None)
                    part.tags.pop(link.id, None)


def _joined(placement: Placement, trunk: list[Frame], parts: list[Placement], inner: Box) -> Placement:
    result = Placement(placement.scene, placement.direction)
    for part in parts:
        result.items |= part.items
        result.frames |= part.frames
        result.routes |= part.routes
        result.tags |= part.tags
    for frame in reversed(trunk):
        top = top_padding(frame)
        inner = Box(inner.x - SIDE, inner.y - top, inner.w + 2 * SIDE, inner.h + top + SIDE)
        result.frames[frame.id] = inner
    return result
