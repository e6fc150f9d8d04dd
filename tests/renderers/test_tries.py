"""Several layouts are tried where the first has crossings; the one that reads best is taken, and the same each time."""

from typing import Any

import pytest

from advisor.architecture import Architecture
from advisor.book import Book
from benchmarks.architectures import designs
from renderers.layout import arrange
from renderers.layout.measure import build
from renderers.layout.picture import Box, Point
from renderers.layout.placement import Placement
from renderers.layout.placing import tries
from renderers.layout.placing.engine import ENGINE, Engine
from renderers.layout.routing.foreign import entered
from renderers.layout.routing.route import route
from tests.renderers.samples import SAMPLES, design, edge, group, node, text


class Counting(Engine):
    """The usual engine, which counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def layout(self, graph: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        return ENGINE.layout(graph)


def square() -> Placement:
    """Two things on the left and two on the right, in a cloud of 400 by 400."""
    nodes = tuple(node(f"n{i}.part", "lambda", text(f"N{i}")) for i in range(4))
    edges = (
        edge("n0.part", "call", "n1.part", text(""), "sync", 1),
        edge("n2.part", "call", "n3.part", text(""), "sync", 2),
        edge("n0.part", "call", "n3.part", text(""), "sync", 3),
    )
    placement = Placement(build(Architecture(nodes, edges, ()), "en"), "right")
    for i, (x, y) in enumerate(((40, 60), (300, 60), (40, 300), (300, 300))):
        placement.items[f"n{i}.part"] = Box(x, y, 56, 56)
    placement.frames["|cloud"] = Box(0, 0, 400, 400)
    straight: dict[str, tuple[Point, ...]] = {
        "n0.part>call>n1.part": ((96, 88), (300, 88)),
        "n2.part>call>n3.part": ((96, 328), (300, 328)),
        "n0.part>call>n3.part": ((96, 100), (200, 100), (200, 310), (300, 310)),
    }
    placement.routes |= straight
    return placement


def test_a_crossing_costs() -> None:
    good, bad = square(), square()
    bad.routes["n0.part>call>n3.part"] = ((96, 80), (200, 80), (200, 310), (300, 310))
    assert tries.crossings(good) == 0
    assert tries.crossings(bad) == 1
    assert tries.score(bad) == pytest.approx(tries.score(good) + 1, abs=0.2)


def test_a_larger_picture_a_bend_and_another_order_cost() -> None:
    good, wide, bent, turned = square(), square(), square(), square()
    wide.frames["|cloud"] = Box(0, 0, 800, 800)
    assert tries.score(wide) > tries.score(good) + 13
    bent.routes["n0.part>call>n1.part"] = ((96, 88), (200, 88), (200, 90), (300, 90))
    assert tries.score(bent) > tries.score(good)
    turned.items["n1.part"], turned.items["n3.part"] = turned.items["n3.part"], turned.items["n1.part"]
    assert (tries.out_of_order(good), tries.out_of_order(turned)) == (0, 1)


def test_a_picture_without_crossings_is_laid_out_once() -> None:
    counting = Counting()
    arrange(SAMPLES["direct"].architecture, "Direct", engine=counting)
    assert counting.asked == 1


def test_others_are_tried_and_as_many_of_them_each_time(book: Book) -> None:
    (_, large) = list(designs(2, book, most=30))[-1]
    counting = Counting()
    arrange(large.architecture, "Large", engine=counting)
    assert counting.asked > 1
    again = Counting()
    arrange(large.architecture, "Large", engine=again)
    assert again.asked == counting.asked


def test_a_line_goes_around_a_border_that_is_not_its_own() -> None:
    nodes = tuple(node(f"n{i}.part", "lambda", text(f"N{i}"), group="g" if i == 1 else None) for i in range(3))
    edges = (edge("n0.part", "call", "n2.part", text(""), "sync", 1),)
    architecture = Architecture(nodes, edges, (group("g", "component", text("Between")),))
    placement = Placement(build(design(architecture, text("Around")).architecture, "en"), "right")
    for i, x in enumerate((40, 250, 460)):
        placement.items[f"n{i}.part"] = Box(x, 160, 56, 56)
    placement.frames |= {"|cloud": Box(0, 0, 560, 400), "g": Box(210, 80, 136, 200)}
    link = placement.scene.links[0]
    placement.routes[link.id] = ((96, 110), (460, 110))
    assert entered(placement) == [(link, "g")]
    del placement.routes[link.id]
    route(placement, [link])
    assert entered(placement) == []
