"""Common elements of both parts of a record: names, sources and lists; user texts and rule texts are escaped."""

from collections.abc import Iterable, Mapping

from advisor.decision import Source
from advisor.design import Design
from advisor.explanation.wording import service_name
from advisor.text import Lang, Text, spaced
from advisor.vocabulary.formats import period
from renderers.markdown import escape, link, within
from renderers.record import DecisiveAnswers
from renderers.source_titles import of_aws, page_of, page_titles

_KINDS = {
    "workload": Text("workload", "ワークロード全体"),
    "component": Text("component", "コンポーネント"),
    "channel": Text("channel", "チャネル"),
    "store": Text("store", "データストア"),
}

#: Names at the start of sentences that are not names of services.
_PROPER = frozenset({"Kafka", "Kubernetes", "Linux", "Windows"})


class Writer:
    """Writes texts of a design as Markdown in one language."""

    def __init__(self, design: Design, lang: Lang, words: Mapping[str, Text]) -> None:
        self.design, self.lang = design, lang
        self.words = {key: text.in_(lang) for key, text in words.items()}
        self.proper = _PROPER | frozenset(word for s in design.book.services.values() for word in s.name.en.split())

    def text(self, text: Text) -> str:
        """Return a text escaped."""
        return escape(text.in_(self.lang))

    def clause(self, text: Text) -> str:
        """Return a sentence escaped, as it reads after "because"."""
        sentence = self.text(text)
        return within(sentence, self.proper) if self.lang == "en" else sentence

    def name(self, service: str | None) -> str:
        """Return the name of a service."""
        return self.text(service_name(self.design.book, service))

    def joined(self, texts: Iterable[Text], gap: str = "comma") -> str:
        """Return texts in a row."""
        return self.words[gap].join(self.text(text) for text in texts)

    def said(self, key: str, **texts: object) -> str:
        """Return a phrase filled with escaped texts, with the spaces that Japanese sets beside Latin letters."""
        return spaced(Text.same(self.words[key].format(**texts))).in_(self.lang)

    def given(self, answers: DecisiveAnswers) -> str:
        """Return answers that decide together, a line each."""
        pairs = (f"{self.text(question)}{self.words['colon']}{self.text(answer)}" for question, answer in answers.given)
        return self.words["semicolon"].join(pairs)

    def heading(self, kind: str, name: str) -> str:
        """Return the heading of a part."""
        return self.words["heading"].format(name=name, kind=_KINDS[kind].in_(self.lang))

    def cited(self, source: Source | None) -> str:
        """Return the source of a statement, and the date on which it was checked."""
        if source is None:
            return ""
        title = None if of_aws(source.url) else page_titles(self.design.book).get(page_of(source.url))
        named = self.words["source" if title is None else "source_elsewhere"]
        titled = title.in_(self.lang) if title else ""
        page_link = link(named.format(date=source.checked, title=titled), source.url)
        return self.words["cited"].format(link=page_link, date=escape(source.checked))

    def made(self) -> str:
        """Return which decision rules decided, and as of when."""
        return self.words["made"].format(
            book=self.design.book.version, period=period(*self.design.read_between).in_(self.lang)
        )
