"""The design document for review and approval, generated from a design as Markdown, HTML, PDF or Word."""

from advisor_document.build import SECTIONS, UnknownSection, document
from advisor_document.formats import FORMATS, Format, LibraryMissing, UnknownFormat, format_of, write

__all__ = [
    "FORMATS", "SECTIONS", "Format", "LibraryMissing", "UnknownFormat", "UnknownSection", "document", "format_of", "write",
]  # fmt: skip
