"""Design: the one value that every output is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from advisor.architecture import Architecture
from advisor.book import Book, DatedBook
from advisor.decision import CandidateProof, Decision, UnusedAnswer
from advisor.design.unused import unused_answers
from advisor.design.unused_words import unused_line
from advisor.requirements import Requirements
from advisor.sensitivity.analysis import Analysis, FlipPoint, analyse_verdict, flip_points
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.verdict.proof import prove


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
    def read_on(self) -> str:
        """The date on which the last of the sources was read, which is not the date of the decision."""
        return min(self.as_of, self.book.newest)

    def flip_points(self, questions: Iterable[str]) -> tuple[FlipPoint, ...]:
        """Return the nearest answers to these questions at which another service is chosen."""
        asked = frozenset(questions)
        if asked not in self._flip_points:
            swept = self.__dict__.get("analysis")  # then nothing has to be swept again
            self._flip_points[asked] = (
                flip_points(self.verdict, self.dated, asked)
                if swept is None
                else tuple(flip for flip in swept.flips if flip.field in asked)
            )
        return self._flip_points[asked]

    @cached_property
    def analysis(self) -> Analysis:
        """The sensitivity of the verdict to all questions."""
        return analyse_verdict(self.verdict, self.dated)

    @cached_property
    def _flip_points(self) -> dict[frozenset[str], tuple[FlipPoint, ...]]:
        """Results that several plans of a design share, cached by the questions that they depend on."""
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
