"""Words with which people say in a field that they have no answer yet."""

import unicodedata

from advisor_ui.words_reading import UNKNOWN


def is_unknown(words: object) -> bool:
    """Return whether words say that there is no answer yet, as "don't know" does."""
    plain = unicodedata.normalize("NFKC", str(words)).replace("’", "'").casefold()
    return " ".join(plain.split()).rstrip(".。!") in UNKNOWN


def known(words: object) -> str:
    """Return what was written into a field, or "" if it says that there is no answer yet."""
    written = str(words or "").strip()
    return "" if is_unknown(written) else written
