"""The document as a value that every writer prints: sections of paragraphs, lists, tables and diagrams, and its sources."""

from collections.abc import Callable
from dataclasses import dataclass, field

from advisor.text import Lang
from renderers.layout.picture import Picture
from renderers.words import clean


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style. `notes` are the numbers of its sources."""

    text: str
    strong: bool = False
    code: bool = False
    notes: tuple[int, ...] = ()


Line = tuple[Span, ...]
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered if the order matters."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a header; `widths` are the relative widths of its columns, `blank` marks a form."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram: `pictures` has it as pictures for A4 pages, `charts` as Mermaid, both with captions.

    Either has several where one cannot be read.
    """

    pictures: Callable[[], tuple[tuple[str, Picture], ...]]
    charts: Callable[[], tuple[tuple[str, str], ...]]


Block = Paragraph | Items | Table | Diagram


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or a section of one. `id` is the name for `--without`; `number` is empty if it has none."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    parts: tuple["Section", ...] = ()
    number: str = ""

    @property
    def heading(self) -> str:
        """The title with its number."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Note:
    """A source: its page, and the date on which it was read; `words` is a note for readers."""

    number: int
    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document."""

    lang: Lang
    title: str
    kind: str
    cover: tuple[Block, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = field(default=())


def span(text: str, *notes: int, strong: bool = False, code: bool = False) -> Span:
    """Return a text without control, direction and forbidden characters, so that no format can be broken."""
    return Span(clean(text), strong, code, tuple(dict.fromkeys(notes)))


def line(text: str, *notes: int) -> Line:
    """Return a line of plain text."""
    return (span(text, *notes),)


def cell(text: str, *notes: int) -> Cell:
    """Return a cell with one line of plain text, or an empty cell."""
    return (line(text, *notes),) if text or notes else ()
