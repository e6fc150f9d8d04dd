"""Reasons of assumptions."""

from typing import NamedTuple

from advisor.text import Text


class Because(NamedTuple):
    """The reason of an assumption as part of a sentence; `{subject}` is replaced by the title of another subject."""

    text: Text
    subject: str = ""
