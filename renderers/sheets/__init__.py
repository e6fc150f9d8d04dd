"""Sheets: a large architecture as an overview and a picture of each part of its flow, each small enough for a page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial

from advisor.architecture import Architecture
from advisor.text import Lang, Text, spaced
from renderers.layout import arrange
from renderers.layout.pages import A4, Page, room
from renderers.layout.picture import Picture
from renderers.sheets.at_once import at_once
from renderers.sheets.context import content
from renderers.sheets.destinations import divided
from renderers.sheets.division import Unit, nodes_of, units
from renderers.sheets.front import Fronts
from renderers.sheets.legible import as_it_is, as_one_part, drawn, fits_whole, is_promising, reads, stays_whole
from renderers.sheets.overview import named
from renderers.sheets.part import part_of
from renderers.sheets.pieces import in_pieces

#: More nodes than anybody follows on one sheet, without those that only support others.
MOST_NODES = 25
#: How many nodes the first sheet is tried with.
_LIKELY = 14
#: How much larger than necessary text has to be before the names of other sheets are written beside it.
_ROOM = 1.08
#: The pixels that a node of a sheet takes at most, with its lines and its share of the legend.
_NODE = 130_000.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One picture of several: its number (0 for the overview or a single picture), its title, and what it shows.

    `is_overview` marks the overview of a group of sheets, which follows behind them.
    """

    number: int
    name: str
    picture: Picture
    architecture: Architecture
    is_overview: bool = False

    def titled(self, title: str) -> str:
        """Return the title of the whole with the number and the name of the sheet."""
        return _titled(title, self.number, self.name) if self.number else title


def is_large(architecture: Architecture) -> bool:
    """Tell whether an architecture has more nodes than anybody follows in one picture.

    Only those count that requests, messages or data reach: keys, logs, registries and dead-letter queues support others.
    """
    flows = [edge for edge in architecture.edges if edge.flow in ("sync", "async", "data")]
    return len({end for edge in flows for end in (edge.source, edge.target)}) > MOST_NODES


def legible(architecture: Architecture, title: str, lang: Lang) -> Picture | None:
    """Return the picture of an architecture, which is made for no page, if it can be read on A4; otherwise None."""
    if is_large(architecture) or not is_promising(architecture, title, lang, A4):
        return None
    picture = arrange(architecture, title, lang=lang)
    return picture if stays_whole(picture, A4) else None


def sheets(
    architecture: Architecture, title: str, lang: Lang, page: Page, *, has_own_steps: bool = True
) -> tuple[Sheet, ...]:
    """Return the pictures of an architecture for a page: one, or an overview and a sheet for each part of the flow.

    A sheet takes the next component of the flow while its text stays large enough for the page and few lines cross. Where a
    text lists the steps of the whole, the sheets have its numbers, otherwise each has its own.
    """
    groups = division(architecture, title, lang, page)
    return on_sheets(architecture, groups, title, lang, page, has_own_steps=has_own_steps)


def titles(architecture: Architecture, title: str, lang: Lang, page: Page) -> tuple[str, ...]:
    """Return the titles of the sheets after the overview, in their order; none where one picture is enough."""
    found = on_sheets(architecture, division(architecture, title, lang, page), title, lang, page)
    return tuple(sheet.name for sheet in found if sheet.number)


def division(architecture: Architecture, title: str, lang: Lang, page: Page) -> list[list[Unit]]:
    """Return the components of each sheet; nothing where one picture is enough, if need be with the steps of workflows apart."""
    if not is_large(architecture) and fits_whole(architecture, title, lang, page):
        return []
    fits = partial(_fits, architecture=architecture, lang=lang, page=page)
    parts = [piece for unit in units(architecture) for piece in divided(unit, architecture, fits)]
    pieces = at_once(lambda unit: [*_readable(unit, architecture, title, lang, page)], parts)
    parts = [piece for found in pieces for piece in found]
    return _divided(architecture, parts, lang, page) if len(parts) > 1 else []


def _readable(unit: Unit, architecture: Architecture, title: str, lang: Lang, page: Page) -> Iterator[Unit]:
    """Yield a component that can be read on a sheet as it is, and one that cannot in pieces."""

    def fits(group: list[Unit]) -> bool:
        if _fits(group, architecture, lang, page):
            return True
        part = part_of(architecture, [group], 1)
        return not is_large(part) and fits_whole(part, _titled(title, 1, ""), lang, page)

    is_small = len(content(architecture, [unit])[0]) <= room(page) / _NODE
    if unit.destinations or is_small or fits([unit]):
        yield unit
    else:
        yield from in_pieces(unit, architecture, fits)


