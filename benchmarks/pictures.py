"""How fast pictures are made once the layout process is warm: the stories, and a generated architecture of some 60 nodes.

What is measured is processor time, of this process and of the layout process, and the best of several rounds: other work on
the machine can only add to it. Nothing is taken from a cache.
"""

import os
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from benchmarks.architectures import generated
from renderers.layout import clear_cache
from renderers.layout.placing.engine import ENGINE

ROUNDS, COUNT = 3, 60


def measures(book: Book) -> dict[str, float]:
    """Return the milliseconds of an SVG: the median story and the slowest, some 60 nodes as one diagram and on sheets."""
    stories = [_svg_ms(advise(rules.load_story(name), book)) for name in rules.STORIES]
    _, large = generated(COUNT - 1, COUNT, book)
    return {
        "svg_ms_median_story": statistics.median(stories),
        "svg_ms_slowest_story": max(stories),
        "svg_ms_60_nodes": _svg_ms(large),
        "sheets_ms_60_nodes": _sheets_ms(large),
    }


def _svg_ms(design: Design) -> float:
    return min(_once(partial(renderers.draw, design)) for _ in range(ROUNDS))


def _sheets_ms(design: Design) -> float:
    return min(_once(partial(renderers.draw_readable, design, "x")) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that some work takes here and in the layout process."""
    clear_cache()
    ENGINE.start()
    start = process_time() + _layout_s()
    work()
    return (process_time() + _layout_s() - start) * 1000


def _layout_s() -> float:
    """Return the processor time of the layout process in seconds, from Linux's list of processes."""
    fields = Path(f"/proc/{ENGINE.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
