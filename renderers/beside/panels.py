"""The picture of a pair: a frame for each side, the differences in words beneath."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from advisor.architecture import LegendRow
from advisor.text import Lang, Text
from renderers.beside.aligning import Pair
from renderers.beside.differences import NAMES, NOTHING, Difference, Differences
from renderers.beside.merging import placed
from renderers.layout.compose import BELOW_TITLE, MARGIN, Parts, heading, parts
from renderers.layout.labelling import legend as legends
from renderers.layout.measure import build
from renderers.layout.picture import (
    Box,
    Change,
    Direction,
    Legend,
    LegendLine,
    Picture,
    PlacedGroup,
    PlacedLine,
    PlacedNode,
)
from renderers.layout.placement import Placement
from renderers.layout.scene import GROUP_SIZE, Scene, block
from renderers.layout.text_alternative import describe
from renderers.words import clean

#: What the ids of each side begin with.
SIDES = ("before", "after")
_PAD, _HEAD, _GAP, _LEGEND_GAP, _NARROWEST = 16.0, 34.0, 24.0, 30.0, 320.0
#: What the icon of a row of the legend begins with that stands for a change, until the row has its place.
ROW = "change:"
#: Pictures that run down stand well beside each other.
_DIRECTION: Direction = "down"


class _Layout(NamedTuple):
    """Both sides with the room that each of them takes, and whether they stand above each other."""

    whole: Box
    sides: tuple[Placement, Placement]
    stacked: bool

    @property
    def panel(self) -> tuple[float, float]:
        return self.whole.w + 2 * _PAD, self.whole.h + _HEAD + _PAD

    @property
    def size(self) -> tuple[float, float]:
        wide, tall = self.panel
        return (wide, 2 * tall + _GAP) if self.stacked else (2 * wide + _GAP, tall)


def beside(
    pair: Pair,
    found: Differences,
    names: tuple[str, str],
    title: str,
    lang: Lang,
    *,
    is_narrow: bool = False,
    left_out: int = 0,
) -> Picture:
    """Return the picture of a pair: both sides run down, beside each other, in a narrow picture above each other.

    `left_out` is how many parts the pair has been left without, because they are the same on both sides.
    """
    scenes = (
        build(pair.before, lang, _DIRECTION, compared=pair.after),
        build(pair.after, lang, _DIRECTION, compared=pair.before),
    )
    whole, first, second = placed(*scenes, _DIRECTION)
    layout = _Layout(whole.bounds(), (first, second), is_narrow)
    return _Sheet(layout, pair, found, names, title, lang, left_out).picture()


@dataclass(frozen=True)
class _Sheet:
    """One picture being put together."""

    layout: _Layout
    pair: Pair
    found: Differences
    names: tuple[str, str]
    title: str
    lang: Lang
    left_out: int = 0

    def picture(self) -> Picture:
        wide, tall = self.layout.size
        headed = heading(self.title, wide)
        top = MARGIN + headed.h + (BELOW_TITLE if headed.lines else 0)
        panel_w, panel_h = self.layout.panel
        step = (0.0, panel_h + _GAP) if self.layout.stacked else (panel_w + _GAP, 0.0)
        corners = ((MARGIN, top), (MARGIN + step[0], top + step[1]))
        sides = [self._side(number, *corner) for number, corner in enumerate(corners)]
        legend = self._legend(MARGIN, top + tall + _LEGEND_GAP, max(wide, _NARROWEST))
        right = max(MARGIN + wide, MARGIN + headed.w, legend.box.right if legend else 0.0)
        bottom = legend.box.bottom if legend else top + tall
        return Picture(
            width=round(right + MARGIN), height=round(bottom + MARGIN), lang=self.lang, direction=_DIRECTION,
            title=headed.at(MARGIN, MARGIN - 4), states=(),
            nodes=tuple(node for side in sides for node in side.nodes),
            groups=tuple(group for side in sides for group in side.groups),
            lines=tuple(line for side in sides for line in side.lines),
            legend=legend, description=self._description(), engine="elk",
        )  # fmt: skip

    def _side(self, number: int, x: float, y: float) -> Parts:
        """Return one side at its place: a frame with a name around everything, and the ids of that side."""
        placement, side = self.layout.sides[number], SIDES[number]
        placement.move(x + _PAD - self.layout.whole.x, y + _HEAD - self.layout.whole.y)
        drawn = parts(placement)
        name = block(self.names[number], GROUP_SIZE, self.layout.panel[0] - 28, bold=True, most=1)
        frame = PlacedGroup(side, "component", Box(x, y, *self.layout.panel), name.at(x + 12, y + 8), None, 0)
        marks = (self.found.before, self.found.after)[number]
        return Parts(
            nodes=tuple(self._node(node, side, marks.get(node.id, "")) for node in drawn.nodes),
            states=(),
            groups=(frame, *(_group(group, side, marks.get(group.id, "")) for group in drawn.groups)),
            lines=tuple(self._line(line, side, marks.get(line.id, "")) for line in drawn.lines),
        )

    def _node(self, node: PlacedNode, side: str, change: Change) -> PlacedNode:
        marks = tuple(replace(mark, id=f"{side}.{mark.id}", target=f"{side}.{mark.target}") for mark in node.marks)
        label = self._label(node.label, side, change)
        return replace(
            node, id=f"{side}.{node.id}", parent=_inside(node.parent, side), label=label, marks=marks, change=change
        )

    def _line(self, line: PlacedLine, side: str, change: Change) -> PlacedLine:
        return replace(
            line, id=f"{side}.{line.id}", source=f"{side}.{line.source}", target=f"{side}.{line.target}",
            label=self._label(line.label, side, change), change=change,
        )  # fmt: skip

    def _label(self, label: str, side: str, change: Change) -> str:
        """Return the text of a part for screen readers: its side, and how it differs."""
        comma = ", " if self.lang == "en" else "、"
        told = [clean(self.names[SIDES.index(side)]), *([NAMES[change].in_(self.lang)] if change else []), label]
        return comma.join(one for one in told if one)

    def _legend(self, x: float, y: float, wide: float) -> Legend | None:
        scenes = [side.scene for side in self.layout.sides]
        rows = tuple(LegendRow(f"{ROW}{one.change}", one.words) for one in self._listed())
        scene = Scene(
            self.lang,
            tuple(item for each in scenes for item in each.items),
            (),
            tuple(replace(link, step=None) for each in scenes for link in each.links),
            rows,
            is_view=True,
        )
        legend = legends.below(scene, x, y, wide)
        return legend and replace(legend, lines=tuple(changed_row(line) for line in legend.lines))

    def _listed(self) -> tuple[Difference, ...]:
        """Return the differences, or that there are none, and what is not shown because it does not differ."""
        found = self.found.listed or (Difference("same", NOTHING),)
        return (*found, Difference("same", not_shown(self.left_out))) if self.left_out else found

    def _description(self) -> str:
        colon, full = (": ", " ") if self.lang == "en" else ("：", "")
        sides = (
            f"{clean(name)}{colon}{describe(side, self.lang)}"
            for name, side in zip(self.names, (self.pair.before, self.pair.after), strict=True)
        )
        return in_words(self._listed(), full.join(sides), self.lang)


def in_words(listed: Iterable[Difference], description: str, lang: Lang) -> str:
    """Return differences as sentences in front of the text alternative of a picture."""
    stop, full = (".", " ") if lang == "en" else ("。", "")
    said = (clean(one.words.in_(lang)).rstrip(".。") for one in listed)
    return full.join([*(f"{words}{stop}" for words in said), description])


def not_shown(count: int) -> Text:
    """Return the sentence about so many parts that are not drawn."""
    parts = "1 part that is" if count == 1 else f"{count} parts that are"
    return Text(
        f"Not shown: {parts} the same on both sides and not connected to a difference",
        f"表示していない部分: 違いがなく、違いのある部分とも接続していない {count} 個",
    )


def _inside(parent: str | None, side: str) -> str:
    return side if parent is None else f"{side}.{parent}"


def _group(group: PlacedGroup, side: str, change: Change) -> PlacedGroup:
    parent = _inside(group.parent, side)
    return replace(group, id=f"{side}.{group.id}", parent=parent, depth=group.depth + 1, change=change)


def changed_row(line: LegendLine) -> LegendLine:
    """Return a row of the legend with the mark of its change in the place of an icon."""
    if not line.icon.startswith(ROW):
        return line
    change: Change = line.icon.removeprefix(ROW)  # type: ignore[assignment]
    return replace(line, icon="", change=change)
