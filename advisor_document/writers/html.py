"""The document as one HTML page, by a template that escapes everything: for a browser, and as the source of the PDF."""

import base64
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from advisor.text import Lang, Text
from advisor_document.model import Block, Diagram, Document, Items, Paragraph, Section, Table
from renderers import svg

_WORDS = {
    "contents": Text("Contents", "目次"),
    "sources": Text("Sources", "出典"),
    "table": Text("Table", "表"),
    "figure": Text("Figure", "図"),
}
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
    """Return the page with further styles of ours behind its own."""
    counter = Counter(document.lang)
    return _template().render(
        document=document,
        words={key: text.in_(document.lang) for key, text in _WORDS.items()},
        known={note.number for note in document.notes},
        kind=_kind,
        numbered=counter.numbered,
        pictures=_pictures,
        style=style,
    )


@dataclass
class Counter:
    """Numbers tables and figures in their order."""

    lang: Lang
    counts: dict[str, int] = field(default_factory=dict)

    def numbered(self, kind: str, caption: str) -> str:
        """Return the caption of the next table or figure, with its number."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        separator = ": " if self.lang == "en" else "　"
        return f"{_WORDS[kind].in_(self.lang)} {self.counts[kind]}{separator}{caption}"


def _kind(block: Block) -> str:
    return next(name for name, type_ in _KINDS if isinstance(block, type_))


def _pictures(diagram: Diagram) -> list[tuple[str, str]]:
    """Return the pictures as addresses of SVG data, which run no scripts, each with its name."""
    return [
        (name, "data:image/svg+xml;base64," + base64.b64encode(svg.write(picture, "light")).decode())
        for name, picture in diagram.pictures()
    ]


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("advisor_document.writers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("document.html.j2")


def sections_of(document: Document) -> tuple[Section, ...]:
    """Return all sections with their parts, in order."""
    return tuple(one for section in document.sections for one in (section, *section.parts))
