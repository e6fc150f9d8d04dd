"""Search queries of the rule book: words and quantities in English and Japanese, and the relevance of an entry.

A quantity is found in any unit that it can be written in: "15 minutes", 「15 分」 and 900 s are the same term.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log

_UNITS = {
    "time": {
        0.001: ("ms", "millisecond", "milliseconds", "ミリ秒"),
        1.0: ("s", "sec", "second", "seconds", "秒"),
        60.0: ("m", "min", "mins", "minute", "minutes", "分", "分間"),
        3600.0: ("h", "hour", "hours", "時間"),
        86400.0: ("d", "day", "days", "日", "日間"),
    },
    "size": {
        1.0: ("b", "byte", "bytes", "バイト"),
        2.0**10: ("kb", "kib"),
        2.0**20: ("mb", "mib"),
        2.0**30: ("gb", "gib"),
        2.0**40: ("tb", "tib"),
    },
}
_BY_NAME = {name: (what, size) for what, sizes in _UNITS.items() for size, names in sizes.items() for name in names}
_NAMES = "|".join(sorted(map(re.escape, _BY_NAME), key=lambda name: (-len(name), name)))
_QUANTITY = re.compile(rf"(?<![\w.,-])([0-9][0-9,]*(?:\.[0-9]+)?)[ -]?({_NAMES})(?![a-z0-9])")
_WORD = re.compile(r"[a-z0-9][a-z0-9._/-]*|[\u30a1-\u30fa\u30fc]+|[\u4e00-\u9fff々]+|[^\s\w]*[^\W_]+")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")
#: Words of a question that say nothing of what is asked for.
_ASKING = frozenset(
    [
        "a",
        "above",
        "about",
        "all",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "below",
        "by",
        "can",
        "cannot",
        "do",
        "does",
        "doesn",
        "for",
        "from",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "longer",
        "may",
        "more",
        "most",
        "much",
        "my",
        "not",
        "of",
        "on",
        "only",
        "or",
        "over",
        "should",
        "so",
        "t",
        "than",
        "that",
        "the",
        "their",
        "then",
        "there",
        "this",
        "to",
        "under",
        "up",
        "use",
        "using",
        "was",
        "what",
        "when",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
) | frozenset(("何故", "理由", "超", "以上", "以下", "以内", "未満", "最大", "場合", "使", "処理", "実行", "可能"))

_FEW = 2
_LONG = 4000


@dataclass(frozen=True)
class Query:
    """A search query: words and quantities without duplicates, in their order."""

    words: tuple[str, ...]
    quantities: tuple[str, ...]


@dataclass(frozen=True)
class Searchable:
    """The search terms of an entry: its title (id and service), its text, and its quantities."""

    title: str
    text: str
    quantities: Counter[str]


def quantity_term(value: float, unit: str) -> str:
    """Return a quantity as a term that is the same in every unit; "" for a unit that is neither time nor size."""
    what, size = _BY_NAME.get(unit.casefold(), ("", 0.0))
    return f"{what}:{value * size:.9g}" if what else ""


def read_query(written: str) -> Query:
    """Return the search query, without question words if other words remain."""
    text = _plain(written)
    quantities = _quantities(text)
    words = [word.strip("._/-") or word for word in _WORD.findall(_HIRAGANA.sub(" ", _QUANTITY.sub(" ", text)))]
    telling = [word for word in words if word not in _ASKING]
    if not telling and not quantities:
        telling = words or text.split()
    return Query(tuple(dict.fromkeys(telling)), tuple(dict.fromkeys(quantities)))


def searchable(title: Iterable[str], texts: Iterable[str], quantities: Iterable[str] = ()) -> Searchable:
    """Return the search terms of an entry; `quantities` are terms besides those in its text."""
    titles, text = _plain(" ".join(title)), _plain(" ".join(texts))
    named = Counter([*_quantities(text), *(term for term in quantities if term)])
    return Searchable(titles, f"{titles} {text}", named)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _quantities(text: str) -> list[str]:
    found = [(float(match[1].replace(",", "")), match[2]) for match in _QUANTITY.finditer(text)]
    return [quantity_term(value, unit) for value, unit in found]


def scores(query: Query, entries: Sequence[Searchable]) -> list[float]:
    """Return the relevance of each entry, 0 if it does not match.

    An entry has as many of the terms as the best one; of three and more, one may be absent. What few entries have counts
    most; then where it stands, and how much else the entry says.
    """
    terms = [*query.words, *query.quantities]
    if not terms:
        return [1.0] * len(entries)
    fits = [[_fit(term, entry) for term in terms] for entry in entries]
    rarity = [log(1 + len(entries) / (1 + sum(fit[n] > 0 for fit in fits))) for n in range(len(terms))]
    most = max((_count(fit) for fit in fits), default=0)
    least = max(most - 1 if len(terms) > _FEW else most, ceil(len(terms) / 2))
    return [
        _weighed(fit, rarity) * (_count(fit) / len(terms)) ** 2 / (1 + len(entry.text) / _LONG)
        if _count(fit) >= least
        else 0.0
        for fit, entry in zip(fits, entries, strict=True)
    ]


def _count(fit: list[float]) -> int:
    return sum(one > 0 for one in fit)


def _weighed(fit: list[float], rarity: list[float]) -> float:
    return sum(weight * one for weight, one in zip(rarity, fit, strict=True))


def _fit(term: str, entry: Searchable) -> float:
    """Return how well an entry fits one term: least in its text, most as the whole title of its service."""
    if ":" in term and term in entry.quantities:
        return 1.0 + 0.25 * min(entry.quantities[term], 4)
    if term not in entry.text:
        return 0.0
    whole = rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])"
    if re.search(whole, entry.title):
        return 2.0
    return 1.5 if re.search(whole, entry.text) else 1.0
