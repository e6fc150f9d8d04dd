"""`python -m prove`: run the tiers over the cases, print what they find and how long each takes."""

import argparse
import sys
import time
from collections.abc import Sequence

import blueprints
import rules
from prove.cases import Case, stories
from prove.projects import Project, projects
from prove.results import Result, table
from prove.tiers import TIERS, Tier

DESCRIPTION = "Prove generated projects, tier by tier. Leaves with 1 when anything is found."


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser("python -m prove", description=DESCRIPTION)
    parser.add_argument(
        "--tier", action="append", choices=[tier.id for tier in TIERS], help="only this tier (again for more)"
    )
    parser.add_argument("--case", action="append", help="only this case (again for more)")
    parser.add_argument(
        "--target", action="append", choices=[one.id for one in blueprints.TARGETS], help="only this target"
    )
    return parser.parse_args(words)


def chosen(asked: argparse.Namespace) -> list[Case]:
    """Return the cases that are asked for, all unless some are named."""
    found = list(stories(rules.load_book()))
    names = {case.name for case in found}
    for name in asked.case or ():
        if name not in names:
            sys.exit(f'--case: "{name}" is not one of: {", ".join(sorted(names))}.')
    return [case for case in found if not asked.case or case.name in asked.case]


def prove(tiers: Sequence[Tier], made: Sequence[Project]) -> tuple[list[Result], list[tuple[str, float]]]:
    """Run tiers one after the other; their results, and the seconds of each on the wall."""
    results: list[Result] = []
    walls: list[tuple[str, float]] = []
    for tier in tiers:
        start = time.perf_counter()
        for result in tier.run(made):
            results.append(result)
            for finding in result.findings:
                print(finding, flush=True)
        walls.append((tier.id, time.perf_counter() - start))
    return results, walls


def main(words: Sequence[str]) -> int:
    """Run what is asked for; 1 when anything was found."""
    asked = arguments(words)
    start = time.perf_counter()
    targets = asked.target or [one.id for one in blueprints.TARGETS]
    made = list(projects(chosen(asked), targets))
    print(f"{len(made)} projects written in {time.perf_counter() - start:.1f} s", flush=True)
    results, walls = prove([tier for tier in TIERS if not asked.tier or tier.id in asked.tier], made)
    print(table(results, walls))
    return int(any(not result.passed for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
