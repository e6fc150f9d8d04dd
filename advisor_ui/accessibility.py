"""Screen reader and keyboard support: landmarks, headings, announcements of changes, and of a lost connection.

The browser's tab also keeps the progress of the interview that is not in the address, for a server that was restarted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import streamlit as st

from advisor.text import Lang
from advisor.vocabulary import FIELDS
from advisor_ui.components import component
from advisor_ui.questions.naming import rename
from advisor_ui.results.reasons import service_label
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.words import say

_REGIONS = {
    "questions": "region_questions",
    "diagram": "region_diagram",
    "decision": "region_decision",
    "rulebook": "region_rulebook",
    "gallery": "region_gallery",
}
_MOST_ANNOUNCED = 5
_LONGEST = 200
_KEY = "assistance"
Services = Mapping[tuple[str, str], str | None]


@dataclass(frozen=True)
class _Announced:
    """The last announced verdict: its draft, and its changes."""

    opened: int
    draft: str
    services: Services
    number: int = 0
    words: str = ""


@dataclass
class _Assistance:
    """The announcements to a user; `token` tells the browser tab whether its session still exists on the server.

    `taken` is the time of the state that was last restored from the tab.
    """

    announced: _Announced | None = None
    token: str = field(default_factory=lambda: token_hex(8))
    taken: object = None


def _assistance() -> _Assistance:
    assistance: _Assistance = st.session_state.setdefault(_KEY, _Assistance())
    return assistance


def assist(session: Session) -> None:
    """Add the component that adds landmarks, keeps the focus, and announces a lost connection."""
    lang = session.lang

    def restore() -> None:
        memory = st.session_state["accessibility"].get("memory")
        if isinstance(memory, Mapping) and _assistance().taken != memory.get("at"):
            _assistance().taken = memory.get("at")
            _restore(current(), memory)

    component("accessibility", isolated=False)(
        key="accessibility",
        data={
            "lang": lang,
            "view": _view(session),
            "regions": {key: say(words, lang) for key, words in _REGIONS.items()},
            "words": {
                "skip": say("skip_to_content", lang),
                "help": say("help_for", lang),
                "lost": say("connection_lost", lang),
                "lost_title": say("connection_lost_title", lang),
                "back": say("connection_back", lang),
            },
            "memory": _memory(session),
            "taken": _assistance().taken,
        },
        on_memory_change=restore,
    )


def hidden_heading(region: str, lang: Lang) -> None:
    """Add a heading for screen readers to a region of the page."""
    with st.container(key=f"heading_{region}"):
        st.markdown(f"## {say(_REGIONS[region], lang)}")


def _view(session: Session) -> str:
    if session.rulebook is not None:
        return f"rulebook.{session.rulebook.kind}.{session.rulebook.opened}"
    return "gallery" if session.draft is None else f"design.{session.opened}"


def _memory(session: Session) -> dict[str, Any]:
    return {
        "session": _assistance().token,
        "address": session.address.get("s") or session.address.get("r", ""),
        "tab": st.session_state.get("tab") or "",
        "postponed": sorted(session.postponed),
        "accepted": sorted(session.accepted),
        "open_sections": sorted(session.open_sections),
    }


def _restore(session: Session, memory: Mapping[str, Any]) -> None:
    session.postponed |= _places(memory.get("postponed"))
    session.accepted |= _places(memory.get("accepted"))
    st.session_state["tab"] = str(memory.get("tab") or "why")
    _retype(session, memory.get("typed"))
    opened = memory.get("open_sections")
    session.open_sections |= {str(key) for key in opened} if isinstance(opened, list) else set()


def _retype(session: Session, typed: object) -> None:
    """Recover text that was typed but not sent when the connection was lost; `key` is the CSS class of the field."""
    if not isinstance(typed, Mapping) or session.draft is None:
        return
    box, value = str(typed.get("key") or ""), str(typed.get("value") or "").strip()[:_LONGEST]
    for id in (*drafts.ids(session.draft), WORKLOAD):
        if box == f"st-key-title-{id}":
            rename(session, id, value)
            return
        for known in FIELDS[drafts.kind_of(session.draft, id)]:
            if known.kind in ("quantity", "text") and box.endswith(f"-{session.lang}-{id}-{known.id}"):
                session.change(drafts.with_answer(session.draft, id, known.id, value))
                return


def _places(value: object) -> set[tuple[str, str]]:
    places = value if isinstance(value, list) else []
    return {(str(place[0]), str(place[1])) for place in places if isinstance(place, list) and len(place) == 2}


def announcement(session: Session, validated: Validated) -> tuple[int, str]:
    """Return the changes of the verdict by the last answer, numbered so that repeated texts are announced again."""
    assistance, key = _assistance(), drafts.key(session.draft or {})
    before = assistance.announced
    services = {
        (subject.id, choice.role): choice.service
        for subject in validated.design.decision.subjects
        for choice in subject.choices
    }
    if before is None or before.opened != session.opened:
        before = _Announced(session.opened, key, services)
    elif before.draft != key:
        words = _changes(before.services, services, validated, session)
        before = _Announced(session.opened, key, services, before.number + 1, words)
    assistance.announced = before
    return before.number, before.words


def _changes(before: Services, after: Services, validated: Validated, session: Session) -> str:
    lang = session.lang
    places = [place for place in {**before, **after} if _of(before, place) != _of(after, place)]
    sentences = [_change(place, before, after, validated, session) for place in places[:_MOST_ANNOUNCED]]
    if len(places) > _MOST_ANNOUNCED:
        sentences.append(say("and_more", lang, count=len(places) - _MOST_ANNOUNCED))
    return say("semicolon", lang).join(sentences) or say("verdict_unchanged", lang)


def _of(services: Services, place: tuple[str, str]) -> Iterable[str | None]:
    return (services[place],) if place in services else ()


def _change(place: tuple[str, str], before: Services, after: Services, validated: Validated, session: Session) -> str:
    (subject, role), lang, design = place, session.lang, validated.design
    name, title = drafts.name(session.draft or {}, subject, lang), design.book.role(role).title.in_(lang)
    old, new = (
        service_label(design, services[place], lang) if place in services else say("verdict_none", lang)
        for services in (before, after)
    )
    return say("verdict_change", lang, name=name, role=title, old=old, new=new)
