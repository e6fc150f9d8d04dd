"""Runs the tiers over the projects; a tier that breaks is a finding like any other, and the rest goes on."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prove import processor
from prove.projects import Project
from prove.results import Finding, Result, Wall
from prove.tiers import Tier


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found, and what each tier took."""

    results: tuple[Result, ...]
    walls: tuple[Wall, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return all(result.passed for result in self.results)


def prove(tiers: Sequence[Tier], projects: Sequence[Project]) -> Run:
    """Run tiers one after the other and print what they find as they find it."""
    results: list[Result] = []
    walls: list[Wall] = []
    for tier in tiers:
        start, used = time.perf_counter(), processor.used()
        for result in _results(tier, projects):
            results.append(result)
            for finding in result.findings:
                print(finding, flush=True)
        walls.append(Wall(tier.id, time.perf_counter() - start, processor.used() - used))
    return Run(tuple(results), tuple(walls))


def _results(tier: Tier, projects: Sequence[Project]) -> Iterator[Result]:
    said = set()
    try:
        for result in tier.run(projects):
            said.add((result.case, result.target))
            yield result
    except Exception as error:
        for project in tier.of(projects):
            case, target = project.case.name, project.target
            if (case, target) not in said:
                message = f"{type(error).__name__}: {error}"[:2000]
                yield Result(tier.id, case, target, 0.0, (Finding(tier.id, case, target, "the tier itself", message),))
