"""Pictures as PDF: vectors, selectable text, tags and a text alternative; the same bytes each time."""

import logging
from functools import cache
from io import BytesIO
from math import inf
from typing import Any, NamedTuple

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.annotations import Link as GoTo
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from renderers import fonts, pdf_tags, png
from renderers.layout.pages import Page as Paper
from renderers.layout.picture import Box

_MARGIN = 720 / 25.4

logging.getLogger("pypdf").setLevel(logging.ERROR)  # pypdf repairs Graphviz's output
converter: Any
try:
    import svg2pdf_py

    converter = svg2pdf_py
except ImportError:  # no wheel for this machine: the PNG goes into the page
    converter = None


def write(svg: bytes, title: str, lang: str) -> bytes:
    """Return a generated SVG as PDF."""
    return normal(_converted(svg), title, lang, pdf_tags.alternative(svg, title))


def _converted(svg: bytes) -> bytes:
    return bytes(converter.svg_to_pdf(svg.decode(), _fonts())) if converter is not None else _page_of(png.write(svg))


@cache
def _fonts() -> Any:
    database = converter.FontDatabase()
    for path in fonts.paths():
        database.load_font_file(path)
    return database


def _page_of(picture: bytes) -> bytes:
    from PIL import Image

    page = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").save(page, "PDF", resolution=72 * png.SCALE)
    return page.getvalue()


class Link(NamedTuple):
    """A link area on a page, in pixels of its picture, to another page (counted from 0)."""

    box: Box
    to: int


class Page(NamedTuple):
    """A page to be written: its picture as SVG, the width of the picture, the title of its bookmark, and its links."""

    svg: bytes
    width: float
    name: str
    links: tuple[Link, ...]


def write_pages(pages: list[Page], paper: Paper, title: str, lang: str) -> bytes:
    """Return pictures as one PDF, each as large as the paper holds, in its middle, with bookmarks and links."""
    writer = PdfWriter()
    boxes = [_add_page(writer, page, paper) for page in pages]
    for number, page in enumerate(pages):
        left, top, scale = boxes[number]
        for box, to in page.links:
            rect = (left + box.x * scale, top - box.bottom * scale, left + box.right * scale, top - box.y * scale)
            writer.add_annotation(number, GoTo(rect=rect, target_page_index=to))
    if len(pages) > 1:
        for number, page in enumerate(pages):
            writer.add_outline_item(title=page.name, page_number=number)
    return _finished(writer, title, lang, [pdf_tags.alternative(page.svg, page.name) for page in pages])


def _add_page(writer: PdfWriter, page: Page, paper: Paper) -> tuple[float, float, float]:
    """Add a page; return where the top left corner of its picture is, and the points of a pixel."""
    drawn = _sorted(_converted(page.svg)).pages[0]
    wide, tall = float(drawn.mediabox.width), float(drawn.mediabox.height)
    fit = paper.scale(wide, tall)
    height = paper.h if paper.h < inf else tall * fit
    margin = 0.0 if paper.name in ("16:9", "phone") else _MARGIN
    left, bottom = margin + (paper.w - wide * fit) / 2, margin + (height - tall * fit) / 2
    sheet = writer.add_blank_page(paper.w + 2 * margin, height + 2 * margin)
    sheet.merge_transformed_page(drawn, Transformation().scale(fit).translate(left, bottom))
    return left, bottom + tall * fit, fit * wide / page.width


def normal(page: bytes, title: str, lang: str, alternative: str) -> bytes:
    """Return a PDF with sorted dictionaries, without dates and ids, with title, language and text alternative for readers."""
    writer = PdfWriter()
    for pdf_page in _sorted(page).pages:
        writer.add_page(pdf_page)
    return _finished(writer, title, lang, [alternative] * len(writer.pages))


def _sorted(page: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(page))
    _sort(reader.trailer, set())
    return reader


def _finished(writer: PdfWriter, title: str, lang: str, alternatives: list[str]) -> bytes:
    pdf_tags.tag(writer, alternatives, lang)
    writer.metadata = {"/Title": title, "/Producer": "AWS architecture advisor"}
    writer._root_object[NameObject("/Lang")] = TextStringObject(lang)
    preferences = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer._root_object[NameObject("/ViewerPreferences")] = preferences
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _sort(value: Any, visited: set[int]) -> None:
    """Sort the keys of every dictionary that can be reached, so that equal documents are written equally."""
    if isinstance(value, IndirectObject):
        if value.idnum in visited:
            return
        visited.add(value.idnum)
        value = value.get_object()
    if isinstance(value, DictionaryObject):
        for key in sorted(value):
            _sort(value.raw_get(key), visited)
        items = [(key, value.raw_get(key)) for key in sorted(value)]
        if not isinstance(value, StreamObject):
            value.clear()
        for key, item in items:
            dict.__setitem__(value, key, item)
    elif isinstance(value, ArrayObject):
        for item in value:
            _sort(item, visited)
