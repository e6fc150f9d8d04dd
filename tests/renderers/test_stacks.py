"""Many alike destinations of one sender are a stack where a single picture would be too small to read, and nothing is lost."""

from dataclasses import replace

import pytest

from advisor.book import Book
from advisor.text import LANGS, Lang, Text
from renderers.drawn import drawn
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.geometry import text_pt
from renderers.layout.pages import A4
from renderers.stacks import readable, stacked
from tests.renderers.test_destinations import KINDS, _to

MANY = 40


@pytest.mark.parametrize("lang", LANGS)
def test_one_picture_of_forty_destinations_can_be_read_on_a4(lang: Lang, book: Book) -> None:
    picture = arrange(readable(_to(MANY, book), ".svg", lang).architecture, "Announcements", lang=lang)
    assert text_pt(picture, A4) >= A4.least_pt
    assert violations(picture) == []


def test_every_destination_is_counted_and_named(book: Book) -> None:
    before = drawn(_to(MANY, book)).architecture
    after = stacked(before)
    counted = [int(node.title.en.rpartition(" × ")[2]) for node in after.nodes if " × " in node.title.en]
    assert len(counted) == len(KINDS)
    assert sum(counted) == MANY
    rows = [name for row in after.rows for name in row.words.en.partition(": ")[2].split(", ")]
    assert {f"Partner {n + 1}" for n in range(MANY)} <= set(rows)
    ends = {end for edge in after.edges for end in (edge.source, edge.target)}
    assert ends == {node.id for node in after.nodes}
    steps = [edge.step for edge in after.edges if edge.step is not None]
    assert sorted(steps) == list(range(1, len(steps) + 1))


def test_what_differs_is_no_stack(book: Book) -> None:
    before = drawn(_to(MANY, book)).architecture
    deliveries = [edge for edge in before.edges if edge.target.startswith("news.to-") and edge.label.en == "HTTPS"]
    other = replace(deliveries[0], label=Text("gRPC", "gRPC"))
    edges = tuple(other if edge.id == other.id else edge for edge in before.edges)
    after = stacked(replace(before, edges=edges))
    alone = next(node for node in after.nodes if node.id == other.target)
    assert alone == before.node(other.target)
    assert next(edge for edge in after.edges if edge.id == other.id).sentence == other.sentence


def test_a_dead_letter_queue_of_several_stays(book: Book) -> None:
    before = drawn(_to(MANY, book)).architecture
    own = [edge for edge in before.edges if edge.source.startswith("news.queue-") and edge.flow == "failure"]
    shared = own[0].target
    edges = tuple(replace(edge, target=shared) if edge in own else edge for edge in before.edges)
    nodes = tuple(node for node in before.nodes if node.id == shared or node.id not in {edge.target for edge in own})
    after = stacked(replace(before, nodes=nodes, edges=edges))
    assert [edge.target for edge in after.edges if edge.source == own[0].source and edge.flow == "failure"] == [shared]
    assert shared in {node.id for node in after.nodes}


def test_few_destinations_and_formats_that_are_edited_have_every_part(book: Book) -> None:
    few, many = _to(8, book), _to(MANY, book)
    assert stacked(drawn(few).architecture) == drawn(few).architecture
    for suffix in (".drawio", ".drawio.svg", ".mmd", ".py"):
        assert readable(many, suffix, "en").architecture == drawn(many).architecture
