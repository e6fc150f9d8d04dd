"""The decision: for each role of each subject the chosen service, why, what was rejected, and what was assumed."""

from dataclasses import dataclass
from typing import Literal

from advisor.text import Text

SubjectKind = Literal["workload", "component", "channel", "store"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement can be read, and the day it was checked (ISO date)."""

    url: str
    checked: str
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for or against a service. `id` names the rule, or the limit's fact."""

    id: str
    sentence: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that was not chosen, and why: a limit, a rule, or a candidate ahead of it."""

    service: str
    because: tuple[Reason, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What one role of a subject came to. `service` is None when nothing fits."""

    role: str
    service: str | None
    pinned: bool
    because: tuple[Reason, ...]
    rejected: tuple[Rejected, ...]
    violates: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """A default that was used because the question was not answered."""

    subject: str
    field: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Warning:
    """Something to know before building; `subject` and `role` say where."""

    subject: str
    role: str
    id: str
    sentence: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that cannot be met together: no candidate of a role is left."""

    subject: str
    role: str
    fields: tuple[str, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class SubjectDecision:
    """The choices for one component, channel or store."""

    id: str
    kind: SubjectKind
    title: Text
    choices: tuple[Choice, ...]

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

    def subject(self, id: str) -> SubjectDecision:
        """Return a subject's decision; KeyError when there is none."""
        for subject in self.subjects:
            if subject.id == id:
                return subject
        raise KeyError(id)

    @property
    def services(self) -> tuple[str, ...]:
        """The sorted catalogue ids of every service that is chosen."""
        chosen = {c.service for s in self.subjects for c in s.choices if c.service not in (None, "none")}
        return tuple(sorted(str(c) for c in chosen))
