"""The document as Markdown: tables, footnotes, and the diagram as Mermaid, as the pages of repositories show them."""

from collections.abc import Iterator

from advisor_document.model import Block, Cell, Diagram, Document, Items, Line, Paragraph, Section, Span, Table
from advisor_document.writers.captions import WORDS
from renderers.markdown import escape, link


def write(document: Document) -> bytes:
    """Return the Markdown file."""
    return _Page(document).text().encode()


class _Page:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._known = {note.number for note in document.notes}

    def text(self) -> str:
        document = self._document
        parts = [f"# {escape(document.title)}\n\n{escape(document.kind)}\n"]
        parts += [self._block(block) for block in document.cover]
        for section in document.sections:
            parts += self._section(section, 2)
        if document.notes:
            parts.append(f"## {WORDS['sources'].in_(document.lang)}\n")
            parts.append("\n".join(self._notes()) + "\n")
        return "\n".join(parts)

    def _notes(self) -> Iterator[str]:
        for note in self._document.notes:
            gap = " " if note.words.startswith(" ") else ""
            yield f"[^{note.number}]: {link(note.title or note.url, note.url)}{gap}{escape(note.words)}"

    def _section(self, section: Section, level: int) -> Iterator[str]:
        yield f"{'#' * min(level, 6)} {escape(section.heading)}\n"
        yield from (self._block(block, section.title) for block in section.blocks)
        for part in section.parts:
            yield from self._section(part, level + 1)

    def _block(self, block: Block, title: str = "") -> str:
        if isinstance(block, Paragraph):
            return f"{self._line(block.line)}\n"
        if isinstance(block, Items):
            marks = (f"{n}." if block.ordered else "-" for n in range(1, len(block.lines) + 1))
            return "".join(f"{mark} {self._line(line)}\n" for mark, line in zip(marks, block.lines, strict=True))
        if isinstance(block, Diagram):
            return "\n".join(f"```mermaid\n{source}```\n\n*{escape(caption)}*\n" for caption, source in block.charts())
        return self._table(block, title)

    def _table(self, table: Table, title: str) -> str:
        """Return a table with its caption, unless that repeats the heading above it."""
        lines = [f"| {' | '.join(escape(head) for head in table.heads)} |", f"|{' --- |' * len(table.heads)}"]
        lines += [f"| {' | '.join(self._cell(cell) for cell in row)} |" for row in table.rows]
        caption = "" if table.caption == title else f"**{escape(table.caption)}**\n\n"
        return caption + "\n".join(lines) + "\n"

    def _cell(self, cell: Cell) -> str:
        return "<br>".join(self._line(line) for line in cell) or " "

    def _line(self, line: Line) -> str:
        return "".join(self._span(span) for span in line)

    def _span(self, span: Span) -> str:
        words = f"`{span.text.replace('`', '')}`".replace("|", "\\|") if span.code else escape(span.text)
        words = f"**{words}**" if span.strong and words else words
        return words + "".join(f"[^{number}]" for number in span.notes if number in self._known)
