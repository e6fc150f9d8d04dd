"""The function between the events of a file store and an ordered queue, which these events cannot enter by themselves."""

from advisor.text import LANGS, Text
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.part_links import started_by_files
from advisor_ui.state.typical_parts import free_title
from advisor_ui.words import WORDS

#: The alternative of the rule book that the function carries out.
FORWARDER = "a-function-before-the-ordered-queue"
_EVENTS = ("source", "aws_events")
_USES = ("reads", "writes")


def with_forwarder(draft: Raw, channel: str) -> tuple[Raw, Text] | None:
    """Return the draft in which new files start a function that sends to a channel, and what was done; None without a file store.

    The store is the first one with objects that a consumer of the channel uses, else the first one.
    """
    stores = [id for id in drafts.ids(draft, ("store",)) if drafts.answer(draft, id, "access") == "objects"]
    consumers = [id for id in drafts.ids(draft, ("component",)) if drafts.answer(draft, id, "listens_to") == channel]
    used = {id for one in consumers for field in _USES for id in drafts.answer(draft, one, field) or ()}
    if not stores:
        return None
    store = next((id for id in stores if id in used), stores[0])
    changed, forwarder = drafts.with_subject(draft, "component")
    for lang in LANGS:
        changed = drafts.with_title(changed, forwarder, free_title(changed, WORDS["forwarder"].in_(lang), lang), lang)
    for field in _EVENTS:
        changed = drafts.with_answer(changed, channel, field, None)
    changed = started_by_files(drafts.with_answer(changed, forwarder, "publishes", [channel]), forwarder, store)
    for one in consumers:  # what starts them are messages now
        started_by = drafts.answer(changed, one, "trigger")
        if started_by == ["event"]:
            changed = drafts.with_answer(
                drafts.with_answer(changed, one, "event_source", None), one, "trigger", ["message"]
            )
        changed = drafts.linked(changed, one, "reads", store, many=True)
    words = {
        lang: WORDS["forwarder_added"].in_(lang).format(
            name=drafts.name(changed, forwarder, lang), store=drafts.name(changed, store, lang),
            channel=drafts.name(changed, channel, lang),
        )
        for lang in LANGS
    }  # fmt: skip
    return changed, Text(words["en"], words["ja"])
