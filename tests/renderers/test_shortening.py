"""A line that makes a detour is routed again where a shorter way crosses hardly more; its label goes with it."""

import pytest

from advisor.architecture import Architecture
from renderers.layout.labelling.label import label
from renderers.layout.measure import build
from renderers.layout.picture import Box, stretch
from renderers.layout.placement import Placement
from renderers.layout.placing import tries
from renderers.layout.routing.shortening import detour, shorten
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


def test_a_line_keeps_its_detour_where_the_short_way_crosses_more(looping: Placement) -> None:
    kept = ((348, 44), (420, 44), (420, 664), (348, 664))
    looping.items["n1.part"] = Box(340, 200, 48, 48)
    looping.routes = {CALL: ((148, 224), (340, 224)), OTHER: kept}
    shorten(looping)
    assert looping.routes[OTHER] == kept


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
