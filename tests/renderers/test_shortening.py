"""A line that makes a detour is routed again where a shorter way crosses hardly more; its label goes with it."""

from dataclasses import replace

import pytest

from advisor.architecture import Architecture
from renderers.layout.crossings import line_crossings
from renderers.layout.labelling.label import label
from renderers.layout.measure import build
from renderers.layout.picture import Box, stretch
from renderers.layout.placement import Placement
from renderers.layout.placing import tries
from renderers.layout.routing.shortening import detour, shorten
from renderers.layout.routing.swapping import swap_ports
from tests.renderers.samples import edge, node, text

CALL, OTHER = "n0.part>call>n1.part", "n2.part>call>n3.part"
AROUND = ((148, 224), (180, 224), (180, 700), (80, 700), (80, 120), (380, 120), (380, 224), (500, 224))


@pytest.fixture
def looping() -> Placement:
    """Two things, with a line that runs around the first."""
    nodes = tuple(node(f"n{i}.part", "lambda", text(f"N{i}")) for i in range(4))
    edges = tuple(
        edge(f"n{a}.part", "call", f"n{b}.part", text("call"), "sync", step) for a, b, step in ((0, 1, 1), (2, 3, 2))
    )
    placement = Placement(build(Architecture(nodes, edges, ()), "en"), "right")
    for id, (x, y) in {
        "n0.part": (100, 200),
        "n1.part": (500, 200),
        "n2.part": (300, 20),
        "n3.part": (300, 640),
    }.items():
        placement.items[id] = Box(x, y, 48, 48)
    placement.frames["|cloud"] = Box(0, 0, 900, 800)
    placement.routes = {CALL: AROUND, OTHER: ((348, 44), (700, 44), (700, 664), (348, 664))}
    return placement


def test_a_line_around_its_own_source_is_drawn_straight(looping: Placement) -> None:
    shorten(looping)
    assert detour(looping.routes[CALL]) < 40


def test_a_line_takes_no_slightly_shorter_way_that_crosses_another(looping: Placement) -> None:
    looping.items["n1.part"] = Box(340, 200, 48, 48)
    looping.routes = {CALL: ((148, 224), (340, 224)), OTHER: ((348, 44), (420, 44), (420, 664), (348, 664))}
    shorten(looping)
    assert line_crossings(looping.routes) == []


def test_lines_that_cross_because_of_their_ports_change_them(looping: Placement) -> None:
    looping.scene = replace(looping.scene, links=tuple(replace(link, source="n0.part") for link in looping.scene.links))
    looping.items["n3.part"] = Box(500, 400, 48, 48)
    looping.routes = {
        CALL: ((148, 230), (400, 230), (400, 210), (500, 210)),
        OTHER: ((148, 216), (300, 216), (300, 424), (500, 424)),
    }
    assert line_crossings(looping.routes)
    swap_ports(looping)
    assert line_crossings(looping.routes) == []
    assert (looping.routes[CALL][0], looping.routes[OTHER][0]) == ((148, 216), (148, 230))


def test_lines_that_cross_because_of_their_ports_and_bends_change_both(looping: Placement) -> None:
    looping.scene = replace(looping.scene, links=tuple(replace(link, source="n0.part") for link in looping.scene.links))
    looping.items |= {
        "n2.part": Box(20, 600, 48, 48),
        "n3.part": Box(500, 40, 48, 48),
        "n1.part": Box(500, 150, 48, 48),
    }
    looping.routes = {
        CALL: ((148, 216), (250, 216), (250, 174), (500, 174)),
        OTHER: ((148, 232), (400, 232), (400, 64), (500, 64)),
    }
    assert line_crossings(looping.routes)
    swap_ports(looping)
    assert line_crossings(looping.routes) == []


def test_a_label_goes_with_its_line(looping: Placement) -> None:
    before = Box(185, 600, 60, 20)
    shorten(looping)
    label(looping, {CALL: before})
    assert looping.tags[CALL] != before
    (a, b), *_ = zip(looping.routes[CALL], looping.routes[CALL][1:], strict=False)
    assert looping.tags[CALL].overlaps(stretch(a, b).grown(10))


def test_a_longer_detour_costs_more_however_long_the_line_is(looping: Placement) -> None:
    before = tries.score(looping)
    looping.routes[CALL] = tuple((x, 120 if y == 120 else 750 if y == 700 else y) for x, y in AROUND)
    assert tries.score(looping) > before + 0.2
