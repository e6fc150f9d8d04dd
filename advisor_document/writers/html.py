"""The document as one HTML page, by a template that escapes everything: for a browser, and as the source of the PDF."""

import base64
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from advisor_document.model import Block, Diagram, Document, Items, Paragraph, Table
from advisor_document.writers.captions import WORDS, Counter
from blueprints.project.compiled_templates import CompiledTemplates
from renderers import svg
from renderers.layout.picture import Picture

_KINDS: tuple[tuple[str, type], ...] = (
    ("paragraph", Paragraph),
    ("items", Items),
    ("table", Table),
    ("diagram", Diagram),
)


def write(document: Document) -> bytes:
    """Return the HTML page, with the styles and the pictures inside."""
    return page(document, "").encode()


def page(document: Document, style: str) -> str:
    """Return the page with additional styles, which never contain user input."""
    counter = Counter(document.lang)
    return _template().render(
        document=document,
        words={key: text.in_(document.lang) for key, text in WORDS.items()},
        known={note.number for note in document.notes},
        kind=_kind,
        numbered=counter.numbered,
        address=_address,
        style=Markup(style),
    )


def _kind(block: Block) -> str:
    return next(name for name, type_ in _KINDS if isinstance(block, type_))


def _address(picture: Picture) -> str:
    """Return a picture as an address of SVG data, which runs no scripts."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.write(picture, "light")).decode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("advisor_document.writers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=CompiledTemplates(__name__),
    )
    return environment.get_template("document.html.j2")
