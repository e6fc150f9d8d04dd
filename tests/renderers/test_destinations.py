"""Many destinations of one sender: on sheets that can be read, and counted in the overview."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from renderers.drawn import drawn
from renderers.layout.check import violations
from renderers.layout.geometry import text_pt
from renderers.layout.pages import A4
from renderers.sheets import sheets
from renderers.sheets.destinations import FEW, divided
from renderers.sheets.division import units

KINDS = ("queue", "function", "email", "sms", "partner-http", "saas", "other-account")


def _to(count: int, book: Book) -> Design:
    ends = [{"kind": KINDS[n % len(KINDS)], "title": f"Partner {n + 1}"} for n in range(count)]
    channel: dict[str, Any] = {"id": "news", "title": "News", "carries": "event", "destinations": ends}
    sender = {"id": "sender", "title": "Sender", "trigger": "request", "publishes": ["news"]}
    listener = {"id": "log", "title": "Log", "trigger": "message", "listens_to": "news"}
    parts = {"components": [sender, listener], "channels": [channel]}
    return advise(make_requirements({"schema": 2, "title": "Announcements", **parts}), book)


@pytest.mark.parametrize("lang", LANGS)
def test_forty_destinations_can_be_read_on_sheets(lang: Lang, book: Book) -> None:
    architecture = drawn(_to(40, book)).architecture
    overview, *rest = sheets(architecture, "Announcements", lang, A4)
    for sheet in (overview, *rest):
        assert violations(sheet.picture) == []
        assert text_pt(sheet.picture, A4) >= A4.least_pt
    shown = [line.id for sheet in rest for line in sheet.picture.lines]
    delivered = [edge.id for edge in architecture.edges if ">deliver>" in edge.id]
    assert sorted(id for id in shown if ">deliver>" in id) == sorted(delivered)
    counted = [
        text for node in overview.picture.nodes for text in node.title.lines if text[0].isdigit() or "宛先" in text
    ]
    assert sum(int("".join(filter(str.isdigit, text))) for text in counted) == 40
    assert {node.sheet for node in overview.picture.nodes if node.sheet} == {sheet.number for sheet in rest}


def test_a_component_that_fits_keeps_its_destinations(book: Book) -> None:
    first = units(drawn(_to(FEW + 1, book)).architecture)[0]
    architecture = drawn(_to(FEW + 1, book)).architecture
    assert [*divided(first, architecture, lambda chunk: True)] == [first]
    sender, *rest = divided(first, architecture, lambda chunk: False)
    assert sender.destinations == ()
    assert sum(len(unit.destinations) for unit in rest) == FEW + 1
    assert {edge.id for unit in (sender, *rest) for edge in unit.edges} == {edge.id for edge in first.edges}
