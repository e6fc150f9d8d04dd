"""What has no lines takes a free place inside its border; a border grows only where nothing is in the way."""

from typing import Any

import pytest

from advisor.architecture import Architecture
from renderers.drawn import drawn
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.geometry import text_pt
from renderers.layout.measure import build
from renderers.layout.pages import SLIDE
from renderers.layout.picture import Box
from renderers.layout.placement import Placement
from renderers.layout.placing.growing import grown
from renderers.layout.placing.spare import place_spare, without_spare
from tests.renderers.samples import CLOUD, edge, group, node, text

VPC = group("vpc", "vpc", text("VPC"), "cloud")
PUBLIC = group("public", "public-subnet", text("Public subnets"), "vpc")


@pytest.fixture
def placement() -> Placement:
    """A function with a store in a VPC, a store outside it; an endpoint and a subnet with a NAT gateway have no lines."""
    nodes = (
        node("f.part", "lambda", text("F"), group="vpc"),
        node("s.part", "dynamodb", text("S"), group="cloud"),
        node("e.part", "lambda", text("E"), group="vpc"),
        node("n.part", "lambda", text("N"), group="public"),
    )
    edges = (edge("f.part", "write", "s.part", text("")),)
    scene = build(Architecture(nodes, edges, (CLOUD, VPC, PUBLIC)), "en")
    connected, _ = without_spare(scene, is_deep=True)
    placement = Placement(connected, "right")
    placement.items = {"f.part": Box(100, 100, 48, 48), "s.part": Box(400, 100, 48, 48)}
    placement.frames = {"cloud": Box(0, 0, 500, 260), "vpc": Box(60, 60, 130, 140)}
    placement.routes = {"f.part>write>s.part": ((148, 124), (400, 124))}
    placement.scene = scene
    return placement


def test_items_and_whole_borders_without_lines_are_left_out(placement: Placement) -> None:
    connected, spare = without_spare(placement.scene, is_deep=True)
    assert {item.id for item in connected.items} == {"f.part", "s.part"}
    assert {frame.id for frame in connected.frames} == {"cloud", "vpc"}
    assert [(each.parent, each.frame.id if each.frame else None) for each in spare] == [
        ("vpc", "public"),
        ("vpc", None),
    ]
    assert without_spare(placement.scene)[1] == ()


def test_they_are_placed_inside_a_border_that_grows_around_them(placement: Placement) -> None:
    scene = placement.scene
    placement.scene, spare = without_spare(scene, is_deep=True)
    assert place_spare(placement, scene, spare)
    vpc, public = placement.frames["vpc"], placement.frames["public"]
    boxes = {item.id: placement.item_box(item) for item in scene.items}
    assert vpc.holds(public)
    assert public.holds(boxes["n.part"])
    assert vpc.holds(boxes["e.part"])
    assert placement.frames["cloud"].holds(vpc)
    assert not public.overlaps(boxes["e.part"])
    assert not vpc.overlaps(boxes["s.part"])
    assert not any(boxes["f.part"].overlaps(box) for box in (public, boxes["e.part"]))


def test_what_has_no_lines_in_one_border_stands_in_one_row_where_there_is_room(placement: Placement) -> None:
    ids = ("k.part", "l.part", "m.part")
    nodes = (
        *(node(f"{id}.part", "lambda", text(id), group="cloud") for id in ("f", "s")),
        *(node(id, "lambda", text(id), text("below" * number), group="cloud") for number, id in enumerate(ids, 1)),
    )
    scene = build(Architecture(nodes, (edge("f.part", "write", "s.part", text("")),), (CLOUD,)), "en")
    placement.scene, spare = without_spare(scene)
    placement.frames = {"cloud": Box(0, 0, 560, 420)}
    placement.items = {"f.part": Box(40, 320, 48, 48), "s.part": Box(440, 300, 48, 48)}
    placement.routes = {"f.part>write>s.part": ((88, 330), (440, 330))}
    assert place_spare(placement, scene, spare)
    assert len({placement.items[id].cy for id in ids}) == 1


def test_a_border_grows_with_those_around_it(placement: Placement) -> None:
    items = [item for item in placement.scene.items if item.id in placement.items]
    found = grown(placement, items, "vpc", Box(60, 60, 130, 220))
    assert found is not None
    assert found["vpc"] == Box(60, 60, 130, 220)
    assert found["cloud"].bottom > 280


@pytest.mark.parametrize("fault", ["thing", "border", "line", "words"])
def test_a_border_does_not_grow_over_anything_foreign(placement: Placement, fault: str) -> None:
    larger = Box(60, 60, 130, 220)
    if fault == "thing":
        placement.items["s.part"] = Box(100, 220, 48, 48)
    elif fault == "border":
        homes = (("f", "vpc"), ("n", "public"))
        nodes = tuple(node(f"{id}.part", "lambda", text(id), group=home) for id, home in homes)
        public = group("public", "public-subnet", text("Public subnets"), "cloud")
        placement.scene = build(Architecture(nodes, (), (CLOUD, VPC, public)), "en")
        placement.frames["public"] = Box(70, 210, 90, 40)
        placement.routes, placement.items = {}, {"f.part": Box(100, 100, 48, 48)}
    elif fault == "line":
        placement.routes["f.part>write>s.part"] = ()
        nodes = tuple(
            node(f"{id}.part", "lambda", text(id), group=home)
            for id, home in (("f", "vpc"), ("s", "cloud"), ("t", "cloud"))
        )
        placement.scene = build(Architecture(nodes, (edge("t.part", "call", "s.part", text("")),), (CLOUD, VPC)), "en")
        placement.items["t.part"] = Box(4, 220, 20, 20)
        placement.routes = {"t.part>call>s.part": ((24, 230), (424, 230), (424, 148))}
    else:
        placement.tags["f.part>write>s.part"] = Box(100, 230, 60, 20)
    items = [item for item in placement.scene.items if item.id in placement.items]
    assert grown(placement, items, "vpc", larger) is None


def test_what_has_no_lines_in_a_story_stands_beside_the_rest_and_text_is_large(designs: dict[str, Any]) -> None:
    picture = arrange(drawn(designs["kubernetes-jobs"]).architecture, "Jobs")
    assert violations(picture) == []
    assert text_pt(picture, SLIDE) >= SLIDE.least_pt
    boxes = {group.id: group.box for group in picture.groups}
    private = next(box for id, box in boxes.items() if "private" in id)
    endpoints = next(node.whole for node in picture.nodes if "vpc-endpoints" in node.id)
    assert endpoints.right < private.x or endpoints.x > private.right
