"""The reasons of one role: what was chosen and why, what was not, what it rests on, and another service instead."""

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
from advisor_ui.state.partial_validation import Settled
from advisor_ui.state.session import Session, current, keep
from advisor_ui.words import say
from renderers.markdown import escape

_FREE = ""  # what stands for "no pin" in the list of services


def why(held: Session, settled: Settled) -> None:
    """Show the roles of the selected part, and everything about the selected one."""
    design, lang = settled.design, held.lang
    subject = _subject(held, design)
    if subject is None or not subject.choices:
        st.info(say("no_roles", lang))
        return
    choice = _roles(held, design, subject)
    left, right = st.columns(2, gap="large")
    with left:
        _chosen(design, choice, lang)
        _warnings(design, subject.id, choice.role, lang)
    with right:
        _pin(design, subject, choice, lang)
        path(design, subject.id, choice.role, lang)
        _sources(design, subject.id, choice, lang)
    candidates(held, settled, subject, choice)


def _subject(held: Session, design: Design) -> SubjectDecision | None:
    found = {subject.id: subject for subject in design.decision.subjects}
    return found.get(held.subject) or next(iter(found.values()), None)


def named(design: Design, service: str | None, lang: Lang) -> str:
    """Return a service's name for a label."""
    if service is None:
        return say("nothing_fits", lang)
    return say("nothing_between", lang) if service == "none" else service_name(design.book, service).in_(lang)


def _roles(held: Session, design: Design, subject: SubjectDecision) -> Choice:
    lang = held.lang
    found = {choice.role: choice for choice in subject.choices}
    labels = {
        role: f"{design.book.role(role).title.in_(lang)}: **{named(design, choice.service, lang)}**"
        for role, choice in found.items()
    }
    role = held.role if held.role in found else next(iter(found))

    def chosen() -> None:
        mine = current()
        mine.select(subject.id, st.session_state["role"] or role)

    keep("role", role)
    st.pills(
        subject.title.in_(lang), list(labels), default=role, format_func=lambda one: labels.get(one, one), key="role", required=True,
        on_change=chosen,
    )  # fmt: skip
    return found[role]


def _chosen(design: Design, choice: Choice, lang: Lang) -> None:
    known = design.book.services.get(str(choice.service))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"#### {named(design, choice.service, lang)}", width="content")
        if choice.pinned:
            st.badge(say("pinned", lang), icon=":material/push_pin:", color="violet")
    if choice.violates:
        st.error(f"**{say('violates', lang)}**\n\n{_list(choice.violates, lang)}", icon=":material/gpp_maybe:")
    if known is not None:
        st.markdown(f"**{say('solves', lang)}**\n\n{known.solves.in_(lang)}")
    reasons = [reason for reason in choice.because if reason.id != "solves"]
    if reasons:
        st.markdown(f"**{say('because', lang)}**\n\n{_list(reasons, lang)}")
    if known is not None:
        st.markdown(f"**{say('not_when', lang)}**\n\n{known.not_when.in_(lang)}")


def _list(reasons: Iterable[Reason], lang: Lang) -> str:
    return "\n".join(f"- {sentence(reason, lang)}" for reason in reasons)


def sentence(reason: Reason, lang: Lang) -> str:
    """Return a reason with its source, the day that it was read on, and the rule or fact that speaks."""
    words = escape(reason.sentence.in_(lang))
    return f"{words} {cite(reason.source, lang, reason.id)}" if reason.source else words


def _warnings(design: Design, subject: str, role: str, lang: Lang) -> None:
    found = [w for w in design.decision.warnings if (w.subject, w.role) == (subject, role)]
    if found:
        lines = "\n".join(
            f"- {escape(w.sentence.in_(lang))}" + (f" {cite(w.source, lang, w.id)}" if w.source else "") for w in found
        )
        st.warning(f"**{say('warnings', lang)}**\n\n{lines}", icon=":material/warning:")
    assumed = [a for a in design.decision.assumptions if a.subject == subject]
    if assumed:
        listed = "\n".join(f"- {escape(a.sentence.in_(lang))}" for a in assumed)
        with st.expander(f"{say('assumptions', lang)} ({len(assumed)})", key="assumed"):
            st.markdown(listed)


def _sources(design: Design, subject: str, choice: Choice, lang: Lang) -> None:
    found = dict.fromkeys(_cited(design, subject, choice))
    with st.expander(f"{say('sources', lang)} ({len(found)})", key="sources"):
        if found:
            st.markdown("\n".join(f"- [{url}]({url}) :gray[{date}]" for url, date in found))
        else:
            st.markdown(say("no_sources", lang))
    known = design.book.services.get(str(choice.service))
    if known is not None:
        with st.expander(f"{say('reading', lang)} ({len(known.reading)})", key="reading"):
            st.markdown(
                "\n".join(f"- [{escape(page.title.in_(lang))}]({page.url.in_(lang)})" for page in known.reading)
            )


def _cited(design: Design, subject: str, choice: Choice) -> Iterator[tuple[str, str]]:
    reasons = [*choice.because, *choice.violates, *(r for one in choice.rejected for r in one.because)]
    yield from ((reason.source.url, reason.source.checked) for reason in reasons if reason.source)
    for warning in design.decision.warnings:
        if (warning.subject, warning.role) == (subject, choice.role) and warning.source:
            yield warning.source.url, warning.source.checked


def _pin(design: Design, subject: SubjectDecision, choice: Choice, lang: Lang) -> None:
    key = f"pin.{lang}.{subject.id}.{choice.role}"
    free = {_FREE: say("pin_free", lang)}
    names = free | {service: named(design, service, lang) for service in design.book.role(choice.role).candidates}
    value = str(choice.service) if choice.pinned else _FREE
    keep(key, value)
    st.selectbox(
        say("pin", lang), list(names), index=list(names).index(value), key=key, help=say("pin_help", lang),
        format_func=lambda service: names.get(service, service), on_change=_store_pin,
        args=(subject.id, choice.role, key),
    )  # fmt: skip


def _store_pin(id: str, role: str, key: str) -> None:
    mine = current()
    if mine.draft is not None:
        mine.change(drafts.with_pin(mine.draft, id, role, st.session_state.get(key) or None))
        mine.select(id, role)
