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
#: How many nodes the first sheet is tried with.
_LIKELY = 14
#: How much larger than necessary text has to be before the names of other sheets are written beside it.
_ROOM = 1.08
#: More crossings than anybody follows.
MOST_CROSSINGS = 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture of several: its number (0 for the overview or a single picture), its title, and what it shows."""

    number: int
    name: str
    picture: Picture
    architecture: Architecture

    def titled(self, title: str) -> str:
        """Return the title of the whole with the number and the name of the sheet."""
        return _titled(title, self.number, self.name) if self.number else title


def is_large(architecture: Architecture) -> bool:
    """Tell whether an architecture has more nodes than anybody follows in one picture."""
    return len(architecture.nodes) > MOST_NODES


def sheets(architecture: Architecture, title: str, lang: Lang, page: Page) -> tuple[Sheet, ...]:
    """Return the pictures of an architecture for a page: one, or an overview and a sheet for each part of the flow.

    A sheet takes the next component of the flow while its text stays large enough for the page and few lines cross.
    """
    return on_sheets(architecture, division(architecture, title, lang, page), title, lang, page)


def titles(architecture: Architecture, title: str, lang: Lang, page: Page) -> tuple[str, ...]:
    """Return the titles of the sheets after the overview, in their order; none where one picture is enough."""
    return tuple(named(architecture, group, lang) for group in division(architecture, title, lang, page))


def division(architecture: Architecture, title: str, lang: Lang, page: Page) -> list[list[Unit]]:
    """Return the components of each sheet; nothing where one picture is enough."""
    parts = units(architecture)
    if len(parts) < 2:
        return []
    if not is_large(architecture) and _reads(arrange(architecture, title, lang=lang, page=page), page):
        return []
    return _divided(architecture, parts, lang, page)


def on_sheets(
    architecture: Architecture, groups: list[list[Unit]], title: str, lang: Lang, page: Page
) -> tuple[Sheet, ...]:
    """Return the overview and the sheets of a division; without one, the whole architecture as a single picture."""
    if not groups:
        return (Sheet(0, title, arrange(architecture, title, lang=lang, page=page), architecture),)
    drawn = []
    for number, group in enumerate(groups, 1):
        name, part = named(architecture, group, lang), part_of(architecture, groups, number, lang)
        picture = arrange(part, _titled(title, number, name), lang=lang, page=page)
        drawn.append(Sheet(number, name, picture, part))
    first = overview(architecture, groups, lang)
    return (Sheet(0, title, _linked(arrange(first, title, lang=lang, page=page)), first), *drawn)


def _titled(title: str, number: int, name: str) -> str:
    return f"{title} – {number}. {name}"


def _reads(picture: Picture, page: Page) -> bool:
    few = len(line_crossings({line.id: line.points for line in picture.lines})) <= MOST_CROSSINGS
    return few and text_pt(picture, page) >= page.least_pt


def _divided(architecture: Architecture, parts: list[Unit], lang: Lang, page: Page) -> list[list[Unit]]:
    """Return the components divided into sheets: neighbors in the flow together, as long as the sheet is readable.

    A sheet is tried with as many nodes as the one before it: layouts are what takes time.
    """
    chunks: list[list[Unit]] = []
    rest, likely = parts, _LIKELY
    while rest:
        count = sum(len(nodes_of(rest[:n])) <= likely for n in range(1, len(rest) + 1))
        if count > 1 and not _fits(rest[:count], architecture, lang, page):
            count -= 1
            while count > 1 and not _fits(rest[:count], architecture, lang, page):
                count -= 1
        else:
            count = max(count, 1)
            while count < len(rest) and _fits(rest[: count + 1], architecture, lang, page):
                count += 1
        chunks.append(rest[:count])
        likely, rest = len(nodes_of(rest[:count])), rest[count:]
    return chunks


def _fits(chunk: list[Unit], architecture: Architecture, lang: Lang, page: Page) -> bool:
    """Tell whether some components have a readable layout: the first one will do, the best is drawn later."""
    if len(nodes_of(chunk)) > MOST_NODES:
        return False
    roomy = replace(page, least_pt=page.least_pt * _ROOM)
    part = part_of(architecture, [chunk], 1, lang)
    return _reads(arrange(part, "", lang=lang, page=roomy, is_trial=True), roomy)


def _linked(picture: Picture) -> Picture:
    nodes = (
        replace(node, sheet=int(node.id.removeprefix(SHEET))) if node.id.startswith(SHEET) else node
        for node in picture.nodes
    )
    return replace(picture, nodes=tuple(nodes))
