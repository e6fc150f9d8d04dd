"""Factors of the pairwise cases: the questions of the vocabulary, and the levels of their answers.

Choices and flags have the levels that the vocabulary gives them; quantities have values on both sides of the limits
that change the choice of a service.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.vocabulary import FIELDS, Field

Level = str | bool | tuple[str, ...]
Row = dict[str, Level]

#: Omitted questions: they change numbers and texts but no resources, or link subjects, which the rows do themselves. Direct
#: uploads need a store of objects with a stated item size, and a lock needs a stated retention; supplements contain them. Only a program of messages keeps the latest of them. Of the database engines, only
#: PostgreSQL is generated. A connection pool needs a relational store, and `tests/blueprints/requirements` has one.
SKIPPED = frozenset(
    {
        "language",
        "component.migrates_from",
        "component.direct_uploads",
        "store.database_engine",
        "store.connection_pool",
        "store.immutable",
        "store.keeps",
        "shape",
        "isolation",
        "data_class",
        "data_stays",
        "operations",
        "priorities",
    }
)
QUANTITIES: Mapping[str, tuple[str, ...]] = {
    "component.longest_run_s": ("10 s", "30 min", "8 h"),
    "component.parallel_items": ("0", "40", "100000"),
    "component.steps": ("1", "3"),
    "component.memory_mib": ("512 MiB", "16 GiB"),
    "component.request_bytes": ("64 KiB", "20 MiB"),
    "channel.delay_s": ("0 s", "10 min"),
    "channel.message_bytes": ("16 KiB", "600 KiB"),
    "store.volume_bytes": ("10 GiB", "2 TiB"),
}
SEVERAL: Mapping[str, tuple[Level, ...]] = {
    "component.trigger": ("request", "schedule", "event", "message", "stream", "always-on", "on-demand", "callback"),
    "workload.existing": ((), ("vpc",), ("vpc", "cluster"), ("domain",), ("identity-provider",)),
    "channel.destinations": (
        (),
        *(
            (kind,)
            for kind in ("queue", "function", "email", "sms", "partner-http", "saas", "other-account", "data-lake")
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Factor:
    """A question of a subject, by `subject.field`, and its levels; the first is the default."""

    id: str
    levels: tuple[Level, ...]
    applies: Mapping[str, tuple[str, ...]]


def factors() -> tuple[Factor, ...]:
    """Return all factors in the order of the vocabulary."""
    return tuple(_factors())


def _factors() -> Iterator[Factor]:
    for subject, fields in FIELDS.items():
        for field in fields:
            id = f"{subject}.{field.id}"
            levels = () if {field.id, id} & SKIPPED else _levels(id, field)
            if len(levels) > 1:
                yield Factor(id, levels, {f"{subject}.{name}": values for name, values in field.applies.items()})


def _levels(id: str, field: Field) -> tuple[Level, ...]:
    if id in SEVERAL:
        return SEVERAL[id]
    if field.kind == "flag":
        return (bool(field.default), not field.default)
    if field.kind == "choice":
        values = [option.value for option in field.options]
        first = str(field.default) if field.default in values else values[0]
        return (first, *(value for value in values if value != first))
    return QUANTITIES.get(id, ())


def applies(factor: Factor, row: Mapping[str, Level]) -> bool:
    """Return whether a question applies, given the other answers."""
    return all(row.get(name) in values for name, values in factor.applies.items())


def raw_level(level: Level) -> Any:
    """Return a level as a requirements file has it."""
    if isinstance(level, tuple):
        return list(level)
    return float(level) if isinstance(level, str) and level.isdigit() else level
