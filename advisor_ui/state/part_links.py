"""Links of parts in pasted requirements that typical parts do not have: emails that a part sends, a store that one job writes, files
that start a worker.
"""

from collections.abc import Callable

from advisor.text import LANGS
from advisor.vocabulary import DESTINATION_KINDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.typical_parts import FILES, free_title, with_typical_part

_USES = ("reads", "writes")
_EMAIL = next(option.label for option in DESTINATION_KINDS if option.value == "email")


def with_destination(draft: Raw, sender: str, kind: str) -> tuple[Raw, str]:
    """Return the draft in which a component sends emails of a kind, by a channel of their own, and the id of the channel."""
    destinations = [{"kind": kind}]
    for id in drafts.answer(draft, sender, "publishes") or ():
        if drafts.answer(draft, id, "destinations") == destinations:
            return draft, str(id)
    draft, id = drafts.with_subject(draft, "channel")
    for lang in LANGS:
        draft = drafts.with_title(draft, id, free_title(draft, _EMAIL.in_(lang), lang), lang)
    draft = drafts.with_answer(draft, id, "carries", "event")
    draft = drafts.with_answer(draft, id, "destinations", destinations)
    return drafts.linked(draft, sender, "publishes", id, many=True), id


def used_by_none(draft: Raw, store: str) -> Raw:
    """Return the draft in which no component uses a store."""
    for id in drafts.ids(draft, ("component",)):
        for field in _USES:
            others = [one for one in drafts.answer(draft, id, field) or () if one != store]
            draft = drafts.with_answer(draft, id, field, others)
    return draft


def with_files_that_start(draft: Raw, worker: str, is_implied: Callable[[str], bool]) -> Raw:
    """Return the draft in which new files start a worker, without the queue that was supposed for it.

    A worker keeps a queue that a text names or to which another component listens too.
    """
    queue = drafts.answer(draft, worker, "listens_to")
    others = [id for id in drafts.ids(draft, ("component",)) if id != worker]
    if queue and (not is_implied(queue) or any(drafts.answer(draft, id, "listens_to") == queue for id in others)):
        return draft
    draft = drafts.without_subject(draft, queue) if queue else draft
    stores = [id for id in drafts.ids(draft, ("store",)) if drafts.answer(draft, id, "access") == "objects"]
    if not stores:
        draft, files = with_typical_part(draft, FILES, "")
        stores = [files]
    return drafts.linked(started_by_files(draft, worker, stores[0]), worker, "reads", stores[0], many=True)


def started_by_files(draft: Raw, component: str, store: str) -> Raw:
    """Return the draft in which new files of a store start a component."""
    started = {"trigger": ["event"], "event_source": "s3-object", "listens_to": store}
    for field, value in started.items():
        draft = drafts.with_answer(draft, component, field, value)
    return draft
