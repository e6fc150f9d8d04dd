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


def table(results: Iterable[Result], walls: Sequence[tuple[str, float]]) -> str:
    """Return a line per tier (projects, findings, seconds on the wall), with the sum below it."""
    found = list(results)
    lines = [f"{'tier':<14}{'projects':>9}{'failed':>8}{'findings':>10}{'suppressed':>12}{'seconds':>9}"]
    for tier, seconds in walls:
        own = [one for one in found if one.tier == tier]
        failed = sum(not one.passed for one in own)
        findings, raw = sum(len(one.findings) for one in own), sum(one.raw for one in own)
        lines.append(f"{tier:<14}{len(own):>9}{failed:>8}{findings:>10}{raw:>12}{seconds:>9.1f}")
    lines.append(f"{'in all':<14}{'':>39}{sum(seconds for _, seconds in walls):>9.1f}")
    return "\n".join(lines)
