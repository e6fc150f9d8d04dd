"""Two large designs beside each other on sheets: an overview of what differs, and a sheet for each part of the flow that does.

What is the same on both sides and not connected to a difference is on none of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from advisor.architecture import Architecture, LegendRow
from advisor.text import Lang, Text, capitalized
from renderers.beside.aligning import Pair, with_twins
from renderers.beside.differences import NAMES, Differences
from renderers.beside.focus import near, part_of
from renderers.beside.panels import ROW, beside, changed_row, in_words, not_shown
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import text_pt
from renderers.layout.pages import Page
from renderers.layout.picture import Change, Picture, PlacedNode
from renderers.sheets import Sheet
from renderers.sheets.division import Unit, units
from renderers.sheets.front import Front, Fronts
from renderers.sheets.legible import MOST_CROSSINGS
from renderers.sheets.overview import SHEET, named, sheet_of

_UNNAMED = Text("Other differences", "その他の違い")


class Piece(NamedTuple):
    """What differs of a component, with what it is connected to."""

    unit: Unit
    ids: frozenset[str]


Pieces = list[Piece]


@dataclass(frozen=True)
class Comparison:
    """Two aligned designs, what differs in them, what the sides are called, and the title of their pictures."""

    pair: Pair
    found: Differences
    names: tuple[str, str]
    title: str
    lang: Lang


def divided(comparison: Comparison, page: Page) -> list[Pieces]:
    """Return what differs in two designs for each sheet: neighbors in the flow together, as long as the sheet can be read."""

    def fits(group: Pieces) -> bool:
        picture = _sheet(comparison, group, comparison.title)
        few = len(line_crossings({line.id: line.points for line in picture.lines})) <= 2 * MOST_CROSSINGS
        return few and text_pt(picture, page) >= page.least_pt

    return _filled([*_pieces(comparison)], fits)


def on_sheets(comparison: Comparison, groups: list[Pieces], page: Page, chapters: int = 0) -> tuple[Sheet, ...]:
    """Return the overview and the sheets of a division; `chapters` is into how many groups a large overview is divided."""
    union = _union(comparison)
    of_units = [[piece.unit for piece in group] for group in groups]
    found: list[Sheet] = []
    for number, group in enumerate(groups, 1):
        name = named(union, of_units[number - 1], comparison.lang) or _UNNAMED.in_(comparison.lang)
        picture = _sheet(comparison, group, f"{comparison.title} – {number}. {name}")
        found.append(Sheet(number, name, picture, union))
    keyed = replace(union, rows=_key(comparison, groups))
    fronts = Fronts(keyed, of_units, comparison.title, comparison.lang, page).drawn(len(found), chapters)
    first, *more = (
        Sheet(
            one.number, one.name or comparison.title, _overview(one, comparison, union, groups), union, one.number > 0
        )
        for one in fronts
    )
    return (first, *found, *more)


def _sheet(comparison: Comparison, group: Pieces, title: str) -> Picture:
    """Return the picture of some pieces, with the differences that it shows."""
    ids = with_twins(set().union(*(piece.ids for piece in group)))
    pair = Pair(part_of(comparison.pair.before, ids), part_of(comparison.pair.after, ids))
    parts = (part for side in (pair.before, pair.after) for part in (side.nodes, side.edges, side.groups))
    drawn = {each.id for part in parts for each in part}
    listed = tuple(one for one in comparison.found.listed if one.ids & drawn)
    found = replace(comparison.found, listed=listed)
    return beside(pair, found, comparison.names, title, comparison.lang)


def _pieces(comparison: Comparison) -> Iterator[Piece]:
    """Yield what differs of each component in the order of the flow, and last what no connection leads to."""
    pair, found = comparison.pair, comparison.found
    sides = ((pair.before, found.before), (pair.after, found.after))
    rest = set().union(*(near(side, marks) for side, marks in sides))
    union = _union(comparison)
    for unit in units(union):
        ids = set().union(*(near(_only(side, unit), marks) for side, marks in sides))
        if ids:
            yield Piece(unit, frozenset(ids))
            rest -= ids
    if rest:
        yield Piece(Unit("", ()), frozenset(rest))


def _only(side: Architecture, unit: Unit) -> Architecture:
    """Return a side with the connections of a component and their ends."""
    ids = {edge.id for edge in unit.edges}
    edges = tuple(edge for edge in side.edges if edge.id in ids)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return replace(side, nodes=tuple(node for node in side.nodes if node.id in ends), edges=edges)


def _filled(pieces: Pieces, fits: Callable[[Pieces], bool]) -> list[Pieces]:
    """Return pieces in groups that can be read; one that cannot is divided by its connections."""
    groups: list[Pieces] = []
    for piece in pieces:
        if groups and fits([*groups[-1], piece]):
            groups[-1].append(piece)
        elif len(piece.unit.edges) < 2 or fits([piece]):
            groups.append([piece])
        else:
            groups += _filled(_halves(piece), fits)
    return groups


def _halves(piece: Piece) -> Pieces:
    """Return a piece as two with half of its connections each."""
    edges = tuple(edge for edge in piece.unit.edges if {edge.source, edge.target} <= piece.ids)
    middle = max(1, len(edges) // 2)
    halves = []
    for some, is_more in ((edges[:middle], piece.unit.is_more), (edges[middle:], True)):
        ids = frozenset(end for edge in some for end in (edge.source, edge.target))
        halves.append(Piece(replace(piece.unit, edges=some, is_more=is_more), ids))
    return [half for half in halves if half.ids]


def _union(comparison: Comparison) -> Architecture:
    """Return both designs as one."""
    before, after = comparison.pair.before, comparison.pair.after
    nodes, edges, groups = ({one.id for one in kind} for kind in (before.nodes, before.edges, before.groups))
    return replace(
        before,
        nodes=(*before.nodes, *(node for node in after.nodes if node.id not in nodes)),
        edges=(*before.edges, *(edge for edge in after.edges if edge.id not in edges)),
        groups=(*before.groups, *(group for group in after.groups if group.id not in groups)),
    )


def _key(comparison: Comparison, groups: list[Pieces]) -> tuple[LegendRow, ...]:
    """Return the key of the overview: the marks, and how many parts are on no sheet."""
    used = {one.change for one in comparison.found.listed}
    rows = [LegendRow(f"{ROW}{change}", capitalized(name)) for change, name in NAMES.items() if change in used]
    shown = {id for group in groups for piece in group for id in piece.ids}
    left_out = sum(node.id not in shown for node in _union(comparison).nodes)
    return (*rows, LegendRow(f"{ROW}same", not_shown(left_out))) if left_out else tuple(rows)


def _overview(front: Front, comparison: Comparison, union: Architecture, groups: list[Pieces]) -> Picture:
    """Return an overview with marks at what differs: at its parts, and at what stands for components and sheets."""

    marks = {**comparison.found.before, **comparison.found.after}

    def change(node: PlacedNode) -> Change:
        number = sheet_of(node.id)
        if number is None:
            return marks.get(node.id, "")
        if number > len(groups):
            return "changed"
        subject = node.id.removeprefix(SHEET).partition(".")[2]
        units = [piece.unit for piece in groups[number - 1] if subject in ("", piece.unit.subject)]
        return _of_units(units, union, marks)

    picture = front.picture
    legend = picture.legend and replace(picture.legend, lines=tuple(map(changed_row, picture.legend.lines)))
    nodes = tuple(replace(node, change=change(node)) for node in picture.nodes)
    return replace(
        picture,
        nodes=nodes,
        legend=legend,
        description=in_words(comparison.found.listed, picture.description, comparison.lang),
    )


def _of_units(units: Sequence[Unit], union: Architecture, marks: Mapping[str, Change]) -> Change:
    """Return how some components differ: added or removed if all of their parts are."""
    subjects = {unit.subject for unit in units}
    own = {marks.get(node.id, "") for node in union.nodes if node.subject in subjects}
    return own.pop() if len(own) == 1 and own & {"added", "removed"} else "changed"
