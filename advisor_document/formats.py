"""The formats of the document, chosen by the suffix of the file to write."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from advisor.text import Text, in_a_row
from advisor_document.model import Document
from renderers.words import clean

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MISSING = Text(
    "{suffix}: {library} is not installed. Install the Python extra `document`: pip install "
    "'aws-architecture-advisor[document]'",
    "{suffix}: {library} がインストールされていません。Python パッケージの追加機能 `document` をインストールしてください"
    "（pip install 'aws-architecture-advisor[document]'）。",
)
_NO_PANGO = Text(
    "{suffix}: WeasyPrint cannot load the Pango library. Install Pango (Debian: {packages}).",
    "{suffix}: WeasyPrint が Pango ライブラリを読み込めません。Pango をインストールしてください（"
    "Debian: {packages}）。",
)
#: What Debian calls what WeasyPrint loads.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class LibraryMissing(RuntimeError):
    """A format requires a library that is not installed. `text` names it and how to install it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UnknownFormat(ValueError):
    """An unknown format was requested. `text` lists the known ones."""

    def __init__(self, suffix: str) -> None:
        listed = in_a_row(format.suffix for format in FORMATS)
        shown = clean(suffix)[:20]
        self.text = Text(
            f'"{shown}" is not a format of the design document. It must be one of: {listed.en}.',
            f"「{shown}」は設計書の形式ではありません。指定できる形式: {listed.ja}。",
        )
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its suffix, name, media type, the module that it needs beside the product's own, and its writer."""

    suffix: str
    name: Text
    media_type: str
    needs: str
    library: str
    write: Callable[[Document], bytes]

    @property
    def installed(self) -> bool:
        """Whether the module that it needs is there."""
        return not self.needs or find_spec(self.needs) is not None


def _markdown(document: Document) -> bytes:
    from advisor_document.writers import markdown

    return markdown.write(document)


def _html(document: Document) -> bytes:
    from advisor_document.writers import html

    return html.write(document)


def _pdf(document: Document) -> bytes:
    from advisor_document.writers import pdf

    try:
        return pdf.write(document)
    except OSError as error:
        words = {"suffix": ".pdf", "packages": PACKAGES}
        raise LibraryMissing(Text(_NO_PANGO.en.format(**words), _NO_PANGO.ja.format(**words))) from error


def _docx(document: Document) -> bytes:
    from advisor_document.writers import docx

    return docx.write(document)


FORMATS = (
    Format(".md", Text.same("Markdown"), "text/markdown", "", "", _markdown),
    Format(".html", Text.same("HTML"), "text/html", "", "", _html),
    Format(".pdf", Text.same("PDF"), "application/pdf", "weasyprint", "WeasyPrint", _pdf),
    Format(".docx", Text.same("Word"), _WORD, "docx", "python-docx", _docx),
)


def format_of(suffix: str) -> Format:
    """Return the format of a suffix. Raises UnknownFormat, or LibraryMissing if a library is not installed."""
    for format in FORMATS:
        if format.suffix == suffix:
            if not format.installed:
                words = {"suffix": suffix, "library": format.library}
                raise LibraryMissing(Text(_MISSING.en.format(**words), _MISSING.ja.format(**words)))
            return format
    raise UnknownFormat(suffix)


def write(document: Document, suffix: str) -> bytes:
    """Return the document in the format of a suffix."""
    return format_of(suffix).write(document)
