"""No picture may have anything overlapping, crossed or outside its border: samples, stories, hostile texts."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from renderers.drawn import drawn
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.geometry import Geometry, measure
from renderers.layout.picture import Box, Direction, Picture
from renderers.layout.placing.engine import Engine
from tests.advisor.test_shared_balancers import service
from tests.renderers.samples import SAMPLES, dead_letters

DIRECTIONS: tuple[Direction, ...] = ("right", "down")
WITHOUT = Engine(("no-such-program",))


def draw(design: Any, lang: Lang, direction: Direction, **options: Any) -> Picture:
    architecture = drawn(design).architecture
    return arrange(architecture, design.requirements.title.in_(lang), lang=lang, direction=direction, **options)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_sound(name: str, lang: Lang, direction: Direction) -> None:
    picture = draw(SAMPLES[name], lang, direction)
    assert picture.engine == "elk"
    assert violations(picture) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_stories_are_sound(designs: dict[str, Any], lang: Lang, direction: Direction) -> None:
    wrong = {name: violations(draw(design, lang, direction)) for name, design in designs.items()}
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.fixture(scope="module")
def measured(designs: dict[str, Any]) -> Callable[[Lang, Direction], dict[str, Geometry]]:
    """What is measured on the pictures of all stories, which are drawn once in a language and direction."""
    return cache(
        lambda lang, direction: {name: measure(draw(design, lang, direction)) for name, design in designs.items()}
    )


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_lines_of_stories_hardly_cross_and_keep_out_of_borders_that_are_not_theirs(
    measured: Callable[[Lang, Direction], dict[str, Geometry]], lang: Lang, direction: Direction
) -> None:
    found = measured(lang, direction)
    assert {name: one.foreign for name, one in found.items() if one.foreign} == {}
    assert {name: one.crossings for name, one in found.items() if one.crossings > 1} == {}


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_targets_of_stories_stand_in_the_order_of_their_steps(
    measured: Callable[[Lang, Direction], dict[str, Geometry]], lang: Lang, direction: Direction
) -> None:
    found = measured(lang, direction)
    assert {name: one.against for name, one in found.items() if one.against} == {}
    assert sum(one.ordered for one in found.values()) > 20


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_icons_of_stories_stand_in_rows_and_columns(designs: dict[str, Any], direction: Direction) -> None:
    found = [measure(draw(design, "en", direction)) for design in designs.values()]
    askew = sum(one.askew for one in found)
    assert askew <= 0.05 * (askew + sum(one.in_line for one in found))


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_stories_are_sound_without_the_engine(designs: dict[str, Any], direction: Direction) -> None:
    for name, design in designs.items():
        picture = draw(design, "ja", direction, engine=WITHOUT)
        assert picture.engine == "layered"
        assert violations(picture) == [], name


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_stories_fit_a_page(designs: dict[str, Any], direction: Direction) -> None:
    for name, design in designs.items():
        picture = draw(design, "en", direction)
        if len(picture.nodes) + len(picture.states) >= 6:
            assert 0.5 <= picture.width / picture.height <= 3, name


def test_every_part_is_drawn(designs: dict[str, Any]) -> None:
    for name, design in designs.items():
        picture = draw(design, "en", "right")
        architecture = drawn(design).architecture
        marks = {mark.id for node in picture.nodes for mark in node.marks}
        shown = {node.id for node in picture.nodes} | {group.id for group in picture.groups if group.label}
        assert shown | dead_letters(architecture, marks) == {node.id for node in architecture.nodes}, name
        assert {edge.id for edge in architecture.edges} <= {line.id for line in picture.lines} | marks, name


def sound() -> Picture:
    picture = draw(SAMPLES["web-and-batch"], "en", "right")
    assert violations(picture) == []
    return picture


def test_sees_icons_on_each_other() -> None:
    picture = sound()
    first, second, *rest = picture.nodes
    moved = replace(second, box=first.box)
    assert any("overlaps" in found for found in violations(replace(picture, nodes=(first, moved, *rest))))


def test_sees_an_icon_that_misses_its_row() -> None:
    picture = sound()
    before = measure(picture)
    rows = [node.box.cy for node in picture.nodes]
    at = next(number for number, row in enumerate(rows) if rows.count(row) > 1)
    off = replace(picture.nodes[at], box=picture.nodes[at].box.moved(0, 6))
    after = measure(replace(picture, nodes=(*picture.nodes[:at], off, *picture.nodes[at + 1 :])))
    assert after.askew > before.askew
    assert after.in_line < before.in_line


def test_sees_a_node_outside_its_group() -> None:
    picture = sound()
    node = next(node for node in picture.nodes if node.id == "report.compute")
    away = replace(node, box=node.box.moved(0, 900), title=node.title.moved(0, 900), note=None)
    nodes = tuple(away if one is node else one for one in picture.nodes)
    assert any("is outside" in found for found in violations(replace(picture, nodes=nodes)))


def test_sees_a_line_through_an_icon_and_off_its_end() -> None:
    picture = sound()
    line, other = picture.lines[0], next(node for node in picture.nodes if node.id == "api.entry")
    through = replace(line, points=((other.box.x - 40, other.box.cy), (other.box.right + 40, other.box.cy)))
    found = violations(replace(picture, lines=(through, *picture.lines[1:])))
    assert any("runs through node api.entry" in one for one in found)
    assert any("does not reach" in one for one in found)


def test_sees_a_line_through_a_title_and_lines_on_each_other() -> None:
    picture = sound()
    title = next(group for group in picture.groups if group.id == "vpc").title.box
    a, b = picture.lines[:2]
    across = ((title.x - 50, title.cy), (title.right + 50, title.cy))
    lines = (replace(a, points=across), replace(b, points=across), *picture.lines[2:])
    found = violations(replace(picture, lines=lines))
    assert any("runs through heading of vpc" in one for one in found)
    assert any("on top of each other" in one for one in found)


def test_sees_what_leaves_the_canvas_or_lies_over_a_tag() -> None:
    picture = sound()
    assert any("canvas" in found for found in violations(replace(picture, width=picture.width - 200)))
    line = next(line for line in picture.lines if line.tag)
    over = replace(picture.nodes[0], box=Box(line.tag.box.x, line.tag.box.y, 56, 56))
    assert any("tag of" in found for found in violations(replace(picture, nodes=(over, *picture.nodes[1:]))))


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("count", [2, 5, 12])
def test_services_behind_one_load_balancer_are_sound(count: int, direction: Direction, book: Book) -> None:
    services = [service(f"service-{number}", reads=["data"], writes=["data"]) for number in range(count)]
    answers = {"title": "Shop", "components": services, "stores": [{"id": "data", "access": "key-value"}]}
    design = advise(make_requirements({**answers, "workload": {"estate": "containers"}}), book)
    picture = draw(design, "en", direction)
    assert violations(picture) == []
    assert [node.id for node in picture.nodes if node.id.endswith("entry")] == ["workload.public-entry"]
