"""The session of one user: one value, read from the address and written back to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import streamlit as st

import rules
from advisor.requirements import RequirementsError
from advisor.sensitivity.counterfactual import Change
from advisor.text import Lang, Text
from advisor.vocabulary import FIELDS
from advisor_bundle.views import TITLES
from advisor_ui.state import draft as drafts
from advisor_ui.state.accepting import from_text, to_text, with_accepted
from advisor_ui.state.browser import browser_language, stepped_through_history
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.state.link import pack
from advisor_ui.state.new_links import Link, links_from_text, links_of, links_to_text
from advisor_ui.state.reading_record import ReadLine
from advisor_ui.state.rulebook_state import KEYS, RulebookState, from_address, to_address
from advisor_ui.state.snapshots import Snapshots, from_link, number_of, to_link
from advisor_ui.state.stories import draft_of, unchanged
from advisor_ui.state.stories import of_requirements as of_requirements
from advisor_ui.state.stories import story as story

_KEY = "session"
_PORTION = 60
START, FILE = "start", "file"


@dataclass
class Session:
    """The draft (None shows the gallery), the selection, the language, and the values reported by the browser.

    `subject` and `role` are selected, `view` is what of the architecture is drawn (empty: all); `open_sections` are the groups of questions that
    are unfolded. `rulebook` is what is shown of the rule book (None: the draft or the gallery), `list_length` how many entries of its list.
    `candidate` and `flip_question` are the candidate and the question whose effects are shown; `postponed` are the questions that were put off,
    `accepted` those that need no answer (`just_accepted` with the last click), `marked` those of which the assumption was marked as not applying,
    `part` the one whose assumptions are being looked through, `picking` the one of which the first option was picked in the card, until something
    else is answered; `undo` is the draft before several answers were changed at once, and what was changed (`part_before` is `part` then). `supposed` are the links that the
    page made and nobody confirmed yet (`just_refused` those that the last click took back).

    `origin` is the draft as it was when it was opened; `compared_with` names what it is compared with: `origin`, a
    story, a snapshot, or the file that was `uploaded`. `letters` says whether the machine can show Japanese: "unknown", "missing" or "there".

    `address` is the state as last written to the address. `opened` counts the drafts that were opened: the browser
    shows each from the top. `left_out` is what of the last was not understood, `read` what was.
    """

    lang: Lang = "en"
    draft: Raw | None = None
    subject: str = WORKLOAD
    role: str = ""
    view: str = ""
    open_sections: set[str] = field(default_factory=set)
    candidate: str = ""
    flip_question: str = ""
    postponed: set[tuple[str, str]] = field(default_factory=set)
    accepted: set[tuple[str, str]] = field(default_factory=set)
    marked: set[tuple[str, str]] = field(default_factory=set)
    just_accepted: set[tuple[str, str]] = field(default_factory=set)
    supposed: set[Link] = field(default_factory=set)
    just_refused: set[Link] = field(default_factory=set)
    part: str | None = None
    part_before: str | None = None
    picking: tuple[str, str] | None = None
    undo: tuple[Raw, Text] | None = None
    rulebook: RulebookState | None = None
    list_length: int = _PORTION
    origin: Raw | None = None
    compared_with: str = START
    uploaded: Raw | None = None
    snapshots: Snapshots = ()
    narrow: bool = False
    letters: str = "unknown"
    address: dict[str, str] = field(default_factory=dict)
    opened: int = 0
    problem: str = ""
    problems: tuple[Text, ...] = ()
    left_out: tuple[Text, ...] = ()
    read: tuple[ReadLine, ...] = ()

    def open(self, draft: Raw) -> None:
        """Show a draft from the top of the page, with its first component selected."""
        self.opened += 1
        self.draft, self.rulebook, self.problem, self.problems, self.left_out, self.read = draft, None, "", (), (), ()
        self.origin, self.snapshots, self.view = draft, (), ""
        for kept in (self.open_sections, self.postponed, self.accepted, self.marked, self.supposed):
            kept.clear()
        self.undo = self.picking = self.part = None
        self.select(next(iter(drafts.ids(draft)), WORKLOAD))

    def change(self, draft: Raw) -> None:
        """Replace the current draft by a changed one."""
        self.draft, self.undo, self.picking, self.just_accepted, self.just_refused = draft, None, None, set(), set()

    def apply(self, changes: Iterable[Change], what: Text) -> None:
        """Change several answers at once, and keep the draft before for one click back."""
        before = self.draft
        if before is not None:
            self.change(drafts.with_changes(before, changes))
            self.undo, self.part_before = (before, what), self.part

    def accept(self, assumed: Iterable[Change], what: Text) -> None:
        """Make assumptions the answers, and keep the draft before for one click back; None is no requirement."""
        before, assumed = self.draft, tuple(assumed)
        if before is not None:
            self.change(with_accepted(before, (change for change in assumed if change[2] is not None)))
            self.just_accepted = {
                (subject, field) for subject, field, value in assumed if value is None
            } - self.accepted
            self.accepted |= self.just_accepted
            self.undo, self.part_before = (before, what), self.part

    def take_back(self) -> None:
        """Return to the draft before several answers were changed at once."""
        if self.undo is not None:
            self.accepted -= self.just_accepted
            self.supposed |= self.just_refused
            self.change(self.undo[0])
            self.part = self.part_before

    def close(self) -> None:
        """Go back to the gallery."""
        self.rulebook = None
        self.draft, self.problem, self.problems = None, "", ()

    def show_rulebook(self, rulebook: RulebookState | None) -> None:
        """Show the rule book; None returns to the previous view."""
        self.rulebook = rulebook

    def follow(self, link: RulebookState | None) -> None:
        """Show where a link of the page leads in the rule book; an entry opens beside the search that is shown."""
        self.rulebook = link.searched_as(self.rulebook) if link and self.rulebook else link

    def select(self, subject: str, role: str = "") -> None:
        """Show a subject's questions and the reasons of one of its roles."""
        self.subject, self.role = subject, role
        if subject != WORKLOAD and self.draft is not None and drafts.kind_of(self.draft, subject) == "store":
            self.open_sections.add(f"section.{subject}.what")

    def open_section(self, subject: str, field: str) -> None:
        """Expand the group that contains a question of a subject."""
        kind = drafts.kind_of(self.draft or {}, subject)
        section = next((known.section for known in FIELDS[kind] if known.id == field), "")
        self.open_sections.add(f"section.{subject}.{section}")

    def report_problems(self, what: str, problems: tuple[Text, ...]) -> None:
        """Store why a file or a link could not be opened; without problems, clear the message."""
        self.problem, self.problems = what, problems


