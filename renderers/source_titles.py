"""The titles of the pages that the rule book cites, by address without its fragment.

`source_titles.txt` holds the titles of the pages that the rule book does not list as further reading: an address and a title in
each line, both English.
"""

from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from advisor.book import Book
from advisor.text import Text


@cache
def titles() -> dict[str, Text]:
    """Return the titles of the pages that the rule book does not list as further reading."""
    lines = files(__package__).joinpath("source_titles.txt").read_text(encoding="utf-8").splitlines()
    return {url: Text(title, title) for url, _, title in (line.partition(" ") for line in lines)}


def page_titles(book: Book) -> dict[str, Text]:
    """Return the titles of all cited pages: those of further reading are in both languages."""
    pages = [page for service in book.services.values() for page in service.reading]
    return titles() | {page_of(url): page.title for page in pages for url in (page.url.en, page.url.ja)}


def page_of(url: str) -> str:
    """Return the address of a page without the place in it."""
    return url.partition("#")[0]


def of_aws(url: str) -> bool:
    """Return whether a page is one of AWS."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return host.endswith(("amazon.com", ".aws")) or host == "aws.github.io" or parts.path.startswith(("/aws/", "/aws-"))
