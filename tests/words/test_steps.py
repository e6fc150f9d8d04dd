"""The steps of a diagram tell connections apart: no two of one story are the same sentence, in either language."""

from collections import Counter

import pytest

import rules
from advisor.design import Design
from advisor.text import LANGS


@pytest.mark.parametrize("story", rules.STORIES)
def test_no_two_steps_of_a_diagram_are_the_same_sentence(story: str, designs: dict[str, Design]) -> None:
    edges = [edge for edge in designs[story].architecture.edges if edge.step is not None]
    assert edges
    for lang in LANGS:
        counted = Counter(edge.sentence.in_(lang) for edge in edges)
        assert [sentence for sentence, count in counted.items() if count > 1] == []
