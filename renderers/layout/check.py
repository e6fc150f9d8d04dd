"""Checks the geometry of a picture: overlaps, lines through elements, elements outside their border."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from renderers.layout.nesting import holders
from renderers.layout.picture import Box, Picture, PlacedGroup, PlacedLine, Point
from renderers.layout.scene import CORNER

_TOUCH = 1.0
_ALONG = 6.0


def violations(picture: Picture) -> list[str]:
    """Return one sentence for everything wrong; an empty list means that the picture is sound."""
    sentences = [*_overlaps(picture), *_outside(picture), *_foreign(picture), *_crossed(picture)]
    sentences += [*_ends(picture), *_shared(picture)]
    return sentences


def heading(group: PlacedGroup) -> list[Box]:
    """Return the rectangles of the corner icon and title of a group."""
    corner = [Box(group.box.x, group.box.y, CORNER, CORNER)] if group.corner else []
    return [*corner, *([group.title.box] if group.title.lines else [])]


def _solid(picture: Picture) -> list[tuple[str, Box]]:
    """Return everything that takes up space: icons with their texts, states, tags, headings of groups, the legend."""
    solids = [(f"node {node.id}", node.box) for node in picture.nodes]
    for node in picture.nodes:
        solids += [(f"text of {node.id}", text.box) for text in (node.title, node.note) if text and text.lines]
    solids += [(f"state {state.id}", state.box) for state in picture.states]
    solids += [(f"tag of {line.id}", line.tag.box) for line in picture.lines if line.tag]
    for group in picture.groups:
        solids += [(f"heading of {group.id}", box) for box in heading(group)]
    if picture.legend:
        solids.append(("legend", picture.legend.box))
    solids.append(("title", picture.title.box))
    return solids


def _overlaps(picture: Picture) -> Iterator[str]:
    for (name, a), (other, b) in combinations(_solid(picture), 2):
        if a.overlaps(b):
            yield f"{name} overlaps {other}"


def _outside(picture: Picture) -> Iterator[str]:
    canvas = Box(0, 0, picture.width, picture.height)
    for name, box in _solid(picture):
        if not canvas.holds(box):
            yield f"{name} is outside the canvas"
    for line in picture.lines:
        if not all(canvas.holds(Box(x, y, 0, 0)) for x, y in line.points):
            yield f"line {line.id} leaves the canvas"
    for group in picture.groups:
        if not all(group.box.holds(box) for box in heading(group)):
            yield f"the heading of {group.id} sticks out of its border"
        for state in picture.states:
            if state.machine == group.id and not group.box.holds(state.box):
                yield f"state {state.id} is outside its machine"


def _foreign(picture: Picture) -> Iterator[str]:
    """Find groups that are outside their parent, and nodes and groups that touch a border they do not belong to."""
    parents = {group.id: group.parent for group in picture.groups}
    boxes = {group.id: (group.box, group.parent) for group in picture.groups}
    boxes |= {node.id: (node.whole, picture_parent(picture, node.id)) for node in picture.nodes}
    for id, (box, parent) in boxes.items():
        above = set(holders(parent, parents))
        for group in picture.groups:
            if group.id == id or id in holders(group.id, parents):
                continue
            if group.id in above:
                if not group.box.holds(box):
                    yield f"{id} is outside {group.id}"
            elif group.box.overlaps(box):
                yield f"{id} overlaps the border of {group.id}"


def picture_parent(picture: Picture, node: str) -> str | None:
    """Return the group that a node is in."""
    return next((placed.parent for placed in picture.nodes if placed.id == node), None)


def _crossed(picture: Picture) -> Iterator[str]:
    solids = _solid(picture)
    for line in picture.lines:
        for name, box in solids:
            own = name in (f"node {line.source}", f"node {line.target}")
            own = own or name in (f"state {line.source}", f"state {line.target}")
            if not own and runs_through(line.points, box):
                yield f"line {line.id} runs through {name}"
        yield from _own_ends_crossed(picture, line)


def _own_ends_crossed(picture: Picture, line: PlacedLine) -> Iterator[str]:
    for node in picture.nodes:
        own = node.id in (line.source, line.target)
        if own and runs_through(line.points, node.box, 2):
            yield f"line {line.id} runs through its own end {node.id}"


def crosses(a: Point, b: Point, box: Box) -> bool:
    """Return whether a horizontal or vertical line segment passes through a rectangle."""
    right, bottom = box.x + box.w, box.y + box.h
    return (
        (a[0] < right or b[0] < right)
        and (a[0] > box.x or b[0] > box.x)
        and (a[1] < bottom or b[1] < bottom)
        and (a[1] > box.y or b[1] > box.y)
    )


def runs_through(points: Iterable[Point], box: Box, touch: float = _TOUCH) -> bool:
    """Return whether a line passes through the interior of a rectangle; touching the border does not count."""
    within = inner(box, touch)
    return any(crosses(a, b, within) for a, b in pairwise(points))


def inner(box: Box, touch: float = _TOUCH) -> Box:
    """Return the obstacle of a line within a rectangle that it may touch."""
    return box.grown(-touch)


def _ends(picture: Picture) -> Iterator[str]:
    boxes = {node.id: node.whole for node in picture.nodes} | {state.id: state.box for state in picture.states}
    boxes |= {group.id: group.box for group in picture.groups if group.label}
    for line in picture.lines:
        for id, (x, y) in ((line.source, line.points[0]), (line.target, line.points[-1])):
            box = boxes[id]
            if not box.grown(1.5).holds(Box(x, y, 0, 0), 0):
                yield f"line {line.id} does not reach {id}"
        for a, b in pairwise(line.points):
            if abs(a[0] - b[0]) > 0.2 and abs(a[1] - b[1]) > 0.2:
                yield f"line {line.id} is not orthogonal"


def _shared(picture: Picture) -> Iterator[str]:
    """Find two lines that run on top of each other."""
    stretches = [(line.id, a, b) for line in picture.lines for a, b in pairwise(line.points)]
    for (line_id, a, b), (other, c, d) in combinations(stretches, 2):
        if line_id != other and _on_top(a, b, c, d):
            yield f"lines {line_id} and {other} run on top of each other"


def _on_top(a: Point, b: Point, c: Point, d: Point) -> bool:
    for along, across in ((0, 1), (1, 0)):
        level = abs(a[across] - b[across]) < 0.2 and abs(c[across] - d[across]) < 0.2
        if level and abs(a[across] - c[across]) < 2:
            low, high = max(min(a[along], b[along]), min(c[along], d[along])), 0.0
            high = min(max(a[along], b[along]), max(c[along], d[along]))
            if high - low > _ALONG:
                return True
    return False
