"""The document of a large design: an overview and sheets that can be read on A4, each with its caption, in every format."""

import random
import re
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from advisor_document import document, write
from advisor_document.model import Diagram, Document
from benchmarks.architectures import requirements
from renderers.layout.geometry import text_pt
from renderers.layout.pages import PORTRAIT

OVERVIEW = {"en": "Architecture diagram: overview of the sheets", "ja": "構成図: シートの全体像"}
SHEET = {"en": "Architecture diagram: sheet {}, ", "ja": "構成図: シート {}（"}
WITHOUT = ("functional-requirements", "options", "quotas", "permissions", "failures", "operations", "risks", "glossary")


@pytest.fixture(scope="module")
def made(book: Book) -> Callable[[Lang], Document]:
    design = advise(make_requirements(requirements(random.Random(3), 8)), book)
    documents = {lang: document(design, lang, WITHOUT) for lang in LANGS}
    return lambda lang: documents[lang]


def diagram(found: Document) -> Diagram:
    (chapter,) = [one for one in found.sections if one.id == "architecture"]
    (block,) = chapter.parts[0].blocks
    assert isinstance(block, Diagram)
    return block


@pytest.mark.parametrize("lang", LANGS)
def test_an_overview_and_each_sheet_can_be_read_on_a4_and_say_what_they_are(
    lang: Lang, made: Callable[[Lang], Document]
) -> None:
    (first, overview), *sheets = diagram(made(lang)).pictures()
    assert first == OVERVIEW[lang]
    assert len(sheets) > 1
    assert text_pt(overview, PORTRAIT) >= PORTRAIT.least_pt
    for number, (caption, picture) in enumerate(sheets, 1):
        assert caption.startswith(SHEET[lang].format(number))
        assert text_pt(picture, PORTRAIT) >= PORTRAIT.least_pt
        assert f" {number}. " in " ".join(picture.title.lines)


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_has_a_chart_for_each_sheet(lang: Lang, made: Callable[[Lang], Document]) -> None:
    found = made(lang)
    page = write(found, ".md").decode()
    captions = [caption for caption, _ in diagram(found).pictures()]
    charts = re.findall(r"```mermaid\nflowchart LR\n    accTitle: (.*)\n.*\n(?:.*\n)*?```\n\n\*(.*)\*\n", page)
    assert [caption for _, caption in charts] == captions
    assert len({title for title, _ in charts}) == len(captions)


@pytest.mark.parametrize("lang", LANGS)
def test_each_format_has_every_figure_with_a_text_alternative_of_its_own(
    lang: Lang, made: Callable[[Lang], Document]
) -> None:
    found = made(lang)
    figures = diagram(found).pictures()
    page = write(found, ".html").decode()
    assert [one in page for one, _ in figures] == [True] * len(figures)
    assert len(set(re.findall(r'<img src="[^"]*" alt="([^"]*)"', page))) == len(figures)
    word = docx.Document(BytesIO(write(found, ".docx")))
    assert len(word.inline_shapes) == len(figures)
    described = {shape._inline.docPr.get("descr") for shape in word.inline_shapes}
    assert described == {picture.description for _, picture in figures}
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(write(found, ".pdf"))).pages))
    assert all(re.sub(r"\s", "", one) in text for one, _ in figures)
