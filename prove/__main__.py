"""`python -m prove`: runs the tiers over the cases, and prints their findings and duration."""

import argparse
import sys
import time
from collections.abc import Collection, Sequence
from datetime import date
from typing import get_args

import blueprints
import rules
from advisor.book import Book
from prove import certificate
from prove.cases import Case, Kind, pairwise, sampled, stories, supplements
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
    """Return the parsed options of the command line."""
    parser = argparse.ArgumentParser("python -m prove", description=DESCRIPTION)
    add = parser.add_argument
    add("--tier", action="append", choices=[tier.id for tier in TIERS], help="only this tier (again for more)")
    add("--case", action="append", help="only this case (again for more)")
    add("--static", action="store_true", help="only the tiers that deploy nothing")
    add("--kind", choices=get_args(Kind), help="only cases of this kind")
    add("--target", action="append", choices=[target.id for target in blueprints.TARGETS], help="only this target")
    add("--seed", type=int, action="append", help="sample these random cases too, by seed (again for more)")
    add(
        "--share",
        type=int,
        default=1,
        metavar="N",
        help="only one of N cases besides the stories; the shipped table has to cover the others",
    )
    add(
        "--stale",
        action="store_true",
        help="only the cases of which the shipped table does not say what they compile to",
    )
    add("--of-the-day", action="store_true", help="sample other random cases too, those of this day")
    add("--plan", action="store_true", help="print what would be proven and how long it would take")
    add("--write-pairwise", action="store_true", help="make the pairwise rows anew")
    add(
        "--write-certificate",
        action="store_true",
        help="write the shipped table of proofs from this run; with --case or --stale, only what it says of these cases",
    )
    add("--check-certificate", action="store_true", help="fail where the shipped table says something else")
    add("--scorecard", action="store_true", help="write docs/scorecard.md from this run")
    return parser.parse_args(words)


def selected_cases(options: argparse.Namespace) -> list[Case]:
    """Return the cases that the options select: all by default."""
    book = rules.load_book()
    seeds = [sampled.FIXED_SEED, *(options.seed or ()), *([date.today().toordinal()] if options.of_the_day else ())]
    cases = _cases(book, seeds, options.case or ())
    unknown = set(options.case or ()) - {case.name for case in cases}
    if unknown:
        names = ", ".join(sorted(case.name for case in _cases(book, seeds)))
        sys.exit(f'--case: "{min(unknown)}" must be one of: {names}.')
    return [case for case in cases if options.kind in (None, case.kind)]


def _cases(book: Book, seeds: Sequence[int], only: Collection[str] = ()) -> list[Case]:
    drawn = [case for seed in dict.fromkeys(seeds) for case in sampled.sampled(book, seed, only)]
    return [*stories(book, only), *supplements(book, only), *pairwise.pairwise(book, only), *drawn]


def shared_out(cases: Sequence[Case], share: int) -> tuple[list[Case], list[Case]]:
    """Return the cases to prove and those to leave out: all stories, and every `share`-th other case, always the same."""
    others = [case for case in cases if case.kind != "story"]
    left_out = [case for number, case in enumerate(others) if number % share]
    return [case for case in cases if case not in left_out], left_out


def finish(
    options: argparse.Namespace, run: Run, written: Sequence[Project], shipped: certificate.ShippedProof
) -> bool:
    """Write and compare the files named by the options; return whether nothing is unused or stale."""
    whole = not (options.tier or options.case or options.kind or options.target or options.stale)
    unused_ids = unused(run.results, shipped.suppressed) if whole else ()
    for id in unused_ids:
        print(f"prove/static/suppressions.yaml: {id} takes nothing away: it has to go")
    if options.write_certificate:
        narrowed = _is_narrowed(options)
        everything = _cases(rules.load_book(), [sampled.FIXED_SEED]) if narrowed else ()
        new = (
            certificate.renewed(everything, written, run.results)
            if narrowed
            else certificate.table(written, run.results)
        )
        certificate.write(new)
    stale = certificate.stale(written, run.results) if options.check_certificate else []
    for name in (*stale, *shipped.stale):
        print(f"{certificate.FILE.name} does not say this of {name}; --stale --write-certificate proves it anew")
    if options.scorecard:
        SCORECARD.write_text(
            scorecard([project for project in written if project.case.kind == "story"], run.results), "utf-8"
        )
    return not (unused_ids or stale or shipped.stale)


def _is_narrowed(options: argparse.Namespace) -> bool:
    """Return whether a run that writes the shipped table leaves out cases, whose rows it keeps."""
    return bool(options.case or options.kind or options.stale)


def main(words: Sequence[str]) -> int:
    """Run the command; return 1 when there are findings."""
    options, start = arguments(words), time.perf_counter()
    if options.write_pairwise:
        print(pairwise.write(rules.load_book()))
        return 0
    if options.write_certificate and (options.tier or options.static or options.target or options.share != 1):
        sys.exit("--write-certificate takes all tiers and targets of a case: leave out what narrows the run.")
    if options.write_certificate and _is_narrowed(options) and not certificate.with_same_tools():
        sys.exit("--write-certificate: the shipped results are those of other versions of the tools; prove all cases.")
    if options.share < 1:
        sys.exit("--share: must be 1 or more.")
    targets = options.target or [target.id for target in blueprints.TARGETS]
    tier_ids = options.tier or (STATIC if options.static else [tier.id for tier in TIERS])
    tiers = [tier for tier in TIERS if tier.id in tier_ids]
    cases, left_out = shared_out(selected_cases(options), options.share)
    if options.stale:
        # Not every target is deployed, and images are built only where podman is.
        static = [tier for tier in TIERS if tier.id in STATIC]
        names = certificate.shipped_proof(cases, targets, static).stale_cases
        cases, left_out = [case for case in cases if case.name in names], []
    if options.plan:
        print(plan(cases))
        return 0
    written, broken = projects(cases, targets)
    print(f"{len(written)} projects written in {time.perf_counter() - start:.1f} s, {len(broken)} not", flush=True)
    print("\n".join(str(finding) for result in broken for finding in result.findings))
    shipped = certificate.shipped_proof(left_out, targets, tiers)
    run = prove(tiers, written)
    consistent = finish(options, run, written, shipped)
    print(table(run.results, run.wall_times))
    # On a busy machine the processor seconds are the more useful measure.
    print(f"{time.perf_counter() - start:.0f} s in all, {processor.seconds_used():.0f} s of processor")
    return int(bool(broken) or not (run.passed and consistent))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
