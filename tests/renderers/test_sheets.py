"""A large architecture on sheets: nothing is lost, each can be read on its page, and each leads to the others."""

import random
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pypdf import PdfReader

import renderers
import rules
from advisor.advise import advise
from advisor.architecture import Architecture, Flow, LegendRow
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor_bundle.views import viewed
from benchmarks.architectures import requirements
from renderers.drawn import drawn as with_hidden_parts
from renderers.layout.check import violations
from renderers.layout.crossings import line_crossings
from renderers.layout.geometry import foreign_frames, text_pt
from renderers.layout.pages import A4, PAGES
from renderers.sheets import Sheet, sheets
from renderers.sheets.division import units
from renderers.sheets.legible import MOST_CROSSINGS
from renderers.sheets.overview import overviews
from renderers.sheets.part import part_of
from tests.renderers.samples import CLOUD, dead_letters, edge, node, text

HREF = "{http://www.w3.org/2000/svg}a"


@pytest.fixture(scope="module")
def large(book: Book) -> Design:
    return advise(make_requirements(requirements(random.Random(3), 8)), book)


@pytest.fixture(scope="module")
def drawn(large: Design) -> tuple[Sheet, ...]:
    return sheets(with_hidden_parts(large).architecture, "Large", "en", A4)


def led_on(drawn: tuple[Sheet, ...]) -> int:
    """Return how many parts of the overview lead to a sheet."""
    return sum(node.sheet is not None for node in drawn[0].picture.nodes)


def test_every_connection_and_every_node_is_on_some_sheet(large: Design, drawn: tuple[Sheet, ...]) -> None:
    edges: list[str] = []
    nodes: set[str] = set()
    architecture = with_hidden_parts(large).architecture
    for sheet in drawn[1:]:
        picture = sheet.picture
        edges += [line.id for line in picture.lines if line.kind != "transition" and "|" not in line.id]
        edges += [mark.id for node in picture.nodes for mark in node.marks]
        nodes |= {node.id for node in picture.nodes} | {group.id for group in picture.groups if group.label}
    assert set(edges) == {edge.id for edge in architecture.edges}
    assert nodes | dead_letters(architecture, edges) == {node.id for node in architecture.nodes}


def test_each_sheet_is_sound_and_has_few_crossings(drawn: tuple[Sheet, ...]) -> None:
    assert len(drawn) > 2
    assert [sheet.number for sheet in drawn] == list(range(len(drawn)))
    for sheet in drawn:
        assert violations(sheet.picture) == []
        assert list(foreign_frames(sheet.picture)) == []
        assert len(line_crossings({line.id: line.points for line in sheet.picture.lines})) <= MOST_CROSSINGS


def test_neighbours_in_the_flow_share_a_sheet_while_it_can_be_read() -> None:
    names = range(14)
    computes = [node(f"c{n}.compute", "lambda", text("AWS Lambda"), text(f"Part {n}"), group="cloud") for n in names]
    tables = [node(f"t{n}.store", "dynamodb", text("Amazon DynamoDB"), text("table"), group="cloud") for n in names]
    edges = [
        edge(c.id, "write", t.id, text("write"), "data", n)
        for n, (c, t) in enumerate(zip(computes, tables, strict=True), 1)
    ]
    architecture = Architecture((*computes, *tables), tuple(edges), (CLOUD,))
    found = sheets(architecture, "Many", "en", A4)
    assert 2 < len(found) < 8
    assert [sheet.name for sheet in found[1:2]] == [f"Part 0, Part 1 and {len(found[1].picture.nodes) // 2 - 2} more"]
    for sheet in found[1:]:
        assert text_pt(sheet.picture, A4) >= A4.least_pt
        assert len(sheet.picture.nodes) > 2


def test_what_goes_on_elsewhere_says_on_which_sheet(large: Design, drawn: tuple[Sheet, ...]) -> None:
    notes = {one.id: " ".join(one.note.lines) for sheet in drawn[1:] for one in sheet.picture.nodes if one.note}
    told = {id: note.rpartition("sheet ")[2].split(", ") for id, note in notes.items() if "sheet " in note}
    assert told
    for id, numbers in told.items():
        for number in numbers:
            assert id in {one.id for one in drawn[int(number)].picture.nodes}


