"""Whether an answer of pasted requirements can be one of a part, by what the part answers already."""

from collections.abc import Mapping

from advisor.vocabulary import FIELDS, Field
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw

RATES = ("rate_average_rps", "rate_peak_rps")


def fits(draft: Raw, id: str, field: Field, like: Mapping[str, str]) -> bool:
    """Return whether a question applies to a part that has some answers; what only a schedule starts has no load of its own."""
    if field.id in RATES and drafts.answer(draft, id, "trigger") == ["schedule"]:
        return False
    return is_like(draft, id, like) and all(
        stated is None or not values.isdisjoint(stated if isinstance(stated, list) else [stated])
        for name, allowed in field.applies.items()
        for values, stated in ((frozenset(allowed), drafts.answer(draft, id, name)),)
    )


def is_like(draft: Raw, id: str, like: Mapping[str, str]) -> bool:
    """Return whether a part has some answers; or none to their questions, and no answer that only applies with others."""
    for name, value in like.items():
        stated = drafts.answer(draft, id, name)
        if stated is None and not any(
            value not in field.applies.get(name, (value,)) and drafts.answer(draft, id, field.id) is not None
            for field in FIELDS[drafts.kind_of(draft, id)]
        ):
            continue
        if value not in (stated, *(stated if isinstance(stated, list) else ())):
            return False
    return True
