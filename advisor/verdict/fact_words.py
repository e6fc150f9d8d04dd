"""Facts of a subject as text: answered, assumed, derived or decided, with title and unit."""

from typing import Any

from advisor.requirements import Destination
from advisor.text import Text
from advisor.verdict.derived_titles import DERIVED
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.amounts import answer_words
from advisor.vocabulary.demands import DEMAND_FLAGS
from advisor.vocabulary.field import HOLDS
from advisor.vocabulary.formats import listed, schedule
from advisor.vocabulary.schedule_expression import SCHEDULE
from advisor.vocabulary.units import words

_NOTHING = Text("none", "なし")


def describe(kind: str, id: str, value: Any, zone: str = "") -> tuple[Text, Text]:
    """Return the title of a fact and its value in words; `zone` is the time zone of a schedule."""
    name = id.removeprefix("workload.")
    fields = (*FIELDS["workload" if id.startswith("workload.") else kind], *DEMAND_FLAGS["workload"])
    stated = next((f for f in fields if f.id == name), None)
    if stated is not None:
        return stated.title, schedule(value, zone) if id == SCHEDULE else _worded(stated, value)
    title, unit = DERIVED.get(id, (Text.same(id), ""))
    if isinstance(value, bool):
        return title, HOLDS[value]
    return title, words(value, unit) if unit not in ("", "flag") else _listed(value)


def _listed(value: Any) -> Text:
    return listed([Text.same(str(one)) for one in value]) if isinstance(value, tuple) else Text.same(str(value))


def _worded(field: Field, value: Any) -> Text:
    if field.kind == "flag":
        return field.answer(bool(value))
    if field.kind == "quantity":
        return answer_words(value, field.unit)
    if isinstance(value, tuple):
        labels = [v.words if isinstance(v, Destination) else field.label(str(v)) for v in value] or [_NOTHING]
        return listed(labels)
    return field.label(str(value))
