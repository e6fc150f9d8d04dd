"""What a check of the rule book found: how much it looked at, and each failure with a witness."""

from typing import NamedTuple

from advisor.requirements.answers import Answers
from advisor.text import Text


class Finding(NamedTuple):
    """One failure: a sentence, and answers that show it (None where it needs none)."""

    sentence: Text
    witness: Answers | None = None


class Checked(NamedTuple):
    """One check: its id, what it makes sure of, what it looked at (a count in words), and its failures."""

    id: str
    claim: Text
    looked_at: Text
    findings: tuple[Finding, ...]
