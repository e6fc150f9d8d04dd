"""Applies the edits of a user to a new drawing: styles, texts, positions of title and legend, and notes."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from renderers.drawio.cells import LAYER, MADE, PART, STEPS_LAYER, Cell, checksums, number
from renderers.drawio.reading import Edited, EditedCell
from renderers.layout.picture import Box, Point

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TOUCH = tuple(f"{end}{what}" for end in ("exit", "entry") for what in ("X", "Y", "Dx", "Dy", "Perimeter"))
_OURS = frozenset({PART, MADE, "label", "id", "link", "tags", "tooltip"})
_GAP = 10.0


def merged(cells: list[Cell], edited: Edited) -> list[str]:
    """Return the cells of a drawing as XML with a person's edits, and the person's own cells behind them."""
    legend = [cell.box for part, cell in edited.parts.items() if part.startswith("legend ") and cell.box]
    bottom = max((box.bottom for box in legend), default=None)
    made = [_edited(cell, edited.parts.get(cell.data.get(PART, "")), bottom) for cell in cells]
    body = [cell if isinstance(cell, str) else cell.xml() for cell in made]
    return body + list(_own(edited, _Origins(cells, edited)))


def _edited(cell: Cell, old: EditedCell | None, bottom: float | None) -> Cell | str:
    in_legend = cell.data.get(PART, "").partition(" ")[0] in ("legend", "title")
    if old is None:
        return _below(cell, bottom) if in_legend and bottom is not None else cell
    if in_legend and old.is_edge:
        return xml(old.element)
    style, label, words = (*old.data.get(MADE, "").split("."), "", "", "")[:3]
    now_style, now_label, now_words = checksums(old.style, old.label, old.data).split(".")
    if now_style != style:
        cell = replace(cell, style=_restyled(cell.style, old.style))
    if now_label != label:
        cell = replace(cell, label=old.label)
    if now_words != words:
        cell = replace(cell, data={**cell.data, **{key: old.data.get(key, "") for key in ("link", "tooltip")}})
    more = {key: value for key, value in old.data.items() if key not in _OURS}
    cell = replace(cell, data={**cell.data, **more})
    return replace(cell, box=old.box) if in_legend and old.box else cell


def _below(cell: Cell, bottom: float) -> Cell:
    """Return a new legend entry below the entries that the user has placed."""
    if cell.box is None:
        return replace(cell, points=tuple((x, bottom + _GAP + 10) for x, _ in cell.points))
    return replace(cell, box=Box(cell.box.x, bottom + _GAP, cell.box.w, cell.box.h))


def _restyled(ours: str, theirs: str) -> str:
    """Return a person's style with the ends of the line as they are now."""
    kept = [part for part in theirs.split(";") if part and part.partition("=")[0] not in _TOUCH]
    ends = [part for part in ours.split(";") if part.partition("=")[0] in _TOUCH]
    return ";".join([*kept, *ends]) + ";"


class _Origins:
    """The corners of container cells, in the user's file and in the new diagram."""

    def __init__(self, cells: Iterable[Cell], edited: Edited) -> None:
        self.ids = dict(edited.ids)
        self.before = {cell.id: cell.box for cell in (*edited.parts.values(), *edited.own) if cell.box}
        self.known = {cell.id for cell in cells}
        self._cells = {cell.id: cell for cell in cells if cell.box is not None and cell.at is None}

    def now(self, id: str) -> Point:
        """Return the corner of a new cell on the page."""
        x, y = 0.0, 0.0
        while (cell := self._cells.get(id)) is not None and cell.box is not None:
            x, y, id = x + cell.box.x, y + cell.box.y, cell.parent
        return (x, y)


def _own(edited: Edited, origins: _Origins) -> Iterator[str]:
    """Yield the user's own cells in borders that still exist; cells attached to a removed line are dropped."""
    own = {cell.id: cell for cell in edited.own}
    kept = {cell.id for cell in edited.own if not _lost(cell, own, origins, edited)}
    for cell in edited.own:
        if cell.id in kept:
            yield xml(_adopted(cell, kept, origins))


def _lost(cell: EditedCell, own: Mapping[str, EditedCell], origins: _Origins, edited: Edited) -> bool:
    """Return whether a cell is attached to a removed generated cell and has no position of its own."""
    hangs = cell.box is None and not cell.is_edge and cell.parent in origins.ids
    return hangs and origins.ids[cell.parent] not in origins.known


def _adopted(cell: EditedCell, kept: set[str], origins: _Origins) -> "Element":
    element = copy.deepcopy(cell.element)
    for name in (PART, MADE):
        element.attrib.pop(name, None)
    inner = element if element.tag == "mxCell" else element.find("mxCell")
    if inner is None:
        return element
    if cell.id in origins.known:
        element.set("id", f"note-{cell.id}")
    parent = origins.ids.get(cell.parent, cell.parent)
    before, after = (0.0, 0.0), (0.0, 0.0)
    if cell.parent in origins.ids:
        old = origins.before.get(cell.parent)
        before = (old.x, old.y) if old else before
        after = origins.now(parent)
    if parent not in origins.known | kept | {"0", LAYER, STEPS_LAYER} and cell.parent not in kept:
        parent, after = LAYER, (0.0, 0.0)
    inner.set("parent", parent)
    _move(inner, before[0] - after[0], before[1] - after[1], is_edge=cell.is_edge)
    for name, at in (("source", "sourcePoint"), ("target", "targetPoint")):
        _glue(inner, name, at, kept, origins, after)
    return element


def _glue(inner: "Element", name: str, at: str, kept: set[str], origins: _Origins, corner: Point) -> None:
    """Connect an end of a user's line to the new cell; if that no longer exists, the end keeps its position."""
    end = inner.get(name)
    if end is None:
        return
    now = origins.ids.get(end, end)
    if now in origins.known or end in kept:
        inner.set(name, now)
        return
    del inner.attrib[name]
    box, geometry = origins.before.get(end), inner.find("mxGeometry")
    if box is not None and geometry is not None:
        x, y = number(box.cx - corner[0]), number(box.cy - corner[1])
        geometry.append(geometry.makeelement("mxPoint", {"x": x, "y": y, "as": at}))


def _move(inner: "Element", dx: float, dy: float, *, is_edge: bool) -> None:
    geometry = inner.find("mxGeometry")
    if geometry is None or not (dx or dy) or (geometry.get("relative") == "1" and not is_edge):
        return
    moved = [geometry] if not is_edge else [p for p in geometry.iter("mxPoint") if p.get("as") != "offset"]
    for element in moved:
        element.set("x", number(float(element.get("x") or 0) + dx))
        element.set("y", number(float(element.get("y") or 0) + dy))


def xml(element: "Element") -> str:
    """Return an element as XML."""
    from xml.etree.ElementTree import tostring

    return tostring(element, encoding="unicode").strip()
