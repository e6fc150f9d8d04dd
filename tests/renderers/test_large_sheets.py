"""Sheets for a slide: components that are too large for one in pieces, and overviews that are too large in groups."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from advisor.architecture import Architecture
from advisor.text import LANGS, Lang
from renderers import drawio
from renderers.layout.geometry import text_pt
from renderers.layout.pages import SLIDE
from renderers.sheets import front, sheets
from renderers.sheets.chapters import Chapters, name_of, shared_out
from renderers.sheets.division import Unit, units
from renderers.sheets.overview import overviews, sheet_of
from renderers.sheets.pieces import in_pieces
from renderers.slides import write_all
from tests.renderers.samples import CLOUD, edge, node, text

USERS = node("client.public", "client", text("Users"), kind="outside")


def _wide(stores: int) -> Architecture:
    """Return a program that users call, and that writes to many tables; another calls it."""
    desk = node("desk.compute", "lambda", text("AWS Lambda"), text("Desk", "窓口業務"), group="cloud")
    other = node("other.compute", "lambda", text("AWS Lambda"), text("Other", "別の処理"), group="cloud")
    entry = node("desk.entry", "api-gateway-rest", text("Amazon API Gateway"), group="cloud")
    tables = [
        node(f"t{n}.store", "dynamodb", text("Amazon DynamoDB"), text(f"Table {n}"), group="cloud")
        for n in range(stores)
    ]
    edges = [
        edge(USERS.id, "load", entry.id, text("HTTPS"), "sync", 1),
        edge(entry.id, "invoke", desk.id, text("invoke"), "sync", 2),
        *(edge(desk.id, "write", one.id, text("write items"), "data", n) for n, one in enumerate(tables, 3)),
        edge(other.id, "call", desk.id, text("invoke"), "sync", stores + 3),
    ]
    return Architecture((USERS, entry, desk, other, *tables), tuple(edges), (CLOUD,))


def _long(parts: int, tables: int = 2) -> Architecture:
    """Return many programs, each with some tables of its own, that call the next one; users call the first."""
    names = range(parts)
    computes = [node(f"c{n}.compute", "lambda", text("AWS Lambda"), text(f"Part {n}"), group="cloud") for n in names]
    kept = [
        node(f"t{n}x{m}.store", "dynamodb", text("Amazon DynamoDB"), text(f"Table {n}"), group="cloud")
        for n in names
        for m in range(tables)
    ]
    writes = [edge(computes[n // tables].id, "write", one.id, text("write"), "data") for n, one in enumerate(kept)]
    calls = [edge(a.id, "call", b.id, text("invoke"), "sync") for a, b in pairwise(computes)]
    first = edge(USERS.id, "call", computes[0].id, text("HTTPS"), "sync")
    every = [replace(one, step=n) for n, one in enumerate([first, *writes, *calls], 1)]
    return Architecture((USERS, *computes, *kept), tuple(every), (CLOUD,))


def _unit(architecture: Architecture, subject: str) -> Unit:
    return next(unit for unit in units(architecture) if unit.subject == subject)


def test_a_component_that_fits_on_no_sheet_is_divided_into_as_few_pieces_as_do() -> None:
    wide = _wide(9)
    desk = _unit(wide, "desk")
    pieces = [*in_pieces(desk, wide, lambda group: sum(len(unit.edges) for unit in group) <= 4)]
    assert [len(piece.edges) for piece in pieces] == [4, 3, 4]
    assert [piece.is_more for piece in pieces] == [False, True, True]
    assert [one.id for piece in pieces for one in piece.edges] == [one.id for one in desk.edges]


def test_what_hangs_together_without_the_program_stays_on_one_piece() -> None:
    wide = _wide(1)
    desk = _unit(wide, "desk")
    first, second = in_pieces(desk, wide, lambda group: False)
    assert {one.verb for one in first.edges} == {"load", "invoke"}
    assert {one.verb for one in second.edges} == {"write"}
    alone = replace(desk, edges=first.edges)
    assert [*in_pieces(alone, wide, lambda group: False)] == [alone]


@pytest.mark.parametrize("lang", LANGS)
def test_a_component_with_many_stores_can_be_read_on_slides_that_lead_to_each_other(lang: Lang) -> None:
    wide = _wide(14)
    overview, *rest = sheets(wide, "Wide", lang, SLIDE)
    more = "Desk (continued)" if lang == "en" else "窓口業務（続き）"
    own = [sheet for sheet in rest if sheet.architecture.find("t0.store") or more in sheet.name]
    assert len(own) > 1
    assert all(sheet.name.startswith(more) for sheet in own[1:])
    assert all(text_pt(sheet.picture, SLIDE) >= SLIDE.least_pt for sheet in (overview, *rest))
    assert {one.id for sheet in rest for one in sheet.architecture.edges} == {one.id for one in wide.edges}
    for sheet, following in pairwise(own):
        program = next(one for one in sheet.picture.nodes if one.id == "desk.compute")
        assert program.sheet == following.number
        assert str(following.number) in sheet.architecture.node("desk.compute").note.in_(lang)
    calling = [sheet for sheet in own if sheet.architecture.find("other.compute")]
    assert [sheet.number for sheet in calling] in ([1], [1, own[-1].number])
    assert [sheet for sheet in own if sheet.architecture.find("desk.entry")] == own[:1]


def test_sheets_are_shared_out_over_groups_of_about_the_same_size() -> None:
    assert shared_out(16, 3, 18) == {18: range(1, 6), 19: range(6, 11), 20: range(11, 17)}
    assert name_of(range(1, 6), "en") == "Overview of sheets 1–5"
    assert name_of(range(4, 5), "ja") == "シート 4の概要"


def test_an_overview_of_groups_keeps_every_connection_between_them() -> None:
    long = _long(6)
    groups = [[unit] for unit in units(long)]
    chapters = Chapters(long, groups, shared_out(6, 2, 7))
    *_, plain = overviews(long, groups, "en")
    whole = chapters.whole(plain)
    assert {each.id for each in whole.nodes} == {"client.public", "sheet.7", "sheet.8"}
    assert {(each.source, each.target) for each in whole.edges} == {
        ("client.public", "sheet.7"),
        ("sheet.7", "sheet.8"),
    }
    assert whole.node("sheet.7").title == text("Sheets 1–3", "シート 1〜3")
    assert whole.node("sheet.7").note.en == "Part 0, Part 1 and Part 2"
    part = chapters.part(plain, 8, is_alone=False)
    assert [sheet_of(each.id) for each in part.nodes] == [7, 4, 5, 6]
    assert {(each.source, each.target) for each in part.edges} >= {("sheet.7", "sheet.4"), ("sheet.4", "sheet.5")}
    alone = chapters.part(plain, 8, is_alone=True)
    assert [sheet_of(each.id) for each in alone.nodes] == [4, 5, 6]


def test_a_large_overview_is_divided_and_every_sheet_can_be_reached_from_it_by_links(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front, "_NODE", 150_000.0)
    long = _long(7, 6)
    drawn = sheets(long, "Long", "en", SLIDE)
    assert [sheet.number for sheet in drawn] == list(range(len(drawn)))
    fronts = [sheet for sheet in drawn if sheet.is_overview]
    assert len(fronts) > 1
    assert all(text_pt(sheet.picture, SLIDE) >= SLIDE.least_pt for sheet in drawn)
    assert {one.id for sheet in drawn for one in sheet.architecture.edges} >= {one.id for one in long.edges}
    first = {one.sheet for one in drawn[0].picture.nodes} - {None}
    assert first == {sheet.number for sheet in fronts}
    onward = {one.sheet for sheet in drawn for one in sheet.picture.nodes} - {None}
    assert onward == set(range(1, len(drawn)))

    slides = list(Presentation(BytesIO(write_all(tuple(sheet.picture for sheet in drawn), "light", {}))).slides)
    led = {rel.target_part.partname for rel in slides[0].part.rels.values() if rel.reltype == RT.SLIDE}
    assert led == {slides[sheet.number].part.partname for sheet in fronts}
    pages = {drawio.sheet_id(sheet.number): (sheet.name, sheet.picture) for sheet in drawn}
    page = ElementTree.fromstring(drawio.write_pages(pages, "light", {})).findall("diagram")[fronts[0].number]
    links = {link for one in page.iter("object") if (link := one.get("link", "")).startswith("data:page")}
    assert {f"data:page/id,sheet-{one.sheet}" for one in fronts[0].picture.nodes if one.sheet} == links
