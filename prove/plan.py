"""The plan of a whole run: cases, tiers and estimated time, against the budget."""

from collections.abc import Iterator, Sequence
from typing import get_args

import yaml

import blueprints
from prove.cases import Case, Kind
from prove.cases.factors import factors
from prove.cases.pairwise import FILE, coverage
from prove.live.deploy import TARGETS
from prove.tiers import TIERS, Tier

#: Seconds that a whole proof may take on 2 cores, and one story through every tier.
BUDGET, STORY_BUDGET = 30 * 60, 60
#: Seconds before the first tier: for all projects, and for the writing of each.
START_S, WRITTEN_S = 1.5, 0.4


def plan(cases: Sequence[Case]) -> str:
    """Return factors and levels, the number of cases, and the estimated seconds of each tier."""
    return "\n".join(_lines(cases))


def _lines(cases: Sequence[Case]) -> Iterator[str]:
    yield "factors and levels (pairwise):"
    for factor in factors():
        yield f"  {factor.id:<34}{', '.join(_shown(level) for level in factor.levels)}"
    rows = [{name: _level(value) for name, value in row.items()} for row in yaml.safe_load(FILE.read_text("utf-8"))]
    kinds = {kind: sum(case.kind == kind for case in cases) for kind in get_args(Kind)}
    yield f"pairs: {coverage(rows)}; the others exclude each other or cannot be built"
    yield f"cases: {kinds['story']} stories, {kinds['supplement']} supplements, {kinds['pairwise']} pairwise, {kinds['sampled']} sampled; {len(blueprints.TARGETS)} targets"
    written = sum(kinds.values()) * len(blueprints.TARGETS)
    whole = START_S + WRITTEN_S * written
    yield f"  {'written':<14}{written:>5} projects {whole:>8.0f} s"
    for tier in TIERS:
        number = sum(kinds[kind] for kind in tier.kinds) * _targets(tier)
        seconds = tier.fixed + tier.seconds * number
        whole += seconds
        yield f"  {tier.id:<14}{number:>5} projects {seconds:>8.0f} s"
    story = START_S + WRITTEN_S * len(blueprints.TARGETS)
    story += sum(tier.fixed + tier.seconds * _targets(tier) for tier in TIERS)
    yield f"in all {whole:.0f} s of {BUDGET} s on 2 cores; one story {story:.0f} s of {STORY_BUDGET} s"


def _targets(tier: Tier) -> int:
    """Return the number of targets of a tier: images are built for one, and targets in Python are deployed."""
    most = len(tier.targets or blueprints.TARGETS)
    return {"image": 1, **dict.fromkeys(("deploy", "traffic", "policy", "delete"), len(TARGETS))}.get(tier.id, most)


def _level(value: object) -> str | bool | tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else value if isinstance(value, bool) else str(value)


def _shown(level: object) -> str:
    if isinstance(level, bool):
        return "yes" if level else "no"
    return ("+".join(level) or "none") if isinstance(level, tuple) else str(level)
