"""Opens the inputs of commands: the rule book of `--book` and the design of a requirements file."""

from pathlib import Path
from typing import TYPE_CHECKING

from advisor_cli.console import BAD_INPUT, NOTHING_FITS, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from advisor.book import Book, DatedBook
    from advisor.design import Design
    from advisor.text import Lang


def open_book(folder: str | None, lang: "Lang" = "en") -> "Book":
    """Return our rule book, or the one in a folder: a whole book, or a pack that is laid over ours."""
    import rules
    from advisor.book import BookError

    if folder is None:
        return rules.load_book()
    try:
        return rules.open_book(Path(folder))
    except BookError as error:
        raise Stop(BAD_INPUT, f"--book: {error.text.in_(lang)}") from error


def open_dated(folder: str | None, as_of: str | None, lang: "Lang") -> "DatedBook":
    """Return the rule book of `--book` as of the day of `--as-of`, without one as of its newest check date."""
    from advisor.book import dated

    return dated(open_book(folder, lang), as_of)


def open_design(file: str, lang: "Lang", as_of: str | None, folder: str | None) -> "Design":
    """Return the design that follows from a requirements file."""
    from advisor.advise import advise
    from advisor.files import FileError, read_input
    from advisor.requirements import RequirementsError
    from advisor.requirements.reading import read_requirements

    try:
        return advise(read_requirements(read_input(file)), open_dated(folder, as_of, lang))
    except FileError as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error
    except RequirementsError as error:
        raise Stop(BAD_INPUT, *(problem.in_(lang) for problem in error.problems)) from error


def open_without_conflicts(file: str, lang: "Lang", as_of: str | None, folder: str | None) -> "Design":
    """Return the design; where nothing fits, stop with each conflict and its ways out, before anything is written."""
    from advisor.report.decision_report import conflict_lines

    design = open_design(file, lang, as_of, folder)
    if design.decision.conflicts:
        raise Stop(
            NOTHING_FITS,
            *(line for conflict in design.decision.conflicts for line in _indented(conflict_lines(conflict, lang))),
        )
    return design


def _indented(lines: "Iterator[str]") -> "Iterator[str]":
    """Give the first line as it is and the ones that belong to it further in."""
    yield next(lines)
    yield from (f"  {line}" for line in lines)


def read_drawing(file: str, lang: "Lang") -> bytes:
    """Return the content of the file of `--layout`."""
    from advisor.files import FileError, read_input

    try:
        return read_input(file)
    except FileError as error:
        raise Stop(BAD_INPUT, f"--layout: {error.text.in_(lang)}") from error