def test_the_overview_leads_to_each_sheet_and_each_sheet_back(large: Design) -> None:
    files = renderers.draw_sheets(large, "shop", ".svg", lang="ja")
    assert list(files) == ["shop.svg", *(f"shop-{n}.svg" for n in range(1, len(files)))]
    led = {link.get("href") for link in ElementTree.fromstring(files["shop.svg"]).iter(HREF)}
    assert led == set(files) - {"shop.svg"}
    for name in led:
        assert {link.get("href") for link in ElementTree.fromstring(files[str(name)]).iter(HREF)} == {"shop.svg"}


def test_a_pdf_has_a_page_of_the_size_for_each_sheet_with_links_and_bookmarks(
    large: Design, drawn: tuple[Sheet, ...]
) -> None:
    (content,) = renderers.draw_sheets(large, "shop", ".pdf").values()
    assert content == renderers.draw_sheets(large, "shop", ".pdf")["shop.pdf"]
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == len(drawn) == len(reader.outline)
    for page in reader.pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (842, 595)
    counted = [len(page.get("/Annots", ())) for page in reader.pages]
    assert counted == [led_on(drawn), *[1] * (len(drawn) - 1)]
    assert "Large" not in reader.pages[1].extract_text()
    assert drawn[1].name.split(",")[0] in reader.pages[1].extract_text()


@pytest.mark.parametrize("size", PAGES)
def test_a_small_design_is_one_file_that_runs_the_way_of_its_page(size: renderers.Size, book: Book) -> None:
    design = advise(rules.load_story("dynamic-web-api"), book)
    page = PAGES[size]
    first, *rest = sheets(design.architecture, "Small", "ja", page)
    if page.least_pt <= text_pt(first.picture, page):
        assert rest == []
    assert first.picture.direction == page.direction
    assert violations(first.picture) == []


@pytest.mark.parametrize("suffix", [".drawio.svg", ".mmd", ".py"])
def test_a_format_of_one_picture_has_a_file_for_each_sheet(
    suffix: str, large: Design, drawn: tuple[Sheet, ...]
) -> None:
    files = renderers.draw_readable(large, "a shop", suffix)
    assert list(files) == [f"a shop{suffix}", *(f"a shop-{n}{suffix}" for n in range(1, len(drawn)))]
    overview = files[f"a shop{suffix}"].decode()
    for number in range(1, len(drawn)):
        link = f"a%20shop-{number}{suffix}" if suffix != ".py" else ""
        assert link in overview


def test_a_drawio_file_has_linked_pages_and_its_whole_page_comes_back(large: Design, drawn: tuple[Sheet, ...]) -> None:
    (content,) = renderers.draw_readable(large, "shop", ".drawio").values()
    pages = ElementTree.fromstring(content).findall("diagram")
    ids = [page.get("id") for page in pages]
    assert ids == ["overview", *(f"sheet-{n}" for n in range(1, len(drawn))), "architecture"]
    led = {link for one in pages[0].iter("object") if (link := one.get("link")) and link.startswith("data:")}
    assert led == {f"data:page/id,sheet-{n}" for n in range(1, len(drawn))}
    assert "data:page/id,overview" not in led
    for page in pages[1:]:
        assert "data:page/id,overview" in {one.get("link") for one in page.iter("object")}
    again, differences = renderers.redraw(large, content)
    assert differences == ()
    assert renderers.redraw(large, again) == (again, ())


def test_an_html_page_has_a_choice_of_sheets_in_both_languages(large: Design, drawn: tuple[Sheet, ...]) -> None:
    (content,) = renderers.draw_readable(large, "shop", ".html").values()
    page = content.decode()
    for number in range(1, len(drawn)):
        assert page.count(f'<template data-view="{number}"') == 4
        assert f'href="#{number}"' in page
    assert page.count('<template data-view="whole"') == 4
    assert 'href="#"' in page


def test_a_small_design_is_one_picture_as_before(book: Book) -> None:
    design = advise(rules.load_story("dynamic-web-api"), book)
    assert renderers.draw_readable(design, "api", ".svg") == {"api.svg": renderers.draw(design)}
    with pytest.raises(ValueError, match=r"\.bmp"):
        renderers.draw_readable(design, "api", ".bmp")


def test_a_powerpoint_file_has_a_slide_a_sheet_and_the_overview_leads_to_them(large: Design) -> None:
    (content,) = renderers.draw_sheets(large, "shop", ".pptx", size="16:9", lang="ja").values()
    slides = list(Presentation(BytesIO(content)).slides)
    assert len(slides) > 2
    linked = slides[0].shapes._spTree.xpath(".//a:hlinkClick/@action")
    assert set(linked) == {"ppaction://hlinksldjump"}
    # The overview leads to the sheets of components, and these lead to those with the steps of their workflows.
    led_to = {
        rel.target_part.partname for slide in slides for rel in slide.part.rels.values() if rel.reltype == RT.SLIDE
    }
    assert led_to >= {slide.part.partname for slide in slides[1:]}
    assert all(slide.has_notes_slide for slide in slides[1:])


