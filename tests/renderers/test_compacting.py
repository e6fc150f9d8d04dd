"""Compacting brings parts together and changes nothing else: order, bends, straight lines and distances hold."""

from itertools import pairwise

import pytest

from advisor.architecture import Architecture
from renderers.layout.check import runs_through
from renderers.layout.compacting import compact
from renderers.layout.compacting.axis import Axis
from renderers.layout.compacting.distances import constraints
from renderers.layout.compacting.snapping import snap
from renderers.layout.compacting.solving import solve
from renderers.layout.crossings import line_crossings
from renderers.layout.measure import build
from renderers.layout.picture import Box
from renderers.layout.placement import Placement
from tests.renderers.samples import edge, node, text


@pytest.fixture
def loose() -> Placement:
    """One thing with a line to each of two others, all far apart in a large cloud; one line has two bends, one has a tag."""
    nodes = tuple(node(f"n{i}.part", "lambda", text(f"N{i}")) for i in range(3))
    edges = (
        edge("n0.part", "call", "n1.part", text("call"), "sync", 1),
        edge("n0.part", "call", "n2.part", text(""), "sync", 2),
    )
    placement = Placement(build(Architecture(nodes, edges, ()), "en"), "right")
    for id, (x, y) in {"n0.part": (100, 200), "n1.part": (700, 200), "n2.part": (700, 800)}.items():
        placement.items[id] = Box(x, y, 48, 48)
    placement.frames["|cloud"] = Box(0, 0, 1000, 1000)
    placement.routes = {
        "n0.part>call>n1.part": ((148, 220), (700, 220)),
        "n0.part>call>n2.part": ((148, 236), (400, 236), (400, 824), (700, 824)),
    }
    placement.tags["n0.part>call>n1.part"] = Box(400, 190, 60, 20)
    return placement


def test_what_is_far_apart_comes_together(loose: Placement) -> None:
    compact(loose)
    bounds = loose.bounds()
    assert bounds.w < 320
    assert bounds.h < 260


def test_order_bends_and_straight_lines_hold(loose: Placement) -> None:
    compact(loose)
    a, b, c = (loose.items[f"n{i}.part"] for i in range(3))
    assert a.right < b.x
    assert b.bottom < c.y
    assert b.x == c.x
    straight, bent = loose.routes["n0.part>call>n1.part"], loose.routes["n0.part>call>n2.part"]
    assert straight == ((a.right, straight[0][1]), (b.x, straight[0][1]))
    assert len(bent) == 4
    assert (bent[0][0], bent[-1][0]) == (a.right, c.x)
    assert a.y < bent[0][1] < a.bottom
    assert c.y < bent[-1][1] < c.bottom
    assert line_crossings(loose.routes) == []


def test_a_tag_stays_beside_its_line_and_between_its_ends(loose: Placement) -> None:
    compact(loose)
    tag, line = loose.tags["n0.part>call>n1.part"], loose.routes["n0.part>call>n1.part"]
    assert line[0][0] < tag.x
    assert tag.right < line[-1][0]
    assert line[0][1] - tag.bottom == 10


def test_the_border_holds_all_and_no_part_comes_too_near(loose: Placement) -> None:
    compact(loose)
    border = loose.frames["|cloud"]
    wholes = [loose.item_box(item) for item in loose.scene.items]
    assert all(border.grown(-10).holds(box) for box in (*wholes, *loose.tags.values()))
    assert wholes[2].y - wholes[1].bottom >= 16


def test_what_is_together_stays(loose: Placement) -> None:
    compact(loose)
    before = dict(loose.items)
    compact(loose)
    assert loose.items == before


def test_a_line_that_ends_beside_an_icon_keeps_its_last_bend(loose: Placement) -> None:
    bent = "n0.part>call>n2.part"
    loose.routes[bent] = ((124, 248), (124, 700), (680, 700), (680, 800))
    compact(loose)
    points = loose.routes[bent]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert points[-1][1] == loose.items["n2.part"].y
    assert points[-1][1] - points[-2][1] >= 26


@pytest.mark.parametrize("along", [0, 1])
def test_every_distance_holds_for_what_is_moved(loose: Placement, along: int) -> None:
    axis = Axis(loose, along)
    found = constraints(axis)
    moved = solve(axis, found)
    assert any(moved.values())
    for (first, second), room in found.items():
        assert moved[second] - moved[first] >= -room


def test_icons_that_nearly_stand_in_a_row_get_a_common_middle_and_their_line_stays_straight(loose: Placement) -> None:
    loose.items["n1.part"] = loose.items["n1.part"].moved(0, 14)
    loose.routes["n0.part>call>n1.part"] = ((148, 230), (700, 230))
    loose.routes["n0.part>call>n2.part"] = ((148, 244), (400, 244), (400, 824), (700, 824))
    compact(loose)
    a, b = loose.items["n0.part"], loose.items["n1.part"]
    assert a.cy == b.cy
    (_, start), (_, end) = loose.routes["n0.part>call>n1.part"]
    assert start == end
    assert a.y + 10 <= start <= a.bottom - 10


def test_icons_stay_out_of_line_where_something_is_in_the_way(loose: Placement) -> None:
    loose.items["n1.part"] = Box(320, 214, 48, 48)
    loose.items["n2.part"] = Box(320, 140, 48, 48)  # its text ends just above the other
    loose.routes = {}
    loose.tags = {}
    snap(loose)
    boxes = [loose.item_box(item) for item in loose.scene.items]
    assert boxes[1].y - boxes[2].bottom >= 5


def test_a_small_jog_is_taken_out_of_a_line(loose: Placement) -> None:
    loose.routes["n0.part>call>n1.part"] = ((148, 220), (400, 220), (400, 230), (700, 230))
    del loose.tags["n0.part>call>n1.part"]
    compact(loose)
    assert len(loose.routes["n0.part>call>n1.part"]) == 2


def test_a_jog_stays_where_its_tag_would_be_in_the_line(loose: Placement) -> None:
    call = "n0.part>call>n1.part"
    loose.routes[call] = ((148, 220), (400, 220), (400, 234), (700, 234))
    loose.tags[call] = Box(402, 206, 20, 20)
    snap(loose)
    assert len(loose.routes[call]) == 4
    assert not runs_through(loose.routes[call], loose.tags[call])


def test_a_stretch_that_a_point_divides_moves_as_one(loose: Placement) -> None:
    """The two halves were pulled apart where each was in line with something else."""
    points = ((148, 236), (400, 236), (400, 500), (400, 500), (400, 824), (700, 824))
    loose.routes["n0.part>call>n2.part"] = points
    (link,) = [link for link in loose.scene.links if link.id == "n0.part>call>n2.part"]
    keys = Axis(loose, 0).keys(link, points)
    assert len({*keys[1:5]}) == 1
    compact(loose)
    bent = loose.routes["n0.part>call>n2.part"]
    assert all(abs(a[0] - b[0]) < 0.1 or abs(a[1] - b[1]) < 0.1 for a, b in pairwise(bent))
