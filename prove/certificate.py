"""Writes the table of proofs that is shipped, from the results of a whole run."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import blueprints
from blueprints import certificate
from prove.cases import Case
from prove.projects import Project
from prove.results import Result
from prove.static.suppressions import suppressions
from prove.tiers import TIERS, Tier
from prove.tools import ROOT, versions
from prove.tools.forked import mapped

FILE = ROOT / "blueprints" / "certificate" / "proven.json"


def table(projects: Sequence[Project], results: Iterable[Result]) -> dict[str, Any]:
    """Return the table as JSON: the passed and failed tiers of each shape and target, stories before others."""
    return _table(_rows(projects, results), {project.case.name: project.case for project in projects})


def with_same_tools(file: Path = FILE) -> bool:
    """Return whether the shipped results are those of the installed versions of the tools."""
    return bool(json.loads(file.read_text("utf-8"))["tools"] == versions())


def renewed(
    cases: Sequence[Case], projects: Sequence[Project], results: Iterable[Result], file: Path = FILE
) -> dict[str, Any]:
    """Return the shipped table with the results of a run in place of those of its cases, and without what is no case any more.

    `cases` are all cases that there are. Raises ValueError if the shipped results are those of other tools.
    """
    shipped = json.loads(file.read_text("utf-8"))
    if shipped["tools"] != versions():
        raise ValueError(
            "Other versions of the tools are installed than those of the shipped results: prove all cases."
        )
    proven = {project.case.name: project.case for project in projects}
    by_name = {case.name: case for case in cases} | proven
    kept = by_name.keys() - proven.keys()
    shapes: dict[str, dict[str, Any]] = {
        key: {target: row for target, row in rows.items() if row["case"] in kept}
        for key, rows in shipped["shapes"].items()
    }
    for key, rows in _rows(projects, results).items():
        shapes[key] = {**shapes.get(key, {}), **rows}
    return _table({key: rows for key, rows in shapes.items() if rows}, by_name)


def _rows(projects: Sequence[Project], results: Iterable[Result]) -> dict[str, dict[str, Any]]:
    """Return what came of the projects by the key of their shape and by target."""
    results_by_project: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        results_by_project.setdefault((result.case, result.target), []).append(result)
    shapes: dict[str, dict[str, Any]] = {}
    for project in projects:
        shape = certificate.shape_of(project.case.design)
        project_results = results_by_project.get((project.case.name, project.target))
        compiled = certificate.compiled(shape, project.target) if project_results else ""
        if project_results and compiled:
            proof = {"case": project.case.name, "infrastructure": compiled}
            shapes.setdefault(shape.key, {}).setdefault(project.target, proof | _outcome(project_results))
    return shapes


def _table(shapes: Mapping[str, Mapping[str, Any]], cases: Mapping[str, Case]) -> dict[str, Any]:
    """Return the table of rows by shape and target, with the texts that they name."""
    rows = [row for by_target in shapes.values() for row in by_target.values()]
    used = {id for row in rows for id in row.get("suppressed", ())}
    return {
        "tiers": {tier.id: _bilingual(tier.title) | _bound(tier) for tier in TIERS},
        "tools": versions(),
        "suppressions": {
            suppression.id: _bilingual(suppression.reason) for suppression in suppressions() if suppression.id in used
        },
        "parts": _parts(shapes, cases),
        "shapes": {key: dict(sorted(shapes[key].items())) for key in sorted(shapes)},
    }


def _parts(shapes: Mapping[str, Mapping[str, Any]], cases: Mapping[str, Case]) -> dict[str, dict[str, str]]:
    """Return the last tier that each service and connection passed, by target, in projects without a finding."""
    order = [tier.id for tier in TIERS]
    reached: dict[str, dict[str, int]] = {}
    for by_target in shapes.values():
        for target, row in by_target.items():
            if "failed" not in row:
                last = order.index(row["passed"][-1])
                for part in certificate.parts_of(cases[row["case"]].design.architecture):
                    known = reached.setdefault(part, {})
                    known[target] = max(last, known.get(target, 0))
    return {
        part: {target: order[last] for target, last in sorted(by_target.items())}
        for part, by_target in sorted(reached.items())
    }


def _outcome(results: Sequence[Result]) -> dict[str, list[str]]:
    order = [tier.id for tier in TIERS]
    tiers = {result.tier: all(other.passed for other in results if other.tier == result.tier) for result in results}
    outcome = {
        "passed": [id for id in order if tiers.get(id)],
        "failed": [id for id in order if id in tiers and not tiers[id]],
        "suppressed": sorted({id for result in results for id in result.suppressed}),
        "notes": sorted({note for result in results for note in result.notes}),
    }
    return {name: value for name, value in outcome.items() if value}


def _bound(tier: Tier) -> dict[str, list[str]]:
    """Return the targets of a tier that is not for all of them."""
    return {"targets": list(tier.targets)} if tier.targets else {}


def _bilingual(text: Any) -> dict[str, str]:
    return {"en": text.en, "ja": text.ja}


def write(certificate_table: Mapping[str, Any], file: Path = FILE) -> None:
    """Write the table, a line for each part and shape, so that a change can be read."""
    text = json.dumps({**certificate_table, "parts": {}, "shapes": {}}, ensure_ascii=False, indent=1)
    for name in ("parts", "shapes"):
        rows = certificate_table[name]
        lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(rows[key], ensure_ascii=False)}" for key in rows)
        text = text.replace(f'"{name}": {{}}', f'"{name}": {{\n{lines}\n }}')
    file.write_text(text + "\n", "utf-8")


def stale(projects: Sequence[Project], results: Sequence[Result], file: Path = FILE) -> list[str]:
    """Return the projects whose row in the shipped table differs from this run."""
    shipped, current = json.loads(file.read_text("utf-8"))["shapes"], table(projects, results)["shapes"]
    run = {result.tier for result in results}
    return [
        f"{current[key][target]['case']}/{target}"
        for key in current
        for target in current[key]
        if _compared(current[key][target], run) != _compared(shipped.get(key, {}).get(target, {}), run)
    ]


@dataclass(frozen=True, slots=True)
class ShippedProof:
    """What the shipped table says of projects that a run leaves out: which it does not cover, and what their proof suppressed."""

    stale: tuple[str, ...] = ()
    suppressed: frozenset[str] = frozenset()

    @property
    def stale_cases(self) -> frozenset[str]:
        """The names of the cases of these projects."""
        return frozenset(name.rpartition("/")[0] for name in self.stale)


def shipped_proof(
    cases: Sequence[Case], targets: Sequence[str], tiers: Sequence[Tier], file: Path = FILE
) -> ShippedProof:
    """Compare what cases compile to with the shipped table, which has to say that just this passed the tiers."""
    shipped = json.loads(file.read_text("utf-8"))["shapes"]
    stale, suppressed = list[str](), set[str]()
    compiled_cases = mapped(partial(_compiled, targets=targets), cases)
    for case, (key, infrastructure) in zip(cases, compiled_cases, strict=True):
        refused = {id for id, row in shipped.get(key, {}).items() if row["case"] == case.name} - infrastructure.keys()
        stale += [str(Project(case, target)) for target in sorted(refused.intersection(targets))]
        for target, compiled in infrastructure.items():
            project, proof = Project(case, target), shipped.get(key, {}).get(target, {})
            passed = {tier.id for tier in tiers if tier.of([project])}
            if proof.get("infrastructure") != compiled or not passed <= set(proof.get("passed", ())):
                stale.append(str(project))
            suppressed |= set(proof.get("suppressed", ()))
    return ShippedProof(tuple(stale), frozenset(suppressed))


def _compiled(case: Case, targets: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the key of a case's shape, and the digest of its infrastructure for each target that can express it."""
    shape = certificate.shape_of(case.design)
    offered = [target for target in targets if not blueprints.check(case.design, target)]
    compiled = {target: certificate.compiled(shape, target) for target in offered}
    return shape.key, {target: digest for target, digest in compiled.items() if digest}


def _compared(proof: Mapping[str, Any], run: set[str]) -> tuple[object, ...]:
    """Return the parts of a proof that have to agree, for the tiers of this run."""
    tiers = tuple(tuple(id for id in proof.get(name, ()) if id in run) for name in ("passed", "failed"))
    return (proof.get("infrastructure"), *tiers)
