"""Two large designs that differ in many places: an overview and sheets, each of which can be read, in every format."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

import renderers
from advisor.architecture import Architecture, Budget
from advisor.text import LANGS, Lang
from renderers.beside import arrange_beside, sheet_files
from renderers.beside.aligning import aligned
from renderers.beside.designs import Two
from renderers.beside.differences import differences
from renderers.beside.sheets import divided, on_sheets
from renderers.layout.check import violations
from renderers.layout.geometry import text_pt
from renderers.layout.pages import A4, SLIDE
from renderers.sheets import Sheet
from tests.renderers.samples import design, edge, group, node, text
from tests.renderers.test_focus import CLOUD, chains

VPC = group("vpc", "vpc", text("VPC"), "|cloud")


def changed(before: Architecture) -> Architecture:
    """The same with other labels of the connections of every second function, without the last one, and with a queue."""
    edges = tuple(
        replace(one, label=text("update")) if place % 2 else one for place, one in enumerate(before.edges[:-1])
    )
    nodes = tuple(one for one in before.nodes if not one.id.startswith("f29"))
    queue = node("q.messaging", "sqs", text("Queue"), group="|cloud")
    sent = edge("f3.compute", "send", "q.messaging", text("send"), "async")
    return replace(before, nodes=(*nodes, queue), edges=(*edges, sent))


TITLE = text("Chains", "連鎖")
BEFORE: Any = design(chains(30), TITLE)
AFTER: Any = design(changed(chains(30)), TITLE)


def sheets(lang: Lang) -> tuple[Sheet, ...]:
    found = sheet_files.comparison(Two(BEFORE, AFTER), lang)
    return on_sheets(found, divided(found, A4), A4)


@pytest.mark.parametrize("lang", LANGS)
def test_every_sheet_can_be_read_and_every_difference_is_on_one(lang: Lang) -> None:
    first, *rest = sheets(lang)
    whole = arrange_beside(BEFORE.architecture, AFTER.architecture, ("A", "B"), "T", lang=lang, page=A4)
    assert text_pt(whole, A4) < A4.least_pt
    assert len(rest) > 1
    assert [sheet.number for sheet in (first, *rest)] == list(range(len(rest) + 1))
    said = ""
    for sheet in (first, *rest):
        assert text_pt(sheet.picture, A4) >= A4.least_pt
        assert violations(sheet.picture) == []
        said += sheet.picture.description
    pair = aligned(BEFORE.architecture, AFTER.architecture)
    listed = differences(pair).listed
    assert len(listed) > 8
    assert [one.words.en for one in listed if one.words.in_(lang) not in said] == []


def test_the_overview_marks_what_differs_and_leads_to_its_sheet() -> None:
    first, *rest = sheets("en")
    components = {each.subject: each for each in first.picture.nodes if each.sheet}
    assert components["f1"].change == components["f3"].change == "changed"
    assert components["f29"].change == "removed"
    assert "f2" not in components
    for each in components.values():
        shown = {one.id.partition(".")[2] for one in rest[(each.sheet or 0) - 1].picture.nodes}
        assert f"{each.subject}.compute" in shown
    rows = {line.change for line in first.picture.legend.lines} if first.picture.legend else set()
    assert rows >= {"added", "removed", "changed", "same"}


def test_sheets_list_the_differences_that_they_show() -> None:
    _, *rest = sheets("en")
    for sheet in rest:
        rows = [" ".join(line.words.lines) for line in sheet.picture.legend.lines] if sheet.picture.legend else []
        for row in (row for row in rows if "Function" in row):
            named = set(re.findall(r"Function \d+", row))
            drawn = {" ".join(part.lines) for each in sheet.picture.nodes for part in (each.title, each.note) if part}
            assert named <= drawn


@pytest.mark.parametrize("suffix", [".svg", ".png", ".drawio.svg"])
def test_formats_of_one_picture_have_a_file_for_each_sheet(suffix: str) -> None:
    files = renderers.draw_beside(BEFORE, AFTER, "both", suffix)
    count = len(sheets("en"))
    assert [*files] == [f"both{suffix}", *(f"both-{n}{suffix}" for n in range(1, count))]
    if suffix != ".png":
        assert b"both-1" + suffix.encode() in files[f"both{suffix}"]
        assert f'"both{suffix}"'.encode() in files[f"both-1{suffix}"]


def test_formats_of_several_pictures_have_linked_pages() -> None:
    made = {
        suffix: renderers.draw_beside(BEFORE, AFTER, "both", suffix)[f"both{suffix}"]
        for suffix in (".pdf", ".pptx", ".drawio", ".html")
    }
    count = len(sheets("en"))
    pages = PdfReader(io.BytesIO(made[".pdf"])).pages
    assert len(pages) == count
    assert any("/Annots" in page for page in pages[:1])
    with zipfile.ZipFile(io.BytesIO(made[".pptx"])) as packed:
        slides = [name for name in packed.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        assert len(slides) > count - 1
        assert "slide2.xml" in packed.read("ppt/slides/_rels/slide1.xml.rels").decode()
    diagrams = ElementTree.fromstring(made[".drawio"]).findall("diagram")
    assert len(diagrams) == count + 1
    assert "data:page/id,sheet-1" in made[".drawio"].decode()
    assert made[".html"].decode().count("<option") == count + 1


def test_a_slide_needs_larger_text_than_a_sheet_of_paper() -> None:
    found = sheet_files.comparison(Two(BEFORE, AFTER), "en")
    groups = divided(found, SLIDE)
    assert len(groups) > len(divided(found, A4))
    for sheet in on_sheets(found, groups, SLIDE):
        assert text_pt(sheet.picture, SLIDE) >= SLIDE.least_pt


def test_the_same_pair_gives_the_same_sheets() -> None:
    first = renderers.draw_beside(BEFORE, AFTER, "both", ".svg", lang="ja")
    renderers.layout.clear_cache()
    assert renderers.draw_beside(BEFORE, AFTER, "both", ".svg", lang="ja") == first


def moved(before: Architecture) -> Architecture:
    inside = tuple(replace(one, group="vpc") if one.id == "f1.compute" else one for one in before.nodes)
    return replace(before, nodes=inside, groups=(CLOUD, VPC))


def test_a_part_with_an_exceeded_budget_may_move_into_another_border() -> None:
    before = chains(2)
    first = before.edges[1]
    budget = Budget(first.id, "timeout", 20.0, 10.0, "s", "x", "broken", text("20"), text("less"))
    over = replace(before, edges=(before.edges[0], replace(first, budgets=(budget,))))
    picture = arrange_beside(over, moved(over), ("A", "B"), "T")
    assert [line.state for line in picture.lines if line.source.endswith("f1.compute~")] == ["broken"]


def test_a_part_that_moved_is_on_both_sides_of_its_sheet() -> None:
    after = moved(changed(chains(30)))
    found = sheet_files.comparison(Two(BEFORE, design(after, TITLE)), "en")
    for sheet in on_sheets(found, divided(found, A4), A4):
        ids = {each.id for each in sheet.picture.nodes}
        assert ("before.f1.compute" in ids) == ("after.f1.compute~" in ids)


def test_supporting_lines_that_both_sides_have_look_the_same_on_both() -> None:
    logs = node("logs", "cloudwatch", text("Logs"), group="|cloud")
    one = chains(2)
    told = tuple(edge(f"f{n}.compute", "log", "logs", text("logs"), "observe") for n in range(2))
    before = replace(one, nodes=(*one.nodes, logs), edges=(*one.edges, told[0]))
    after = replace(before, edges=(*one.edges, *told))
    picture = arrange_beside(before, after, ("A", "B"), "T")
    marks = {each.id: [mark.id for mark in each.marks] for each in picture.nodes if each.id.endswith("f0.compute")}
    assert {len(each) for each in marks.values()} == {1}
    assert not [line for line in picture.lines if line.kind == "observe"]
