"""Accepted assumptions: answers that say so in the draft, and questions without a requirement, which the address keeps."""

from collections.abc import Collection, Iterable
from typing import Any

from advisor.requirements.remarks import accepted, value_of
from advisor_ui.state.draft import WORKLOAD, Raw, part, with_changes

_MOST_PLACES = 400


def with_accepted(draft: Raw, assumed: Iterable[tuple[str, str, Any]]) -> Raw:
    """Return the draft in which assumptions are answers that are said to be accepted assumptions."""
    assumed = tuple(assumed)
    changed = with_changes(draft, assumed)
    for subject, field, _ in assumed:
        answers = part(changed, subject or WORKLOAD)
        if field in answers:
            answers[field] = accepted(value_of(answers[field]))
    return changed


def to_text(places: Collection[tuple[str, str]]) -> str:
    """Return questions, as (subject, field), as characters that an address may hold; "" is the whole workload."""
    return ",".join(f"{subject or WORKLOAD}.{field}" for subject, field in sorted(places)[:_MOST_PLACES])


def from_text(text: str, subjects: Collection[str]) -> set[tuple[str, str]]:
    """Return the questions that `to_text` wrote, without those of subjects that there are not."""
    pairs = (place.partition(".") for place in text.split(",")[:_MOST_PLACES])
    return {("" if id == WORKLOAD else id, field) for id, _, field in pairs if id in (WORKLOAD, *subjects) and field}
