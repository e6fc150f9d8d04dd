"""Results of the tiers, and the table that a run prints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A failure. `place` is a resource, a file or a path in one.

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
    """The result of a tier for a project.

    `notes` say what the tier could not prove, or left out with a reason; `suppressed` are the ids of the suppressions
    that applied, `raw` is how many findings they took away.
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
        """Whether the result has no findings."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class WallTime:
    """The wall-clock time of a tier; another tier may have run in parallel."""

    tier: str
    seconds: float


def table(results: Iterable[Result], wall_times: Sequence[WallTime]) -> str:
    """Return a line per tier: projects, findings, wall-clock seconds."""
    all_results = list(results)
    lines = [f"{'tier':<14}{'projects':>9}{'failed':>8}{'findings':>10}{'suppressed':>12}{'seconds':>9}"]
    for wall_time in wall_times:
        tier_results = [result for result in all_results if result.tier == wall_time.tier]
        failed = sum(not result.passed for result in tier_results)
        findings, raw = sum(len(result.findings) for result in tier_results), sum(result.raw for result in tier_results)
        counts = f"{len(tier_results):>9}{failed:>8}{findings:>10}{raw:>12}"
        lines.append(f"{wall_time.tier:<14}{counts}{wall_time.seconds:>9.1f}")
    return "\n".join(lines)
