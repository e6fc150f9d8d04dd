"""Results of a mutation run: a line per tier and per kind, survivors with their reasons, and the page in `docs/`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prove.mutate.detection import TIERS_BY_COST, Detection
from prove.mutate.faults import Fault
from prove.tools import ROOT

FILE = ROOT / "docs" / "mutation.md"
#: The lowest share of detected faults that passes.
ENOUGH = 0.95
_HEAD = """# Fault injection

`make mutate ARGS=--write` writes this page; all figures are generated. Each fault of `prove/mutate/kinds/` is injected into a
copy of a generated project. The tiers of the verification then run, cheapest first, until one reports a finding that it does not
report without the fault. `units` are the unit tests of the generated project.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The planted faults, and their detections in the order of the faults."""

    planted: tuple[Fault, ...]
    detections: tuple[Detection, ...]

    @property
    def survivors(self) -> tuple[Fault, ...]:
        """The faults without a detection."""
        caught = {detection.fault for detection in self.detections}
        return tuple(fault for fault in self.planted if fault not in caught)

    @property
    def share(self) -> float:
        """The share of the faults that were caught."""
        return len(self.detections) / len(self.planted)

    def problems(self) -> Iterator[str]:
        """Yield what fails the run: a survivor without a reason, a reason without a survivor, a share too low."""
        for fault in self.survivors:
            if not fault.survives:
                yield f"{fault.kind}: {fault.id} survives, and nothing says why"
        for detection in self.detections:
            if detection.fault.survives:
                yield f"{detection.fault.kind}: {detection.fault.id} is caught by {detection.tier}: its excuse has to go"
        if self.share < ENOUGH:
            yield f"{self.share:.1%} of the faults are detected: less than {ENOUGH:.0%}"


def summary(outcome: Outcome) -> str:
    """Return the tables per tier and per kind, in text."""
    rows = [("tier", "reached", "caught"), *_tiers(outcome), ("kind", "planted", "caught"), *_kinds(outcome)]
    lines = [f"{name:<18}{reached:>9}{caught:>9}" for name, reached, caught in rows]
    return "\n".join([*lines, _sum(outcome)])


def _sum(outcome: Outcome) -> str:
    return f"{len(outcome.detections)} of {len(outcome.planted)} faults are detected ({outcome.share:.1%})."


def _tiers(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    left = len(outcome.planted)
    for tier in TIERS_BY_COST:
        caught = sum(detection.tier == tier.id for detection in outcome.detections)
        yield tier.id, str(left), str(caught)
        left -= caught


def _kinds(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    for kind in dict.fromkeys(fault.kind for fault in outcome.planted):
        planted = sum(fault.kind == kind for fault in outcome.planted)
        yield kind, str(planted), str(sum(detection.fault.kind == kind for detection in outcome.detections))


def page(outcome: Outcome, titles: dict[str, str]) -> str:
    """Return the page; `titles` are those of the kinds."""
    parts = [_HEAD, _sum(outcome) + "\n"]
    parts += [_table(("tier", "faults that reach it", "detected"), list(_tiers(outcome)))]
    parts += [_table(("kind", "injected", "detected"), [(titles[id], *rest) for id, *rest in _kinds(outcome)])]
    if outcome.survivors:
        rows = [(fault.project, fault.what, fault.survives) for fault in outcome.survivors]
        parts += ["## Undetected faults\n", _table(("project", "fault", "why no tier detects it"), rows)]
    detections = {detection.fault: detection for detection in outcome.detections}
    for kind, title in titles.items():
        rows = [_row(fault, detections.get(fault)) for fault in outcome.planted if fault.kind == kind]
        parts += [f"## {title}\n", _table(("project", "fault", "detected by"), rows)] if rows else []
    return "\n".join(parts)


def _row(fault: Fault, detection: Detection | None) -> tuple[str, str, str]:
    what = f"{fault.what} ([source]({fault.retells}))" if fault.retells else fault.what
    if not detection:
        return fault.project, what, "nothing"
    by = f"{detection.finding.tool} {detection.finding.rule}".strip()
    return (
        fault.project,
        what,
        f"{detection.tier}: {by}" if by else f"{detection.tier}: {detection.finding.place}",
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
