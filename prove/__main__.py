"""`python -m prove`: run the tiers over the cases, print what they find and how long each takes."""

import argparse
import sys
import time
from collections.abc import Collection, Sequence
from typing import get_args

import blueprints
import rules
from advisor.book import Book
from prove import certificate
from prove.cases import Case, Kind, pairwise, stories, supplements
from prove.plan import plan
from prove.projects import Project, projects
from prove.results import table
from prove.run import Run, prove
from prove.scorecard import FILE as SCORECARD
from prove.scorecard import scorecard
from prove.static.suppressions import unused
from prove.tiers import STATIC, TIERS
from prove.tools import processor

DESCRIPTION = "Prove generated projects, tier by tier. Leaves with 1 when anything is found."


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser("python -m prove", description=DESCRIPTION)
    add = parser.add_argument
    add("--tier", action="append", choices=[tier.id for tier in TIERS], help="only this tier (again for more)")
    add("--case", action="append", help="only this case (again for more)")
    add("--static", action="store_true", help="only the tiers that deploy nothing")
    add("--kind", choices=get_args(Kind), help="only cases of this kind")
    add("--target", action="append", choices=[one.id for one in blueprints.TARGETS], help="only this target")
    add("--plan", action="store_true", help="print what would be proven and how long it would take")
    add("--write-pairwise", action="store_true", help="make the pairwise rows anew")
    add("--write-certificate", action="store_true", help="write the shipped table of proofs from this run")
    add("--check-certificate", action="store_true", help="fail where the shipped table says something else")
    add("--scorecard", action="store_true", help="write docs/scorecard.md from this run")
    return parser.parse_args(words)


def chosen(asked: argparse.Namespace) -> list[Case]:
    """Return the cases that are asked for, all unless some are named."""
    book = rules.load_book()
    found = _cases(book, asked.case or ())
    unknown = set(asked.case or ()) - {case.name for case in found}
    if unknown:
        names = ", ".join(sorted(case.name for case in _cases(book)))
        sys.exit(f'--case: "{min(unknown)}" is not one of: {names}.')
    return [case for case in found if asked.kind in (None, case.kind)]


def _cases(book: Book, only: Collection[str] = ()) -> list[Case]:
    return [*stories(book, only), *supplements(book, only), *pairwise.pairwise(book, only)]


def ended(asked: argparse.Namespace, run: Run, made: Sequence[Project]) -> bool:
    """Write and compare what is asked for after a run; return whether all of it is well."""
    whole = not (asked.tier or asked.case or asked.kind or asked.target)
    idle = unused(run.results) if whole else ()
    for id in idle:
        print(f"prove/static/suppressions.yaml: {id} takes nothing away: it has to go")
    if asked.write_certificate:
        certificate.write(certificate.table(made, run.results))
    stale = certificate.stale(made, run.results) if asked.check_certificate else []
    for name in stale:
        print(
            f"{certificate.FILE.name} does not say this of {name}; make prove ARGS=--write-certificate writes it anew"
        )
    if asked.scorecard:
        SCORECARD.write_text(scorecard([one for one in made if one.case.kind == "story"], run.results), "utf-8")
    return not idle and not stale


def main(words: Sequence[str]) -> int:
    """Do what is asked for; 1 when anything was found."""
    asked, start = arguments(words), time.perf_counter()
    if asked.write_pairwise:
        print(pairwise.write(rules.load_book()))
        return 0
    if asked.write_certificate and (asked.tier or asked.case or asked.kind or asked.target):
        sys.exit("--write-certificate takes all cases and targets: leave out what narrows the run.")
    cases = chosen(asked)
    if asked.plan:
        print(plan(cases))
        return 0
    made, broken = projects(cases, asked.target or [one.id for one in blueprints.TARGETS])
    print(f"{len(made)} projects written in {time.perf_counter() - start:.1f} s, {len(broken)} not", flush=True)
    print("\n".join(str(finding) for one in broken for finding in one.findings))
    wanted = asked.tier or (STATIC if asked.static else [tier.id for tier in TIERS])
    run = prove([tier for tier in TIERS if tier.id in wanted], made)
    well = ended(asked, run, made)
    print(table(run.results, run.walls))
    # On a busy machine the second tells more.
    print(f"{time.perf_counter() - start:.0f} s in all, {processor.used():.0f} s of processor")
    return int(bool(broken) or not (run.passed and well))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
