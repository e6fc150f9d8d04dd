"""`python -m prove.mutate`: inject faults, run the tiers, print detections.

Exits with 1 below 95 % or for a survivor without a reason.
"""

import argparse
import sys
import time
from collections.abc import Sequence

import rules
from prove.cases import stories, supplements
from prove.mutate.detection import TIERS_BY_COST, UnsoundTier, detect
from prove.mutate.faults import Fault, InvalidFault, faults, kinds
from prove.mutate.plant import plant
from prove.mutate.report import FILE, Outcome, page, summary

DESCRIPTION = (
    "Plant faults in generated projects and see which tier of the proof catches each. Leaves with 1 when too few are."
)


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return the parsed options of the command line."""
    parser = argparse.ArgumentParser("python -m prove.mutate", description=DESCRIPTION)
    add = parser.add_argument
    add("--fault", action="append", metavar="ID", help="only this fault (again for more)")
    add("--kind", action="append", choices=[kind.id for kind in kinds()], help="only faults of this kind")
    add("--tier", action="append", choices=[tier.id for tier in TIERS_BY_COST], help="only this tier (again for more)")
    add("--list", action="store_true", help="print the faults and plant none")
    add("--write", action="store_true", help=f"write docs/{FILE.name} from this run")
    return parser.parse_args(words)


def selected_faults(options: argparse.Namespace) -> list[Fault]:
    """Return the faults that the options select: all by default."""
    unknown = set(options.fault or ()) - {fault.id for fault in faults()}
    if unknown:
        sys.exit(f"--fault: there is no {', '.join(sorted(unknown))}.")
    return [
        fault
        for fault in faults()
        if (not options.fault or fault.id in options.fault) and (not options.kind or fault.kind in options.kind)
    ]


def outcome(planned: Sequence[Fault], tiers: Sequence[str] | None) -> Outcome:
    """Plant the faults and run the tiers on them."""
    named = {fault.story for fault in planned}
    planted = plant(
        planned, [case for make in (stories, supplements) for case in make(rules.load_book()) if case.name in named]
    )
    detections = []
    for detection in detect(planted, [tier for tier in TIERS_BY_COST if not tiers or tier.id in tiers]):
        print(f"{detection.fault.id}: caught by {detection.tier}", flush=True)
        detections.append(detection)
    order = {fault.id: at for at, fault in enumerate(planned)}
    return Outcome(tuple(planned), tuple(sorted(detections, key=lambda detection: order[detection.fault.id])))


def main(words: Sequence[str]) -> int:
    """Run the command; return 2 when a fault is invalid or a project without a fault has findings."""
    options, start = arguments(words), time.perf_counter()
    selected = selected_faults(options)
    if options.write and (options.fault or options.kind or options.tier):
        sys.exit("--write takes all faults and tiers: leave out what narrows the run.")
    if options.list:
        print("\n".join(f"{fault.kind}: {fault.id} ({fault.project}): {fault.what}" for fault in selected))
        return 0
    try:
        result = outcome(selected, options.tier)
    except (InvalidFault, UnsoundTier) as error:
        print(error)
        return 2
    if options.write:
        FILE.write_text(page(result, {kind.id: kind.title for kind in kinds()}), "utf-8")
    problems = list(result.problems())
    print(
        "\n".join(
            [summary(result), *(f"survives: {fault.id}: {fault.survives}" for fault in result.survivors), *problems]
        )
    )
    print(f"{time.perf_counter() - start:.0f} s in all")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
