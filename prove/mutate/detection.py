"""Detection of planted faults: tiers run until one reports a finding that the project without the fault lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prove.mutate.faults import Fault
from prove.mutate.plant import Planted
from prove.projects import Project
from prove.results import Finding
from prove.run import prove
from prove.static import units
from prove.tiers import ALL, TIERS, Tier

#: Cheapest first; unit tests follow what only reads the files.
TIERS_BY_COST: tuple[Tier, ...] = (TIERS[0], Tier(units.TIER, "prove.static.units", ALL, seconds=5), *TIERS[1:])
#: Where templates are made, and where those of a design's targets are compared.
TEMPLATE_TIERS, EQUALITY = ("translate", "synth"), "equality"
#: Paths that the unit tests of a project cover; a fault in another file cannot make them fail.
TESTED = ("src/", "scripts/", "statemachine/", "kubernetes/", "tests/", "requirements")


@dataclass(frozen=True, slots=True)
class Detection:
    """The tier that detected a fault, and its first finding."""

    fault: Fault
    tier: str
    finding: Finding


class UnsoundTier(RuntimeError):
    """A tier reports a finding in a project without a fault, so its findings in one with a fault prove nothing."""


def detect(planted: Sequence[Planted], tiers: Sequence[Tier] = TIERS_BY_COST) -> Iterator[Detection]:
    """Yield the detection of each fault; faults without a detection have survived."""
    waiting = list(planted)
    for tier in tiers:
        reaching = [candidate for candidate in waiting if _applies(tier, candidate)]
        if not reaching:
            continue
        print(f"== {tier.id}: {len(reaching)} faults", flush=True)
        caught = {detection.fault.id: detection for detection in _detections(tier, reaching)}
        yield from caught.values()
        waiting = [candidate for candidate in waiting if candidate.fault.id not in caught]


def _applies(tier: Tier, planted: Planted) -> bool:
    if tier.id == units.TIER:
        return any(edit.file.startswith(TESTED) for edit in planted.fault.edits)
    # The project that a fault is compared with needs its template too, whatever its target.
    compared = tier.id in TEMPLATE_TIERS and not planted.fault.alike
    return bool(tier.of([planted.project, planted.other] if compared else [planted.project]))


def _detections(tier: Tier, planted_faults: Sequence[Planted]) -> Iterator[Detection]:
    by_id = {planted_fault.fault.id: planted_fault for planted_fault in planted_faults}
    first_findings = _first_findings(tier, planted_faults)
    if unsound := _unsound(first_findings, planted_faults):
        # A busy machine can make a project too slow for a tier. What was found in its mutants then means nothing either.
        again = [
            planted for planted in planted_faults if {planted.control.case.name, planted.other.case.name} & unsound
        ]
        redone = unsound | {planted.fault.id for planted in again}
        kept = {name: finding for name, finding in first_findings.items() if name not in redone}
        first_findings = kept | _first_findings(tier, again)
        if still := _unsound(first_findings, planted_faults):
            raise UnsoundTier(f"{tier.id} finds something without any fault, twice: {first_findings[min(still)]}")
    yield from (Detection(by_id[id].fault, tier.id, finding) for id, finding in first_findings.items())


def _first_findings(tier: Tier, planted_faults: Sequence[Planted]) -> dict[str, Finding]:
    """Return the first finding in each project that has one, by the name of its case."""
    projects = [
        *_controls(tier, planted_faults),
        *(project for planted_fault in planted_faults for project in _projects_of(tier, planted_fault)),
    ]
    first_findings: dict[str, Finding] = {}
    for result in prove([tier], projects).results:
        for finding in result.findings[:1]:
            first_findings.setdefault(result.case, finding)
    return first_findings


def _unsound(first_findings: dict[str, Finding], planted_faults: Sequence[Planted]) -> set[str]:
    """Return the names of the cases without a fault in which something was found."""
    sound = {
        project.case.name
        for planted_fault in planted_faults
        for project in (planted_fault.control, planted_fault.other)
    }
    return sound & first_findings.keys()


def _controls(tier: Tier, planted_faults: Sequence[Planted]) -> list[Project]:
    """Return the projects without faults that a tier has to process: controls, and the targets to compare with."""
    controls = {str(planted_fault.control): planted_fault.control for planted_fault in planted_faults}
    if tier.id in (*TEMPLATE_TIERS, EQUALITY):
        compared = (planted_fault.other for planted_fault in planted_faults if not planted_fault.fault.alike)
        controls |= {str(other): other for other in compared}
    return [controls[name] for name in sorted(controls)]


def _projects_of(tier: Tier, planted: Planted) -> list[Project]:
    return planted.compared if tier.id == EQUALITY else [planted.project]
