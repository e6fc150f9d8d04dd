"""The context in which sentences about one subject are worded, and the patterns of these sentences."""

from typing import Any, NamedTuple

from advisor.book import Book, DatedBook
from advisor.explanation.shown_values import Shown, reading_note, shown_values
from advisor.explanation.wording import fill
from advisor.text import Text, capitalized
from advisor.verdict import SubjectVerdict


class SubjectContext(NamedTuple):
    """The context of the sentences about one subject: its verdict and the book on which it is based."""

    dated: DatedBook
    decided: SubjectVerdict

    @property
    def book(self) -> Book:
        """The rule book."""
        return self.dated.book

    @property
    def id(self) -> str:
        """The id of the subject."""
        return self.decided.subject.id

    @property
    def kind(self) -> str:
        """The kind of the subject."""
        return self.decided.subject.kind

    @property
    def values(self) -> dict[str, Any]:
        """The facts of the subject."""
        return self.decided.known.values

    @property
    def shown(self) -> dict[str, Shown]:
        """What sentences show for facts whose value in the engine is a reading of the answer, or a sum."""
        return shown_values(self.decided.subject, self.decided.known)

    def filled(self, sentence: Text) -> Text:
        """Return a sentence of the rule book in the subject's own values."""
        notes = {id: note for id, answer in self.decided.subject.ranges.items() if (note := reading_note(answer))}
        return fill(self.book, self.kind, sentence, self.values, self.decided.known.supposed, notes, shown=self.shown)


class Pattern(NamedTuple):
    """A sentence with placeholders for texts, in both languages."""

    en: str
    ja: str

    def format(self, **texts: Text) -> Text:
        """Return the sentence with each placeholder filled in its language."""
        en = self.en.format(**{key: text.en for key, text in texts.items()})
        return capitalized(Text(en, self.ja.format(**{key: text.ja for key, text in texts.items()})))


def name_of(book: Book, service: str | None) -> Text:
    """Return the name of a service in the middle of a sentence."""
    if service is None or service not in book.services:
        return (
            Text("direct integration without a Lambda function", "Lambda 関数を使わない直接統合")
            if service == "none"
            else Text.same(str(service))
        )
    return book.services[service].name
