"""A table as a spreadsheet saves it (CSV), read line by line: any of three delimiters, with or without a byte order mark."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from advisor.text import Text

MOST_LINE = 1_000_000
_DELIMITERS = (",", ";", "\t")
_MARK = b"\xef\xbb\xbf"


class TableError(Exception):
    """The table is malformed; `text` states the line and the reason."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.text = Text(en, ja)


class Opened(NamedTuple):
    """A table whose header is read. `rows` gives the number of its first line and the cells of each row with any."""

    header: list[str]
    delimiter: str
    marked: bool
    rows: Iterator[tuple[int, list[str]]]


def open_table(stream: BinaryIO) -> Opened:
    """Read the header of a table. Raises TableError if there is none."""
    text = io.TextIOWrapper(stream, "utf-8", "surrogateescape", newline="")
    lines = _bounded(text)
    first = next(lines, "")
    marked = first.startswith("\ufeff")
    first = first.removeprefix("\ufeff")
    skipped = 0
    delimiter = None
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, skipped = first.strip()[4], 1
        first = next(lines, "")
    if not first.strip():
        raise TableError("Line 1: the header is missing.", "1 行目: ヘッダーがありません。")
    try:
        first.encode()
    except UnicodeEncodeError as error:
        raise TableError(
            'Line 1: the file is not UTF-8 text; save it as "CSV UTF-8".',
            "1 行目: UTF-8 のテキストではありません。「CSV UTF-8」で保存してください。",
        ) from error
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    rows = _rows(_chained(first, lines), delimiter, skipped)
    header = next(rows, (1, []))[1]
    return Opened(header, delimiter, marked, rows)


def _chained(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    try:
        while line := text.readline(MOST_LINE):
            number += 1
            if len(line) == MOST_LINE:
                raise TableError(
                    f"Line {number}: the line has more than {MOST_LINE:,} characters.",
                    f"{number} 行目: {MOST_LINE:,} 文字を超えています。",
                )
            yield line
    except OSError as error:
        why = error.strerror or str(error)
        raise TableError(
            f"Line {number + 1}: the line cannot be read ({why}).", f"{number + 1} 行目: 読み込めません（{why}）。"
        ) from error
    finally:
        with suppress(ValueError):  # closed by now
            text.detach()  # the caller opened the stream and closes it


def _rows(lines: Iterator[str], delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1 + skipped
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError(
                f"Line {line}: the row cannot be read ({error}). Check for an unclosed quotation mark.",
                f"{line} 行目: 行を読み取れません（{error}）。閉じていない引用符がないか確認してください。",
            ) from error
        if cells is None:
            return
        if any(cells):
            yield line, cells
        line = reader.line_num + 1 + skipped


def write_row(cells: list[str], delimiter: str) -> bytes:
    """Return a row as a line of a table."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")


def mark(marked: bool) -> bytes:
    """Return the byte order mark that spreadsheet programs require."""
    return _MARK if marked else b""
