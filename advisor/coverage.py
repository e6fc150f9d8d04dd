"""Whether the stories hold everything that the talk names: one row per thing, each checked against the designs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.design import Design
from advisor.report import services
from advisor.text import Text


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the talk names, and where it can be seen.

    Every one of `stories` comes to all of `services`, holds all of `edges` (keyed by source service, verb and target
    service), and gives all of `reasons` (ids of rules or facts) for its choices. `cases` are decisions in small.
    """

    id: str
    kind: str
    words: Text
    stories: tuple[str, ...]
    services: tuple[str, ...] = ()
    edges: tuple[tuple[str, str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()


def rows(content: bytes) -> tuple[Row, ...]:
    """Return the rows of the coverage table, a YAML file."""
    import yaml

    return tuple(
        Row(
            raw["id"],
            raw["kind"],
            Text(raw["words"]["en"], raw["words"]["ja"]),
            tuple(raw.get("stories") or ()),
            tuple(raw.get("services") or ()),
            tuple((source, verb, target) for source, verb, target in raw.get("edges") or ()),
            tuple(raw.get("reasons") or ()),
            tuple(raw.get("cases") or ()),
        )
        for raw in yaml.safe_load(content)["rows"]
    )


def missing(row: Row, designs: Mapping[str, Design]) -> Iterator[str]:
    """Give a sentence for everything that a row says and the designs of the stories do not hold."""
    if not row.stories:
        yield f"{row.id}: no story holds it."
    for name in row.stories:
        design = designs.get(name)
        if design is None:
            yield f'{row.id}: there is no story "{name}".'
            continue
        for what, wanted, held in _compared(row, design):
            absent = [str(item) for item in wanted if item not in held]
            if absent:
                yield f"{row.id}: the story {name} has no {what} {', '.join(absent)}."


def _compared(row: Row, design: Design) -> Iterator[tuple[str, tuple[Any, ...], set[Any]]]:
    architecture = design.architecture
    keys = {" ".join(architecture.key(edge)) for edge in architecture.edges}
    choices = [choice for subject in design.decision.subjects for choice in subject.choices]
    reasons = {reason.id for choice in choices for reason in choice.because}
    reasons |= {reason.id for c in choices for rejected in c.rejected for reason in rejected.because}
    reasons |= {warning.id for warning in design.decision.warnings}
    drawn = {node.service for node in architecture.nodes} | {node.icon for node in architecture.nodes}
    yield "service", row.services, set(services(design)) | drawn
    yield "connection", tuple(" ".join(edge) for edge in row.edges), keys
    yield "reason", row.reasons, reasons
