"""The figures of a picture see each fault that is planted; generated architectures come the same from a seed."""

from dataclasses import replace
from math import hypot
from random import Random

import pytest

from advisor.advise import advise
from advisor.book import Book
from benchmarks.architectures import designs
from benchmarks.geometry import Measured, table
from benchmarks.stability import MOST_MOVED, compared, sentence, stability
from renderers.layout import arrange
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import foreign_frames, measure, texts
from renderers.layout.pages import A4, SLIDE
from renderers.layout.picture import Picture, PlacedLine, Point
from rules import load_story
from tests.renderers.samples import SAMPLES
from tests.renderers.test_order import fan


@pytest.fixture(scope="module")
def picture() -> Picture:
    return arrange(SAMPLES["web-and-batch"].architecture, "Sound")


def with_line(picture: Picture, line: PlacedLine, *points: Point) -> Picture:
    moved = replace(line, points=points)
    return replace(picture, lines=tuple(moved if one.id == line.id else one for one in picture.lines))


def crossed(picture: Picture) -> list[tuple[str, str]]:
    return line_crossings({line.id: line.points for line in picture.lines})


def test_a_crossing_is_counted_once_for_each_place(picture: Picture) -> None:
    line = picture.lines[0]
    level = next((a, b) for one in picture.lines[1:] for a, b in [one.points[:2]] if a[1] == b[1])
    x, y = (level[0][0] + level[1][0]) / 2, level[0][1]
    planted = with_line(picture, line, (x, y - 9), (x, y + 9))
    assert [pair for pair in crossed(planted) if line.id in pair]
    beside = with_line(picture, line, (x, y - 9), (x, y - 1))
    assert not [pair for pair in crossed(beside) if line.id in pair]


def test_lines_that_share_a_corner_do_not_cross() -> None:
    assert line_crossings({"a": ((0, 0), (10, 0)), "b": ((10, 0), (10, 10))}) == []
    assert line_crossings({"a": ((0, 0), (10, 0)), "b": ((5, -5), (5, 5))}) == [("a", "b")]


def test_crossings_are_those_of_each_horizontal_with_each_vertical_in_their_order() -> None:
    chance = Random(7)
    ends = [(chance.randrange(40), chance.randrange(40), chance.randrange(1, 20)) for _ in range(80)]
    level = {f"level-{at}": ((x, y), (x + w, y)) for at, (x, y, w) in enumerate(ends[:40])}
    upright = {f"upright-{at}": ((x, y), (x, y + h)) for at, (x, y, h) in enumerate(ends[40:])}
    expected = [
        (line, other)
        for line, ((left, y), (right, _)) in level.items()
        for other, ((x, top), (_, bottom)) in upright.items()
        if left + 1 < x < right - 1 and top + 1 < y < bottom - 1
    ]
    assert len(expected) > 20
    assert line_crossings(level | upright) == expected


def test_a_line_through_a_border_that_holds_neither_end_is_seen(picture: Picture) -> None:
    assert list(foreign_frames(picture)) == []
    line = next(line for line in picture.lines if line.target == "api.entry")
    vpc = next(group for group in picture.groups if group.id == "vpc").box
    planted = with_line(picture, line, (vpc.x - 9, vpc.cy), (vpc.right + 9, vpc.cy))
    assert (line.id, "vpc") in set(foreign_frames(planted))
    along = with_line(picture, line, (vpc.x, vpc.y - 9), (vpc.x, vpc.bottom + 9))
    assert not [pair for pair in foreign_frames(along) if pair[1] == "vpc"]


def test_a_line_may_run_through_the_borders_of_its_own_ends(picture: Picture) -> None:
    line = next(line for line in picture.lines if line.source == "report.compute")
    vpc = next(group for group in picture.groups if group.id == "vpc").box
    planted = with_line(picture, line, (vpc.x - 9, vpc.cy), (vpc.right + 9, vpc.cy))
    assert (line.id, "vpc") not in set(foreign_frames(planted))


def test_targets_in_the_opposite_order_of_their_steps_are_seen() -> None:
    drawn = arrange(fan(crossed=False), "Fan")
    found = measure(drawn)
    assert (found.ordered, found.against) == (1, 0)
    places = {node.id: node.box for node in drawn.nodes}
    swapped = {"a.part": places["b.part"], "b.part": places["a.part"]}
    turned = replace(drawn, nodes=tuple(replace(node, box=swapped.get(node.id, node.box)) for node in drawn.nodes))
    assert (measure(turned).ordered, measure(turned).against) == (0, 1)


def test_text_shrinks_with_the_size_of_the_picture(picture: Picture) -> None:
    smallest = min(block.size for block in texts(picture) if block.lines)
    fitting = replace(picture, width=1000.0, height=500.0)
    assert measure(fitting).a4_pt == pytest.approx(smallest * A4.w / 1000)
    assert measure(fitting).slide_pt == pytest.approx(smallest * SLIDE.w / 1000)
    assert measure(replace(picture, width=1000.0, height=5000.0)).a4_pt == pytest.approx(smallest * A4.h / 5000)


def test_small_words_are_seen_wherever_they_stand(picture: Picture) -> None:
    before = measure(picture).a4_pt
    tagged = next(line for line in picture.lines if line.tag and line.tag.words)
    assert tagged.tag
    assert tagged.tag.words
    tiny = replace(tagged, tag=replace(tagged.tag, words=replace(tagged.tag.words, size=2.0)))
    lines = tuple(tiny if one is tagged else one for one in picture.lines)
    assert measure(replace(picture, lines=lines)).a4_pt < before / 4


def test_an_empty_margin_counts_as_empty(picture: Picture) -> None:
    before = measure(picture)
    wide = measure(replace(picture, width=picture.width * 2))
    assert wide.empty > (1 + before.empty) / 2 - 0.02
    assert wide.aspect == pytest.approx(2 * before.aspect)


def test_generated_architectures_are_the_same_for_a_seed_and_spread_over_the_sizes(book: Book) -> None:
    drawn = [design for _, design in designs(5, book)]
    assert [one.architecture for one in drawn] == [one.architecture for _, one in designs(5, book)]
    sizes = [len(design.architecture.nodes) for design in drawn]
    assert sizes == sorted(sizes)
    assert sizes[0] <= 6
    assert 48 <= sizes[-1] <= 60


def test_the_table_has_a_row_for_each_class(picture: Picture) -> None:
    found = measure(picture)
    names = ("web-application", "generated-000")
    rows = table([Measured(name, "en", "right", found) for name in names]).splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == [
        "example workloads, left to right",
        "generated, up to 12 nodes, left to right",
    ]


def test_a_node_that_moves_and_one_that_passes_another_are_seen(picture: Picture) -> None:
    same = compared("same", picture, picture)
    assert (same.moved, same.kept) == (0.0, 1.0)
    first, *others = picture.nodes
    diagonal = hypot(picture.width, picture.height)
    far = replace(picture, nodes=(replace(first, box=first.box.moved(diagonal, 0)), *others))
    jumped = compared("jumped", picture, far)
    assert jumped.moved == pytest.approx(1 / (len(picture.nodes) + 1))  # the state machine is a node too
    assert jumped.kept < 1


def test_a_design_is_compared_with_itself_without_a_leaf(book: Book) -> None:
    (edit,) = stability([("graphql-api", advise(load_story("graphql-api"), book))], seed=1)
    assert 0 <= edit.moved <= MOST_MOVED
    assert edit.kept >= 0.5
    assert "1 designs" in sentence([edit])
