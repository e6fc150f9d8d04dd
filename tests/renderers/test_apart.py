"""Flows that share no line and no border within the cloud are packed beside and below each other, where that reads better."""

from dataclasses import replace
from itertools import pairwise

import pytest

from advisor.architecture import Architecture, Group, Node
from advisor.text import LANGS, Lang
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.drawing import place
from renderers.layout.geometry import foreign_frames, measure
from renderers.layout.measure import build
from renderers.layout.pages import usual
from renderers.layout.picture import Direction
from renderers.layout.placement import Placement
from renderers.layout.placing.apart import apart, flows
from renderers.layout.placing.engine import ENGINE
from renderers.layout.scene import Scene
from tests.renderers.samples import CLOUD, edge, group, node, text

DIRECTIONS: tuple[Direction, ...] = ("right", "down")
VPC = group("vpc", "vpc", text("VPC"), "cloud")


def chain(name: str, length: int, frame: str = "cloud", *, called: bool = False) -> Architecture:
    """One function after the other, called by a client if asked for."""
    nodes: list[Node] = [
        node(f"{name}{n}.compute", "lambda", text("AWS Lambda"), text(f"{name} {n}"), group=frame)
        for n in range(length)
    ]
    if called:
        nodes.insert(0, node(f"{name}.client", "client", text("Users"), kind="outside"))
    edges = [edge(a.id, "call", b.id, text("invoke"), "sync", step) for step, (a, b) in enumerate(pairwise(nodes), 1)]
    return Architecture(tuple(nodes), tuple(edges), (CLOUD,))


def together(*parts: Architecture, groups: tuple[Group, ...] = (CLOUD,)) -> Architecture:
    """Several architectures in one cloud, their steps numbered on."""
    edges = [one for part in parts for one in part.edges]
    numbered = tuple(replace(one, step=step) for step, one in enumerate(edges, 1))
    return Architecture(tuple(one for part in parts for one in part.nodes), numbered, groups)


def packed(architecture: Architecture, direction: Direction) -> Placement | None:
    scene = build(architecture, "en", direction)
    pages = usual(direction)
    return apart(scene, direction, pages, lambda part: place(part, direction, ENGINE)[0])


def names(parts: list[Scene]) -> list[list[str]]:
    return [[item.id for item in part.items] for part in parts]


def test_what_shares_a_line_or_a_border_is_one_flow() -> None:
    a, b, c = chain("a", 2), chain("b", 3), chain("c", 2, "vpc")
    assert names(flows(build(together(b, a), "en"))) == [
        ["b0.compute", "b1.compute", "b2.compute"],
        ["a0.compute", "a1.compute"],
    ]
    assert len(flows(build(together(chain("x", 2, "vpc"), c, groups=(CLOUD, VPC)), "en"))) == 1
    joined = together(a, b)
    line = edge("a1.compute", "call", "b2.compute", text("invoke"), "sync", 9)
    assert len(flows(build(replace(joined, edges=(*joined.edges, line)), "en"))) == 1
    assert packed(chain("a", 3), "right") is None


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_short_flows_stand_beside_each_other_below_a_long_one(direction: Direction) -> None:
    found = packed(together(chain("a", 7), chain("b", 3), chain("c", 3)), direction)
    assert found is not None
    a, b, c = (found.items[f"{name}0.compute"] for name in "abc")
    across = (lambda box: box.y) if direction == "right" else (lambda box: box.x)
    along = (lambda box: box.x) if direction == "right" else (lambda box: box.y)
    assert across(a) < across(b)
    assert abs(across(b) - across(c)) < 60
    assert along(b) + 200 < along(c)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_callers_stay_outside_the_cloud(direction: Direction) -> None:
    found = packed(together(chain("a", 3, called=True), chain("b", 3, called=True), chain("c", 2)), direction)
    assert found is not None
    cloud = found.frames["cloud"]
    for id, box in found.items.items():
        assert cloud.overlaps(box) is (not id.endswith("client")), id


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_picture_of_separate_flows_is_sound(direction: Direction, lang: Lang) -> None:
    architecture = together(
        chain("a", 7, called=True), chain("b", 3), chain("c", 4, "vpc"), chain("d", 3), groups=(CLOUD, VPC)
    )
    picture = arrange(architecture, "Flows", lang=lang, direction=direction)
    assert violations(picture) == []
    assert list(foreign_frames(picture)) == []
    assert measure(picture).crossings == 0
    assert {one.id for one in picture.nodes} == {one.id for one in architecture.nodes}


def test_a_flow_that_the_cloud_does_not_hold_leaves_all_as_one() -> None:
    a, b = chain("a", 2), chain("b", 2, "elsewhere")
    scene = build(together(a, b, groups=(CLOUD, group("elsewhere", "vpc", text("Elsewhere"), "cloud"))), "en")
    assert len(flows(scene)) == 2
    beside = replace(
        scene, frames=tuple(replace(frame, parent=None) if frame.id == "elsewhere" else frame for frame in scene.frames)
    )
    assert flows(beside) == [beside]
    outside = replace(
        scene, items=tuple(replace(item, parent=None) if item.id.startswith("a") else item for item in scene.items)
    )
    assert flows(outside) == [outside]
    assert flows(replace(scene, items=(), frames=(), links=())) == [replace(scene, items=(), frames=(), links=())]
