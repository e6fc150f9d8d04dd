"""The result of a check."""

from dataclasses import dataclass
from typing import Literal

from advisor.text import Text

Check = Literal["identity", "region", "quota", "name", "runtime", "change-set"]
CHECKS: tuple[Check, ...] = ("identity", "region", "quota", "name", "runtime", "change-set")
#: fine; warned: it will work, and should be known; blocked: a deployment would fail; unknown: it could not be asked.
State = Literal["fine", "warned", "blocked", "unknown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One finding: its check, its subject (a quota, a type, a name), its status, its text and its source."""

    check: Check
    state: State
    about: Text
    words: Text
    source: str = ""


class Unanswered(Exception):
    """AWS did not answer a call; `text` states the reason and the remedy."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
