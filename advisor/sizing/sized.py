"""What sizes are made of: the book's limits as of a day, and settings that say why they have their value."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.architecture import Ground, Value
from advisor.book import Book
from advisor.text import Text, spaced
from advisor.vocabulary.units import convert, words

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Dated:
    """The book's facts as of an ISO date."""

    book: Book
    as_of: str

    def most(self, fact: str, unit: str) -> float:
        """Return the value of a fact in a unit; infinity where the book states none on that day."""
        known = self.book.facts.get(fact)
        value = known.value(self.as_of) if known else None
        if known is None or not isinstance(value, int | float) or isinstance(value, bool):
            return math.inf
        return convert(float(value), known.unit, unit)

    def whole(self, fact: str, unit: str, otherwise: int) -> int:
        """Return the value of a fact as a whole number, or another one where the book states none on that day."""
        value = self.most(fact, unit)
        return otherwise if value == math.inf else math.floor(value)


@dataclass
class Sized:
    """Settings of a node by their key, and the grounds of those that were derived."""

    settings: dict[str, Value] = field(default_factory=dict)
    grounds: dict[str, Ground] = field(default_factory=dict)

    def take(self, values: Values, *keys: str) -> None:
        """Take answers over as they are."""
        self.settings |= {key: values[key] for key in keys if key in values}

    def put(self, key: str, value: Value, unit: str, en: str, ja: str, source: str = "", **amounts: Text) -> None:
        """Set a derived value and say why; `{name}` in the sentence stands for an amount of that name."""
        self.settings[key] = value
        reason = Text(
            en.format(**{name: text.en for name, text in amounts.items()}),
            ja.format(**{name: text.ja for name, text in amounts.items()}),
        )
        self.grounds[key] = Ground(unit, spaced(reason), source)


def seconds(value: float) -> Text:
    """Return a time in words."""
    return words(value, "s")


def count(value: float) -> Text:
    """Return a number in words."""
    return words(value, "count")


def rate(value: float) -> Text:
    """Return a rate in words."""
    return words(value, "per_s")


def mib(value: float) -> Text:
    """Return a size that is given in MiB in words."""
    return words(value, "MiB")


def size(value: float) -> Text:
    """Return a size that is given in bytes in words."""
    return words(value, "B")
