"""Words with which people say in a field that they have no answer yet."""

import re
import unicodedata
from functools import cache

from advisor_ui.words_reading import AFTER_UNKNOWN, BEFORE_UNKNOWN, UNKNOWN


def is_unknown(words: object) -> bool:
    """Return whether words say that there is no answer yet, as "I do not know yet" does."""
    plain = unicodedata.normalize("NFKC", str(words)).replace("\u2019", "'").casefold()
    plain = " ".join(plain.split()).rstrip("。!")
    return any(_without_filling(one) in UNKNOWN for one in (plain, plain.rstrip(".")))


def known(words: object) -> str:
    """Return what was written into a field, or "" if it says that there is no answer yet."""
    written = str(words or "").strip()
    return "" if is_unknown(written) else written


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
    before = "|".join(rf"{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in BEFORE_UNKNOWN)
    after = "|".join(rf"(?<![\w']){re.escape(word)}" if word.isascii() else re.escape(word) for word in AFTER_UNKNOWN)
    return re.compile(rf"^(?:{before})|(?:{after})$")
