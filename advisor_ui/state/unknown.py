"""Words with which people say in a field that they have no answer yet."""

import unicodedata

_WORDS = frozenset(
    (
        "don't know", "dont know", "do not know", "i don't know", "i dont know", "i do not know", "don't know yet",
        "not known", "not known yet", "unknown", "not sure", "unsure", "no idea", "unclear", "tbd", "tba", "to be decided",
        "to be defined", "to be determined", "not decided", "not decided yet", "undecided", "not yet decided", "open", "?", "??",
        "わからない", "分からない", "わかりません", "分かりません", "まだわからない", "まだ分からない", "知らない", "不明", "未定", "未定です",
        "未確定", "未決定", "未回答", "検討中", "決まっていない", "決まっていません", "まだ決まっていない", "まだ決まっていません",
    )
)  # fmt: skip


def is_unknown(words: object) -> bool:
    """Return whether words say that there is no answer yet: "don't know", 「未定」."""
    plain = unicodedata.normalize("NFKC", str(words)).replace("’", "'").casefold()
    return " ".join(plain.split()).rstrip(".。!") in _WORDS


def known(words: object) -> str:
    """Return what was written into a field, or "" if it says that there is no answer yet."""
    written = str(words or "").strip()
    return "" if is_unknown(written) else written
