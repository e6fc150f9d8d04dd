"""Tier `behaviour`: every check of `prove/behaviour/checks/` on every project, three cases at a time."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from itertools import chain, groupby
from multiprocessing import get_context
from pathlib import Path
from pkgutil import iter_modules

from prove.behaviour import checks
from prove.behaviour.evidence import Evidence, Problem
from prove.projects import Project
from prove.results import Finding, Result
from prove.static.suppressions import result_of

TIER = "behaviour"
#: One more than cores: a program that is told to stop is waited for longer than it computes.
AT_ONCE = 3
Check = Callable[[Evidence], Iterator[Problem]]


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Check the behavior of projects; one without a template has no result."""
    made = [project for project in projects if project.template.exists()]
    # The targets of a case share programs, whose tries a process remembers.
    by_case = [list(group) for _, group in groupby(made, key=lambda project: project.case.name)]
    evidence = [[Evidence(p.folder, p.template, p.built, p.target) for p in group] for group in by_case]
    with ProcessPoolExecutor(AT_ONCE, get_context("forkserver")) as executor:
        found = chain.from_iterable(executor.map(_of_case, evidence))
        for project, (problems, seconds) in zip(made, found, strict=True):
            findings = [_finding(project, name, problem) for name, problem in problems]
            yield replace(result_of(TIER, project, findings), seconds=seconds)


def _of_case(evidence: Sequence[Evidence]) -> list[tuple[list[tuple[str, Problem]], float]]:
    return [timed_problems(one) for one in evidence]


@lru_cache(maxsize=1)
def all_checks() -> dict[str, Check]:
    """Return every check by the name of its module."""
    folder = [str(Path(str(checks.__file__)).parent)]
    return {
        module.name: import_module(f"{checks.__name__}.{module.name}").check
        for module in sorted(iter_modules(folder), key=lambda module: module.name)
        if not module.ispkg
    }


def timed_problems(evidence: Evidence) -> tuple[list[tuple[str, Problem]], float]:
    """Return the findings of the checks in a project, each with the name of its check, and their duration in seconds."""
    start = time.perf_counter()
    found = [(name, problem) for name, check in all_checks().items() for problem in _problems(name, check, evidence)]
    return found, time.perf_counter() - start


def _problems(name: str, check: Check, evidence: Evidence) -> list[Problem]:
    """Return the problems of one check; a check that fails is a problem of the project, and the others go on."""
    try:
        return list(check(evidence))
    except Exception as error:
        return [Problem("broken", name, f"{type(error).__name__}: {error}"[:2000])]


def _finding(project: Project, check: str, problem: Problem) -> Finding:
    return Finding(
        TIER,
        project.case.name,
        project.target,
        place=problem.place,
        message=problem.message,
        tool=check,
        rule=problem.rule,
        type=problem.type,
    )
