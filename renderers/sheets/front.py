"""The first pages: the overview that can be read on a page with the most detail, if need be one of groups of sheets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from advisor.architecture import Architecture
from advisor.text import Lang
from renderers.layout import arrange
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import text_pt
from renderers.layout.pages import Page, room
from renderers.layout.picture import Picture
from renderers.sheets.at_once import at_once
from renderers.sheets.chapters import Chapter, Chapters, name_of, shared_out
from renderers.sheets.division import Unit
from renderers.sheets.legible import MOST_CROSSINGS, reads
from renderers.sheets.overview import BY_SHEET, overviews, sheet_of

#: The most nodes of an overview.
_MOST_NODES = 25
#: How many sheets the groups of a large overview have at most: at first, and at last.
_SHARES = (8, 6, 5, 4, 3)
#: The pixels that a node of an overview takes at least, with the space around it.
_NODE = 40_000.0
#: How large the text of the first layout has to be, as a share of the least, for others to be tried.
_PROMISING = 0.85
#: How many times more crossings than on a sheet that is followed the first layout has at most for that.
_MOST_CROSSED = 1.5


class Front(NamedTuple):
    """An overview: its number, its name (empty for the first), its picture, and what it shows."""

    number: int
    name: str
    picture: Picture
    architecture: Architecture


@dataclass(frozen=True)
class Fronts:
    """The overviews of an architecture on sheets, in one language for a page."""

    architecture: Architecture
    groups: list[list[Unit]]
    title: str
    lang: Lang
    page: Page

    def drawn(self, behind: int, chapters: int = 0) -> list[Front]:
        """Return the overview, followed by those of groups of sheets where it is too large; so many groups if that is given.

        `behind` is how many sheets there are before the overviews of groups.
        """
        levels = [*overviews(self.architecture, self.groups, self.lang)]
        tries: list[list[Front]] = []
        for count in [chapters] if chapters else self._counts(levels):
            found = shared_out(len(self.groups), count, behind + 1)
            tries.append(self._in_chapters(levels, found) if found else [self._first(0, "", levels)])
            if all(reads(front.picture, self.page) for front in tries[-1]):
                return tries[-1]
        return max(tries, key=self._least)

    def _counts(self, levels: list[Architecture]) -> list[int]:
        """Return into how many groups the sheets are tried to be divided: 0 for an overview of all."""
        sheets = len(self.groups)
        counts = sorted({-(-sheets // share) for share in _SHARES if sheets > share})
        return counts if counts and not any(map(self._has_room, levels)) else [0, *counts]

    def _in_chapters(self, levels: list[Architecture], found: dict[int, Chapter]) -> list[Front]:
        """Return the overview of groups of sheets, and that of each group."""
        chapters = Chapters(self.architecture, self.groups, found)

        def front(number: int) -> Front:
            if not number:
                return self._first(0, "", (chapters.whole(each) for each in levels[BY_SHEET:]))
            ways = (chapters.part(each, number, is_alone=alone) for alone in (False, True) for each in levels)
            return self._first(number, name_of(found[number], self.lang), ways)

        return at_once(front, (0, *found))

    def _least(self, fronts: list[Front]) -> float:
        return min(text_pt(front.picture, self.page) for front in fronts)

    def _first(self, number: int, name: str, ways: Iterable[Architecture]) -> Front:
        """Return the first overview that can be read, else the one with the largest text."""
        title = f"{self.title} – {number}. {name}" if number else self.title
        tries: list[Front] = []
        *others, last = ways
        for each in [*filter(self._has_room, others), last]:
            for picture in self._pictures(each, title):
                tries.append(Front(number, name, _linked(picture), each))
                if reads(picture, self.page):
                    return tries[-1]
        return max(tries, key=lambda front: text_pt(front.picture, self.page))

    def _has_room(self, overview: Architecture) -> bool:
        """Return whether a page may have room for an overview: layouts of many nodes take time."""
        return len(overview.nodes) <= min(_MOST_NODES, room(self.page) / _NODE)

    def _pictures(self, overview: Architecture, title: str) -> Iterator[Picture]:
        """Yield the best picture of an overview, and the first one if the text of that is larger."""
        first = arrange(overview, title, lang=self.lang, page=self.page, is_trial=True)
        size, crossed = text_pt(first, self.page), len(line_crossings({line.id: line.points for line in first.lines}))
        if size < _PROMISING * self.page.least_pt or crossed > _MOST_CROSSED * MOST_CROSSINGS:
            yield first
            return
        yield arrange(overview, title, lang=self.lang, page=self.page)
        yield first


def _linked(picture: Picture) -> Picture:
    return replace(picture, nodes=tuple(replace(node, sheet=sheet_of(node.id)) for node in picture.nodes))
