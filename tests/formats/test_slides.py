"""PowerPoint files are opened by python-pptx: native shapes, glued connectors, editable text, reasons in the notes."""

import re
import zipfile
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

import renderers
from advisor.design import Design
from renderers.layout.picture import Box, Point
from renderers.slides.connectors import Shape, pieces, shape, side
from tests.renderers.samples import HOSTILE, SAMPLES


def opened(made: bytes) -> Any:
    return Presentation(BytesIO(made))


def every(shapes: Any) -> list[Any]:
    found = []
    for one in shapes:
        found.append(one)
        if one.shape_type == MSO_SHAPE_TYPE.GROUP:
            found += every(one.shapes)
    return found


def drawn(placed: Shape) -> list[Point]:
    """Return the points that Office draws of a connector, as DrawingML defines its presets, flips and turns."""
    box = placed.box
    x1 = (*(value / 100_000 for value in placed.adjustments), 0.0)[0]
    ways = {
        "straightConnector1": [(0, 0), (1, 1)],
        "bentConnector2": [(0, 0), (1, 0), (1, 1)],
        "bentConnector3": [(0, 0), (x1, 0), (x1, 1), (1, 1)],
    }
    points = []
    for across, down in ways[placed.preset]:
        u, v = (across - 0.5) * box.w, (down - 0.5) * box.h
        u, v = -u if placed.flip_h else u, -v if placed.flip_v else v
        u, v = (-v, u) if placed.turned else (u, v)
        points.append((box.cx + u, box.cy + v))
    return points


def _among(point: Point, others: list[Point]) -> bool:
    return any(max(abs(point[0] - x), abs(point[1] - y)) < 0.1 for x, y in others)


@given(
    st.lists(st.integers(-500, 500).filter(lambda step: abs(step) > 2), min_size=1, max_size=8),
    st.booleans(),
)
def test_a_connector_has_the_bends_of_its_line(steps: list[int], upright: bool) -> None:
    points = [(300.0, 400.0)]
    for number, step in enumerate(steps):
        x, y = points[-1]
        points.append((x, y + step) if (number % 2 == 0) == upright else (x + step, y))
    parts = pieces(tuple(points))
    assert all(before[-1] == after[0] for before, after in pairwise(parts))
    bends = [[part[0], *part[1:-1]] for part in map(drawn, map(shape, parts))]
    joints = [part[0] for part in parts[1:]]
    made = [point for part in bends for point in part if not _among(point, joints)] + [drawn(shape(parts[-1]))[-1]]
    assert len(made) == len(points)
    for (x, y), (ours_x, ours_y) in zip(made, points, strict=True):
        assert max(abs(x - ours_x), abs(y - ours_y)) < 1


def test_a_line_touches_the_nearest_side() -> None:
    box = Box(10, 10, 40, 40)
    assert [side(at, box) for at in ((30, 10), (10, 20), (35, 50), (50, 30))] == [0, 1, 2, 3]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_slide_has_native_shapes_and_every_text(designs: dict[str, Design], lang: Any) -> None:
    design = designs["web-application"]
    made = opened(renderers.draw(design, ".pptx", lang=lang))
    assert (made.slide_width / made.slide_height) == pytest.approx(16 / 9, abs=0.01)
    (slide,) = made.slides
    shapes = every(slide.shapes)
    texts = "\n".join(one.text_frame.text for one in shapes if one.has_text_frame)
    picture = renderers.picture(design, lang=lang)
    assert slide.shapes.title.text_frame.text == "\n".join(picture.title.lines)
    for node in picture.nodes:
        assert "\n".join(node.title.lines) in texts
    assert picture.legend is not None
    assert all("\n".join(step.words.lines) in texts for step in picture.legend.steps)
    names = {one.name for one in shapes if one.shape_type == MSO_SHAPE_TYPE.GROUP}
    assert {node.label for node in picture.nodes} <= names
    right, bottom = made.slide_width, made.slide_height
    assert all(one.left >= 0 and one.left + one.width <= right + 1 for one in shapes if one.width)
    assert all(one.top >= 0 and one.top + one.height <= bottom + 1 for one in shapes if one.height)
    assert len({one.shape_id for one in shapes}) == len(shapes)


def test_lines_are_connectors_glued_to_their_parts(designs: dict[str, Design]) -> None:
    (slide,) = opened(renderers.draw(designs["web-application"], ".pptx")).slides
    ids = {one.shape_id for one in every(slide.shapes)}
    picture = renderers.picture(designs["web-application"])
    assert picture.legend is not None
    glued = slide.shapes._spTree.xpath(".//p:cxnSp[.//a:stCxn and .//a:endCxn]")
    parts = sum(len(pieces(line.points)) for line in picture.lines)
    assert len(glued) == parts
    assert {int(id) for id in slide.shapes._spTree.xpath(".//a:stCxn/@id | .//a:endCxn/@id")} <= ids
    lines = [line for line in picture.legend.lines if not line.icon]
    assert len(slide.shapes._spTree.xpath(".//p:cxnSp")) == parts + len(lines)


@pytest.mark.parametrize("name", ["web-application", "business-process-integration"])
def test_ids_are_unique_and_groups_are_as_large_as_what_they_hold(designs: dict[str, Design], name: str) -> None:
    (slide,) = opened(renderers.draw(designs[name], ".pptx")).slides
    ids = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
    assert len(ids) == len(set(ids)) > 50
    groups = [one for one in every(slide.shapes) if one.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert len(groups) > 10
    for group in groups:
        inside = list(group.shapes)
        assert (group.left, group.top) == (min(one.left for one in inside), min(one.top for one in inside))
        assert group.left + group.width == max(one.left + one.width for one in inside)
        assert group.top + group.height == max(one.top + one.height for one in inside)


def test_the_notes_give_the_reasons(designs: dict[str, Design]) -> None:
    design = designs["web-application"]
    (slide,) = opened(renderers.draw(design, ".pptx", lang="ja")).slides
    notes = slide.notes_slide.notes_text_frame.text
    choice = design.decision.subjects[0].choices[0]
    assert choice.because[0].sentence.ja in notes


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_design_gives_the_same_file_without_dates(name: str) -> None:
    made = {renderers.draw(SAMPLES[name], ".pptx", theme="dark") for _ in range(2)}
    assert len(made) == 1
    file = zipfile.ZipFile(BytesIO(made.pop()))
    assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = file.read("docProps/core.xml").decode()
    assert not re.search(r"20\d\d-|Canny", core)


def test_words_of_users_are_only_words() -> None:
    (slide,) = opened(renderers.draw(SAMPLES["hostile"], ".pptx")).slides
    texts = "".join(one.text_frame.text for one in every(slide.shapes) if one.has_text_frame)
    assert HOSTILE[0][:8] in texts
