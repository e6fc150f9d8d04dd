"""The hunt: each planted fault goes from tier to tier until one finds something that is not in the project without it."""

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
HUNTERS: tuple[Tier, ...] = (TIERS[0], Tier(units.TIER, "prove.static.units", ALL, 5), *TIERS[1:])
#: Where templates are made, and where those of a design's targets are compared.
MAKES, COMPARES = ("translate", "synth"), "equality"
#: What the unit tests of a project look at; the rest of its files cannot make them fail.
TESTED = ("src/", "scripts/", "statemachine/", "kubernetes/", "tests/", "requirements")


@dataclass(frozen=True, slots=True)
class Catch:
    """What caught a fault: the tier, and the first thing that it found."""

    fault: Fault
    tier: str
    finding: Finding


class Unsound(RuntimeError):
    """A tier finds something in a project without any fault, so that what it finds with one means nothing."""


def hunt(planted: Sequence[Planted], tiers: Sequence[Tier] = HUNTERS) -> Iterator[Catch]:
    """Give what catches each fault; those that nothing is given for have survived."""
    waiting = list(planted)
    for tier in tiers:
        asked = [one for one in waiting if _asks(tier, one)]
        if not asked:
            continue
        print(f"== {tier.id}: {len(asked)} faults", flush=True)
        caught = {catch.fault.id: catch for catch in _caught(tier, asked)}
        yield from caught.values()
        waiting = [one for one in waiting if one.fault.id not in caught]


def _asks(tier: Tier, one: Planted) -> bool:
    if tier.id == units.TIER:
        return any(edit.file.startswith(TESTED) for edit in one.fault.edits)
    # What a fault is compared with has to be made too, in whatever target that is.
    return bool(tier.of([one.project, one.other] if tier.id in MAKES else [one.project]))


def _caught(tier: Tier, asked: Sequence[Planted]) -> Iterator[Catch]:
    planted = {one.fault.id: one for one in asked}
    projects = [*_controls(tier, asked), *(project for one in asked for project in _shown(tier, one))]
    found: dict[str, Finding] = {}
    for result in prove([tier], projects).results:
        for finding in result.findings[:1]:
            found.setdefault(result.case, finding)
    sound = {project.case.name for one in asked for project in (one.control, one.other)}
    if wrong := [name for name in found if name in sound]:
        raise Unsound(f"{tier.id} finds something without any fault: {found[wrong[0]]}")
    yield from (Catch(planted[id].fault, tier.id, finding) for id, finding in found.items())


def _controls(tier: Tier, asked: Sequence[Planted]) -> list[Project]:
    """Return the projects without faults that a tier looks at too; others make what the targets are compared by."""
    found = {str(one.control): one.control for one in asked}
    if tier.id in (*MAKES, COMPARES):
        found |= {str(one.other): one.other for one in asked}
    return [found[name] for name in sorted(found)]


def _shown(tier: Tier, one: Planted) -> list[Project]:
    return one.compared if tier.id == COMPARES else [one.project]
