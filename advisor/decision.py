"""The decision: for each role of each subject, the chosen service, the reasons, the rejected services and the assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from advisor.text import Text, times

SubjectKind = Literal["component", "channel", "store"]


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a statement, and the date on which it was checked (ISO date)."""

    url: str
    checked: str
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for or against a service. `id` names the rule, or the limit's fact."""

    id: str
    sentence: Text
    source: Source | None = None


class Comparison(NamedTuple):
    """One comparison in a proof: the value of `fact` (a field, a derived fact or an earlier role) and a threshold.

    `headroom` is (threshold - value) / threshold for numbers: below zero the value is past the threshold.
    """

    fact: str
    value: Any
    origin: Literal["stated", "range", "assumed", "derived", "decided"]
    operator: str
    threshold: Any
    unit: str
    met: bool
    headroom: float | None


class Ground(NamedTuple):
    """One limit, hard requirement or rule in the proof of a candidate; `spoke` states whether it applied.

    A limit applies when it is exceeded, a demand when the candidate does what it excludes, a rule when all its comparisons
    are met. `effect` is its effect on the candidate when it applies; `aws_fact` is the dated fact of a limit or of what the
    candidate does; `axis` is the axis of preference of a rule that favors.
    """

    id: str
    kind: Literal["limit", "demand", "rule", "launch", "together"]
    effect: Literal["rules-out", "favours", "warns", "explains"]
    spoke: bool
    comparisons: tuple[Comparison, ...]
    source: Source | None
    aws_fact: str = ""
    axis: str = ""


class CandidateProof(NamedTuple):
    """Every limit and rule that could apply to one candidate of a role, and the verdict on the candidate.

    `bands` places it on the axes of preference; `score` is what the preferences count for it, then the sum of its bands.
    """

    service: str
    verdict: Literal["chosen", "possible", "passed-over", "ruled-out"]
    bands: Mapping[str, int]
    score: tuple[int, int]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that was not chosen, and the reason: a limit, a rule, or a better candidate."""

    service: str
    because: tuple[Reason, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The service chosen for one role of a subject. `service` is None when no candidate fits.

    `tied` are the candidates that were level with the chosen one, so that only the role's order put it first; `best` are
    the possible candidates than which none is better on every axis (the Pareto set).
    """

    role: str
    service: str | None
    pinned: bool
    because: tuple[Reason, ...]
    rejected: tuple[Rejected, ...]
    violates: tuple[Reason, ...] = ()
    tied: tuple[str, ...] = ()
    best: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """A default that was used because the question was not answered."""

    subject: str
    field: str
    sentence: Text


class UnusedAnswer(NamedTuple):
    """A stated answer, or one of several to a question, that changes nothing: with another one the design is the same."""

    subject: str
    field: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class RangePart:
    """An interval of a range, both ends included, with the roles whose services differ from the drawn ones."""

    low: float
    high: float
    moves: tuple[tuple[str, str, str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class RangeDecision:
    """The verdict over all values of a range; `parts` are in the base unit of its question.

    `stated` is the range as it was written and `drawn_for` the value in it that the design is for; None for a sentence on
    several ranges together. `note` is the sentence without the place that it is about.
    """

    subject: str
    field: str
    stated: str | None
    drawn_for: float | None
    holds: bool
    sentence: Text
    note: Text
    parts: tuple[RangePart, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """A caveat before building; `subject` and `role` name the part that it concerns."""

    subject: str
    role: str
    id: str
    sentence: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """A smallest set of changed answers (subject, field, value; subject "" is the workload) that leaves something."""

    changes: tuple[tuple[str, str, Any], ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Instead:
    """A known alternative for a conflict and its trade-off. `id` is its id in the rule book."""

    id: str
    title: Text
    way: Text
    price: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that cannot be met together: no candidate of a role is left.

    `sets` are the minimal sets of conflicting answers, and `excluding` describes them in words; `fields` are all fields
    in them. `ways_out` are the changes that resolve the conflict. `instead` are the changes that architects make, with
    their trade-offs.
    """

    subject: str
    role: str
    fields: tuple[str, ...]
    sentence: Text
    sets: tuple[tuple[str, ...], ...] = ()
    excluding: tuple[Text, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectDecision:
    """The choices for one component, channel or store; `count` is the number of identical instances."""

    id: str
    kind: SubjectKind
    title: Text
    choices: tuple[Choice, ...]
    count: int = 1

    @property
    def heading(self) -> Text:
        """The title, with the count if it represents several instances: "Aggregation × 12"."""
        return times(self.title, self.count)

    def service(self, role: str) -> str | None:
        """Return the service chosen for a role, or None when the role does not apply or nothing fits."""
        return next((c.service for c in self.choices if c.role == role), None)


@dataclass(frozen=True)
class Decision:
    """All choices of a workload."""

    subjects: tuple[SubjectDecision, ...]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[Warning, ...]
    conflicts: tuple[Conflict, ...]
    ranges: tuple[RangeDecision, ...] = ()

    def subject(self, id: str) -> SubjectDecision:
        """Return a subject's decision. Raises KeyError if there is none."""
        for subject in self.subjects:
            if subject.id == id:
                return subject
        raise KeyError(id)

    @property
    def services(self) -> tuple[str, ...]:
        """The sorted catalogue ids of every service that is chosen."""
        chosen = {c.service for s in self.subjects for c in s.choices if c.service not in (None, "none")}
        return tuple(sorted(str(c) for c in chosen))
