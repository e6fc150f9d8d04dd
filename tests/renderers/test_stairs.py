"""A line that goes to the same side in two steps goes there in one, where that crosses nothing, meets nothing and keeps its words."""

from dataclasses import replace
from itertools import pairwise

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from renderers.layout.check import violations
from renderers.layout.measure import build
from renderers.layout.picture import Box, Point, stretch
from renderers.layout.placement import Placement
from renderers.layout.routing.stairs import level_stairs
from tests.renderers.samples import edge, node, text

CALL, OTHER = "n0.part>call>n1.part", "n2.part>call>n3.part"
STAIRS: tuple[Point, ...] = ((148, 124), (220, 124), (220, 224), (320, 224), (320, 324), (500, 324))
FAR: tuple[Point, ...] = ((748, 44), (800, 44), (800, 664), (748, 664))


@pytest.fixture
def stepping() -> Placement:
    """Two things, with a line that goes down to the second one in two steps, and a line far from it."""
    nodes = tuple(node(f"n{i}.part", "lambda", text(f"N{i}")) for i in range(4))
    edges = tuple(
        edge(f"n{a}.part", "call", f"n{b}.part", text("call"), "sync", step) for a, b, step in ((0, 1, 1), (2, 3, 2))
    )
    placement = Placement(build(Architecture(nodes, edges, ()), "en"), "right")
    for id, (x, y) in {
        "n0.part": (100, 100),
        "n1.part": (500, 300),
        "n2.part": (700, 20),
        "n3.part": (700, 640),
    }.items():
        placement.items[id] = Box(x, y, 48, 48)
    placement.frames["|cloud"] = Box(0, 0, 900, 800)
    placement.routes = {CALL: STAIRS, OTHER: FAR}
    return placement


def test_two_steps_to_one_side_become_one(stepping: Placement) -> None:
    level_stairs(stepping)
    assert len(stepping.routes[CALL]) == 4
    assert (stepping.routes[CALL][0], stepping.routes[CALL][-1]) == (STAIRS[0], STAIRS[-1])
    assert stepping.routes[OTHER] == FAR


def test_words_beside_the_step_go_with_the_line_as_they_are(stepping: Placement) -> None:
    link = next(link for link in stepping.scene.links if link.id == CALL)
    stepping.tags[CALL] = Box(240, 198, link.tag_w, link.tag_h)
    level_stairs(stepping)
    tag, points = stepping.tags[CALL], stepping.routes[CALL]
    assert len(points) == 4
    assert (tag.w, tag.h) == (link.tag_w, link.tag_h)
    assert not any(stretch(a, b).overlaps(tag) for a, b in pairwise(points))
    assert any(stretch(a, b).grown(10).overlaps(tag) for a, b in pairwise(points))


def _walled(stepping: Placement, *boxes: Box) -> None:
    """Put tags of other lines in the way of a line."""
    stepping.tags |= {f"wall {number}": box for number, box in enumerate(boxes)}


def test_a_step_around_something_stays(stepping: Placement) -> None:
    _walled(stepping, Box(200, 260, 40, 40), Box(260, 100, 40, 40))
    level_stairs(stepping)
    assert stepping.routes[CALL] == STAIRS


def test_a_step_that_saves_a_crossing_stays(stepping: Placement) -> None:
    hook: tuple[Point, ...] = ((180, 300), (260, 300), (260, 420))
    above: tuple[Point, ...] = ((340, 40), (340, 160), (270, 160), (270, 40))
    stepping.routes |= {"hook": hook, "above": above}
    level_stairs(stepping)
    assert stepping.routes[CALL] == STAIRS


def test_a_step_that_keeps_away_from_a_border_stays(stepping: Placement) -> None:
    frame = replace(stepping.scene.frames[0], id="own", parent="|cloud")
    stepping.scene = replace(stepping.scene, frames=(*stepping.scene.frames, frame))
    stepping.frames["own"] = Box(223, 20, 400, 400)
    _walled(stepping, Box(260, 100, 40, 40))
    level_stairs(stepping)
    assert stepping.routes[CALL] == STAIRS


def test_the_line_to_the_load_balancer_of_an_example_has_one_step(book: Book) -> None:
    picture = renderers.picture(advise(rules.load_story("relational-web-app"), book))
    line = next(line for line in picture.lines if line.tag and line.tag.step == 4)
    assert len(line.points) == 4
    assert violations(picture) == []
