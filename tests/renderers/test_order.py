"""What comes first in a picture follows from the steps alone: one node more leaves the order of the others as it was."""

import statistics
from typing import Any

import pytest

from advisor.architecture import Architecture
from benchmarks.stability import stability
from renderers.layout.measure import build
from renderers.layout.placing.order import reading_order
from renderers.layout.placing.siblings import Exchanges, siblings
from renderers.layout.placing.sweeps import swept_order
from tests.renderers.samples import edge, node, text


def fan(crossed: bool) -> Architecture:
    """Two callers and two stores; with `crossed` the first caller uses the second store, so that the given order crosses."""
    names = ("client", "a", "b", "x", "y")
    nodes = tuple(node(f"{name}.part", "lambda", text(name)) for name in names)
    uses = (("a", "y", 3), ("b", "x", 4)) if crossed else (("a", "x", 3), ("b", "y", 4))
    lines = (("client", "a", 1), ("client", "b", 2), *uses)
    edges = tuple(edge(f"{a}.part", "call", f"{b}.part", text(""), "sync", step) for a, b, step in lines)
    return Architecture(nodes, edges, ())


def first_of(places: dict[str, int], a: str, b: str) -> str:
    return min((a, b), key=lambda name: places[f"{name}.part"])


@pytest.mark.parametrize("crossed", [False, True])
def test_branches_stand_in_the_order_of_their_steps_with_what_follows_them(crossed: bool) -> None:
    for order in (reading_order, swept_order):
        places = order(build(fan(crossed), "en"))
        assert first_of(places, "a", "b") == "a"
        assert first_of(places, "x", "y") == ("y" if crossed else "x")


def twice(**targets: str) -> Architecture:
    """Callers with the targets of each in the order of its steps, and nothing behind them."""
    lines = [(source, target) for source, used in targets.items() for target in used]
    nodes = tuple(node(f"{name}.part", "lambda", text(name)) for name in dict.fromkeys((*targets, *sum(lines, ()))))
    edges = (edge(f"{a}.part", "call", f"{b}.part", text(""), "sync", step) for step, (a, b) in enumerate(lines, 1))
    return Architecture(nodes, tuple(edges), ())


def test_targets_stand_in_step_order_where_as_many_lines_cross() -> None:
    places = swept_order(build(twice(a="xy", b="zx", c="y"), "en"))
    assert first_of(places, "x", "y") == "x"


def test_an_exchange_takes_along_what_only_they_lead_to() -> None:
    scene = build(twice(a="xy", x="u", y="v"), "en")
    places = {f"{name}.part": place for place, name in enumerate("ayvxu")} | {"|cloud": 5}
    before, after = ({"u.part": ["x.part"], "v.part": ["y.part"]}, {"x.part": ["u.part"], "y.part": ["v.part"]})
    ways = list(Exchanges(scene, {}, after, before).of(("x.part", "y.part"), places))
    assert all(way["x.part"] < way["y.part"] for way in ways)
    assert any(way["u.part"] < way["v.part"] for way in ways)


def test_siblings_are_targets_of_one_layer_in_the_order_of_their_steps() -> None:
    scene = build(twice(a="xyz", y="z"), "en")
    layers = {"a.part": 0, "x.part": 1, "y.part": 1, "z.part": 2}
    assert siblings(scene, layers, ()) == [("x.part", "y.part")]
    assert siblings(scene, layers, {"a.part>call>x.part"}) == []


def test_what_one_border_holds_stands_together(designs: dict[str, Any]) -> None:
    for design in designs.values():
        scene = build(design.architecture, "en")
        places = swept_order(scene)
        for frame in scene.frames:
            inside = {item.id for item in scene.items if item.parent == frame.id}
            span = [places[id] for id in inside]
            within = [id for id, place in places.items() if span and min(span) <= place <= max(span)]
            parents = {item.id: item.parent for item in scene.items} | {each.id: each.parent for each in scene.frames}
            for id in within:
                above: str | None = id
                while above is not None and parents[above] != frame.id:
                    above = parents[above]
                assert above is not None, (frame.id, id)


def test_one_node_more_leaves_the_order_of_stories(designs: dict[str, Any]) -> None:
    edits = list(stability(list(designs.items()), 1))
    assert len(edits) > 10
    assert statistics.fmean(edit.kept for edit in edits) >= 0.94
    assert statistics.fmean(edit.moved for edit in edits) <= 0.06
