"""Requirements that lead to services which no story holds, one file each, as a user would write them."""

from pathlib import Path

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements.reading import read_requirements

FOLDER = Path(__file__).with_name("requirements")
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def design_from(name: str, book: Book) -> Design:
    """Return the design that one of the files leads to."""
    return advise(read_requirements((FOLDER / f"{name}.yaml").read_bytes()), book)
