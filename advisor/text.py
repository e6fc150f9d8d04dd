"""Words in the product's two languages."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["en", "ja"]
LANGS: tuple[Lang, ...] = ("en", "ja")


@dataclass(frozen=True, slots=True)
class Text:
    """One phrase in English and in Japanese."""

    en: str
    ja: str

    def in_(self, lang: Lang) -> str:
        """Return the phrase in `lang`."""
        return self.ja if lang == "ja" else self.en

    @staticmethod
    def same(words: str) -> "Text":
        """Return a phrase that reads the same in both languages, such as a product name or the user's own words."""
        return Text(words, words)


EMPTY = Text("", "")
