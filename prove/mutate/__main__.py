"""`python -m prove.mutate`: plant faults, hunt them, print what was caught; 1 below 95 % or where a survivor is unexplained."""

import argparse
import sys
import time
from collections.abc import Sequence

import rules
from prove.cases import stories
from prove.mutate.faults import Fault, Useless, faults, kinds
from prove.mutate.hunt import HUNTERS, Unsound, hunt
from prove.mutate.plant import plant
from prove.mutate.report import FILE, Outcome, page, summary

DESCRIPTION = (
    "Plant faults in generated projects and see which tier of the proof catches each. Leaves with 1 when too few are."
)


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser("python -m prove.mutate", description=DESCRIPTION)
    add = parser.add_argument
    add("--fault", action="append", metavar="ID", help="only this fault (again for more)")
    add("--kind", action="append", choices=[kind.id for kind in kinds()], help="only faults of this kind")
    add("--tier", action="append", choices=[tier.id for tier in HUNTERS], help="only this tier (again for more)")
    add("--list", action="store_true", help="print the faults and plant none")
    add("--write", action="store_true", help=f"write docs/{FILE.name} from this run")
    return parser.parse_args(words)


def chosen(asked: argparse.Namespace) -> list[Fault]:
    """Return the faults that are asked for, all unless some are named."""
    unknown = set(asked.fault or ()) - {fault.id for fault in faults()}
    if unknown:
        sys.exit(f"--fault: there is no {', '.join(sorted(unknown))}.")
    return [
        fault
        for fault in faults()
        if (not asked.fault or fault.id in asked.fault) and (not asked.kind or fault.kind in asked.kind)
    ]


def outcome(wanted: Sequence[Fault], tiers: Sequence[str] | None) -> Outcome:
    """Plant the faults and hunt them."""
    named = {fault.story for fault in wanted}
    planted = plant(wanted, [case for case in stories(rules.load_book()) if case.name in named])
    catches = []
    for catch in hunt(planted, [tier for tier in HUNTERS if not tiers or tier.id in tiers]):
        print(f"{catch.fault.id}: caught by {catch.tier}", flush=True)
        catches.append(catch)
    order = {fault.id: at for at, fault in enumerate(wanted)}
    return Outcome(tuple(wanted), tuple(sorted(catches, key=lambda catch: order[catch.fault.id])))


def main(words: Sequence[str]) -> int:
    """Do what is asked for; 2 when the faults or the projects without them are not as they have to be."""
    asked, start = arguments(words), time.perf_counter()
    wanted = chosen(asked)
    if asked.write and (asked.fault or asked.kind or asked.tier):
        sys.exit("--write takes all faults and tiers: leave out what narrows the run.")
    if asked.list:
        print("\n".join(f"{one.kind}: {one.id} ({one.project}): {one.what}" for one in wanted))
        return 0
    try:
        found = outcome(wanted, asked.tier)
    except (Useless, Unsound) as error:
        print(error)
        return 2
    if asked.write:
        FILE.write_text(page(found, {kind.id: kind.title for kind in kinds()}), "utf-8")
    complaints = list(found.complaints())
    print("\n".join([summary(found), *(f"survives: {one.id}: {one.survives}" for one in found.survivors), *complaints]))
    print(f"{time.perf_counter() - start:.0f} s in all")
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
