"""Requirements that lead to services which no story holds, one file each, as a user would write them."""

from pathlib import Path

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements.reading import read_requirements

FOLDER = Path(__file__).with_name("requirements")
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


#: The book is kept beside its design, so that its id is not given to another.
_made: dict[tuple[str, int], tuple[Book, Design]] = {}


def design_from(name: str, book: Book) -> Design:
    """Return the design that one of the files leads to, decided and planned once for all tests of a process."""
    key = name, id(book)
    if key not in _made:
        _made[key] = book, advise(read_requirements((FOLDER / f"{name}.yaml").read_bytes()), book)
    return _made[key][1]
