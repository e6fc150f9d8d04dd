"""The formats of the design document: the same bytes each time, read back by others, and nothing of a name is markup."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from pypdf import PdfReader

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from advisor_document import FORMATS, LibraryMissing, UnknownFormat, document, format_of, write
from advisor_document.model import Document

SUFFIXES = [format.suffix for format in FORMATS]
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7*7 }} {% x %} | `code` **bold** [a](javascript:x) "
    "\\ $x$ # &lt; ]]> \u202egnp\u202c \u0007\u000b\ufffe مرحبا 日本語 " + "w" * 60
)


@pytest.fixture(scope="module")
def hostile(book: Book) -> Design:
    raw = {
        "title": HOSTILE,
        "summary": f"- x\n\n## {HOSTILE}",
        "components": [{"id": "a", "title": HOSTILE, "trigger": "message", "listens_to": "c", "writes": ["s"]}],
        "channels": [{"id": "c", "title": HOSTILE, "destinations": [{"kind": "email", "title": HOSTILE}]}],
        "stores": [{"id": "s", "title": HOSTILE}],
    }
    return advise(make_requirements(raw), book)


@pytest.fixture(scope="module")
def made(designs: dict[str, Design]) -> Callable[[Lang], Document]:
    documents = {lang: document(designs["scheduled-batch"], lang) for lang in LANGS}
    return lambda lang: documents[lang]


_ANEW = (
    "import sys, rules; from advisor.advise import advise; from advisor_document import document, write;"
    "design = advise(rules.load_story('scheduled-batch'), rules.load_book());"
    "[open(f'{sys.argv[1]}/again{s}', 'wb').write(write(document(design, 'ja'), s)) for s in ('.md', '.html', '.pdf', '.docx')]"
)


def test_another_process_writes_the_same_bytes(made: Callable[[Lang], Document], tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", _ANEW, str(tmp_path)], cwd=root, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    for suffix in SUFFIXES:
        assert (tmp_path / f"again{suffix}").read_bytes() == write(made("ja"), suffix), suffix


@pytest.mark.parametrize("lang", LANGS)
def test_a_pdf_has_bookmarks_tags_and_selectable_text(lang: Lang, made: Callable[[Lang], Document]) -> None:
    found = made(lang)
    reader = PdfReader(BytesIO(write(found, ".pdf")))
    titles = [one["/Title"] for one in _flat(reader.outline)]
    headings = [one.heading for section in found.sections for one in (section, *section.parts)]
    assert [title for title in titles if title in headings] == headings
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    assert all(re.sub(r"\s", "", heading) in words for heading in headings)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert not reader.metadata.creation_date, "a clock would make each document another"


def _flat(outline: Any) -> list[Any]:
    return [one for entry in outline for one in (_flat(entry) if isinstance(entry, list) else [entry])]


@pytest.mark.parametrize("lang", LANGS)
def test_a_word_file_has_styles_captions_contents_and_links(lang: Lang, made: Callable[[Lang], Document]) -> None:
    found = made(lang)
    content = write(found, ".docx")
    file = docx.Document(BytesIO(content))
    headings = [p.text for p in file.paragraphs if p.style is not None and str(p.style.name).startswith("Heading")]
    expected = [one.heading for section in found.sections for one in (section, *section.parts)]
    assert headings[: len(expected)] == expected
    captions = [p.text for p in file.paragraphs if p.style is not None and p.style.name == "Caption"]
    label = "Table" if lang == "en" else "表"
    assert len([one for one in captions if one.startswith(label)]) == len(file.tables)
    xml = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert 'TOC \\o "1-2"' in xml
    marks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert set(re.findall(r'w:anchor="([^"]+)"', xml)) <= marks, "a link leads nowhere"
    assert xml.count("<w:fldChar") % 3 == 0
    assert file.core_properties.created is not None
    assert file.core_properties.created.year == 2000
    assert {info.date_time for info in zipfile.ZipFile(BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert 'descr="' in xml


@pytest.mark.parametrize("lang", LANGS)
def test_the_links_of_a_page_lead_somewhere_and_nothing_is_loaded(lang: Lang, made: Callable[[Lang], Document]) -> None:
    page = lxml_html.fromstring(write(made(lang), ".html"))
    ids = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href", "")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")} <= set(ids)
    assert all(image.get("src", "").startswith("data:image/svg+xml;base64,") for image in page.iter("img"))
    assert not [*page.iter("script"), *page.iter("link")]
    assert all(image.get("alt") for image in page.iter("img"))


@pytest.mark.parametrize("lang", LANGS)
def test_text_of_a_person_stays_text_on_a_page(lang: Lang, hostile: Design) -> None:
    for written in (
        write(document(hostile, lang), ".html").decode(),
        MarkdownIt("commonmark", {"html": True}).enable("table").render(write(document(hostile, lang), ".md").decode()),
    ):
        page = lxml_html.fromstring(written)
        assert not [*page.iter("script")]
        assert not [e for e in page.iter() if isinstance(e.tag, str) and any(a.startswith("on") for a in e.attrib)]
        assert all(image.get("src", "").startswith("data:") for image in page.iter("img"))
        assert not [a for a in page.iter("a") if a.get("href", "").startswith("javascript")]
        shown = page.text_content()
        assert "<script>alert(1)</script>" in shown
        assert "{{ 7*7 }}" in shown
        assert not set(shown) & set("\u202e\u202c\u0007\u000b\ufffe")


@pytest.mark.parametrize("lang", LANGS)
def test_text_of_a_person_stays_text_in_word_and_pdf(lang: Lang, hostile: Design) -> None:
    found = document(hostile, lang)
    content = write(found, ".docx")
    with zipfile.ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(file.read(name))
    shown = "".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    assert "<script>alert(1)</script>" in shown
    assert not set(shown) & set("\u202e\u202c\u0007\u000b\ufffe")
    reader = PdfReader(BytesIO(write(found, ".pdf")))
    assert "<script>alert(1)</script>" in "".join(page.extract_text() for page in reader.pages[:4])
    root: Any = reader.trailer["/Root"]
    assert "/JavaScript" not in str(root.get("/Names", ""))
    assert "/OpenAction" not in root


def test_an_unknown_format_names_the_allowed_ones() -> None:
    with pytest.raises(UnknownFormat, match=r'"\.odt" is not a format .* \.md, \.html, \.pdf, \.docx'):
        format_of(".odt")


def test_a_library_that_is_not_installed_is_named_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advisor_document.formats.find_spec", lambda _name: None)
    with pytest.raises(LibraryMissing, match=r"WeasyPrint is not installed\. .*\[document\]"):
        format_of(".pdf")
    assert format_of(".md").suffix == ".md"


def test_a_library_without_pango_says_which_packages_it_needs(
    made: Callable[[Lang], Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_document: Document) -> bytes:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("advisor_document.writers.pdf.write", broken)
    with pytest.raises(LibraryMissing, match=r"Install Pango .*libpango-1\.0-0"):
        write(made("en"), ".pdf")
