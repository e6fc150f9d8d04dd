"""What a trial has laid out is not laid out again for the picture, and what is kept is never changed by it."""

import sys
from dataclasses import replace
from typing import Any

import pytest

from renderers.layout import arrange, clear_cache
from renderers.layout.labelling.label import label
from renderers.layout.pages import A4, SLIDE
from renderers.sheets.at_once import at_once
from tests.renderers.samples import SAMPLES

SAMPLE = SAMPLES["integration"].architecture
#: The module, which a function of its package hides.
legible = sys.modules["renderers.sheets.legible"]


@pytest.fixture
def labelled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The placements that are finished from now on."""
    found: list[Any] = []

    def counted(placement: Any, tags: Any) -> None:
        found.append(placement)
        label(placement, tags)

    monkeypatch.setattr("renderers.layout.drawing.label", counted)
    clear_cache()
    return found


def test_a_picture_takes_the_layout_of_its_trial(labelled: list[Any]) -> None:
    arrange(SAMPLE, "T", page=A4, is_trial=True)
    tried = len(labelled)
    arrange(SAMPLE, "Another title", page=replace(A4, least_pt=1.0))
    assert tried
    assert len(labelled) == tried
    arrange(SAMPLE, "T", page=SLIDE)
    assert len(labelled) > tried


def test_what_is_kept_is_not_changed_by_a_picture() -> None:
    clear_cache()
    first = arrange(SAMPLE, "T", page=A4)
    again = [arrange(SAMPLE, title, page=replace(A4, least_pt=pt)) for title, pt in (("U", 1.0), ("T", 2.0))]
    clear_cache()
    assert first == again[1] == arrange(SAMPLE, "T", page=A4)
    assert again[0].nodes == first.nodes


def test_across_the_page_only_what_promises_to_be_larger_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    sizes = {("right", False): 7.0, ("down", True): 4.0, ("down", False): 9.0}

    def drawing_of(*_: Any, page: Any, is_trial: bool = False, **__: Any) -> Any:
        drawn.append(f"{page.direction}{' trial' * is_trial}")
        return page.direction, is_trial

    monkeypatch.setattr(legible, "arrange", drawing_of)
    monkeypatch.setattr(legible, "text_pt", lambda picture, _: sizes[picture])
    monkeypatch.setattr(legible, "_is_mostly_steps", lambda *_: False)
    monkeypatch.setattr(legible, "_brief", lambda _: ())
    architecture = replace(SAMPLE, nodes=tuple(replace(node, states=()) for node in SAMPLE.nodes))
    assert legible.drawn(architecture, "T", "en", SLIDE)[0] == ("right", False)
    assert drawn == ["right", "down trial"]
    drawn.clear()
    sizes["down", True] = 8.6  # nearly readable
    legible.drawn(architecture, "T", "en", SLIDE)
    assert drawn == ["right", "down trial", "down"]
    drawn.clear()
    sizes["down", True], sizes["right", False] = 7.5, 7.0  # not readable, but larger than what there is
    legible.drawn(architecture, "T", "en", SLIDE)
    assert drawn == ["right", "down trial", "down"]


def test_several_at_once_keep_their_order_and_their_error() -> None:
    assert at_once(lambda n: n * n, range(20)) == [n * n for n in range(20)]
    assert at_once(str, [1]) == ["1"]
    assert at_once(str, []) == []
    with pytest.raises(ZeroDivisionError):
        at_once(lambda n: 1 // n, (2, 1, 0))
