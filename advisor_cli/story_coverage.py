"""Checks that the example workloads cover everything that the talk names: one row per item, compared with the designs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from advisor.design import Design
from advisor.report.decision_report import services
from advisor.text import Text

Decide = Callable[[Mapping[str, Any]], Design]
_KEYS = {"id", "kind", "words", "stories", "services", "edges", "reasons", "reading", "cases"}
_CASE_KEYS = {"given", "services", "without", "edges", "warns"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the talk names, and where it can be seen.

    Each of `stories` must result in all that `expects` names: services, edges ("source verb target"), reasons (ids of rules
    or facts) and reading (parts of addresses). `cases` are decisions in small: given requirements and what they expect.
    """

    id: str
    kind: str
    words: Text
    stories: tuple[str, ...]
    expects: Mapping[str, tuple[str, ...]]
    cases: tuple[Mapping[str, Any], ...] = ()


def story_rows() -> tuple[Row, ...]:
    """Return the rows of the product's own table, `story_coverage.yaml`."""
    return rows((files(__package__) / "story_coverage.yaml").read_bytes())


def rows(content: bytes) -> tuple[Row, ...]:
    """Return the rows of the coverage table, a YAML file; ValueError names a row with an unknown key."""
    import yaml

    return tuple(_row(raw) for raw in yaml.safe_load(content)["rows"])


def _row(raw: Mapping[str, Any]) -> Row:
    cases = tuple(raw.get("cases") or ())
    unknown = (set(raw) - _KEYS) | {key for case in cases for key in set(case) - _CASE_KEYS}
    if unknown:
        raise ValueError(f"story_coverage.yaml: {raw['id']}: unknown key '{min(unknown)}'")
    words = Text(raw["words"]["en"], raw["words"]["ja"])
    return Row(raw["id"], raw["kind"], words, tuple(raw.get("stories") or ()), _expects(raw), cases)


def _expects(raw: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    expected = {key: tuple(raw.get(key) or ()) for key in ("services", "reasons", "warns", "reading")}
    return expected | {"edges": tuple(" ".join(edge) for edge in raw.get("edges") or ())}


def missing(row: Row, designs: Mapping[str, Design], decide: Decide) -> Iterator[str]:
    """Give a sentence for everything that a row says and the designs do not hold."""
    if not row.stories:
        yield f"{row.id}: no story holds it."
    for name in row.stories:
        if name not in designs:
            yield f'{row.id}: there is no story "{name}".'
            continue
        yield from _absent(f"{row.id}: the story {name}", row.expects, designs[name])
    for number, case in enumerate(row.cases, 1):
        design = decide(case["given"])
        yield from _absent(f"{row.id}: case {number}", _expects(case), design)
        for service in case.get("without") or ():
            if service in services(design):
                yield f"{row.id}: case {number} must not come to {service}."


def _absent(where: str, expects: Mapping[str, tuple[str, ...]], design: Design) -> Iterator[str]:
    contents = _contents(design)
    for kind, wanted in expects.items():
        if kind == "reading":
            absent = [part for part in wanted if not any(part in address for address in contents[kind])]
        else:
            absent = [item for item in wanted if item not in contents[kind]]
        if absent:
            yield f"{where} has no {kind}: {', '.join(absent)}."


def _contents(design: Design) -> dict[str, set[str]]:
    architecture, chosen = design.architecture, services(design)
    choices = [choice for subject in design.decision.subjects for choice in subject.choices]
    reasons = {reason.id for choice in choices for reason in choice.because}
    reasons |= {reason.id for c in choices for rejected in c.rejected for reason in rejected.because}
    warned = {warning.id for warning in design.decision.warnings}
    pages = [page for service in chosen for page in design.book.services[service].reading]
    return {
        "services": {*chosen, *(node.service for node in architecture.nodes)},
        "reasons": reasons | warned,
        "warns": warned,
        "reading": {page.url.en for page in pages},
        "edges": {" ".join(architecture.key(edge)) for edge in architecture.edges},
    }
