"""Labels of pictures lose nothing that the product writes, and divide no Japanese word."""

from itertools import pairwise
from typing import Any

import pytest

from advisor.architecture import Architecture
from advisor.text import LANGS, Lang
from renderers.drawn import drawn
from renderers.drawn.table import endpoint_names
from renderers.katakana import divided
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.geometry import text_pt, texts
from renderers.layout.pages import SLIDE
from renderers.layout.picture import Direction
from renderers.words import ELLIPSIS
from tests.renderers.samples import CLOUD, edge, node, text

DIRECTIONS: tuple[Direction, ...] = ("right", "down")


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_long_list_of_endpoints_is_shown_in_full(lang: Lang, direction: Direction) -> None:
    names = sorted(set(endpoint_names().values()))
    separator = {"en": ", ", "ja": "、"}[lang]
    nodes = (
        node("a.compute", "ecs", text("Amazon ECS"), text("Orders"), group="cloud"),
        node("workload.vpc-endpoints", "vpc-endpoints", text("VPC endpoints"), text(separator.join(names)), kind="part", group="cloud"),
    )  # fmt: skip
    line = edge("a.compute", "reach-privately", "workload.vpc-endpoints", text("private"), "sync")
    picture = arrange(Architecture(nodes, (line,), (CLOUD,)), "Endpoints", lang=lang, direction=direction)
    note = next(one.note for one in picture.nodes if one.id == "workload.vpc-endpoints")
    assert note is not None
    assert len(names) > 10
    assert ("" if lang == "ja" else " ").join(note.lines).replace(" ", "") == separator.join(names).replace(" ", "")
    assert violations(picture) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("lang", LANGS)
def test_labels_of_stories_are_complete_and_divide_no_word(
    designs: dict[str, Any], lang: Lang, direction: Direction
) -> None:
    for name, design in designs.items():
        title = design.requirements.title.in_(lang)
        picture = arrange(drawn(design).architecture, title, lang=lang, direction=direction)
        for words in texts(picture):
            assert not any(ELLIPSIS in line for line in words.lines), (name, words.lines)
            for first, second in zip(words.lines, words.lines[1:], strict=False):
                before, after = katakana(first[::-1])[::-1], katakana(second)
                if before and after:
                    assert len(before) in divided(before + after).between, (name, first, second)


def katakana(line: str) -> str:
    """Return the katakana at the beginning of a line."""
    end = next((at for at, char in enumerate(line) if not ("ァ" <= char <= "ヺ" or char == "ー")), len(line))
    return line[:end]


def test_words_stay_beside_lines_where_there_is_room_although_the_text_is_small() -> None:
    names = [f"p{n}.compute" for n in range(16)]
    nodes = tuple(node(id, "lambda", text("AWS Lambda"), text(f"Program {id}"), group="cloud") for id in names)
    lines = [edge(a, "call", b, text("ask"), "sync", n) for n, (a, b) in enumerate(pairwise(names), 1)]
    lines += [edge(names[0], "tell", id, text("tell"), "async", 15 + n) for n, id in enumerate(names[8:], 1)]
    picture = arrange(Architecture(nodes, tuple(lines), (CLOUD,)), "Chain", page=SLIDE)
    assert text_pt(picture, SLIDE) < SLIDE.least_pt
    assert sum(line.tag is not None and line.tag.words is not None for line in picture.lines) > 5
    assert violations(picture) == []
