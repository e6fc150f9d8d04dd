"""The questions, once, in both languages. One tuple of fields per kind of subject."""

from advisor.vocabulary.amounts import Range
from advisor.vocabulary.channel import CHANNEL_FIELDS, DESTINATION_KINDS
from advisor.vocabulary.component import COMPONENT_FIELDS
from advisor.vocabulary.demands import (
    CHANNEL_DEMANDS,
    COMPONENT_DEMANDS,
    DEMAND_FLAGS,
    MUST,
    STORE_DEMANDS,
    WORKLOAD_DEMANDS,
)
from advisor.vocabulary.field import Answer, Field, Option
from advisor.vocabulary.store import STORE_FIELDS
from advisor.vocabulary.workload import WORKLOAD_FIELDS

FIELDS: dict[str, tuple[Field, ...]] = {
    "workload": (*WORKLOAD_FIELDS, *WORKLOAD_DEMANDS),
    "component": (*COMPONENT_FIELDS, *COMPONENT_DEMANDS),
    "channel": (*CHANNEL_FIELDS, *CHANNEL_DEMANDS),
    "store": (*STORE_FIELDS, *STORE_DEMANDS),
}
#: The same as the engine knows them: the list of demands is one flag for each.
ENGINE_FIELDS: dict[str, tuple[Field, ...]] = {
    kind: (*(field for field in fields if field.id != MUST), *DEMAND_FLAGS[kind]) for kind, fields in FIELDS.items()
}

__all__ = ["DESTINATION_KINDS", "ENGINE_FIELDS", "FIELDS", "Answer", "Field", "Option", "Range"]
