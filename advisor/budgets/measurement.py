"""What a measure finds on an edge, and what a setting allows there."""

from typing import NamedTuple

from advisor.text import Text


class Have(NamedTuple):
    """What an edge takes, in a base unit, and in words how it comes about."""

    value: float
    unit: str
    counted: Text


class Allowed(NamedTuple):
    """What a setting allows, in a base unit, and where it stands."""

    value: float
    source: str


def phrase(en: str, ja: str, **amounts: Text) -> Text:
    """Return a phrase with its amounts in words."""
    return Text(
        en.format(**{key: text.en for key, text in amounts.items()}),
        ja.format(**{key: text.ja for key, text in amounts.items()}),
    )
