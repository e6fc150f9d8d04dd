"""The picture as a PDF of one page: vectors and selectable text, the same bytes each time."""

import logging
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from renderers import fonts, png

logging.getLogger("pypdf").setLevel(logging.ERROR)  # pypdf repairs Graphviz's output
converter: Any
try:
    import svg2pdf_py

    converter = svg2pdf_py
except ImportError:  # no wheel for this machine: the PNG goes into the page
    converter = None


def write(svg: bytes, title: str, lang: str) -> bytes:
    """Return an SVG of ours as PDF."""
    page = converter.svg_to_pdf(svg.decode(), _fonts()) if converter is not None else _page_of(png.write(svg))
    return normal(page, title, lang)


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


def normal(page: bytes, title: str, lang: str) -> bytes:
    """Return a PDF with sorted dictionaries, without dates and ids, and with a title and language for readers."""
    reader = PdfReader(BytesIO(page))
    _sort(reader.trailer, set())
    writer = PdfWriter()
    for pdf_page in reader.pages:
        writer.add_page(pdf_page)
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
