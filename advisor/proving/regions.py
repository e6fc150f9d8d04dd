"""Exact set of answer combinations for which no service fits a role, as a union of regions."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from advisor.proving.space import Region, Space
from advisor.verdict.rule_matrix import Entry, RuleTable


def empty_regions(space: Space, table: RuleTable) -> list[Region]:
    """Return disjoint-by-inclusion regions in which the role exists and every candidate is ruled out.

    Limits on a number of the whole workload, such as a cost limit, are left out: to raise it is always a way out.
    """
    start = space.region(table.role.when)
    regions: list[Region] = [] if start is None else [start]
    judging = (e for e in table.entries if e.against and not (e.limit and e.limit.field.startswith("workload.")))
    judged = [(entry.against, space.region(entry.when)) for entry in judging]
    available = [s for s in table.role.candidates if s not in table.unavailable]
    for service in sorted(available, key=lambda s: sum(s in against for against, _ in judged)):
        against = [region for services, region in judged if service in services and region is not None]
        regions = _ruled_out(space, regions, against)
    return regions


def _ruled_out(space: Space, regions: list[Region], against: list[Region]) -> list[Region]:
    ruled_out: list[Region] = []
    for region in regions:
        if any(space.inside(region, other) for other in against):
            ruled_out.append(region)
            continue
        ruled_out += [met for met in (space.meet(region, other) for other in against) if met is not None]
    return _largest(space, ruled_out)


def _largest(space: Space, regions: list[Region]) -> list[Region]:
    """Remove every region that another one contains.

    A region restricts every fact that a region containing it restricts. So those that may contain one are looked up by the facts
    that it restricts, each under the rarest of its own; the wider ones come first.
    """
    number = Counter(fact for region in regions for fact in region)
    codes = {space.code(region): region for region in regions}
    by_rarest: dict[str, list[int]] = defaultdict(list)
    largest = []
    for code, region in sorted(codes.items(), key=lambda item: (len(item[1]), -item[0].bit_count())):
        if not any(code & other == code for fact in (*region, "") for other in by_rarest[fact]):
            largest.append(region)
            by_rarest[min(region, key=lambda fact: number[fact], default="")].append(code)
    return largest


def alone_against(space: Space, table: RuleTable, entry: Entry) -> Iterator[Region]:
    """Yield regions in which an entry, and no other, rules out a candidate."""
    start, own = space.region(table.role.when), space.region(entry.when)
    both = space.meet(start, own) if start is not None and own is not None else None
    for service in entry.against if both is not None else ():
        others = [space.region(e.when) for e in table.entries if e is not entry and service in e.against]
        if service not in table.unavailable and both is not None:
            yield from _outside(space, both, [region for region in others if region is not None])


def _outside(space: Space, region: Region, others: list[Region]) -> Iterator[Region]:
    """Yield parts of a region that lie in none of some others."""
    other = next((o for o in others if space.meet(region, o) is not None), None)
    if other is None:
        yield region
        return
    for fact, bits in other.items():
        remaining = region.get(fact, space.full[fact]) & ~bits
        part = space.tightened({**region, fact: remaining}) if remaining else None
        if part is not None:
            yield from _outside(space, part, others)
