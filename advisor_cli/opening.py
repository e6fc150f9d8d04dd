"""What commands open before they work: the rule book of `--book`, and the design of a requirements file."""

from pathlib import Path
from typing import TYPE_CHECKING

from advisor_cli.console import BAD_INPUT, NOTHING_FITS, Stop, say

if TYPE_CHECKING:
    from advisor.book import Book
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


def open_design(file: str, lang: "Lang", as_of: str | None, folder: str | None) -> "Design":
    """Return the design that a requirements file comes to."""
    from advisor.advise import advise
    from advisor.files import FileError, read_input
    from advisor.requirements import RequirementsError
    from advisor.requirements.reading import read_requirements

    try:
        return advise(read_requirements(read_input(file)), open_book(folder, lang), as_of)
    except FileError as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error
    except RequirementsError as error:
        raise Stop(BAD_INPUT, *(problem.in_(lang) for problem in error.problems)) from error


def open_fitting(file: str, lang: "Lang", as_of: str | None, folder: str | None) -> "Design":
    """Return the design; where nothing fits, print the decision and stop before anything is written."""
    from advisor.report.decision_report import to_json

    design = open_design(file, lang, as_of, folder)
    if design.decision.conflicts:
        say(to_json(design, lang))
        raise Stop(NOTHING_FITS, *(conflict.sentence.in_(lang) for conflict in design.decision.conflicts))
    return design