def test_the_links_of_a_pdf_are_tagged_besides_the_pictures(large: Design) -> None:
    made = renderers.draw_sheets(large, "sheets", ".pdf", size="a4")["sheets.pdf"]
    read = PdfReader(BytesIO(made))
    root: Any = read.trailer["/Root"]
    children = [child.get_object() for child in root["/StructTreeRoot"]["/K"]["/K"]]
    pages: list[Any] = [*read.pages]
    links = [link.get_object() for page in pages for link in page.get("/Annots", ())]
    assert links
    assert [child["/S"] for child in children] == ["/Figure"] * len(pages) + ["/Link"] * len(links)
    assert len({child["/Alt"] for child in children[: len(pages)]}) == len(pages)
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(numbers[at]): numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}
    for link in links:
        assert parents[link["/StructParent"]]["/K"]["/Obj"] == link


def _through(between: str, role: str, flow: Flow) -> Architecture:
    """Return two programs and a part of a third that they reach only through something that an overview leaves out."""
    programs = [node(f"c{n}.compute", "lambda", text("AWS Lambda"), text(f"Part {n}"), group="cloud") for n in (1, 2)]
    store = node("kept.store", "rds", text("Amazon RDS"), text("Kept"), group="cloud")
    passed = replace(node(between, "alb", text("Between"), group="cloud"), role=role)
    edges = [edge(c.id, "use", passed.id, text("use"), flow, n) for n, c in enumerate(programs, 1)]
    edges.append(edge(passed.id, "pass", store.id, text("pass"), flow, 3))
    return Architecture((*programs, passed, replace(store, role="store")), tuple(edges), (CLOUD,))


@pytest.mark.parametrize(("role", "flow"), [("proxy", "data"), ("entry", "sync"), ("delivery-stream", "async")])
def test_an_overview_connects_what_is_reached_through_something_that_it_leaves_out(role: str, flow: Flow) -> None:
    architecture = _through("kept.between", role, flow)
    found = next(overviews(architecture, [[unit] for unit in units(architecture)], "en"))
    assert {(one.source, one.target) for one in found.edges} == {
        ("sheet.1.c1", "kept.store"),
        ("sheet.2.c2", "kept.store"),
    }
    assert "kept.between" not in {one.id for one in found.nodes}


def test_an_overview_shows_an_endpoint_that_several_programs_reach_several_others_through() -> None:
    architecture = _through("kept.between", "entry", "sync")
    more = replace(architecture.node("c1.compute"), id="c3.compute", subject="c3")
    onward = edge("kept.between", "pass", "c3.compute", text("pass"), "sync", 4)
    shared = replace(architecture, nodes=(*architecture.nodes, more), edges=(*architecture.edges, onward))
    found = next(overviews(shared, [[unit] for unit in units(shared)], "en"))
    assert ("sheet.1.c1", "kept.between") in {(one.source, one.target) for one in found.edges}
    assert not {(one.source, one.target) for one in found.edges} & {("sheet.1.c1", "sheet.3.c3")}


def test_sheets_of_a_view_say_what_it_says_about_each_part_once(large: Design) -> None:
    architecture = viewed(large, "decision").architecture
    overview, *rest = sheets(architecture, "Large", "en", A4)
    assert architecture.rows
    assert rest
    assert overview.architecture.rows == ()
    assert sorted(row.words.en for sheet in rest for row in sheet.architecture.rows) == sorted(
        row.words.en for row in architecture.rows
    )
    for sheet in rest:
        ids = {one.id for one in sheet.architecture.nodes}
        assert all({*row.nodes} & ids for row in sheet.architecture.rows)


def test_rows_about_the_whole_are_in_the_overview_and_assumptions_beside_each_part(large: Design) -> None:
    whole = LegendRow("group-vpc", text("Outbound traffic goes through the NAT gateway"))
    architecture = with_hidden_parts(large).architecture
    groups = [[unit] for unit in units(architecture)]
    assumed = LegendRow("client", text("Assumed"), (groups[0][0].edges[0].source,))
    said = replace(architecture, rows=(whole, assumed))
    assert next(overviews(said, groups, "en")).rows == (whole,)
    assert part_of(said, groups, 1).rows == (assumed,)
