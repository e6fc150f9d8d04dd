"""`python -m benchmarks.geometry [--only N] [--seed N] [--minutes N] [--views] [--write] [--worst N]`: how well pictures can be read.

Draws every story and N generated architectures (500 where nothing else is said) in both languages and directions, measures each
picture, and prints a table; `--views` adds every view of every story; `--write` writes it as `docs/geometry.md`, `--worst` names so many of the worst pictures.
The exit code is 1 where anything overlaps or a line runs through what it may not.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import inf
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.text import LANGS, Lang
from advisor_bundle.views import all_views
from benchmarks.architectures import generated
from benchmarks.stability import Edit, sentence, stability
from renderers.drawn import drawn
from renderers.layout import arrange, clear_cache
from renderers.layout.geometry import ASKEW, Geometry, measure
from renderers.layout.pages import A4, SLIDE
from renderers.layout.picture import Direction
from renderers.sheets import sheets

PAGE = Path(__file__).parent.parent / "docs" / "geometry.md"
GENERATED = 500
SHEETS, SLIDES, VIEW = "sheet of ", "slide of ", "view of "
DIRECTIONS: tuple[Direction, ...] = ("right", "down")
#: Classes of size by the most nodes of each; the example workloads are a class of their own.
SIZES = (12, 25, 40, 60)


#: The class of the example requirements files.
EXAMPLES = "example workloads"
#: Classes of what is drawn for a page or for an aspect, by what the names begin with.
KINDS = {
    SLIDES: f"{EXAMPLES} for a slide",
    SHEETS: "A4 sheets of generated architectures",
    VIEW: f"views of {EXAMPLES}",
}


class Measured(NamedTuple):
    """One picture with its figures."""

    name: str
    lang: Lang
    direction: Direction
    found: Geometry

    @property
    def sizes(self) -> str:
        """The class that it is counted in."""
        for begins, sizes in KINDS.items():
            if self.name.startswith(begins):
                return sizes
        if not self.name.startswith("generated-"):
            return EXAMPLES
        return next(f"generated, up to {most} nodes" for most in SIZES if self.found.nodes <= most)


@dataclass(frozen=True, slots=True)
class _Task:
    """One design to draw: an example by its name, or a generated one by its number of so many."""

    name: str
    number: int = -1
    count: int = 0
    seed: int = 1
    views: bool = False
    until: float = inf


class Drawn(NamedTuple):
    """What designs give: their pictures, what one more node does to each, and how many generated ones there were time for."""

    pictures: tuple[Measured, ...]
    edits: tuple[Edit, ...]
    count: int = 0


def measured(count: int, seed: int, *, views: bool = False, minutes: float = inf) -> Drawn:
    """Draw and measure every story and so many generated architectures on all cores, or as many as there is time for."""
    until = time.time() + 60 * minutes
    tasks = [_Task(name, seed=seed, views=views) for name in rules.STORIES]
    tasks += [_Task("", number, count, seed, until=until) for number in _spread(count)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = [one for one in pool.map(drawn_of, tasks) if one.pictures]
    pictures, edits = (tuple(chain.from_iterable(each)) for each in zip(*(one[:2] for one in found), strict=True))
    return Drawn(pictures, edits, len(found) - len(rules.STORIES))


def _spread(count: int) -> list[int]:
    """Return the numbers in an order of which every beginning is spread evenly over the sizes."""
    digits = max(1, (count - 1).bit_length())
    mirrored = (int(f"{number:0{digits}b}"[::-1], 2) for number in range(1 << digits))
    return [number for number in mirrored if number < count]


def drawn_of(task: _Task) -> Drawn:
    """Draw and measure one design in every language and direction, on sheets, and without one of its nodes."""
    if time.time() > task.until:
        return Drawn((), ())
    book = _book()
    if task.number < 0:
        name, design = task.name, advise(rules.load_story(task.name), book)
    else:
        name, design = generated(task.number, task.count, book, task.seed)
    pictures = [_one(name, design, lang, direction) for lang in LANGS for direction in DIRECTIONS]
    pictures += on_slides(name, design) if task.number < 0 else on_sheets(name, design)
    pictures += in_views(name, design) if task.views else ()
    edits = tuple(stability([(name, design)], task.seed))
    clear_cache()
    return Drawn(tuple(pictures), edits)


@cache
def _book() -> Book:
    return rules.load_book()


def on_sheets(name: str, design: Design) -> Iterator[Measured]:
    """Draw and measure the sheets for A4 of a generated architecture, if it is too large for one."""
    for sheet in sheets(drawn(design).architecture, "Generated system", "en", A4):
        if sheet.number:
            yield Measured(SHEETS + name, "en", "right", measure(sheet.picture))


def on_slides(name: str, design: Design) -> Iterator[Measured]:
    """Draw and measure a story for a slide of 16:9: as one picture, or as an overview and sheets."""
    for lang in LANGS:
        for sheet in sheets(drawn(design).architecture, design.requirements.title.in_(lang), lang, SLIDE):
            yield Measured(f"{SLIDES}{name}, {sheet.number}", lang, "right", measure(sheet.picture))


def in_views(name: str, design: Design) -> Iterator[Measured]:
    """Draw and measure every view of a story."""
    for view, one in all_views(design).items():
        if view:
            yield _one(f"{VIEW}{name}, {view}", one, "en", "right")


def _one(name: str, design: Design, lang: Lang, direction: Direction) -> Measured:
    title = design.requirements.title.in_(lang)
    picture = arrange(drawn(design).architecture, title, lang=lang, direction=direction)
    return Measured(name, lang, direction, measure(picture))


def _median(value: Callable[[Geometry], float], of: Sequence[Geometry]) -> float:
    return statistics.median(map(value, of))


def _share(of: Sequence[Geometry], holds: Callable[[Geometry], bool]) -> str:
    return f"{100 * sum(map(holds, of)) / len(of):.0f} %"


def _askew(of: Sequence[Geometry]) -> str:
    """Return how many of the pairs of icons that stand in one row or column, or nearly so, miss it."""
    missed = sum(one.askew for one in of)
    return f"{100 * missed / max(1, missed + sum(one.in_line for one in of)):.0f} %"


def _against(of: Sequence[Geometry]) -> str:
    """Return how many of the pairs of targets of one element beside each other contradict the order of their steps."""
    against = sum(one.against for one in of)
    return f"{100 * against / max(1, against + sum(one.ordered for one in of)):.0f} %"


def _is_shaped(one: Geometry) -> bool:
    """Tell whether a picture is between 1:2 and 3:1; a picture of fewer than six nodes may have any shape."""
    return one.nodes < 6 or 0.5 <= one.aspect <= 3


#: How the page names a direction.
_DIRECTIONS: dict[Direction, str] = {"down": "top to bottom", "right": "left to right"}
#: Columns of the table: the heading, and the cell of a class.
COLUMNS: tuple[tuple[str, Callable[[Sequence[Geometry]], str]], ...] = (
    ("diagrams", lambda of: str(len(of))),
    ("faults", lambda of: str(sum(len(one.faults) for one in of))),
    ("through unrelated borders", lambda of: str(sum(len(one.foreign) for one in of))),
    (
        "crossings: median, maximum",
        lambda of: f"{_median(lambda g: g.crossings, of):g}, {max(g.crossings for g in of)}",
    ),
    ("icons a few pixels out of line", _askew),
    ("targets against their steps", _against),
    ("text on A4: median", lambda of: f"{_median(lambda g: g.a4_pt, of):.1f} pt"),
    (f"below {A4.least_pt:g} pt", lambda of: _share(of, lambda g: g.a4_pt < A4.least_pt)),
    ("text on a slide: median", lambda of: f"{_median(lambda g: g.slide_pt, of):.1f} pt"),
    (f"below {SLIDE.least_pt:g} pt", lambda of: _share(of, lambda g: g.slide_pt < SLIDE.least_pt)),
    ("below 8 pt", lambda of: _share(of, lambda g: g.slide_pt < 8)),
    ("empty: median", lambda of: f"{100 * _median(lambda g: g.empty, of):.0f} %"),
    ("aspect ratio outside 1:2 to 3:1", lambda of: _share(of, lambda g: not _is_shaped(g))),
)


def table(pictures: Sequence[Measured]) -> str:
    """Return the figures of each class of size and direction as a Markdown table."""
    heads = ["", *(head for head, _ in COLUMNS)]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    classes = dict.fromkeys((one.sizes, one.direction) for one in sorted(pictures, key=_order))
    for sizes, direction in classes:
        of = [one.found for one in pictures if (one.sizes, one.direction) == (sizes, direction)]
        cells = [f"{sizes}, {_DIRECTIONS[direction]}", *(cell(of) for _, cell in COLUMNS)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _order(one: Measured) -> tuple[str, int, str]:
    kinds = list(KINDS.values())
    rank = 0 if one.sizes == EXAMPLES else 1000 + kinds.index(one.sizes) if one.sizes in kinds else one.found.nodes
    return one.direction, rank, one.name


def page(pictures: Sequence[Measured], edits: Sequence[Edit], count: int, options: argparse.Namespace) -> str:
    """Return `docs/geometry.md`."""
    limit = f" --minutes {options.minutes:g}" if options.minutes < inf else ""
    of = f"{count} of {options.only} generated architectures, those for which there was time, with up to 60 nodes"
    of = of if count < options.only else f"{count} generated architectures with up to 60 nodes"
    return (
        "# Readability of diagrams\n\n"
        f"`python -m benchmarks.geometry --only {options.only} --seed {options.seed}{limit} --write` writes this page. It measures the diagrams of all example\n"
        f"requirements files (example workloads) and of {of}, in both languages.\n\n"
        "- **Faults** are overlaps, and lines through an icon, a label or a title.\n"
        "- **Through unrelated borders** counts lines that cross the border of a group that contains neither end of the line.\n"
        "- **Icons a few pixels out of line** is the share of pairs of icons whose middles miss a common row or column by up to\n"
        f"  {ASKEW:g} pixels, of those that stand in one or miss it.\n"
        "- **Targets against their steps** is the share of pairs of targets of one icon that stand in one layer in the opposite order\n"
        "  of their step numbers.\n"
        "- **Text** is the size of the smallest text if the diagram fills the page: A4 landscape with margins of 10 mm, or\n"
        "  a slide of 13.33 by 7.5 inches.\n"
        "- **Empty** is the share of 24-pixel squares without content.\n"
        "- **Aspect ratio** is measured for diagrams with at least six nodes.\n"
        "- **Sheets** are the pages of architectures that are split, without their overviews, in English.\n"
        "- **Example workloads for a slide** are drawn with `--size 16:9`, which splits a diagram that is too large for one slide.\n\n"
        + table(pictures)
        + "\n## Stability after an added node\n\n"
        "Each design is drawn from left to right twice: once without a randomly chosen node that has a single connection, and once with it.\n\n"
        f"{sentence(edits)}"
    )


def _badness(one: Measured) -> tuple[int, int, int]:
    return len(one.found.faults), len(one.found.foreign), one.found.crossings


def main(given: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.geometry", description=__doc__)
    parser.add_argument("--only", type=int, default=GENERATED, help="how many generated architectures")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=inf, help="begin no further generated architecture after them")
    parser.add_argument("--views", action="store_true", help="every view of every story, too")
    parser.add_argument("--write", action="store_true", help="write docs/geometry.md")
    parser.add_argument("--worst", type=int, default=0, help="name so many of the worst pictures")
    options = parser.parse_args(given)
    pictures, edits, count = measured(options.only, options.seed, views=options.views, minutes=options.minutes)
    print(table(pictures), sentence(edits), sep="\n", end="")
    for one in sorted(pictures, key=_badness, reverse=True)[: options.worst]:
        print(f"{one.name} {one.lang} {one.direction}: {one.found}")
    if options.write:
        PAGE.write_text(page(pictures, edits, count, options), encoding="utf-8")
    return 1 if any(one.found.faults or one.found.foreign for one in pictures) else 0


if __name__ == "__main__":
    sys.exit(main())
