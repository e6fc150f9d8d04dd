"""Each format is opened by something that reads it."""

import ast
import importlib
import re
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import renderers
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from renderers import classic, icons, pdf
from renderers.layout import describe
from tests.renderers.samples import HOSTILE, SAMPLES

needs_dot = pytest.mark.usefixtures("graphviz")


def test_the_formats_are_listed_once_and_can_be_asked_for() -> None:
    assert [one.suffix for one in renderers.FORMATS] == [
        ".svg",
        ".png",
        ".pdf",
        ".drawio",
        ".drawio.svg",
        ".pptx",
        ".html",
        ".mmd",
        ".py",
    ]
    assert ".svg" in renderers.FORMATS
    assert ".gif" not in renderers.FORMATS


@pytest.mark.parametrize("style", ["advisor", "classic"])
def test_an_unknown_format_is_refused_with_the_known_ones(style: Any) -> None:
    with pytest.raises(ValueError, match=r"\.svg, \.png, \.pdf, \.drawio, \.drawio\.svg, \.pptx, \.html, \.mmd, \.py"):
        renderers.draw(SAMPLES["direct"], ".gif", style=style)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_can_be_written_in_every_format(name: str) -> None:
    for one in renderers.FORMATS:
        assert len(renderers.draw(SAMPLES[name], one.suffix, lang="ja")) > 50


def test_the_png_is_twice_as_large_as_the_picture() -> None:
    made = renderers.draw(SAMPLES["direct"], ".png")
    assert made.startswith(b"\x89PNG\r\n")
    picture = renderers.picture(SAMPLES["direct"])
    assert struct.unpack(">II", made[16:24]) == (picture.width * 2, picture.height * 2)


def test_the_pdf_has_selectable_japanese_and_no_dates() -> None:
    made = renderers.draw(SAMPLES["web-and-batch"], ".pdf", lang="ja")
    reader = PdfReader(BytesIO(made))
    words = re.sub(r"\s", "", reader.pages[0].extract_text())
    assert "夜間バッチを持つWebアプリケーション" in words
    assert "ステートマシンを開始する" in words
    assert reader.metadata is not None
    assert reader.metadata.title == "夜間バッチを持つ Web アプリケーション"
    assert reader.metadata.creation_date is None
    assert len(reader.pages[0].images) == 0


@pytest.mark.parametrize("lang", LANGS)
def test_the_pdf_is_tagged_with_title_language_and_text_alternative(lang: Lang) -> None:
    design = SAMPLES["web-and-batch"]
    read = PdfReader(BytesIO(renderers.draw(design, ".pdf", lang=lang)))
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (lang, True)
    assert read.metadata is not None
    assert read.metadata.title == design.requirements.title.in_(lang)
    document = root["/StructTreeRoot"]["/K"]
    figure = document["/K"][0].get_object()
    assert (document["/S"], figure["/S"], figure["/K"]) == ("/Document", "/Figure", 0)
    assert figure["/Alt"] == describe(design.architecture, lang)
    page: Any = read.pages[0]
    assert figure["/Pg"] == page
    content = page.get_contents().get_data()
    assert content.startswith(b"/Figure <</MCID 0>> BDC")
    assert content.rstrip().endswith(b"EMC")
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert parents[page["/StructParents"] * 2 + 1].get_object()[0].get_object() == figure


def test_the_pdf_is_the_same_each_time() -> None:
    assert len({renderers.draw(SAMPLES["web-and-batch"], ".pdf", lang="ja") for _ in range(6)}) == 1


def test_without_its_converter_the_pdf_holds_the_picture_as_an_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "converter", None)
    made = {renderers.draw(SAMPLES["direct"], ".pdf") for _ in range(2)}
    assert len(made) == 1
    assert len(PdfReader(BytesIO(made.pop())).pages[0].images) == 1


def test_mermaid_has_no_empty_title(book: Book) -> None:
    untitled = advise(make_requirements({"components": [{"id": "a", "trigger": "request"}]}), book)
    lines = renderers.draw(untitled, ".mmd").decode().splitlines()
    assert lines[1].startswith("    accDescr: ")
    assert not [line for line in lines if line.endswith(": ")]


def test_mermaid_holds_every_part_and_no_mark_of_its_own_from_users() -> None:
    design = SAMPLES["web-and-batch"]
    text = renderers.draw(design, ".mmd").decode()
    assert text.startswith(
        "flowchart LR\n    accTitle: Web application with a nightly batch\n    accDescr: The diagram shows"
    )
    for node in design.architecture.nodes:
        assert node.title.en in text
    hostile = renderers.draw(SAMPLES["hostile"], ".mmd").decode()
    for line in hostile.splitlines():
        quoted = re.sub(r'"[^"]*"', "", line)
        assert line.count('"') in (0, 2, 4)
        assert "<" not in quoted.replace("-->", "")
        assert not re.search(r"[{}<>`\\]", re.sub(r"<br/>", "", "".join(re.findall(r'"([^"]*)"', line))))


def test_the_source_is_python_in_which_users_texts_are_only_texts() -> None:
    for name, design in SAMPLES.items():
        module = ast.parse(renderers.draw(design, ".py", lang="en"))
        calls = {
            node.func.id for node in ast.walk(module) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        imported = {alias.name for node in ast.walk(module) if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert calls <= imported, name


def test_every_class_that_the_source_may_name_exists() -> None:
    for row in icons.table().values():
        if row.category != "group":
            module, _, name = row.diagrams.rpartition(".")
            assert hasattr(importlib.import_module(f"diagrams.{module}"), name), row.id


@needs_dot
@pytest.mark.parametrize("suffix", classic.SUFFIXES)
def test_the_classic_picture_is_drawn_the_same_each_time(suffix: str) -> None:
    made = {renderers.draw(SAMPLES["web-and-batch"], suffix, lang="ja", style="classic") for _ in range(2)}
    assert len(made) == 1
    start = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[suffix]
    content = made.pop()
    assert content.startswith(start)
    assert b"site-packages" not in content


@needs_dot
def test_the_classic_picture_takes_hostile_words() -> None:
    assert renderers.draw(SAMPLES["hostile"], ".svg", style="classic").startswith(b"<?xml")


def test_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "which", lambda _: None)
    monkeypatch.setattr(classic, "find_spec", lambda _: object())
    with pytest.raises(renderers.ToolMissing, match="Graphviz"):
        renderers.draw(SAMPLES["direct"], ".png", style="classic")
    monkeypatch.setattr(classic, "find_spec", lambda _: None)
    with pytest.raises(renderers.ToolMissing, match="`classic`"):
        renderers.draw(SAMPLES["direct"], ".png", style="classic")


def test_every_service_has_an_icon_and_every_file_is_used(book: Book) -> None:
    table = icons.table()
    assert set(book.services) <= set(table)
    folder = Path(renderers.__file__).parent / "assets" / "icons"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.svg")}
    assert files == {file for row in table.values() for file in (row.file, row.dark) if file}


def test_icons_carry_nothing_but_shapes() -> None:
    for row in icons.table().values():
        art = icons.artwork(row.file)
        assert not re.search(r"\bid=|<script|<style|href|on\w+=", art.shapes), row.id


def test_words_of_users_never_reach_a_file_raw() -> None:
    for suffix in (".svg", ".mmd", ".drawio"):
        text = renderers.draw(SAMPLES["hostile"], suffix).decode()
        assert "<script>" not in text
        assert "\x00" not in text
        assert "\u202e" not in text
    assert HOSTILE[0] == '<script>alert("x")</script>'
