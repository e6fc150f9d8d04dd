"""VERIFICATION.json and VERIFICATION.md: how far the configuration was verified for its target, and what was not."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from advisor.design import Design
from advisor.text import Lang
from blueprints.certificate.notes import NO_DEPLOYMENT, NO_IMAGES, NOT_RUN, note_words
from blueprints.certificate.parts import part_titles, parts_of
from blueprints.certificate.shape import LATEST, Answers, Shape, decided, infrastructure, shape_of
from blueprints.certificate.table import Proof, Table, shipped
from blueprints.certificate.unprovable import unprovable
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.project.render import render, tidy
from blueprints.targets import target as target_of

Status = Literal["proven", "partly", "changed", "unknown"]
JSON, PAGE = "VERIFICATION.json", "VERIFICATION.md"
#: How many digests a process keeps: they are small, and to compile a configuration again takes a third of a project's time.
_MOST_DIGESTS = 1024
#: The stage that builds images, and those that need a deployed stack.
IMAGE, _DEPLOYED = "image", ("deploy", "traffic", "policy", "delete")


def verification_files(plan: Plan, target: str, lang: Lang, known: Table | None = None) -> dict[str, bytes]:
    """Return both files of a project; `known` is the table that is shipped unless another is given."""
    certificate = verification(plan, target, lang, known or shipped())
    values = {**certificate, "grouped_notes": _grouped(certificate["notes"])}
    # The ids of stages are older than the spelling of the texts, and stand in saved results.
    page = tidy(render(f"prose/VERIFICATION.{lang}.md.j2", values)).replace("behaviour", "behavior")
    return {JSON: (json.dumps(certificate, ensure_ascii=False, indent=2) + "\n").encode(), PAGE: page.encode()}


def _grouped(notes: Sequence[str]) -> list[tuple[list[str], str]]:
    """Return what was not checked, each reason once, with the parts of the project that it holds for."""
    groups: dict[str, list[str]] = {}
    for note in notes:
        place, colon, words = note.partition(": ")
        groups.setdefault(words if colon else note, []).extend(place.split(", ") if colon else [])
    return [(places, words) for words, places in groups.items()]


def verification(plan: Plan, target: str, lang: Lang, known: Table) -> dict[str, Any]:
    """Return the verification results of a project as plain data in one language."""
    design = plan.design
    shape = shape_of(design)
    proof = known.find(shape.key, target)
    status = _status(shape, proof, target)
    holds = proof if status in ("proven", "partly") else None
    tiers = list(_tiers(known, holds, target, lang, images=_builds_images(plan)))
    return {
        "schema": 1,
        "target": target,
        "shape": shape.key,
        "status": status,
        "proven_up_to": holds.passed[-1] if holds and holds.passed else None,
        "tiers": tiers,
        "parts": [] if holds else list(_parts(design, target, lang, known)),
        "tools": dict(known.tools) if holds else {},
        "suppressions": _suppressions(known, holds, lang),
        "notes": [*_not_run(tiers, lang), *_notes(design, holds, lang)] if holds else [],
        "not_provable_without_an_account": [text.in_(lang) for text in unprovable(design)],
    }


def _notes(design: Design, proof: Proof, lang: Lang) -> list[str]:
    services = {id: service.name.in_(lang) for id, service in design.book.services.items()}
    return [note_words(note, lang, services) for note in proof.notes]


def compiled(shape: Shape, target: str) -> str:
    """Return the digest of the current output for a configuration and target, or none if the target cannot express it."""
    return _compiled(shape.answers, target, infrastructure) if shape.design else ""


@lru_cache(maxsize=LATEST)
def _plan(answers: Answers) -> Plan | None:
    design = decided(answers)
    return plan_for(design) if design else None


@lru_cache(maxsize=_MOST_DIGESTS)
def _compiled(answers: Answers, target: str, digest: Callable[[Mapping[str, bytes]], str]) -> str:
    """Return the digest of the compiled project of a configuration (cached), or none if the target refuses it."""
    plan = _plan(answers)
    try:
        return digest(target_of(target).files(plan, "en")) if plan else ""
    except Unsupported:
        return ""


def _status(shape: Shape, proof: Proof | None, target: str) -> Status:
    if proof is None:
        return "unknown"
    if compiled(shape, target) != proof.infrastructure:
        return "changed"
    return "partly" if proof.failed else "proven"


def _builds_images(plan: Plan) -> bool:
    return any(program.kind != "function" for program in plan.programs)


def _not_run(tiers: list[dict[str, str]], lang: Lang) -> Iterator[str]:
    """Yield the stages that were not run although they apply, with what this means."""
    open_ = [tier["id"] for tier in tiers if tier["result"] == "not-run"]
    deployed = [id for id in open_ if id in _DEPLOYED] if "deploy" in open_ else []
    if deployed:
        yield f"{', '.join(deployed)}: {NO_DEPLOYMENT.in_(lang)}"
    for id in (id for id in open_ if id not in deployed):
        yield f"{id}: {(NO_IMAGES if id == IMAGE else NOT_RUN).in_(lang)}"


def _tiers(known: Table, proof: Proof | None, target: str, lang: Lang, *, images: bool) -> Iterator[dict[str, str]]:
    ended = dict.fromkeys(proof.passed, "passed") | dict.fromkeys(proof.failed, "failed") if proof else {}
    for id, title in known.tiers.items():
        without = "not-run" if known.applies(id, target) else "not-for-this-target"
        without = "not-for-this-project" if id == IMAGE and not images else without
        yield {"id": id, "title": title.in_(lang), "result": ended.get(id, without)}


def _parts(design: Design, target: str, lang: Lang, known: Table) -> Iterator[dict[str, str | None]]:
    """Yield the verification of each service and connection in other projects, if the whole configuration has none."""
    titles = part_titles(design, lang)
    for part in parts_of(design.architecture):
        yield {"part": part, "title": titles[part], "proven_up_to": known.parts.get(part, {}).get(target)}


def _suppressions(known: Table, proof: Proof | None, lang: Lang) -> Mapping[str, str]:
    return {id: known.suppressions[id].in_(lang) for id in proof.suppressed} if proof else {}
