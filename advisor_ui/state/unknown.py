"""Words with which people say in a field that they have no answer yet."""

import re
import unicodedata
from functools import cache

from advisor_ui.words_reading import AFTER_UNKNOWN, BEFORE_UNKNOWN, UNKNOWN

_PARTS = re.compile(r"[(),、。;]|(?<=[a-z])\. ")


def is_unknown(words: object) -> bool:
    """Return whether words say that there is no answer yet, as "I do not know yet" does."""
    plain = unicodedata.normalize("NFKC", str(words)).replace("\u2019", "'").casefold()
    plain = " ".join(plain.split()).rstrip("。!")
    parts = [part for part in _PARTS.split(plain) if part.strip(" .")]
    return any(_says_unknown(one) for one in (plain, plain.rstrip("."))) or (
        len(parts) > 1 and all(_says_unknown(part.strip(" .")) for part in parts)
    )


def known(words: object) -> str:
    """Return what was written into a field, or "" if it says that there is no answer yet."""
    written = str(words or "").strip()
    return "" if is_unknown(written) else written


def _says_unknown(words: str) -> bool:
    return _without_filling(words) in UNKNOWN


def _without_filling(words: str) -> str:
    while words not in UNKNOWN:
        rest = _filling().sub("", words, count=1).strip(" ,、")
        if rest == words:
            return words
        words = rest
    return words


@cache
def _filling() -> re.Pattern[str]:
    """Return a pattern for one filling word at the beginning or the end; alphabetic ones only as whole words."""
    before = "|".join(
        rf"{re.escape(word)}\b" if word.isascii() else re.escape(word)
        for word in sorted(BEFORE_UNKNOWN, key=len, reverse=True)
    )
    after = "|".join(rf"(?<![\w']){re.escape(word)}" if word.isascii() else re.escape(word) for word in AFTER_UNKNOWN)
    return re.compile(rf"^(?:{before})|(?:{after})$")
