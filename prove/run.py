"""Runs the tiers over the projects; an error of a tier is a finding, and the other tiers continue."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from prove.projects import Project
from prove.results import Finding, Result, WallTime
from prove.tiers import Tier

#: Tiers that run in parallel, so that both cores are busy while one tier waits or has one tool left.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Run:
    """The results of a run, and the wall-clock time of each tier."""

    results: tuple[Result, ...]
    wall_times: tuple[WallTime, ...]

    @property
    def passed(self) -> bool:
        """Whether the run has no findings."""
        return all(result.passed for result in self.results)


def prove(tiers: Sequence[Tier], projects: Sequence[Project]) -> Run:
    """Run tiers, each after those that it depends on, and print findings as they appear."""
    waiting, done = list(tiers), dict[str, tuple[list[Result], WallTime]]()
    running: dict[Future[tuple[list[Result], WallTime]], Tier] = {}
    with ThreadPoolExecutor(AT_ONCE) as executor:
        while waiting or running:
            left = {tier.id for tier in (*waiting, *running.values())}
            ready = [tier for tier in waiting if left.isdisjoint(tier.after)]
            for tier in ready[: AT_ONCE - len(running)]:
                waiting.remove(tier)
                running[executor.submit(_run, tier, projects)] = tier
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                done[running.pop(ended).id] = ended.result()
    results = tuple(result for tier in tiers for result in done[tier.id][0])
    return Run(results, tuple(done[tier.id][1] for tier in tiers))


def _run(tier: Tier, projects: Sequence[Project]) -> tuple[list[Result], WallTime]:
    start, results = time.perf_counter(), list[Result]()
    for result in _results(tier, projects):
        results.append(result)
        for finding in result.findings:
            print(finding, flush=True)
    return results, WallTime(tier.id, time.perf_counter() - start)


def _results(tier: Tier, projects: Sequence[Project]) -> Iterator[Result]:
    reported = set()
    try:
        for result in tier.run(projects):
            reported.add((result.case, result.target))
            yield result
    except Exception as error:
        for project in tier.of(projects):
            case, target = project.case.name, project.target
            if (case, target) not in reported:
                message = f"{type(error).__name__}: {error}"[:2000]
                yield Result(
                    tier.id,
                    case,
                    target,
                    seconds=0.0,
                    findings=(Finding(tier.id, case, target, place="the tier itself", message=message),),
                )
