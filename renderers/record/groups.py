"""A comparison at the length that is read: options that are rejected alike on one line, reasons of few sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.decision import Source
from advisor.text import Text
from renderers.record.options import Option, Standing

_ENGLISH, _JAPANESE = re.compile(r"(?<=\.) (?=[A-Z])"), re.compile(r"(?<=。)(?=.)")


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options that share the reason of their rejection; an option that fits has its own row."""

    options: tuple[Option, ...]
    standing: Standing
    reason: Text
    source: Source | None

    @property
    def names(self) -> tuple[Text, ...]:
        """The names of the options."""
        return tuple(option.name for option in self.options)


def grouped(options: Iterable[Option]) -> tuple[OptionGroup, ...]:
    """Return options in their order, those that the same limit or rule excludes together."""
    by_ground: dict[str, list[Option]] = {}
    for option in options:
        key = f"{option.ground} {option.reason.en}" if option.standing == "excluded" else str(option.service)
        by_ground.setdefault(key, []).append(option)
    return tuple(
        OptionGroup(tuple(alike), alike[0].standing, alike[0].reason, alike[0].source) for alike in by_ground.values()
    )


def shortened(text: Text, most: int) -> Text:
    """Return the first sentences of a text up to a number of English characters; at least one.

    Both languages keep the same sentences; where they divide a text otherwise, it stays whole.
    """
    en, ja = _ENGLISH.split(text.en), _JAPANESE.split(text.ja)
    if len(en) != len(ja):
        return text
    kept = 1
    while kept < len(en) and len(" ".join(en[: kept + 1])) <= most:
        kept += 1
    return Text(" ".join(en[:kept]), "".join(ja[:kept]))
