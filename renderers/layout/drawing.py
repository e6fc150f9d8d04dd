"""Drawing: layouts of one scene, finished with lines, labels and legend, and the one of them that reads best."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf, log2, prod
from operator import itemgetter
from typing import Literal

from renderers.layout.candidate import KEPT, Candidate
from renderers.layout.compacting import compact
from renderers.layout.compose import extent
from renderers.layout.labelling.label import label, wordless
from renderers.layout.pages import LEAST_TEXT, Page, usual
from renderers.layout.picture import Direction
from renderers.layout.placement import Placement
from renderers.layout.placing import elk, layered, tries
from renderers.layout.placing.apart import apart, is_several
from renderers.layout.placing.band import bands, drawn_in, moved_out
from renderers.layout.placing.effort import effort, work
from renderers.layout.placing.engine import ENGINE, Engine, LayoutUnavailable
from renderers.layout.placing.fold import LONGEST, fold, rows_wanted
from renderers.layout.placing.spare import Free, place_spare, without_spare
from renderers.layout.placing.tries import Try
from renderers.layout.routing.lines import draw_lines
from renderers.layout.routing.stairs import level_stairs
from renderers.layout.scene import Scene

Placed = Literal["elk", "layered"]


#: What a line without its words costs, in crossings.
_WORDLESS = 1.0
#: What double the area costs a scene of separate flows, in crossings, and how much better they have to read for being packed.
_ROOM, _APART = 4.0, 0.5


Scored = tuple[float, Candidate]


@dataclass
class _Ways:
    """The findings of the first layout of a scene: whether its unconnected parts fit, and whether rows are more readable."""

    is_deep: bool
    most_long: float
    in_rows: bool = True
    as_it_is: bool = True

    def narrow(self, scores: Sequence[float], *, is_small: bool) -> None:
        """Look only for rows, or for none, where one of both was better: the other will not be better later.

        Rows of a large scene, which are laid out once more each, are not always better later.
        """
        if len(scores) > 1:
            self.in_rows = scores[0] <= scores[1]
            self.as_it_is = not (self.in_rows and is_small)


@dataclass(frozen=True)
class Drawing:
    """One scene, the page that it is drawn for, and the engine that places it."""

    scene: Scene
    title: str
    direction: Direction
    engine: Engine
    page: Page | None
    is_trial: bool = False

    def best(self, first: Try) -> tuple[Placement, Placed]:
        """Return the layout that reads best: the first one with hardly any crossings and large text, else the best of several.

        Of small scenes each layout is finished before it is judged, of large ones only the one that is taken.
        """
        amount = work(without_spare(self.scene)[0])
        is_packed = is_several(without_spare(self.scene, is_deep=True)[0])
        ways = _Ways(is_deep=amount <= tries.SMALL, most_long=LONGEST if amount <= tries.MEDIUM else inf)
        found: list[Scored] = []
        for tried in tries.planned(amount, first, is_trial=self.is_trial):
            if amount <= tries.EVERY:
                ways.in_rows = ways.as_it_is = True
            for one in tried:
                of_one: list[Scored] = []
                for each, by in self._laid_out(one, amount, ways):
                    if by == "layered":
                        return self._late(each, amount), by
                    bonus = tries.IN_ORDER * one.is_ordered
                    room = self._room(each) if is_packed else 0.0
                    of_one.append((self._score(each.placement, amount) - bonus + room, each))
                # In rows, as it is or packed: what reads well may be better without the lines back to the next row.
                readable = [found for found in of_one if self._reads(found[1].placement)]
                if readable:
                    return self._late(min(readable, key=itemgetter(0))[1], amount), "elk"
                ways.narrow([score for score, each in of_one if not each.is_apart], is_small=amount <= tries.EVERY)
                found += of_one
            # Flows that are laid out alone end no search: what is taken reads at least as well as without them.
            whole = min((one for one in found if not one[1].is_apart), key=itemgetter(0))[1]
            if tries.crossings(whole.placement) <= tries.GOOD_ENOUGH:
                break
        return self._late(min(found, key=itemgetter(0))[1], amount), "elk"

    def _laid_out(self, one: Try, amount: int, ways: "_Ways") -> list[tuple[Candidate, Placed]]:
        """Return the layouts of one try, from those of an earlier drawing of the same scene if possible.

        What a trial lays out is drawn again for the final picture, and for another page of the same size.
        """
        sides = (self.page.w, self.page.h) if self.page else None
        key = (self.scene, self.direction, sides, one.key, ways.is_deep, ways.in_rows, ways.as_it_is)
        known = KEPT.get(key) if self.engine is ENGINE else None
        if known is None:
            found = list(self._candidates(one, amount, ways))
            if self.engine is not ENGINE or any(by != "elk" for _, by in found):
                return found
            known = (tuple(each.copy() for each, _ in found), ways.is_deep)
            KEPT.keep(key, known)
            return found
        ways.is_deep = known[1]
        return [(each.copy(), "elk") for each in known[0]]

    def _candidates(self, one: Try, amount: int, ways: "_Ways") -> Iterator[tuple[Candidate, Placed]]:
        """Yield the layouts of one try: without what has no lines as long as that finds a place later, else with it."""
        while True:
            connected, spare = without_spare(self.scene, is_deep=ways.is_deep)
            placement, by = place(connected, self.direction, self.engine, one)
            has_room = False
            for candidate in self._routed(placement, one, ways):
                if amount > tries.SMALL:
                    yield candidate, by
                elif self._finish(candidate, spare):
                    has_room |= not candidate.is_apart
                    yield candidate, by
            if has_room or not ways.is_deep:
                return
            ways.is_deep = False

    def _routed(self, placement: Placement, one: Try, ways: "_Ways") -> Iterator[Candidate]:
        """Yield a placement with all its lines: in rows if it is long, as it is, and with its separate flows packed."""
        connected = placement.scene  # a candidate that is finished has everything else, too
        rows = rows_wanted(placement, ways.most_long) if ways.in_rows else 1
        folded = None
        if rows > 1:
            folded = fold(placement, rows, self._placed(one))
        if folded is not None:
            tags, folded.tags = folded.tags, {}  # they would be in the way of lines between rows
            draw_lines(folded)
            yield Candidate(folded, tags)
        if folded is None or ways.as_it_is:
            draw_lines(placement)
            yield Candidate(placement, {})
        packed = apart(connected, self.direction, self._pages(), self._placed(one))
        if packed is not None:
            draw_lines(packed)
            yield Candidate(packed, {}, is_apart=True)

    def _placed(self, one: Try) -> Callable[[Scene], Placement]:
        return lambda part: place(part, self.direction, self.engine, one)[0]

    def _late(self, candidate: Candidate, amount: int) -> Placement:
        """Return the placement of a candidate, finished where it is not yet."""
        if amount > tries.SMALL:
            self._finish(candidate, without_spare(self.scene)[1])
        level_stairs(candidate.placement)
        return candidate.placement

    def _finish(self, candidate: Candidate, spare: Free) -> bool:
        """Label a placement, add what has no lines, and move everything as close together as it can be.

        Tell whether everything found a place.
        """
        label(candidate.placement, candidate.tags)
        if not place_spare(candidate.placement, self.scene, spare):
            return False
        compact(candidate.placement)
        return True

    def _reads(self, placement: Placement) -> bool:
        if tries.crossings(placement) > tries.GOOD_ENOUGH:
            return False
        size = extent(placement, self.title, self.page)
        return all(page.scale(*size) * LEAST_TEXT >= page.least_pt for page in self._pages())

    def _score(self, placement: Placement, amount: int) -> float:
        missing = wordless(placement) if amount <= tries.SMALL else 0
        return _WORDLESS * missing + tries.score(placement, self._pages(), extent(placement, self.title, self.page))

    def _room(self, candidate: Candidate) -> float:
        """Return what the area of a picture of separate flows costs."""
        return _ROOM * log2(prod(extent(candidate.placement, self.title, self.page))) + _APART * candidate.is_apart

    def _pages(self) -> tuple[Page, ...]:
        return (self.page,) if self.page else usual(self.direction)


def place(scene: Scene, direction: Direction, engine: Engine, one: Try = tries.USUAL) -> tuple[Placement, Placed]:
    """Place a scene with the engine, which routes its links too, or without it if it is missing or refuses the scene.

    LayoutFailed where it gives no answer: another layout would depend on the machine.
    """
    tried = effort(scene)
    if tried == "none":
        return layered.place(scene, direction), "layered"
    try:
        found = bands(scene) if one.is_banded else ()
        inner = drawn_in(scene, found) if found else scene
        placed = elk.read(engine.layout(elk.graph(inner, direction, tried, one)), inner, direction)
        return moved_out(placed, scene, found) if found else placed, "elk"
    except LayoutUnavailable:
        return layered.place(scene, direction), "layered"
