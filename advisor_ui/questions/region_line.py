"""The Region, stated or assumed, in one line above the questions; it is changed there, and never asked for its own sake."""

import streamlit as st

from advisor.text import Lang
from advisor.vocabulary.region_names import region_named, region_title
from advisor.vocabulary.regions import REGIONS
from advisor_ui.questions.fields import field_of
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.state.list_keys import key_of_list
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say

_REGION = "region"
_ASSUMED = ""


def region_line(session: Session, draft: Raw) -> None:
    """Show the Region in which the workload is designed, and offer all that have a name."""
    lang, stated = session.lang, stated_region(draft)
    used = stated or str(field_of(WORKLOAD, _REGION).default)
    words = say("region_stated" if stated else "region_assumed", lang, region=region_title(used).in_(lang))
    popover = st.popover(words, key="region_line", type="tertiary", icon=":material/location_on:", on_change="rerun")
    if popover.open:
        with popover:
            _choose(stated, lang)


def stated_region(draft: Raw) -> str:
    """Return the code of the Region that a draft states, or "" if it states none that there is."""
    said = drafts.answer(draft, WORKLOAD, _REGION)
    named = region_named(said) if isinstance(said, str) else None
    return named or (said if said in REGIONS else _ASSUMED)


def _choose(stated: str, lang: Lang) -> None:
    field = field_of(WORKLOAD, _REGION)
    named = {code: region_title(code).in_(lang) for code in REGIONS}
    labels = {_ASSUMED: say("assumed", lang, value=region_title(str(field.default)).in_(lang))}
    labels |= {code: title for code, title in named.items() if title != code or code == stated}
    key = key_of_list(f"region_line.{lang}", labels, [stated])
    keep(key, stated)
    st.selectbox(
        field.title.in_(lang), list(labels), index=list(labels).index(stated), format_func=lambda code: labels[code],
        key=key, on_change=_store, args=(key,),
    )  # fmt: skip
    residency = field_of(WORKLOAD, "data_stays")
    st.caption(say("region_use", lang, residency=residency.title.in_(lang)))


def _store(key: str) -> None:
    session, code = current(), str(st.session_state.get(key) or _ASSUMED)
    if session.draft is not None:
        session.change(drafts.with_answer(session.draft, WORKLOAD, _REGION, code or None))
