"""Metrics of a picture: crossings, icons out of line, order of steps, lines through unrelated borders, text size, empty area, aspect ratio.

`check` says what is wrong with a picture; these say how well it can be read. A writer needs none of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from renderers.layout.check import heading, runs_through, violations
from renderers.layout.crossings import line_crossings
from renderers.layout.nesting import holders
from renderers.layout.pages import A4, SLIDE, Page
from renderers.layout.picture import Box, Picture, TextBlock, stretch

_CELL = 24.0
#: Middles of icons that are nearer than this, and not the same, look like a mistake.
ASKEW = 16.0
_SAME = 0.5
#: Middles of icons that are nearer than an icon is wide stand in one layer.
_LAYER = 48.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """The figures of one picture. `faults` are sentences of `check`; pairs of `foreign` are a line and a group.

    `in_line` counts the pairs of icons of one row or column, `askew` those that miss it by a few pixels; `ordered` the pairs of
    targets of one element beside each other in the order of their steps, `against` those in the opposite one.
    """

    nodes: int
    faults: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]
    crossings: int
    a4_pt: float
    slide_pt: float
    empty: float
    aspect: float
    in_line: int
    askew: int
    ordered: int
    against: int


def measure(picture: Picture) -> Geometry:
    """Return the figures of a picture."""
    missing, ways = list(_missing(picture)), list(_onward(picture))
    return Geometry(
        nodes=len(picture.nodes) + len({state.machine for state in picture.states}),
        faults=tuple(violations(picture)),
        foreign=tuple(foreign_frames(picture)),
        crossings=len(line_crossings({line.id: line.points for line in picture.lines})),
        a4_pt=text_pt(picture, A4),
        slide_pt=text_pt(picture, SLIDE),
        empty=empty_share(picture),
        aspect=picture.width / max(picture.height, 1.0),
        in_line=sum(missed < _SAME for missed in missing),
        askew=sum(missed >= _SAME for missed in missing),
        ordered=sum(way > 0 for way in ways),
        against=sum(way < 0 for way in ways),
    )


def _missing(picture: Picture) -> Iterator[float]:
    """Yield by how much each two icons miss a common row or column, where that is hardly anything."""
    for a, b in combinations(picture.nodes, 2):
        for missed in (abs(a.box.cx - b.box.cx), abs(a.box.cy - b.box.cy)):
            if missed <= ASKEW:
                yield missed


def _onward(picture: Picture) -> Iterator[float]:
    """Yield how far the later of two targets of one element, which stand in one layer, is behind the earlier one."""
    boxes = {group.id: group.box for group in picture.groups} | {state.id: state.box for state in picture.states}
    boxes |= {node.id: node.box for node in picture.nodes}
    leaving: dict[str, dict[str, int]] = {}
    for line in picture.lines:
        if line.tag and line.tag.step is not None:
            leaving.setdefault(line.source, {}).setdefault(line.target, line.tag.step)
    for targets in leaving.values():
        for first, second in combinations(sorted(targets, key=lambda id: targets[id]), 2):
            away = (boxes[second].cx - boxes[first].cx, boxes[second].cy - boxes[first].cy)
            along, across = away if picture.direction == "right" else away[::-1]
            if abs(along) < _LAYER and targets[first] < targets[second]:
                yield across


def foreign_frames(picture: Picture) -> Iterator[tuple[str, str]]:
    """Find lines that cross the border of a group that contains neither of their ends."""
    homes = _homes(picture)
    for line in picture.lines:
        own = homes[line.source] | homes[line.target]
        for group in picture.groups:
            if group.id not in own and runs_through(line.points, group.box):
                yield line.id, group.id


def _homes(picture: Picture) -> Mapping[str, set[str]]:
    """Return the groups that hold each end of a line; a state machine holds itself and its states."""
    parents = {group.id: group.parent for group in picture.groups}
    inside: dict[str, str | None] = {node.id: node.parent for node in picture.nodes}
    inside |= {state.id: state.machine for state in picture.states} | {id: id for id in parents}
    return {id: set(holders(group, parents)) for id, group in inside.items()}


def text_pt(picture: Picture, page: Page) -> float:
    """Return the size in points of the smallest text of a picture that fills a page."""
    sizes = [block.size for block in texts(picture) if block.lines]
    return min(sizes, default=0.0) * page.scale(picture.width, picture.height)


def texts(picture: Picture) -> Iterator[TextBlock]:
    """Return every text of a picture."""
    yield picture.title
    for node in picture.nodes:
        yield from (text for text in (node.title, node.note) if text)
    for state in picture.states:
        yield from (text for text in (state.title, state.note) if text)
    yield from (state.retry for state in picture.states if state.retry)
    yield from (group.title for group in picture.groups)
    yield from (one.tag.words for one in picture.lines if one.tag and one.tag.words)
    if picture.legend:
        yield from (step.words for step in picture.legend.steps)
        yield from (line.words for line in picture.legend.lines)


def empty_share(picture: Picture) -> float:
    """Return the share of a picture's area, in squares of 24 pixels, that no icon, text, line or legend touches."""
    columns, rows = int(picture.width // _CELL) + 1, int(picture.height // _CELL) + 1
    used = {
        (column, row)
        for box in _inked(picture)
        for column in range(int(box.x // _CELL), min(columns - 1, int(box.right // _CELL)) + 1)
        for row in range(int(box.y // _CELL), min(rows - 1, int(box.bottom // _CELL)) + 1)
    }
    return 1 - len(used) / (columns * rows)


def _inked(picture: Picture) -> Iterator[Box]:
    yield picture.title.box
    yield from (node.whole for node in picture.nodes)
    yield from (state.box for state in picture.states)
    yield from (line.tag.box for line in picture.lines if line.tag)
    yield from (box for group in picture.groups for box in heading(group))
    for line in picture.lines:
        for a, b in pairwise(line.points):
            yield stretch(a, b)
    if picture.legend:
        yield picture.legend.box
