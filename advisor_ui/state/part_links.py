"""Links of parts in pasted requirements that typical parts do not have: emails that a part sends, a store that one job writes, files
that start a worker, a stream that it reads.
"""

from collections.abc import Callable, Sequence

from advisor.text import LANGS
from advisor.vocabulary import DESTINATION_KINDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.typical_parts import FILES, free_title, takes_requests, with_typical_part
from advisor_ui.words_proof import PART_TITLES, STREAM_TITLE

#: What a channel carries that is a stream.
STREAMED = "records"
#: What it carries of which each receiver gets a copy; the typical part is called the same.
EVENTS = "event"
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


def sent_by(draft: Raw, channel: str, named: Sequence[str]) -> Raw:
    """Return the draft in which the last component of some named parts is all that sends to a channel, if one is a component."""
    components = drafts.ids(draft, ("component",))
    senders = [id for id in named if id in components]
    for id in components if senders else ():
        sent = [one for one in drafts.answer(draft, id, "publishes") or () if one != channel]
        draft = drafts.with_answer(draft, id, "publishes", [*sent, channel] if id == senders[-1] else sent)
    return draft


def with_files_that_start(draft: Raw, worker: str, is_implied: Callable[[str], bool]) -> Raw:
    """Return the draft in which new files start a worker, without the queue that was supposed for it.

    A worker keeps a queue that a text names or to which another component listens too.
    """
    queue = drafts.answer(draft, worker, "listens_to")
    if queue and not _is_supposed(draft, worker, queue, is_implied):
        return draft
    draft = drafts.without_subject(draft, queue) if queue else draft
    stores = [id for id in drafts.ids(draft, ("store",)) if drafts.answer(draft, id, "access") == "objects"]
    if not stores:
        draft, files = with_typical_part(draft, FILES, "")
        stores = [files]
    kept = [
        id for id in drafts.answer(draft, worker, "writes") or () if id != stores[0]
    ]  # what it wrote would start it
    draft = drafts.with_answer(draft, worker, "writes", kept)
    return drafts.linked(started_by_files(draft, worker, stores[0]), worker, "reads", stores[0], many=True)


def started_by_files(draft: Raw, component: str, store: str) -> Raw:
    """Return the draft in which new files of a store start a component."""
    started = {"trigger": ["event"], "event_source": "s3-object", "listens_to": store}
    for field, value in started.items():
        draft = drafts.with_answer(draft, component, field, value)
    return draft


def started_by_none_but_files(draft: Raw) -> bool:
    """Return whether new files start a component, and the workload has no channel: nothing then keeps an order."""
    stores = drafts.ids(draft, ("store",))
    heard = [drafts.answer(draft, id, "listens_to") for id in drafts.ids(draft, ("component",))]
    sources = [drafts.answer(draft, id, "event_source") for id in drafts.ids(draft, ("component",))]
    return not drafts.ids(draft, ("channel",)) and ("s3-object" in sources or any(one in stores for one in heard))


def waiting_worker(draft: Raw, is_implied: Callable[[str], bool]) -> str:
    """Return the only worker, if it waits for nothing but a queue that was supposed for it, else ""."""
    workers = [id for id in drafts.ids(draft, ("component",)) if drafts.answer(draft, id, "trigger") == ["message"]]
    queue = drafts.answer(draft, workers[0], "listens_to") if len(workers) == 1 else None
    return workers[0] if queue and _is_supposed(draft, workers[0], queue, is_implied) else ""


def with_stream(draft: Raw, component: str, is_implied: Callable[[str], bool]) -> tuple[Raw, str]:
    """Return the draft in which a component reads a stream, or sends to it if it takes requests, and the id of the stream.

    The stream is the one that is there, else what was supposed to be the component's queue, else a new one.
    """
    heard = str(drafts.answer(draft, component, "listens_to") or "")
    streams = [id for id in drafts.ids(draft, ("channel",)) if drafts.answer(draft, id, "carries") == STREAMED]
    supposed = bool(heard) and heard not in streams and _is_supposed(draft, component, heard, is_implied)
    if streams:
        draft, id = (drafts.without_subject(draft, heard) if supposed else draft), streams[-1]
    else:
        draft, id = (draft, heard) if supposed else drafts.with_subject(draft, "channel")
        for lang in LANGS:
            draft = drafts.with_title(draft, id, free_title(draft, STREAM_TITLE.in_(lang), lang), lang)
        draft = drafts.with_answer(draft, id, "carries", STREAMED)
    if takes_requests(draft, component):
        return drafts.linked(draft, component, "publishes", id, many=True), id
    draft = drafts.with_answer(draft, component, "trigger", ["stream"])
    return drafts.linked(draft, component, "listens_to", id, many=False), id


def with_events(draft: Raw, worker: str, is_implied: Callable[[str], bool]) -> Raw:
    """Return the draft in which a worker listens to the channel of events, which its supposed queue becomes if there is none."""
    heard = str(drafts.answer(draft, worker, "listens_to") or "")
    if not heard or not _is_supposed(draft, worker, heard, is_implied):
        return draft
    channels = [id for id in drafts.ids(draft, ("channel",)) if not drafts.answer(draft, id, "destinations")]
    events = [id for id in channels if drafts.answer(draft, id, "carries") == EVENTS]
    if events:
        draft = draft if heard in events else drafts.without_subject(draft, heard)
        return drafts.linked(draft, worker, "listens_to", events[0], many=False)
    for lang in LANGS:
        draft = drafts.with_title(draft, heard, free_title(draft, PART_TITLES[EVENTS].in_(lang), lang), lang)
    return drafts.with_answer(draft, heard, "carries", EVENTS)


def _is_supposed(draft: Raw, worker: str, queue: str, is_implied: Callable[[str], bool]) -> bool:
    """Return whether a queue was added for a worker, and no other component listens to it."""
    others = [id for id in drafts.ids(draft, ("component",)) if id != worker]
    return is_implied(queue) and all(drafts.answer(draft, id, "listens_to") != queue for id in others)
