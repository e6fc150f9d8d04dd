"""The questions, once, in both languages. One tuple of fields per kind of subject."""

from advisor.vocabulary.amounts import Range
from advisor.vocabulary.channel import CHANNEL_FIELDS, DESTINATION_KINDS
from advisor.vocabulary.component import COMPONENT_FIELDS
from advisor.vocabulary.field import Answer, Field, Option
from advisor.vocabulary.store import STORE_FIELDS
from advisor.vocabulary.workload import WORKLOAD_FIELDS

FIELDS: dict[str, tuple[Field, ...]] = {
    "workload": WORKLOAD_FIELDS,
    "component": COMPONENT_FIELDS,
    "channel": CHANNEL_FIELDS,
    "store": STORE_FIELDS,
}

__all__ = ["DESTINATION_KINDS", "FIELDS", "Answer", "Field", "Option", "Range"]
