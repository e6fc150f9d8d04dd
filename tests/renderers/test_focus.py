"""Two large designs beside each other: where the text would be too small on A4, what differs and what it is connected to."""

from dataclasses import replace
from functools import partial

import pytest

from advisor.architecture import Architecture, Node
from advisor.text import LANGS, Lang
from renderers.beside import arrange_beside, differences
from renderers.beside.aligning import aligned
from renderers.beside.focus import FEW, focused
from renderers.layout.check import violations
from renderers.layout.geometry import text_pt
from renderers.layout.pages import A4
from renderers.layout.picture import Picture
from tests.renderers.samples import edge, group, node, text

CLOUD = group("|cloud", "cloud", text("AWS Cloud"))


def chains(count: int) -> Architecture:
    """So many functions, each of which writes to a table of its own."""
    parts: list[Node] = []
    for n in range(count):
        parts += [node(f"f{n}.compute", "lambda", text(f"Function {n}"), group="|cloud")]
        parts += [node(f"t{n}.store", "dynamodb", text(f"Table {n}"), group="|cloud")]
    edges = tuple(edge(f"f{n}.compute", "write", f"t{n}.store", text("write"), "data") for n in range(count))
    return Architecture(tuple(parts), edges, (CLOUD,))


def with_queue(before: Architecture) -> Architecture:
    """The same with a queue to which the fourth function sends."""
    queue = node("q.messaging", "sqs", text("Queue"), group="|cloud")
    return replace(
        before,
        nodes=(*before.nodes, queue),
        edges=(*before.edges, edge("f3.compute", "send", "q.messaging", text("send"), "async")),
    )


def ids(picture: Picture) -> set[str]:
    return {each.id for each in picture.nodes}


@pytest.mark.parametrize("lang", LANGS)
def test_what_differs_is_drawn_with_what_it_is_connected_to(lang: Lang) -> None:
    before = chains(15)
    drawn = partial(arrange_beside, before, with_queue(before), ("Before", "After"), "T", lang=lang)
    whole, part = drawn(), drawn(page=A4)
    assert len(whole.nodes) == 30 + 31
    assert text_pt(whole, A4) < A4.least_pt <= text_pt(part, A4)
    assert ids(part) == {"before.f3.compute", "after.f3.compute", "after.q.messaging"}
    assert violations(part) == []
    rows = [" ".join(line.words.lines) for line in part.legend.lines] if part.legend else []
    assert any("29" in row for row in rows)
    assert "29" in part.description


def test_a_changed_connection_keeps_both_its_ends() -> None:
    before = chains(15)
    changed = tuple(replace(one, flow="async") if one.source == "f2.compute" else one for one in before.edges)
    pair = aligned(before, replace(before, edges=changed))
    found = focused(pair, differences(pair))
    assert found is not None
    assert {each.id for each in found.pair.before.nodes} == {"f2.compute", "t2.store"}
    assert found.left_out == 28


def test_nothing_is_left_out_of_what_is_the_same_or_small() -> None:
    large, small = chains(15), chains(FEW // 2 - 1)
    for before, after in ((large, large), (small, with_queue(small))):
        pair = aligned(before, after)
        assert focused(pair, differences(pair)) is None
