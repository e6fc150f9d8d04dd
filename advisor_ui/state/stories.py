"""The stories as drafts, and which of them a draft still equals."""

from collections.abc import Mapping

import streamlit as st

import rules
from advisor.requirements import Requirements, RequirementsError
from advisor.requirements.reading import plain
from advisor.text import Lang, Text
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.link import unpack
from advisor_ui.state.tolerant_reading import understood


def story(name: str) -> Raw:
    """Return a story as a draft. Raises RequirementsError if there is none with that name."""
    if name not in rules.STORIES:
        titles = [rules.load_story(known).title for known in rules.STORIES]
        short_name = name[:60]
        raise RequirementsError(
            (
                Text(
                    f'There is no example "{short_name}". Available examples: {"; ".join(t.en for t in titles)}.',
                    f"例「{short_name}」はありません。使える例: {'、'.join(t.ja for t in titles)}。",
                ),
            )
        )
    return of_requirements(rules.load_story(name))


def of_requirements(requirements: Requirements) -> Raw:
    """Return checked requirements as a draft."""
    return drafts.checked(plain(requirements))


def unchanged(draft: Raw) -> str:
    """Return the name of the story that a draft still equals, or ""."""
    text = drafts.key(draft)
    return next((name for name, own in _stories().items() if own == text), "")


def with_own_title(draft: Raw, title: str, lang: Lang) -> Raw:
    """Return the draft with a title that was entered; what is still the title of an example is replaced in both languages."""
    if title == drafts.titled(draft.get("title"), lang):
        return draft
    titles = [drafts.titled(story(name).get("title"), lang) for name in rules.STORIES]
    if drafts.titled(draft.get("title"), lang) in titles:
        draft = {key: value for key, value in draft.items() if key != "title"}
    return without_summary_of_story(drafts.with_title(draft, None, title, lang))


def without_summary_of_story(draft: Raw) -> Raw:
    """Return a draft that is no example any more without the summary of one."""
    if "summary" not in draft or draft["summary"] not in [story(name).get("summary") for name in rules.STORIES]:
        return draft
    return {key: value for key, value in draft.items() if key != "summary"}


@st.cache_resource(max_entries=1, show_spinner=False)
def _stories() -> dict[str, str]:
    stories = {name: drafts.key(story(name)) for name in rules.STORIES}
    return {"new": drafts.key(drafts.new()), **stories}


def draft_of(params: Mapping[str, str]) -> tuple[Raw | None, tuple[Text, ...]]:
    """Return the draft that an address holds or names, if any, and what of it was not understood."""
    if params.get("r"):
        return understood(unpack(params["r"]))
    name = params.get("s")
    return (drafts.new() if name == "new" else story(name) if name else None), ()
