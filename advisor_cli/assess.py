"""`advisor assess`: decides every row of a CSV file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from advisor_cli.console import BAD_INPUT, CHECK_FAILED, OUT, Stop, book_command, command, say
from advisor_cli.opening import open_dated

if TYPE_CHECKING:
    from advisor.assessing.results import Assessor
    from advisor.assessing.rows import Row
    from advisor.assessing.tables import Opened
    from advisor.text import Lang

_MAX_PRINTED = 1000
_STEP = 2000


@command()
@click.argument("file", metavar="IN")
@OUT
@book_command
@click.option("--progress", is_flag=True, help="Show progress even if standard error is not a terminal.")
def assess(file: str, out: str, lang: "Lang", as_of: str | None, folder: str | None, progress: bool) -> None:
    """Select services for every row of the CSV file IN and write them to the CSV file OUT.

    IN has one component, channel or store per row. "-" as IN reads from standard input, "-" as OUT writes to standard
    output. The columns of IN are:

    \b
      <field>           an answer, by its field id in the requirements file
      workload.<field>  an answer about the whole workload
      pins.<role>       a service that must be used
      kind              component, channel or store; component if empty
      id, title         id and title of the row
      workload          adjacent rows with the same name form one workload

    To refer to another row, enter its id. Separate several values in a cell with ";".

    OUT contains one row for each row of IN: the selected service for each role, holds_conflict (roles without a suitable
    service), turns (thresholds: if an answer is a range, the values in it at which a different service is selected), warnings (rule
    ids) and errors. An invalid row has only errors, which are also reported on standard error.

    Exit code: 0 if every row was evaluated, 1 if IN has invalid rows, 2 if IN cannot be read.

    \b
    Examples:
      advisor assess services.csv -o decided.csv
      cut -d, -f1-9 services.csv | advisor assess - -o - --lang ja > decided.csv
    """
    import gc

    from advisor.assessing.results import Assessor
    from advisor.assessing.rows import Reader
    from advisor.assessing.tables import TableError, open_table
    from advisor.files import FileError, reading, writing
    from advisor.requirements import RequirementsError

    gc.enable()
    dated = open_dated(folder, as_of, lang)
    try:
        with writing(out) as target, reading(file) as source:
            table = open_table(source)
            assessor = Assessor(Reader(table.header, dated.book), dated, lang)
            shown = progress or sys.stderr.isatty()
            skipped = _write(table, assessor, target, lang, _Progress(source, file, shown, lang))
    except (FileError, TableError) as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error
    except RequirementsError as error:
        raise Stop(BAD_INPUT, *(problem.in_(lang) for problem in error.problems)) from error
    if skipped:
        click.get_current_context().exit(CHECK_FAILED)


def _write(table: "Opened", assessor: "Assessor", target: BinaryIO, lang: "Lang", progress: "_Progress") -> int:
    """Write every result and return how many rows were skipped."""
    from advisor.assessing.tables import mark, write_row

    target.write(mark(table.marked) + write_row([*assessor.columns], table.delimiter))
    skipped = number = 0
    for number, (row, cells) in enumerate(assessor.results(table.rows), 1):
        target.write(write_row(cells, table.delimiter))
        if row.problems:
            skipped += 1
            if skipped <= _MAX_PRINTED:
                progress.clear()
                say(_problem_lines(row, lang), err=True)
        if number % _STEP == 0:
            progress.show(number)
    progress.show(number)
    progress.end()
    if skipped:
        say(_summary(number, skipped, lang), err=True)
    return skipped


def _problem_lines(row: "Row", lang: "Lang") -> str:
    where = f"{row.line} 行目" if lang == "ja" else f"line {row.line}"
    return "".join(f"{where}: {problem.in_(lang)}\n" for problem in row.problems)


def _summary(number: int, skipped: int, lang: "Lang") -> str:
    if lang == "ja":
        return f"{number:,} 行のうち {skipped:,} 行に誤りがあり、選定できませんでした。OUT の errors 列を参照してください。\n"
    return f"{skipped:,} of {number:,} rows have errors and were not evaluated. See the column `errors` in OUT.\n"


class _Progress:
    """One line on standard error that says how far the work is."""

    def __init__(self, source: BinaryIO, name: str, shown: bool, lang: "Lang") -> None:
        self._source, self._shown = source, shown
        self._rows = "行" if lang == "ja" else "rows"
        self._size = Path(name).stat().st_size if shown and name != "-" and Path(name).is_file() else 0

    def show(self, rows: int) -> None:
        if self._shown:
            share = f" ({min(100, self._source.tell() * 100 // self._size)} %)" if self._size else ""
            say(f"\r{rows:,} {self._rows}{share}", err=True)

    def clear(self) -> None:
        if self._shown:
            say("\r\033[K" if sys.stderr.isatty() else "\n", err=True)

    def end(self) -> None:
        if self._shown:
            say("\n", err=True)
