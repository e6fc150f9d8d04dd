"""The scale of pictures as PNG: sharp where they are read, and no larger."""

from math import ceil

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.text import LANGS
from renderers import png
from renderers.layout.picture import Direction

A4_PIXELS = 3508 * 2480


@pytest.mark.parametrize("name", rules.STORIES)
@pytest.mark.parametrize("direction", ["right", "down"])
def test_every_story_is_drawn_at_twice_its_size(name: str, direction: Direction, book: Book) -> None:
    design = advise(rules.load_story(name), book)
    for lang in LANGS:
        picture = renderers.picture(design, lang=lang, direction=direction)
        assert png.fitting(picture.width, picture.height) == 2.0


def test_a_large_picture_has_the_pixels_of_a_page_at_300_dpi() -> None:
    scale = png.fitting(2224, 1362)
    assert 1.0 < scale < 2.0
    assert 0.99 * A4_PIXELS < 2224 * scale * 1362 * scale <= A4_PIXELS + 1


def test_no_picture_is_smaller_than_itself_as_long_as_viewers_take_it() -> None:
    assert png.fitting(5000, 4000) == 1.0
    assert 20_000 * 16_000 * png.fitting(20_000, 16_000) ** 2 == pytest.approx(64_000_000)


def test_the_scale_never_grows_with_the_picture() -> None:
    scales = [png.fitting(side, side) for side in range(ceil(A4_PIXELS**0.5 / 3), 20_000, 50)]
    assert scales == sorted(scales, reverse=True)
    assert scales[0] == 2.0
