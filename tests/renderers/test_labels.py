"""Labels of pictures lose nothing that the product writes, and divide no Japanese word."""

from typing import Any

import pytest

from advisor.architecture import Architecture
from advisor.text import LANGS, Lang
from renderers.drawn import drawn
from renderers.drawn.table import endpoint_names
from renderers.katakana import divided
from renderers.layout import arrange
from renderers.layout.check import violations
from renderers.layout.geometry import texts
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
