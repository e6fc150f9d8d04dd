"""The document as PDF by WeasyPrint: bookmarks, tags, and text that can be selected, with the shipped fonts."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from advisor_document.model import Document
from advisor_document.writers import html
from renderers import fonts

#: WeasyPrint writes the same id into every document instead of a random one.
_IDENTIFIER = b"aws-architecture-advisor"


def write(document: Document) -> bytes:
    """Return the PDF. Raises ImportError or OSError if WeasyPrint or its system libraries are not installed."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    page = html.page(document, _style())
    configuration = FontConfiguration()
    source = weasyprint.HTML(string=page, url_fetcher=_fetcher())
    pdf: bytes = source.write_pdf(
        font_config=configuration, pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=_IDENTIFIER
    )
    return pdf


@cache
def _style() -> str:
    """Return the styles of paper, with the shipped fonts by their paths."""
    faces = "".join(
        f'@font-face {{ font-family: "{fonts.FAMILY}"; font-weight: {weight}; src: url({Path(path).as_uri()}); }}\n'
        for weight, path in zip(("normal", "bold"), fonts.paths(), strict=True)
    )
    return faces + files("advisor_document.writers").joinpath("paper.css").read_text("utf-8")


def _fetcher() -> Any:
    """Return the URL fetcher, which permits only the shipped fonts and embedded images."""
    from weasyprint.urls import URLFetcher

    allowed = {Path(path).as_uri() for path in fonts.paths()}

    class Shipped(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in allowed or url.startswith("data:image/svg+xml;base64,"):
                return super().fetch(url, headers)
            raise ValueError("not part of the document")

    return Shipped()
