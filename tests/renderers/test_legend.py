"""The legend takes the place where the canvas is smallest: in as many columns as fit below, in a slim one beside."""

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from renderers.layout.labelling import legend
from renderers.layout.scene import Link, Scene, block


@pytest.fixture
def many_steps() -> Scene:
    words = block("", 12.0, 100.0)
    links = tuple(
        Link(str(n), "a", "b", "sync", n, words, "The orders function writes items to the table") for n in range(1, 61)
    )
    return Scene(items=(), frames=(), links=links, lang="en")


def test_a_legend_below_a_very_wide_picture_is_as_wide_as_that(many_steps: Scene) -> None:
    drawn = legend.below(many_steps, 0.0, 0.0, 5000.0)
    assert drawn is not None
    assert drawn.box.right > 4500


def test_a_short_legend_beside_a_picture_is_slim(book: Book) -> None:
    drawn = renderers.picture(advise(rules.load_story("kubernetes-jobs"), book)).legend
    assert drawn is not None
    assert drawn.beside
    assert drawn.box.w < 200
