"""What the tiers say, and the table that a run prints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `place` is a resource, a file or a path in one; a finding is a failure.

    `tool`, `rule` and `type` (of the resource) are what a suppression can be written for, where a scanner found it.
    """

    tier: str
    case: str
    target: str
    place: str
    message: str
    tool: str = ""
    rule: str = ""
    type: str = ""

    def __str__(self) -> str:
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.tier}: {self.case}/{self.target}: {self.place}: {rule}{self.message}"


@dataclass(frozen=True, slots=True)
class Result:
    """What one tier made of one project.

    `notes` are what it could not prove, or left out with a reason; `suppressed` are the ids of the suppressions that
    applied, `raw` is how many findings they took away.
    """

    tier: str
    case: str
    target: str
    seconds: float = 0.0
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    raw: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Wall:
    """What a tier took on the wall, where another one may have run beside it."""

    tier: str
    seconds: float


def table(results: Iterable[Result], walls: Sequence[Wall]) -> str:
    """Return a line per tier: projects, findings, seconds on the wall."""
    found = list(results)
    lines = [f"{'tier':<14}{'projects':>9}{'failed':>8}{'findings':>10}{'suppressed':>12}{'seconds':>9}"]
    for wall in walls:
        own = [one for one in found if one.tier == wall.tier]
        failed = sum(not one.passed for one in own)
        findings, raw = sum(len(one.findings) for one in own), sum(one.raw for one in own)
        counts = f"{len(own):>9}{failed:>8}{findings:>10}{raw:>12}"
        lines.append(f"{wall.tier:<14}{counts}{wall.seconds:>9.1f}")
    return "\n".join(lines)
