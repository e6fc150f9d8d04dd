"""Time model of a user: the keystroke-level model and reading speed.

- Keystroke-level model (Card, Moran and Newell, 1980 and 1983): 0.28 s per keystroke for an average non-professional typist, 1.1 s to
  point with the mouse, 0.2 s to press its button, 0.4 s to move the hand to the keyboard or back, 1.35 s of mental preparation.
- Silent reading of English non-fiction: 238 words per minute (Brysbaert, 2019). The same text takes about the same time in
  other languages. The Japanese text of the page has 2.6 characters per English word, which gives 610 characters per minute.
- Assumptions without a source: two keystrokes per Japanese character with an input method, and 5 s to recall an answer.
"""

import re
from dataclasses import dataclass, field

from advisor.text import Lang

KEY_S, POINT_S, PRESS_S, HOME_S, PREPARE_S = 0.28, 1.1, 0.2, 0.4, 1.35
WORDS_A_MINUTE, JAPANESE_CHARACTERS_A_MINUTE = 238.0, 610.0
RECALL_S, KEYS_A_JAPANESE_CHARACTER = 5.0, 2

_ICON = re.compile(r"[a-z_]*")  # an icon is text to a program, a picture to a person


@dataclass
class Pace:
    """The time that a user has taken so far, with clicks, typing and reading."""

    lang: Lang
    seconds: float = 0.0
    clicks: int = 0
    keys: int = 0
    _seen: set[str] = field(default_factory=set)

    def click(self) -> None:
        """Take the time of a click on something that is seen."""
        self.clicks += 1
        self.seconds += PREPARE_S + POINT_S + PRESS_S

    def type(self, words: str) -> None:
        """Take the time to click into a field and to type words and Enter."""
        self.click()
        keys = sum(1 if letter.isascii() else KEYS_A_JAPANESE_CHARACTER for letter in words) + 1
        self.keys += keys
        self.seconds += 2 * HOME_S + keys * KEY_S

    def recall(self) -> None:
        """Take the time to recall an answer."""
        self.seconds += RECALL_S

    def read(self, text: str) -> None:
        """Take the time to read those lines that were not read before."""
        lines = {line.strip() for line in text.splitlines()} - self._seen
        self._seen |= lines
        for line in (line for line in lines if not _ICON.fullmatch(line)):
            if self.lang == "ja":
                self.seconds += 60 * len("".join(line.split())) / JAPANESE_CHARACTERS_A_MINUTE
            else:
                self.seconds += 60 * len(line.split()) / WORDS_A_MINUTE
