"""Sheets: a large architecture as an overview and a picture of each part of its flow, each small enough for a page."""

from dataclasses import dataclass, replace

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout import arrange
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import text_pt
from renderers.layout.pages import Page
from renderers.layout.picture import Picture
from renderers.sheets.division import Unit, nodes_of, part_of, units
from renderers.sheets.overview import SHEET, named, overview

#: More nodes than anybody follows on one sheet.
MOST_NODES = 25
#: How much larger than necessary text has to be before the names of other sheets are written beside it.
_ROOM = 1.08
#: More crossings than anybody follows.
MOST_CROSSINGS = 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture of several: its number (0 for the overview or a single picture) and its title."""

    number: int
    name: str
    picture: Picture


def sheets(architecture: Architecture, title: str, lang: Lang, page: Page) -> tuple[Sheet, ...]:
    """Return the pictures of an architecture for a page: one, or an overview and a sheet for each part of the flow.

    A sheet takes the next component of the flow while its text stays large enough for the page and few lines cross.
    """
    parts = units(architecture)
    if len(parts) < 2 or len(architecture.nodes) <= MOST_NODES:
        whole = arrange(architecture, title, lang=lang, page=page)
        if len(parts) < 2 or _reads(whole, page):
            return (Sheet(0, title, whole),)
    groups = _divided(architecture, parts, lang, page)
    names = [named(architecture, group, lang) for group in groups]
    drawn = [
        Sheet(n, name, arrange(part_of(architecture, groups, n, lang), _titled(title, n, name), lang=lang, page=page))
        for n, name in enumerate(names, 1)
    ]
    first = arrange(overview(architecture, groups, lang), title, lang=lang, page=page)
    return (Sheet(0, title, _linked(first)), *drawn)


def _titled(title: str, number: int, name: str) -> str:
    return f"{title} – {number}. {name}"


def _reads(picture: Picture, page: Page, room: float = 1.0) -> bool:
    few = len(line_crossings({line.id: line.points for line in picture.lines})) <= MOST_CROSSINGS
    return few and text_pt(picture, page) >= page.least_pt * room


def _divided(architecture: Architecture, parts: list[Unit], lang: Lang, page: Page) -> list[list[Unit]]:
    """Return the components divided into sheets: neighbors in the flow together, as long as the sheet is readable."""
    chunks: list[list[Unit]] = []
    for part in parts:
        if chunks and _fits([*chunks[-1], part], architecture, lang, page):
            chunks[-1].append(part)
        else:
            chunks.append([part])
    return chunks


def _fits(chunk: list[Unit], architecture: Architecture, lang: Lang, page: Page) -> bool:
    if len(nodes_of(chunk)) > MOST_NODES:
        return False
    return _reads(arrange(part_of(architecture, [chunk], 1, lang), "", lang=lang, page=page), page, _ROOM)


def _linked(picture: Picture) -> Picture:
    nodes = (
        replace(node, sheet=int(node.id.removeprefix(SHEET))) if node.id.startswith(SHEET) else node
        for node in picture.nodes
    )
    return replace(picture, nodes=tuple(nodes))
