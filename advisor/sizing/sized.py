"""Derived settings with the ground of each value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from advisor.architecture import Ground, Value
from advisor.text import Text, spaced
from advisor.vocabulary.units import words

Values = Mapping[str, Any]
#: Timeouts are longer by this than the time that was stated, as a factor.
SPARE = 1.2


@dataclass
class Sized:
    """Settings of a node by their key, and the grounds of those that were derived."""

    settings: dict[str, Value] = field(default_factory=dict)
    grounds: dict[str, Ground] = field(default_factory=dict)

    def copy_answers(self, values: Values, *keys: str) -> None:
        """Copy answers unchanged."""
        self.settings |= {key: values[key] for key in keys if key in values}

    def put(self, key: str, value: Value, *, unit: str, en: str, ja: str, source: str = "", **amounts: Text) -> None:
        """Set a derived value with its ground; `{name}` in the sentence is a placeholder for an amount of that name."""
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


def rate(value: float, of: str = "") -> Text:
    """Return a rate in words; `of` is what it counts, in English in the singular."""
    said = words(float(value), "per_s")
    if not of:
        return said
    amount, _, period = said.en.partition(" per ")
    return Text(f"{amount} {of}{'' if amount == '1' else 's'} per {period}", said.ja)


def mib(value: float) -> Text:
    """Return a size that is given in MiB in words."""
    return words(value, "MiB")


def size(value: float) -> Text:
    """Return a size that is given in bytes in words."""
    return words(value, "B")
