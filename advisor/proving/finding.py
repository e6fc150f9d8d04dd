"""The result of a check of the rule book: its coverage, and each failure with a counterexample."""

from typing import NamedTuple

from advisor.requirements.answers import Answers
from advisor.text import Text


class Finding(NamedTuple):
    """One failure: a sentence, and answers that reproduce it (None if not needed)."""

    sentence: Text
    witness: Answers | None = None


class Checked(NamedTuple):
    """One check: its id, purpose, coverage (as text) and failures."""

    id: str
    claim: Text
    looked_at: Text
    findings: tuple[Finding, ...]
