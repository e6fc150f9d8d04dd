"""Links of parts in pasted requirements that typical parts do not have: emails that a part sends, a store that one job writes."""

from advisor.text import LANGS
from advisor.vocabulary import DESTINATION_KINDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.typical_parts import free_title

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
