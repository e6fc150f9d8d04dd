"""What a hunt came to: a line per tier and per kind, the survivors with why they live, and the page in `docs/`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prove.mutate.faults import Fault
from prove.mutate.hunt import HUNTERS, Catch
from prove.tools import ROOT

FILE = ROOT / "docs" / "mutation.md"
#: The share of faults below which the proof is not good enough.
ENOUGH = 0.95
_HEAD = """# Planted faults

Written by `make mutate ARGS=--write`; no figure is put in by hand. Each fault of `prove/mutate/kinds/` is planted in a
copy of a generated project and taken through the tiers of the proof, cheapest first, until one finds something there
that it does not find without the fault. `units` are the unit tests that a project brings along.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The faults that were planted, and what caught them, in the order of the faults."""

    planted: tuple[Fault, ...]
    catches: tuple[Catch, ...]

    @property
    def survivors(self) -> tuple[Fault, ...]:
        """The faults that nothing caught."""
        caught = {catch.fault for catch in self.catches}
        return tuple(fault for fault in self.planted if fault not in caught)

    @property
    def share(self) -> float:
        """The share of the faults that were caught."""
        return len(self.catches) / len(self.planted)

    def complaints(self) -> Iterator[str]:
        """Say what is not as it has to be: a survivor without a reason, a reason without a survivor, too few caught."""
        for fault in self.survivors:
            if not fault.survives:
                yield f"{fault.kind}: {fault.id} survives, and nothing says why"
        for catch in self.catches:
            if catch.fault.survives:
                yield f"{catch.fault.kind}: {catch.fault.id} is caught by {catch.tier}: its excuse has to go"
        if self.share < ENOUGH:
            yield f"{self.share:.1%} of the faults are caught: less than {ENOUGH:.0%}"


def summary(outcome: Outcome) -> str:
    """Return the tables per tier and per kind, in text."""
    rows = [("tier", "reached", "caught"), *_tiers(outcome), ("kind", "planted", "caught"), *_kinds(outcome)]
    lines = [f"{name:<18}{reached:>9}{caught:>9}" for name, reached, caught in rows]
    return "\n".join([*lines, _sum(outcome)])


def _sum(outcome: Outcome) -> str:
    return f"{len(outcome.catches)} of {len(outcome.planted)} faults are caught ({outcome.share:.1%})."


def _tiers(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    left = len(outcome.planted)
    for tier in HUNTERS:
        caught = sum(catch.tier == tier.id for catch in outcome.catches)
        yield tier.id, str(left), str(caught)
        left -= caught


def _kinds(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    for kind in dict.fromkeys(fault.kind for fault in outcome.planted):
        planted = sum(fault.kind == kind for fault in outcome.planted)
        yield kind, str(planted), str(sum(catch.fault.kind == kind for catch in outcome.catches))


def page(outcome: Outcome, titles: dict[str, str]) -> str:
    """Return the page; `titles` are those of the kinds."""
    parts = [_HEAD, _sum(outcome) + "\n"]
    parts += [_table(("tier", "faults that reach it", "caught"), list(_tiers(outcome)))]
    parts += [_table(("kind", "planted", "caught"), [(titles[id], *rest) for id, *rest in _kinds(outcome)])]
    if outcome.survivors:
        rows = [(one.project, one.what, one.survives) for one in outcome.survivors]
        parts += ["## Survivors\n", _table(("project", "fault", "why nothing catches it"), rows)]
    catches = {catch.fault: catch for catch in outcome.catches}
    for kind, title in titles.items():
        rows = [_row(fault, catches.get(fault)) for fault in outcome.planted if fault.kind == kind]
        parts += [f"## {title}\n", _table(("project", "fault", "caught by"), rows)] if rows else []
    return "\n".join(parts)


def _row(fault: Fault, catch: Catch | None) -> tuple[str, str, str]:
    if not catch:
        return fault.project, fault.what, "nothing"
    by = f"{catch.finding.tool} {catch.finding.rule}".strip()
    return fault.project, fault.what, f"{catch.tier}: {by}" if by else f"{catch.tier}: {catch.finding.place}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
