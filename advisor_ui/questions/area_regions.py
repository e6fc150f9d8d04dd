"""A country or area in the field of the Region: its Regions, of which one is picked."""

import unicodedata

import streamlit as st

from advisor.text import Lang
from advisor.vocabulary import Field
from advisor.vocabulary.region_names import region_title
from advisor_ui.questions.fields import field_of
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.line_meanings import regions_of_area
from advisor_ui.state.session import current
from advisor_ui.words import say
from renderers.markdown import escape

_REGION = "region"


def regions_to_choose(field: Field, value: object) -> tuple[str, ...]:
    """Return the Regions of the area that was written as the Region, or none if it is another question or no known area."""
    return regions_of_area(unicodedata.normalize("NFKC", str(value))) if field.id == _REGION else ()


def choose_region(written: object, regions: tuple[str, ...], key: str, lang: Lang) -> None:
    """State that an area was written, and offer its Regions; that data must stay there is a question of its own."""
    residency = field_of(WORKLOAD, "data_stays")
    words = {
        "written": escape(str(written)),
        "residency": residency.title.in_(lang),
        "answer": residency.answers[0].in_(lang),
    }
    st.info(say("area_regions", lang, **words), icon=":material/public:")
    names = {code: region_title(code).in_(lang) for code in regions}
    st.pills(
        say("area_choose", lang),
        list(names),
        format_func=lambda code: names[code],
        key=key,
        on_change=_pick,
        args=(key,),
    )


def _pick(key: str) -> None:
    session, code = current(), st.session_state.get(key)
    if session.draft is not None and code:
        session.change(drafts.with_answer(session.draft, WORKLOAD, _REGION, code))
