"""Design: the one value that every output is made from."""

from dataclasses import dataclass

from advisor.architecture import Architecture
from advisor.book import Book, DatedBook
from advisor.decision import CandidateProof, Decision
from advisor.requirements import Requirements
from advisor.verdict import Verdict
from advisor.verdict.proof import prove


@dataclass(frozen=True)
class Design:
    """Requirements, the verdict on them and what explains it, and the architecture; `dated` is the rule book as of its day.

    Whatever needs the verdict reads it here: it is worked out once.
    """

    requirements: Requirements
    verdict: Verdict
    decision: Decision
    architecture: Architecture
    dated: DatedBook

    @property
    def book(self) -> Book:
        """The rule book that decided."""
        return self.dated.book

    @property
    def as_of(self) -> str:
        """The day as of which it decided (ISO)."""
        return self.dated.as_of

    def proof(self, subject: str, role: str) -> tuple[CandidateProof, ...]:
        """Return what speaks for and against each candidate of a role; KeyError where the subject has no such role."""
        decided = self.verdict.subjects[subject]
        return prove(self.book, decided, decided.of_role(role))
