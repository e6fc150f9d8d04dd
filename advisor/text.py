"""Words in the product's two languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
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
#: What follows a value that nobody has stated.
ASSUMED = Text(" (assumed)", "（仮定）")


def in_a_row(words: Iterable[str]) -> Text:
    """Return words that read the same in both languages in a row: "a, b", in Japanese 「a、b」; "-" for none."""
    found = list(words)
    return Text(", ".join(found) or "-", "、".join(found) or "-")


def capitalized(text: Text) -> Text:
    """Return a phrase as the beginning of a sentence or of a cell: in English with a capital letter."""
    return Text(text.en[:1].upper() + text.en[1:], text.ja)


def times(text: Text, count: int) -> Text:
    """Return the name of something with several identical instances: "Aggregation × 12"; the plain name for one."""
    return text if count == 1 else Text(f"{text.en} × {count:,}", f"{text.ja} × {count:,}")


_ENDING_EN, _ENDING_JA = re.compile(r"^(.+) \(([^()]+)\)$"), re.compile(r"^(.+)（([^（）]+)）$")


def repeats(name: Text, addition: Text) -> bool:
    """Return whether an addition only repeats how a name ends: "Network Load Balancer" and "load balancer", "Pipes" and "pipe"."""
    ending = f" {addition.en}".casefold()
    return bool(addition.en) and name.en.casefold().endswith((ending, f"{ending}s"))


def quoted(name: Text) -> Text:
    """Return a name in the quotation marks of each language: names from requirements can be any words."""
    return Text(f'"{name.en}"', f"「{name.ja}」")


def bracketed(name: Text, addition: Text) -> Text:
    """Return a name with an addition in one pair of brackets, where both can end with brackets themselves.

    "Users" with "internet (assumed)" becomes "Users (internet, assumed)", and "API Gateway (HTTP API)" with "endpoint"
    becomes "API Gateway (HTTP API, endpoint)". What the brackets of the name end with is not said again.
    """
    if not addition.en:
        return name
    en, ja = _ENDING_EN.sub(r"\1, \2", addition.en), _ENDING_JA.sub(r"\1、\2", addition.ja)
    en_name, ja_name = _ENDING_EN.sub(r"\1 (\2, ", name.en), _ENDING_JA.sub(r"\1（\2、", name.ja)
    en_name = en_name if en_name != name.en else f"{name.en} ("
    ja_name = ja_name if ja_name != name.ja else f"{name.ja}（"
    return Text(
        name.en if _ends_in_brackets(name.en, f" {addition.en})") else f"{en_name}{en})",
        name.ja if _ends_in_brackets(name.ja, f"{addition.ja}）") else f"{ja_name}{ja}）",
    )


def _ends_in_brackets(name: str, addition: str) -> bool:
    """Return whether the brackets of a name say an addition already: 「（標準ワークフロー）」 is a 「ワークフロー」."""
    return name.casefold().endswith(addition.casefold())


_JAPANESE = "\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
_SEAM = re.compile(f"(?<=[A-Za-z0-9%])(?=[{_JAPANESE}])|(?<=[{_JAPANESE}])(?=[A-Za-z0-9])")


def spaced(text: Text) -> Text:
    """Return a phrase joined from parts, with the spacing between Japanese and Latin characters."""
    return Text(text.en, _spaced(text.ja))


@lru_cache(maxsize=8192)  # most sentences are those of the rule book, and stand in every decision
def _spaced(words: str) -> str:
    return _SEAM.sub(" ", words)
