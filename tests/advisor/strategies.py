"""Requirements files for tests: random ones, drawn from the vocabulary itself, and one that nothing fits."""

from typing import Any

from hypothesis import strategies as st

from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.answers import put_in_order
from advisor.vocabulary import DESTINATION_KINDS, FIELDS, Field

NAMES = {
    "component": ("alpha", "beta", "gamma"),
    "channel": ("news", "work"),
    "store": ("things", "files"),
}
# Only REST APIs cache, and no REST API sends that much.
CONFLICT = {"components": [{"id": "job", "trigger": "request", "caching": True, "response_bytes": "50 MiB"}]}


def answers(field: Field, present: dict[str, list[str]]) -> st.SearchStrategy[Any] | None:
    """Values that a field allows, links only to subjects that are there, or None if there are none."""
    if field.kind == "quantity":
        edges = [v for v in (field.minimum, field.maximum, 1, 900, 901, 1024, 262144, 1048576) if _within(field, v)]
        whole = st.integers(int(field.minimum), int(min(field.maximum, 2**50)))
        inside = whole if field.unit == "count" else st.floats(field.minimum, field.maximum, allow_nan=False)
        return st.sampled_from(edges) | inside
    if field.kind == "flag":
        return st.booleans()
    if field.kind == "text":
        return st.just(field.example) if field.pattern else st.text(max_size=20)
    values = [option.value for option in field.options]
    if field.kind == "destinations":
        kinds = [option.value for option in DESTINATION_KINDS]
        return st.lists(st.sampled_from(kinds).map(lambda kind: {"kind": kind}), max_size=3)
    if field.kind in ("link", "links"):
        values = [name for kind in field.links_to for name in present[kind]]
        values = [] if field.id == "calls" else values
    if not values:
        return None
    one = st.sampled_from(values)
    return one if field.kind in ("choice", "link") else st.lists(one, max_size=3, unique=True)


def _within(field: Field, value: float) -> bool:
    return field.minimum <= value <= field.maximum


@st.composite
def subjects(draw: st.DrawFn, kind: str, id: str, present: dict[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": id}
    for field in draw(st.lists(st.sampled_from(FIELDS[kind]), unique_by=lambda f: f.id, max_size=12)):
        values = answers(field, present)
        if values is not None:
            found[field.id] = draw(values)
    put_in_order(found)
    return found


def raw_requirements() -> st.SearchStrategy[dict[str, Any]]:
    """A whole requirements file as plain data, whose answers can all be true."""
    return _drawn().filter(_consistent)


def _consistent(raw: dict[str, Any]) -> bool:
    try:
        make_requirements(raw)
    except RequirementsError:
        return False
    return True


@st.composite
def _drawn(draw: st.DrawFn) -> dict[str, Any]:
    present = {kind: list(names[: draw(st.integers(0, len(names)))]) for kind, names in NAMES.items()}
    found: dict[str, Any] = {
        f"{kind}s": [draw(subjects(kind, id, present)) for id in ids] for kind, ids in present.items()
    }
    possible = {f.id: answers(f, present) for f in FIELDS["workload"]}
    asked = {id: values for id, values in possible.items() if values is not None}
    found["workload"] = draw(st.fixed_dictionaries({}, optional=asked))
    return found
