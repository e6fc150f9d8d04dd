"""Design: the one value that every output is made from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from advisor.architecture import Architecture
from advisor.book import Book, DatedBook
from advisor.decision import CandidateProof, Decision, UnusedAnswer
from advisor.design.unused import unused_answers
from advisor.design.unused_words import unused_line
from advisor.requirements import Requirements
from advisor.sensitivity.analysis import Analysis, FlipPoint, analyse_verdict, flip_above
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.verdict.proof import prove
from advisor.vocabulary import Field


@dataclass(frozen=True)
class Design:
    """Requirements, verdict, explanation and architecture; `dated` is the rule book as of its date.

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

    @property
    def read_between(self) -> tuple[str, str]:
        """The dates on which the first and the last of the sources were read; neither is the date of the decision."""
        return min(self.as_of, self.book.oldest), min(self.as_of, self.book.newest)

    @cached_property
    def assumed(self) -> frozenset[str]:
        """The answers that were assumed, as `<subject>.<field>`."""
        return frozenset(f"{one.subject}.{one.field}" for one in self.decision.assumptions)

    def flip_above(self, subject: str, field: Field) -> FlipPoint | None:
        """Return the nearest greater answer to a question about a number at which another service is chosen."""
        place = (subject, field.id)
        if place not in self._flips_above:
            swept = self.__dict__.get("analysis")  # then nothing has to be evaluated again
            self._flips_above[place] = (
                flip_above(self.verdict, self.dated, subject, field)
                if swept is None
                else next(
                    (flip for flip in swept.flips if _is_above(flip) and (flip.subject, flip.field) == place), None
                )
            )
        return self._flips_above[place]

    @cached_property
    def analysis(self) -> Analysis:
        """The sensitivity of the verdict to all questions."""
        return analyse_verdict(self.verdict, self.dated)

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What outputs keep of this design, by a name and by all that it was made with besides; it goes with the design."""
        return {}

    @cached_property
    def _flips_above(self) -> dict[tuple[str, str], FlipPoint | None]:
        """Results that several plans of a design share, by question."""
        return {}

    @cached_property
    def unused_answers(self) -> tuple[UnusedAnswer, ...]:
        """The stated answers that change nothing in this design, in the order of the requirements file."""
        return unused_answers(self.requirements, self.verdict, self.architecture, self.dated)

    @property
    def unused_line(self) -> Text:
        """The same on one line of text; empty if every answer has an effect."""
        return unused_line(self.requirements, self.unused_answers)

    def proof(self, subject: str, role: str) -> tuple[CandidateProof, ...]:
        """Return the reasons for and against each candidate of a role. Raises KeyError if the subject has no such role."""
        decided = self.verdict.subjects[subject]
        return prove(self.book, decided, decided.of_role(role))


def _is_above(flip: FlipPoint) -> bool:
    return flip.relation in ("above", "at_least")