def visitor_session() -> Session:
    """Return the visitor's state; the first time, and after a step in the browser's history, it is read from the address.

    An address that differs without such a step is late: the browser asked for this run before it heard of the last one's.
    """
    params = {key: str(value) for key, value in st.query_params.to_dict().items()}
    session = st.session_state.get(_KEY)
    if session is None:
        session = Session(lang=browser_language())
        st.session_state[_KEY] = session
        read_address(session, params)
    elif stepped_through_history() and _state_of(params) != _state_of(session.address):
        read_address(session, params)
    return session


def current() -> Session:
    """Return the visitor's state inside a callback."""
    session: Session = st.session_state[_KEY]
    return session


def _state_of(params: Mapping[str, str]) -> dict[str, str]:
    return {key: params[key] for key in ("lang", "s", "r", "at", "v", "vs", "k", "no", "to", *KEYS) if key in params}


def read_address(session: Session, params: Mapping[str, str]) -> None:
    """Read the state from the address; if it is invalid, report it and show the gallery."""
    if params.get("lang") in ("en", "ja"):
        session.lang = "ja" if params["lang"] == "ja" else "en"
    try:
        draft, left_out = draft_of(params)
    except RequirementsError as error:
        session.close()
        session.show_rulebook(from_address(params))
        session.report_problems("link_problem", error.problems)
        return
    if draft is None:
        session.close()
    else:
        subject, _, role = params.get("at", "").partition(".")
        before = session.origin
        session.open(draft)
        session.left_out = left_out
        if before is not None and before.get("title") == draft.get("title"):
            session.origin = before  # a step back in the browser opens nothing new
        if subject == WORKLOAD or subject in drafts.ids(draft):
            session.select(subject, role)
        session.view = params["v"] if params.get("v") in TITLES else ""
        session.snapshots = from_link(params["k"]) if params.get("k") else ()
        session.accepted = from_text(params.get("no", ""), drafts.ids(draft))
        session.supposed = links_from_text(params.get("to", "")) & {*links_of(draft)}
        if _can_be_compared(session, params.get("vs", "")):
            session.compared_with = params["vs"]
            st.session_state["tab"] = "compare"
        elif session.compared_with != FILE:
            session.compared_with = START
    session.show_rulebook(from_address(params))


def _can_be_compared(session: Session, name: str) -> bool:
    """Return whether a name in the address is that of a story or of a snapshot."""
    return name in rules.STORIES or number_of(name, session.snapshots) is not None


def write_address(session: Session) -> bool:
    """Write the state into the address; return False if the draft is too large."""
    params: dict[str, str] = {}
    fits = True
    if session.draft is not None:
        name = unchanged(session.draft)
        packed = None if name else pack(session.draft)
        fits = bool(name or packed)
        params = {"s": name} if name else {"r": packed} if packed else {}
        params["at"] = f"{session.subject}.{session.role}" if session.role else session.subject
        if session.view:
            params["v"] = session.view
        if session.snapshots and (kept := to_link(session.snapshots)):
            params["k"] = kept
        there = {"", *drafts.ids(session.draft)}
        if accepted := [place for place in session.accepted if place[0] in there]:
            params["no"] = to_text(accepted)
        if supposed := session.supposed & {*links_of(session.draft)}:
            params["to"] = links_to_text(supposed)
        if _can_be_compared(session, session.compared_with):
            params["vs"] = session.compared_with
    if session.rulebook is not None:
        params |= to_address(session.rulebook)
    params["lang"] = session.lang
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    session.address = params
    return fits
