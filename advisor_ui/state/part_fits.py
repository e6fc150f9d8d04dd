"""Whether an answer of pasted requirements can be one of a part, by what the part answers already."""

from collections.abc import Mapping, Sequence

from advisor.vocabulary import FIELDS, Field
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.typical_parts import JOB, TYPICAL_PARTS, WORKER

RATES = ("rate_average_rps", "rate_peak_rps")


class Several(Exception):
    """An answer that could be one of several parts, or of none that is there."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__()
        self.ids = tuple(ids)


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


def waits_apart(draft: Raw, id: str, parts: Sequence[str]) -> bool:
    """Return whether somebody waits for the response of a component, or it has a load or users, and so it is none of some parts.

    Nobody waits for a worker or a job; and a job that a schedule starts has no load and no users of its own.
    """
    found = {part for part in parts if part in TYPICAL_PARTS and TYPICAL_PARTS[part].kind == "component"}
    waits = any(drafts.answer(draft, id, name) is not None for name in ("response_s", "latency_ms"))
    is_used = any(drafts.answer(draft, id, name) is not None for name in (*RATES, "authentication"))
    return bool(found) and ((waits and found <= {JOB, WORKER}) or (is_used and found == {JOB}))
