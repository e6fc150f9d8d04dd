"""Errors of drawing in both languages: a suffix that cannot be written, and a program that is missing."""

from collections.abc import Iterable

from advisor.text import LANGS, Text, in_a_row

_SUFFIX = Text('"{suffix}" must be one of: {allowed}.', "「{suffix}」は使えません。使える値: {allowed}。")
_MOST_SHOWN = 20


class Refused(Exception):
    """Something cannot be drawn; `text` is the sentence in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UnknownSuffix(Refused, ValueError):
    """A file name has a suffix that cannot be written."""

    def __init__(self, suffix: str, allowed: Iterable[str]) -> None:
        shown, listed = suffix[:_MOST_SHOWN], in_a_row(allowed)
        en, ja = (_SUFFIX.in_(lang).format(suffix=shown, allowed=listed.in_(lang)) for lang in LANGS)
        super().__init__(Text(en, ja))


class ToolMissing(Refused):
    """A required program is not installed; the text names it."""