def on_sheets(
    architecture: Architecture,
    groups: list[list[Unit]],
    title: str,
    lang: Lang,
    page: Page,
    *,
    has_own_steps: bool = True,
    apart: Collection[str] = (),
    chapters: int = 0,
) -> tuple[Sheet, ...]:
    """Return the overview and the sheets of a division; without one, the whole architecture as a single picture.

    The steps of workflows that would make a sheet too small to read follow on sheets of their own, and those of `apart`.
    An overview that is too large is one of groups of sheets, so many if that is given; their overviews follow last.
    """
    workflows = Workflows(architecture, len(groups), apart)
    if not groups:
        return (workflows.sheet(0, title, architecture, title, lang, page), *workflows.own(title, lang, page))

    def sheet(number: int) -> Sheet:
        name = named(architecture, groups[number - 1], lang)
        part = part_of(architecture, groups, number, has_own_steps=has_own_steps)
        drawn = workflows.sheet(number, name, part, _titled(title, number, name), lang, page)
        return replace(drawn, picture=_led_on(drawn.picture, groups, number))

    # One after the other where there are workflows: their sheets are numbered in the order in which they are referred to.
    has_workflows = any(node.states for node in architecture.nodes)
    numbers = range(1, len(groups) + 1)
    found = [sheet(number) for number in numbers] if has_workflows else at_once(sheet, numbers)
    found += workflows.own(title, lang, page)
    fronts = Fronts(architecture, groups, title, lang, page).drawn(len(found), chapters)
    first, *more = (Sheet(n, name or title, picture, part, n > 0) for n, name, picture, part in fronts)
    return (first, *found, *more)


class Workflows:
    """The workflows of an architecture whose steps are on sheets of their own, with the numbers of these."""

    def __init__(self, architecture: Architecture, sheets: int, apart: Collection[str]) -> None:
        self.architecture, self.sheets, self.apart = architecture, sheets, apart
        self.numbers: dict[str, int] = {}

    def sheet(self, number: int, name: str, part: Architecture, title: str, lang: Lang, page: Page) -> Sheet:
        """Return a sheet, on which workflows are one part each where they have to be."""
        likely = dict(self.numbers)
        for node in part.nodes:
            if node.states:
                likely.setdefault(node.id, self.sheets + 1 + len(likely))
        nodes = (as_one_part(node, likely.get(node.id)) if node.id in self.apart else node for node in part.nodes)
        picture, shown = drawn(replace(part, nodes=tuple(nodes)), title, lang, page, likely)
        here = [node.id for node in part.nodes if node.states and not shown.node(node.id).states]
        self.numbers |= {id: likely[id] for id in here}
        linked = (replace(node, sheet=likely[node.id]) if node.id in here else node for node in picture.nodes)
        return Sheet(number, name, replace(picture, nodes=tuple(linked)), shown)

    def own(self, title: str, lang: Lang, page: Page) -> Iterator[Sheet]:
        """Yield the sheets with the steps of one workflow each."""
        for id, number in self.numbers.items():
            node = self.architecture.node(id)
            part = replace(self.architecture, nodes=(node,), edges=(), rows=())
            of = named(self.architecture, [Unit(node.subject, ())], lang) or node.heading.in_(lang)
            name = spaced(Text(f"Steps of {of}", f"{of}のステップ")).in_(lang)
            yield Sheet(number, name, as_it_is(part, _titled(title, number, name), lang, page), part)


def _titled(title: str, number: int, name: str) -> str:
    return f"{title} – {number}. {name}"


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
    part = part_of(architecture, [chunk], 1)
    if is_large(part):
        return False
    roomy = replace(page, least_pt=page.least_pt * _ROOM)
    return reads(arrange(part, "", lang=lang, page=roomy, is_trial=True), roomy)


def _led_on(picture: Picture, groups: list[list[Unit]], number: int) -> Picture:
    """Return a sheet whose programs lead to the next sheet with more of their component."""
    own = {unit.subject for unit in groups[number - 1]}
    onward: dict[str, int] = {}
    for n, group in enumerate(groups[number:], number + 1):
        for unit in group:
            if unit.is_more and unit.subject in own:
                onward.setdefault(unit.subject, n)
    nodes = (
        replace(node, sheet=onward[node.subject])
        if node.role == "compute" and node.subject in onward and node.sheet is None
        else node
        for node in picture.nodes
    )
    return replace(picture, nodes=tuple(nodes)) if onward else picture
