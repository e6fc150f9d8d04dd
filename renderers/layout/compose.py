"""The finished picture: title above, legend beside or below, everything moved to its place on the canvas."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Literal, NamedTuple

from renderers.layout.labelling import legend as legends
from renderers.layout.pages import Page, text_scale, usual
from renderers.layout.picture import (
    Box,
    Legend,
    Mark,
    Picture,
    PlacedGroup,
    PlacedLine,
    PlacedNode,
    PlacedState,
    Tag,
)
from renderers.layout.placement import Placement, text_box, title_box
from renderers.layout.scene import CIRCLE, LOOP, MARK, MARK_GAP, TEXT_GAP, Block, Frame, Item, Link, block

MARGIN = 16.0
_TITLE_SIZE = 20.0
_LEGEND_GAP = 26.0
BELOW_TITLE, _NARROWEST = 8.0, 300.0
_SLIMMEST, _FLATTEST, _MANY, _TITLE_ROOM = 0.5, 3.0, 6, 40.0
#: How much wider than the body the legend may be, and how high it is, or nearly so.
_WIDER, _LEGEND_ROOM = 1.25, 200.0
#: Text that is so much smaller looks as large.
_AS_LARGE = 0.995


def compose(
    placement: Placement,
    title: str,
    description: str,
    engine: Literal["elk", "layered"],
    page: Page | None = None,
) -> Picture:
    """Return the picture of a placement, with the legend on the side that makes the text largest on a page."""
    bounds = placement.bounds()
    headed = heading(title, bounds.w)
    top = MARGIN + headed.h + (BELOW_TITLE if headed.lines else 0)
    placement.move(MARGIN - bounds.x, top - bounds.y)
    body = Box(MARGIN, top, bounds.w, bounds.h)
    wide, legend = _with_legend(placement, body, page)
    right = max(wide.right, MARGIN + headed.w)
    drawn = parts(placement)
    return Picture(
        width=round(right + MARGIN), height=round(wide.bottom + MARGIN), lang=placement.scene.lang,
        direction=placement.direction, title=headed.at(MARGIN, MARGIN - 4),
        nodes=drawn.nodes, states=drawn.states, groups=drawn.groups, lines=drawn.lines,
        legend=legend, description=description, engine=engine,
    )  # fmt: skip


class Parts(NamedTuple):
    """The content of a placement."""

    nodes: tuple[PlacedNode, ...]
    states: tuple[PlacedState, ...]
    groups: tuple[PlacedGroup, ...]
    lines: tuple[PlacedLine, ...]


def parts(placement: Placement) -> Parts:
    """Return the content of a placement with positions."""
    scene = placement.scene
    return Parts(
        nodes=tuple(_node(item, placement) for item in scene.items if item.shape is None),
        states=tuple(_state(item, placement) for item in scene.items if item.shape is not None),
        groups=tuple(_group(frame, placement) for frame in scene.frames),
        lines=tuple(_line(link, placement) for link in scene.links if placement.routes.get(link.id)),
    )


def heading(title: str, wide: float) -> Block:
    """Return the title of a picture, wrapped."""
    return block(title, _TITLE_SIZE, max(wide, 560.0), bold=True, most=2)


def extent(placement: Placement, title: str, page: Page | None) -> tuple[float, float]:
    """Return the width and height of the picture that a placement becomes."""
    bounds = placement.bounds()
    headed = heading(title, bounds.w)
    wide, _ = _with_legend(placement, Box(0, 0, bounds.w, bounds.h), page)
    return max(wide.w, headed.w) + 2 * MARGIN, wide.h + headed.h + (BELOW_TITLE if headed.lines else 0) + 2 * MARGIN


def _with_legend(placement: Placement, body: Box, page: Page | None) -> tuple[Box, Legend | None]:
    """Choose the side of the legend that makes the text largest on the page, and the smallest canvas where that is much the same.

    If no page is given, a picture of many elements is, if possible, not narrower than 1:2 and not flatter than 3:1.
    """
    pages = usual(placement.direction) if page is None else (page,)
    found = [(_joined(body, legend.box), legend) for legend in _legends(placement, body, pages)]
    if not found:
        return body, None
    if page is None and len(placement.scene.items) >= _MANY:
        found = [each for each in found if _is_shapely(each[0])] or found
    scales = [text_scale(wide.right + MARGIN, wide.bottom + MARGIN, pages) for wide, _ in found]
    large = [each for each, scale in zip(found, scales, strict=True) if scale >= _AS_LARGE * max(scales)]
    return min(large, key=lambda each: each[0].w * each[0].h)


def _is_shapely(whole: Box) -> bool:
    return _SLIMMEST <= (whole.right + MARGIN) / (whole.bottom + MARGIN + _TITLE_ROOM) <= _FLATTEST


def _legends(placement: Placement, body: Box, pages: Sequence[Page]) -> Iterator[Legend]:
    """Yield the legend below the body, as wide as that or as wide as a page of its height, and beside it."""
    scene, tall = placement.scene, body.h + _LEGEND_ROOM
    widths = [body.w, *(min(_WIDER * body.w, tall * each.w / each.h) for each in pages if each.h < inf)]
    for wide in sorted({max(_NARROWEST, width) for width in widths if width >= body.w}):
        legend = legends.below(scene, body.x, body.bottom + _LEGEND_GAP, wide)
        if legend:
            yield legend
    for wide in legends.COLUMNS:
        legend = legends.beside(scene, body.right + _LEGEND_GAP, body.y, wide)
        if legend:
            yield legend


def _joined(a: Box, b: Box) -> Box:
    return Box(a.x, a.y, max(a.right, b.right) - a.x, max(a.bottom, b.bottom) - a.y)


def _node(item: Item, placement: Placement) -> PlacedNode:
    box = placement.items[item.id]
    beneath = text_box(item, box)
    y = beneath.y if beneath else box.bottom
    return PlacedNode(
        id=item.id,
        icon=item.icon,
        box=box,
        title=item.title.at(box.cx, y, "middle"),
        note=item.note.at(box.cx, y + item.title.h, "middle") if item.note.lines else None,
        subject=item.subject,
        role=item.role,
        label=item.label,
        parent=item.parent,
        is_assumed=item.is_assumed,
        marks=tuple(_marks(item, box.cx, y + item.title.h + item.note.h + MARK_GAP)),
    )


def _marks(item: Item, middle: float, y: float) -> Iterator[Mark]:
    """Yield the marks of an item as a row beneath its text."""
    step = MARK + MARK_GAP
    left = middle - (len(item.badges) * step - MARK_GAP) / 2
    for number, badge in enumerate(item.badges):
        box = Box(left + number * step, y, MARK, MARK)
        yield Mark(badge.id, badge.target, badge.kind, badge.icon, box, badge.sentence)


def _state(item: Item, placement: Placement) -> PlacedState:
    box = placement.items[item.id]
    y = box.cy - item.text_h / 2
    note = item.note.at(box.cx, y + item.title.h, "middle") if item.note.lines else None
    retry = item.retry.at(box.cx + LOOP / 2, y + item.title.h + item.note.h, "middle") if item.retry else None
    return PlacedState(
        id=item.id,
        machine=item.machine,
        box=box,
        shape=item.shape or "box",
        title=item.title.at(box.cx, y, "middle"),
        note=note,
        retry=retry,
    )


def _group(frame: Frame, placement: Placement) -> PlacedGroup:
    box = placement.frames[frame.id]
    at = title_box(frame, box, placement.slid.get(frame.id, 0.0))
    title = frame.title.at(at.x, at.y)
    parents = {other.id: other.parent for other in placement.scene.frames}
    depth, above = 0, frame.parent
    while above is not None:
        depth, above = depth + 1, parents.get(above)
    return PlacedGroup(
        id=frame.id,
        look=frame.look,
        box=box,
        title=title,
        corner=frame.corner,
        depth=depth,
        parent=frame.parent,
        service=frame.service,
        subject=frame.subject,
        role=frame.role,
        label=frame.label,
    )


def _line(link: Link, placement: Placement) -> PlacedLine:
    box = placement.tags.get(link.id)
    return PlacedLine(
        id=link.id,
        source=link.source,
        target=link.target,
        kind=link.kind,
        points=placement.routes[link.id],
        tag=_tag(link, box) if box else None,
        sentence=link.sentence,
        notes=link.notes,
        state=link.state,
        label=link.label,
    )


def _tag(link: Link, box: Box) -> Tag:
    """Place circle and label side by side in the center of the tag; a small tag contains the circle only."""
    if box.w < link.tag_w - 0.5:
        return Tag(Box(box.cx - CIRCLE / 2, box.cy - CIRCLE / 2, CIRCLE, CIRCLE), link.step, (box.cx, box.cy), None)
    tag = Box(box.cx - link.tag_w / 2, box.cy - link.tag_h / 2, link.tag_w, link.tag_h)
    circle = (tag.x + CIRCLE / 2, tag.cy) if link.step is not None else None
    x = tag.x + (CIRCLE + TEXT_GAP if circle else 0)
    words = link.words.at(x, tag.cy - link.words.h / 2) if link.words.lines else None
    return Tag(tag, link.step, circle, words)
