"""Writes the table of proofs that is shipped, from the results of a whole run."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from blueprints import certificate
from prove.projects import Project
from prove.results import Result
from prove.static.suppressions import suppressions
from prove.tiers import TIERS, Tier
from prove.tools import ROOT, versions

FILE = ROOT / "blueprints" / "certificate" / "proven.json"


def table(projects: Sequence[Project], results: Iterable[Result]) -> dict[str, Any]:
    """Return the table as its JSON: for each shape and target what passed and what failed, stories before others."""
    of: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        of.setdefault((result.case, result.target), []).append(result)
    shapes: dict[str, dict[str, Any]] = {}
    for project in projects:
        shape = certificate.shape_of(project.case.design)
        own = of.get((project.case.name, project.target))
        compiled = certificate.compiled(shape, project.target) if own else ""
        if own and compiled:
            proof = {"case": project.case.name, "infrastructure": compiled}
            shapes.setdefault(shape.key, {}).setdefault(project.target, proof | _said(own))
    used = {id for result in of.values() for one in result for id in one.suppressed}
    return {
        "tiers": {tier.id: _both(tier.title) | _bound(tier) for tier in TIERS},
        "tools": versions(),
        "suppressions": {one.id: _both(one.reason) for one in suppressions() if one.id in used},
        "shapes": {key: dict(sorted(shapes[key].items())) for key in sorted(shapes)},
    }


def _said(own: Sequence[Result]) -> dict[str, list[str]]:
    order = [tier.id for tier in TIERS]
    tiers = {one.tier: all(each.passed for each in own if each.tier == one.tier) for one in own}
    said = {
        "passed": [id for id in order if tiers.get(id)],
        "failed": [id for id in order if id in tiers and not tiers[id]],
        "suppressed": sorted({id for one in own for id in one.suppressed}),
        "notes": sorted({note for one in own for note in one.notes}),
    }
    return {name: value for name, value in said.items() if value}


def _bound(tier: Tier) -> dict[str, list[str]]:
    """Return the targets of a tier that is not for all of them."""
    return {"targets": list(tier.targets)} if tier.targets else {}


def _both(text: Any) -> dict[str, str]:
    return {"en": text.en, "ja": text.ja}


def write(made: Mapping[str, Any], file: Path = FILE) -> None:
    """Write the table, a line per shape, so that a change can be read."""
    shapes = made["shapes"]
    head = json.dumps({**made, "shapes": {}}, ensure_ascii=False, indent=1)
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(shapes[key], ensure_ascii=False)}" for key in shapes)
    file.write_text(head.replace('"shapes": {}', f'"shapes": {{\n{lines}\n }}') + "\n", "utf-8")


def stale(projects: Sequence[Project], results: Sequence[Result], file: Path = FILE) -> list[str]:
    """Return the projects of which the shipped table says something else than this run found."""
    held, made = json.loads(file.read_text("utf-8"))["shapes"], table(projects, results)["shapes"]
    run = {result.tier for result in results}
    return [
        f"{made[key][target]['case']}/{target}"
        for key in made
        for target in made[key]
        if _compared(made[key][target], run) != _compared(held.get(key, {}).get(target, {}), run)
    ]


def _compared(proof: Mapping[str, Any], run: set[str]) -> tuple[object, ...]:
    """Return what has to agree, of the tiers that were run only."""
    tiers = tuple(tuple(id for id in proof.get(name, ()) if id in run) for name in ("passed", "failed"))
    return (proof.get("infrastructure"), *tiers)
