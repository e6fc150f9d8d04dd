"""The document for Word, by python-docx: styles, headings, captions, a table of contents, and the same bytes each time."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from advisor_document.model import Block, Cell, Diagram, Document, Items, Line, Paragraph, Section, Span, Table
from advisor_document.writers import word_xml as xml
from advisor_document.writers.captions import WORDS, Counter
from advisor_document.writers.word_styles import prepare
from renderers import png
from renderers.dateless import dateless

#: No clock in the document: Word shows this day where a file has none.
_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTH_MM, _HEIGHT_MM = 178.0, 215.0
_LEVELS = 3
#: The height of a row that people fill in by hand.
_BLANK_MM = 8.0
#: A picture is not drawn larger than it is: its pixels are those of a screen.
_PIXEL_MM = 25.4 / 96


def write(document: Document) -> bytes:
    """Return the .docx file. Raises ImportError if python-docx is not installed."""
    import docx

    made = BytesIO()
    _Writer(document, docx.Document()).saved(made)
    return dateless(made)


class _Writer:
    def __init__(self, document: Document, file: Any) -> None:
        self._document, self._file = document, file
        self._counter = Counter(document.lang)
        self._known = {note.number for note in document.notes}
        self._marks = 0
        self._ids: dict[str, str] = {}

    def saved(self, to: BytesIO) -> None:
        """Write everything in its order, and save it."""
        document, file = self._document, self._file
        prepare(file, _WIDTH_MM)
        self._ids = {style.name: style.style_id for style in file.styles}
        self._properties()
        self._paragraph("Title").add_run(document.title)
        self._paragraph("Subtitle").add_run(document.kind)
        for block in document.cover:
            self._block(block)
        self._contents()
        for section in document.sections:
            self._section(section, 1)
        self._sources()
        file.save(to)

    def _properties(self) -> None:
        known = self._file.core_properties
        known.title, known.subject = self._document.title[:255], self._document.kind
        known.author = known.last_modified_by = "AWS architecture advisor"
        known.comments, known.keywords, known.language = "", "", self._document.lang
        known.created = known.modified = _DAY
        known.revision = 1

    def _contents(self) -> None:
        """Add the table of contents: a field that Word renews, with the headings as links until it does."""
        heading = self._paragraph("Contents Heading")
        heading.add_run(WORDS["contents"].in_(self._document.lang))
        heading.paragraph_format.page_break_before = True
        entries = [(section.heading, _bookmark(section)) for section in self._document.sections]
        if self._document.notes:
            entries.append((WORDS["sources"].in_(self._document.lang), "sources"))
        paragraphs = [self._paragraph("Contents Entry") for _ in entries]
        for paragraph, (title, bookmark) in zip(paragraphs, entries, strict=True):
            xml.link_inside(paragraph, bookmark, title)
        if paragraphs:
            xml.field_around(paragraphs, f'TOC \\o "1-{_LEVELS - 1}" \\h \\z \\u')

    def _paragraph(self, style: str) -> Any:
        paragraph = self._file.add_paragraph()
        paragraph._p.style = self._ids[style]
        return paragraph

    def _section(self, section: Section, level: int) -> None:
        heading = self._file.add_heading(section.heading, min(level, _LEVELS))
        heading.paragraph_format.page_break_before = section.id == "summary" or section.number == "2"
        self._mark(heading, _bookmark(section))
        for block in section.blocks:
            self._block(block)
        for part in section.parts:
            self._section(part, level + 1)

    def _mark(self, paragraph: Any, name: str) -> None:
        self._marks += 1
        xml.bookmark(paragraph, self._marks, name)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._line(self._file.add_paragraph(), block.line)
        elif isinstance(block, Items):
            number = xml.fresh_numbering(self._file) if block.ordered else None
            for item in block.lines:
                paragraph = self._paragraph("List Number" if block.ordered else "List Bullet")
                if number is not None:
                    xml.number_by(paragraph, number)
                self._line(paragraph, item)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._diagram(block)

    def _caption(self, kind: str, caption: str, *, above: bool) -> None:
        paragraph = self._paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = above
        label, number, rest = self._counter.parts(kind, caption)
        paragraph.add_run(f"{label} ")
        xml.field(paragraph, f"SEQ {'Table' if kind == 'table' else 'Figure'} \\* ARABIC", str(number))
        paragraph.add_run(rest)

    def _table(self, table: Table) -> None:
        self._caption("table", table.caption, above=True)
        made = self._file.add_table(rows=len(table.rows) + 1, cols=len(table.heads), style="Table Grid")
        xml.fit(made, [_WIDTH_MM * width / sum(table.widths) for width in table.widths])
        if table.blank:
            xml.heighten(made, _BLANK_MM)
        rows = xml.rows(made)
        for cell, head in zip(rows[0], table.heads, strict=True):
            xml.shade(cell)
            cell.paragraphs[0]._p.style = self._ids["Table Head"]
            cell.paragraphs[0].add_run(head)
        for cells, row in zip(rows[1:], table.rows, strict=True):
            for cell, content in zip(cells, row, strict=True):
                self._cell(cell, content)
        self._paragraph("After Table")

    def _cell(self, cell: Any, content: Cell) -> None:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self._ids["Table Text"]  # by its id: python-docx looks through all styles for a name
        for number, one in enumerate(content):
            if number:
                paragraph.add_run().add_break()
            self._line(paragraph, one)

    def _diagram(self, diagram: Diagram) -> None:
        from docx.shared import Mm

        for caption, picture in diagram.pictures():
            scale = min(_WIDTH_MM / picture.width, _HEIGHT_MM / picture.height, _PIXEL_MM)
            paragraph = self._file.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            shape = paragraph.add_run().add_picture(
                BytesIO(png.draw(picture, "light")), width=Mm(picture.width * scale)
            )
            xml.describe(shape, picture.description)
            self._caption("figure", caption, above=False)

    def _line(self, paragraph: Any, line: Line) -> None:
        for span in line:
            self._span(paragraph, span)

    def _span(self, paragraph: Any, span: Span) -> None:
        run = paragraph.add_run(span.text)
        run.bold = True if span.strong else None
        if span.code:
            run._r.style = self._ids["Code"]
        for number in span.notes:
            if number in self._known:
                xml.link_inside(paragraph, f"note_{number}", f"[{number}]", raised=True)

    def _sources(self) -> None:
        if not self._document.notes:
            return
        self._mark(self._file.add_heading(WORDS["sources"].in_(self._document.lang), 1), "sources")
        for note in self._document.notes:
            paragraph = self._paragraph("Source")
            self._mark(paragraph, f"note_{note.number}")
            paragraph.add_run(f"[{note.number}] ")
            if note.url.startswith(("https://", "http://")):
                xml.link_outside(paragraph, note.url, note.title or note.url)
            else:
                paragraph.add_run(note.title or note.url)
            if note.words:
                paragraph.add_run(note.words)


def _bookmark(section: Section) -> str:
    """Return the name of a section's bookmark: letters and digits, as Word takes them."""
    return f"section_{section.number.replace('.', '_')}"
