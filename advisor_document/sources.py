"""The sources of a document, numbered in the order in which they are cited.

A Japanese document links the Japanese page where the rule book names it, and marks every other page as English.
"""

from advisor.book import Book
from advisor.decision import Source
from advisor.text import Lang, Text
from advisor_document.model import Note
from renderers.source_titles import of_aws, page_of, page_titles
from renderers.words import clean

_READ = Text("read on {day}", "{day} 確認")
#: A page that explains a service and supports no statement has no date on which it was checked.
_FURTHER = Text("further reading", "参考")
_ENGLISH = Text("", "英語")
_OTHERS = Text("not on an AWS site", "AWS 以外のサイト")


class Sources:
    """Numbers sources; the same page keeps its number."""

    def __init__(self, book: Book, lang: Lang) -> None:
        self._lang = lang
        pages = [page for service in book.services.values() for page in service.reading]
        self._japanese = {page_of(p.url.en): p.url.ja for p in pages if p.url.ja != p.url.en}
        self._titles = page_titles(book)
        self._notes: dict[str, Note] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The sources that were cited."""
        return tuple(self._notes.values())

    def number(self, source: Source) -> int:
        """Return the number of a source."""
        if source.url not in self._notes:
            self._notes[source.url] = self._note(source, len(self._notes) + 1)
        return self._notes[source.url].number

    def _note(self, source: Source, number: int) -> Note:
        url, japanese = source.url, False
        if self._lang == "ja":
            translated = self._japanese.get(page_of(url))
            japanese = translated is not None or "/ja_jp/" in url or "/jp/" in url
            url = translated or url
        title = source.title or self._titles.get(page_of(source.url))
        remarks = [] if japanese else [_ENGLISH.in_(self._lang)]
        remarks += [] if of_aws(source.url) else [_OTHERS.in_(self._lang)]
        remarks += [_READ.in_(self._lang).format(day=source.checked)] if source.checked else []
        remarks += [_FURTHER.in_(self._lang)] if source.title and not source.checked else []
        said = (", " if self._lang == "en" else "、").join(remark for remark in remarks if remark)
        words = "" if not said else f" ({said})" if self._lang == "en" else f"（{said}）"
        return Note(number, clean(title.in_(self._lang)) if title else "", clean(url), words)
