"""The measured load of an edge, and the limit that a setting imposes on it."""

from typing import NamedTuple

from advisor.text import Text, spaced


class Load(NamedTuple):
    """The load of an edge in a base unit, its calculation as text, and whether it follows from no answer."""

    value: float
    unit: str
    counted: Text
    is_assumed: bool = False


class Allowed(NamedTuple):
    """The limit that a setting imposes, in a base unit, and the setting."""

    value: float
    source: str


def phrase(en: str, ja: str, **amounts: Text) -> Text:
    """Return a phrase with formatted amounts."""
    return spaced(
        Text(
            en.format(**{key: text.en for key, text in amounts.items()}),
            ja.format(**{key: text.ja for key, text in amounts.items()}),
        )
    )
