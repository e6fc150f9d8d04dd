"""The reasons of one role: the chosen service, the rejected ones, the assumptions, and alternatives."""

from collections.abc import Iterable, Iterator

import streamlit as st

from advisor.decision import Choice, Reason, SubjectDecision
from advisor.design import Design
from advisor.explanation.wording import service_name
from advisor.text import Lang
from advisor_ui.results.candidates import candidates
from advisor_ui.results.citations import cite
from advisor_ui.results.derived_settings import path
from advisor_ui.state import draft as drafts
from advisor_ui.state.partial_validation import Validated
from advisor_ui.state.session import Session, current
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from renderers.markdown import escape

_NOT_PINNED = ""  # what stands for "no pin" in the list of services


def why(session: Session, validated: Validated) -> None:
    """Show the roles of the selected part, and everything about the selected one."""
    design, lang = validated.design, session.lang
    subject = _subject(session, design)
    if subject is None or not subject.choices:
        st.info(say("no_roles", lang))
        return
    choice = _roles(session, design, subject)
    left, right = st.columns(2, gap="large")
    with left:
        _chosen(design, choice, lang)
        _warnings(design, subject.id, choice.role, lang)
    with right:
        _pin(design, subject, choice, lang)
        path(design, subject.id, choice.role, lang)
        _sources(design, subject.id, choice, lang)
    candidates(session, validated, subject, choice)


def _subject(session: Session, design: Design) -> SubjectDecision | None:
    subjects = {subject.id: subject for subject in design.decision.subjects}
    return subjects.get(session.subject) or next(iter(subjects.values()), None)


def service_label(design: Design, service: str | None, lang: Lang) -> str:
    """Return a service's name for a label."""
    if service is None:
        return say("nothing_fits", lang)
    return say("nothing_between", lang) if service == "none" else service_name(design.book, service).in_(lang)


def _roles(session: Session, design: Design, subject: SubjectDecision) -> Choice:
    lang = session.lang
    choices = {choice.role: choice for choice in subject.choices}
    labels = {
        role: f"{design.book.role(role).title.in_(lang)}: **{service_label(design, choice.service, lang)}**"
        for role, choice in choices.items()
    }
    role = session.role if session.role in choices else next(iter(choices))

    def select() -> None:
        session = current()
        session.select(subject.id, st.session_state["role"] or role)

    keep("role", role)
    st.pills(
        subject.title.in_(lang), list(labels), default=role, format_func=lambda id: labels.get(id, id), key="role", required=True,
        on_change=select,
    )  # fmt: skip
    return choices[role]


def _chosen(design: Design, choice: Choice, lang: Lang) -> None:
    service = design.book.services.get(str(choice.service))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"### {service_label(design, choice.service, lang)}", width="content")
        if choice.pinned:
            st.badge(say("pinned", lang), icon=":material/push_pin:", color="violet")
    if choice.violates:
        st.error(f"**{say('violates', lang)}**\n\n{_list(choice.violates, lang)}", icon=":material/gpp_maybe:")
    if service is not None:
        st.markdown(f"**{say('solves', lang)}**\n\n{service.solves.in_(lang)}")
    reasons = [reason for reason in choice.because if reason.id != "solves"]
    if reasons:
        st.markdown(f"**{say('because', lang)}**\n\n{_list(reasons, lang)}")
    if service is not None:
        st.markdown(f"**{say('not_when', lang)}**\n\n{service.not_when.in_(lang)}")


def _list(reasons: Iterable[Reason], lang: Lang) -> str:
    return "\n".join(f"- {sentence(reason, lang)}" for reason in reasons)


def sentence(reason: Reason, lang: Lang) -> str:
    """Return a reason with its source, the date on which it was read, and the rule or fact behind it."""
    words = escape(reason.sentence.in_(lang))
    return f"{words} {cite(reason.source, lang, reason.id)}" if reason.source else words


def _warnings(design: Design, subject: str, role: str, lang: Lang) -> None:
    warnings = [warning for warning in design.decision.warnings if (warning.subject, warning.role) == (subject, role)]
    if warnings:
        lines = "\n".join(
            f"- {escape(warning.sentence.in_(lang))}"
            + (f" {cite(warning.source, lang, warning.id)}" if warning.source else "")
            for warning in warnings
        )
        st.warning(f"**{say('warnings', lang)}**\n\n{lines}", icon=":material/warning:")
    turning = [r for r in design.decision.ranges if not r.holds and r.subject in (subject, "")]
    if turning:
        lines = "\n".join(f"- {escape(decided.sentence.in_(lang))}" for decided in turning)
        st.info(f"**{say('turns', lang)}**\n\n{lines}", icon=":material/swap_vert:")
    assumed = [assumption for assumption in design.decision.assumptions if assumption.subject == subject]
    if assumed:
        assumptions = "\n".join(f"- {escape(assumption.sentence.in_(lang))}" for assumption in assumed)
        with st.expander(f"{say('assumptions', lang)} ({len(assumed)})", key="assumed"):
            st.markdown(assumptions)


def _sources(design: Design, subject: str, choice: Choice, lang: Lang) -> None:
    citations = dict.fromkeys(_citations(design, subject, choice))
    with st.expander(f"{say('sources', lang)} ({len(citations)})", key="sources"):
        if citations:
            st.markdown("\n".join(f"- [{url}]({url}) :gray[{date}]" for url, date in citations))
        else:
            st.markdown(say("no_sources", lang))
    service = design.book.services.get(str(choice.service))
    if service is not None:
        with st.expander(f"{say('reading', lang)} ({len(service.reading)})", key="reading"):
            st.markdown(
                "\n".join(f"- [{escape(page.title.in_(lang))}]({page.url.in_(lang)})" for page in service.reading)
            )


def _citations(design: Design, subject: str, choice: Choice) -> Iterator[tuple[str, str]]:
    reasons = [
        *choice.because,
        *choice.violates,
        *(reason for rejected in choice.rejected for reason in rejected.because),
    ]
    yield from ((reason.source.url, reason.source.checked) for reason in reasons if reason.source)
    for warning in design.decision.warnings:
        if (warning.subject, warning.role) == (subject, choice.role) and warning.source:
            yield warning.source.url, warning.source.checked


def _pin(design: Design, subject: SubjectDecision, choice: Choice, lang: Lang) -> None:
    key = f"pin.{lang}.{subject.id}.{choice.role}"
    free = {_NOT_PINNED: say("pin_free", lang)}
    names = free | {
        service: service_label(design, service, lang) for service in design.book.role(choice.role).candidates
    }
    value = str(choice.service) if choice.pinned else _NOT_PINNED
    keep(key, value)
    st.selectbox(
        say("pin", lang), list(names), index=list(names).index(value), key=key, help=say("pin_help", lang),
        format_func=lambda service: names.get(service, service), on_change=_store_pin,
        args=(subject.id, choice.role, key),
    )  # fmt: skip


def _store_pin(id: str, role: str, key: str) -> None:
    session = current()
    if session.draft is not None:
        session.change(drafts.with_pin(session.draft, id, role, st.session_state.get(key) or None))
        session.select(id, role)
