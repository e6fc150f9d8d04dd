"""Texts of a draw.io file: beneath icons, beside lines, and the legend."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from math import hypot

from renderers import changes
from renderers.drawio import styles
from renderers.drawio.cells import PART, STEPS_LAYER, Cell
from renderers.layout.picture import Box, Legend, Picture, PlacedLine, Point, TextBlock
from renderers.layout.scene import CIRCLE, MARK
from renderers.marks import SIZE, mark_at
from renderers.theme import Palette, Theme


def beside(title: TextBlock, note: TextBlock | None, muted: str, more: TextBlock | None = None) -> str:
    """Return a title and the notes below it as HTML; users' texts are only texts."""
    parts = [_lines(title)]
    for block in (note, more):
        if block and block.lines:
            size = f"{block.size:g}px"
            parts.append(f'<font style="font-size:{size};font-weight:400" color="{muted}">{_lines(block)}</font>')
    return "<br>".join(part for part in parts if part)


def _lines(block: TextBlock) -> str:
    return "<br>".join(escape(line) for line in block.lines)


def on_line(line: PlacedLine, edge: str, picture: Picture, palette: Palette) -> Iterator[Cell]:
    """Return the label of a line, attached to the line so that it moves with it."""
    tag = line.tag
    if tag and tag.circle and tag.step is not None:
        box = Box(tag.circle[0] - CIRCLE / 2, tag.circle[1] - CIRCLE / 2, CIRCLE, CIRCLE)
        yield _hung(f"step-{line.id}", edge, line, styles.circle(palette), str(tag.step), box, "step")
    if tag and tag.words:
        box = Box(tag.words.box.cx, tag.words.box.cy, 0, 0)
        style = styles.on_line(palette.muted, "none")
        yield _hung(f"words-{line.id}", edge, line, style, _lines(tag.words), box, "words")
    if line.change:
        look, box = changes.LOOKS[line.change], changes.around(changes.on_line(line, picture))
        style = styles.sign(look, changes.colour(line.change, palette), palette)
        yield _hung(f"change-{line.id}", edge, line, style, look.sign, box, "change")
    if line.state != "kept":
        x, y = mark_at(line, picture)
        box = Box(x - SIZE / 2, y - SIZE / 2, SIZE, SIZE)
        style = styles.budget(palette, broken=line.state == "broken")
        yield _hung(f"budget-{line.id}", edge, line, style, "!", box, "budget")


def _hung(id: str, edge: str, line: PlacedLine, style: str, label: str, box: Box, part: str) -> Cell:
    share, (x, y) = _nearest(line.points, (box.cx, box.cy))
    offset = (box.x - x, box.y - y)
    return Cell(id, edge, style, label, box, at=(share * 2 - 1, offset), data={PART: f"{part} {line.id}"})


def _nearest(points: tuple[Point, ...], to: Point) -> tuple[float, Point]:
    """Return the point of a line that is nearest to another: as a share of its length, and as a point."""
    whole = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)) or 1.0
    best, least, gone = (0.0, points[0]), float("inf"), 0.0
    for a, b in pairwise(points):
        dx, dy = b[0] - a[0], b[1] - a[1]
        length = hypot(dx, dy) or 1.0
        along = min(1.0, max(0.0, ((to[0] - a[0]) * dx + (to[1] - a[1]) * dy) / length**2))
        at = (a[0] + dx * along, a[1] + dy * along)
        away = hypot(at[0] - to[0], at[1] - to[1])
        if away < least - 0.01:
            best, least = ((gone + along * length) / whole, at), away
        gone += length
    return best


def legend(picture: Picture, palette: Palette, theme: Theme) -> Iterator[Cell]:
    """Return the numbered sentences and the key to the lines."""
    placed = picture.legend
    if placed is None:
        return
    for step in placed.steps:
        x, y = step.circle
        box = Box(x - CIRCLE / 2, y - CIRCLE / 2, CIRCLE, CIRCLE)
        part = {PART: f"legend {step.step}"}
        yield Cell(f"legend-{step.step}", STEPS_LAYER, styles.circle(palette), str(step.step), box, data=part)
        yield _sentence(f"words-{step.step}", step.words, palette.ink)
    yield from _key(placed, palette, theme)


def _key(placed: Legend, palette: Palette, theme: Theme) -> Iterator[Cell]:
    for number, entry in enumerate(placed.lines):
        id = f"legend-key-{number}"
        part = {PART: f"legend key-{number}"}
        yield _sentence(f"key-words-{number}", entry.words, palette.muted)
        if entry.icon:
            x, y = (entry.start[0] + entry.end[0] - MARK) / 2, entry.start[1] - MARK / 2
            style = styles.icon(entry.icon, palette, theme)
            yield Cell(id, STEPS_LAYER, style, "", Box(x, y, MARK, MARK), data=part)
            continue
        if entry.change:
            look = changes.LOOKS[entry.change]
            box = changes.around(((entry.start[0] + entry.end[0]) / 2, entry.start[1]))
            style = styles.sign(look, changes.colour(entry.change, palette), palette)
            yield Cell(id, STEPS_LAYER, style, look.sign, box, data=part)
            continue
        if entry.state == "kept":
            style = styles.line(entry.kind, palette, None)
            yield Cell(id, STEPS_LAYER, style, points=(entry.start, entry.end), data=part)
            continue
        x, y = (entry.start[0] + entry.end[0]) / 2, entry.start[1]
        style = styles.budget(palette, broken=entry.state == "broken")
        box = Box(x - SIZE / 2, y - SIZE / 2, SIZE, SIZE)
        yield Cell(id, STEPS_LAYER, style, "!", box, data=part)


def _sentence(id: str, words: TextBlock, colour: str) -> Cell:
    style = styles.words(colour, words.size, "left")
    return Cell(f"legend-{id}", STEPS_LAYER, style, _lines(words), words.box, data={PART: f"legend {id}"})
