"""Typical parts that an architect begins with: each has its structure answered and is linked to the part that is selected."""

from typing import Any, NamedTuple

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.words_proof import PART_TITLES

WORKER = "worker"


class TypicalPart(NamedTuple):
    """A part to add: its kind, its first answers, and the links that a selected component gets to it."""

    kind: str
    answers: dict[str, Any]
    links: tuple[str, ...] = ()


TYPICAL_PARTS = {
    "web-app": TypicalPart("component", {"trigger": ["request"], "static_site": True}),
    "api": TypicalPart("component", {"trigger": ["request"]}),
    WORKER: TypicalPart("component", {"trigger": ["message"]}),
    "job": TypicalPart("component", {"trigger": ["schedule"]}),
    "database": TypicalPart("store", {"access": "relational"}, ("reads", "writes")),
    "table": TypicalPart("store", {"access": "key-value"}, ("reads", "writes")),
    "files": TypicalPart("store", {"access": "objects"}, ("reads", "writes")),
    "queue": TypicalPart("channel", {"carries": "work"}, ("publishes",)),
    "event": TypicalPart("channel", {"carries": "event"}, ("publishes",)),
}


def with_typical_part(draft: Raw, part: str, selected: str) -> tuple[Raw, str]:
    """Return the draft with a typical part, and the part's id.

    A selected component is linked to a new store or channel. A worker listens to the selected channel, else to the first that
    nobody listens to, else to a new queue.
    """
    typical = TYPICAL_PARTS[part]
    before, (changed, id) = len(drafts.ids(draft)), drafts.with_subject(draft, typical.kind)
    if len(drafts.ids(changed)) == before:  # there are as many as are allowed
        return draft, id
    for lang in LANGS:
        changed = drafts.with_title(changed, id, _free(changed, PART_TITLES[part].in_(lang), lang), lang)
    for field, value in typical.answers.items():
        changed = drafts.with_answer(changed, id, field, value)
    if drafts.kind_of(draft, selected) == "component":
        for field in typical.links:
            changed = drafts.linked(changed, selected, field, id, many=True)
    return (_fed(changed, id, selected) if part == WORKER else changed), id


def _fed(draft: Raw, worker: str, selected: str) -> Raw:
    """Return the draft with a worker that listens to a channel; one that is selected publishes to a new one."""
    heard = {drafts.answer(draft, id, "listens_to") for id in drafts.ids(draft, ("component",))}
    free = [id for id in drafts.ids(draft, ("channel",)) if id not in heard]
    if drafts.kind_of(draft, selected) == "channel":
        free.insert(0, selected)
    if free:
        return drafts.linked(draft, worker, "listens_to", free[0], many=False)
    draft, queue = with_typical_part(draft, "queue", selected)
    return drafts.linked(draft, worker, "listens_to", queue, many=False)


def _free(draft: Raw, title: str, lang: Lang) -> str:
    """Return a title that no other part has: with a number where it is taken."""
    taken = {drafts.name(draft, id, lang) for id in drafts.ids(draft)}
    numbers = (f"{title} {number}" for number in range(2, 200))
    return title if title not in taken else next(words for words in numbers if words not in taken)
