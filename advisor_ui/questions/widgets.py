"""One widget per kind of question. A widget shows the draft, and changes it when it is used; it holds no truth itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from advisor.text import Lang, Text
from advisor.vocabulary import Field
from advisor_ui.questions.area_regions import choose_region, regions_to_choose
from advisor_ui.questions.destinations import destinations
from advisor_ui.questions.fields import assumed_words, fits_segments, options, quantity_echo, spread_echo, words_echo
from advisor_ui.questions.same_for_all import change_alike
from advisor_ui.questions.stated_elsewhere import forget_stated, stated_echo, with_stated
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD, Raw
from advisor_ui.state.list_keys import key_of_list
from advisor_ui.state.session import current
from advisor_ui.state.unknown import is_unknown
from advisor_ui.state.widget_values import keep
from advisor_ui.words import say
from renderers.markdown import escape

_NEW_PREFIX = "+"
CARD_PLACES = ("next", "left")  # where the card of the next question asks
_UNKNOWN = "unknown"  # the question to which it was answered last that there is no answer yet
NOTHING = ""  # what stands for "no answer" in a list to pick from


@dataclass(frozen=True)
class Asked:
    """A question about one subject: its answer, its assumption, and its error.

    `place` tells the widgets of one question apart when it is shown in several places of the page; `note` is the effect
    of a range.
    """

    draft: Raw
    kind: str
    id: str
    field: Field
    assumed: Any
    problem: Text | None
    lang: Lang
    place: str = "q"
    note: Text | None = None

    @property
    def key(self) -> str:
        """The widget's key: one per language, because some widgets keep the words that they showed."""
        return f"{self.place}.{self.lang}.{self.id}.{self.field.id}"

    @property
    def value(self) -> Any:
        """The answer, valid or not, or None."""
        return drafts.answer(self.draft, self.id, self.field.id)

    @property
    def title(self) -> str:
        """The question's title."""
        return self.field.title.in_(self.lang)

    @property
    def hint(self) -> str:
        """The assumption for an unanswered question."""
        return assumed_words(self.field, self.assumed, self.lang, self.kind)

    @property
    def label(self) -> str:
        """The title, with what is assumed while there is no answer; without markup, as it is read aloud as it is."""
        return self.title if self.value is not None or self.assumed is None else f"{self.title} · {self.hint}"


def ask(asked: Asked) -> None:
    """Show a question, and below it the interpretation or the error of its answer."""
    _WIDGETS[asked.field.kind](asked)
    if asked.problem is not None and (regions := regions_to_choose(asked.field, asked.value)):
        choose_region(asked.value, regions, f"{asked.key}.area", asked.lang)
    elif asked.problem is not None:
        st.error(escape(asked.problem.in_(asked.lang)), icon=":material/error:")
    elif understood := _understood(asked):
        st.caption(escape(understood))


def _understood(asked: Asked) -> str:
    """Return the interpretation of a quantity if it differs from the text, the result of a range, and the comment."""
    if asked.value is None and st.session_state.get(_UNKNOWN) == (asked.id, asked.field.id):
        return say("left_open" if asked.assumed is None else "left_as_assumed", asked.lang, value=asked.hint)
    parts = [drafts.remark(asked.draft, asked.id, asked.field.id, asked.lang)]
    place = (asked.id, asked.field.id)
    linked = [one for one in _as_list(asked.value) if isinstance(one, str)]
    if assumed := [one for one in linked if (*place, one) in current().supposed]:
        names = say("part_separator", asked.lang).join(drafts.name(asked.draft, id, asked.lang) for id in assumed)
        parts.insert(0, say("link_assumed", asked.lang, parts=names))
    if asked.note is not None:
        parts.insert(0, asked.note.in_(asked.lang))
    elif asked.field.kind == "quantity":
        parts.insert(0, quantity_echo(asked.field, asked.value, asked.lang))
    elif asked.field.reading is not None:
        parts.insert(0, words_echo(asked.field, asked.value, asked.lang, asked.kind))
    parts.append(stated_echo(asked.draft, asked.id, asked.field, asked.lang))
    parts.append(spread_echo(asked.draft, asked.id, asked.field, asked.lang))
    return " ".join(part for part in parts if part)


def _store(id: str, field: str, key: str) -> None:
    session, value = current(), st.session_state.get(key)
    st.session_state[_UNKNOWN] = None
    forget_stated()
    if session.draft is not None:
        value = value.strip() if isinstance(value, str) else value
        if isinstance(value, str) and is_unknown(value):
            value, st.session_state[_UNKNOWN] = None, (id, field)
            session.postponed.add(("" if id == WORKLOAD else id, field))  # the card asks something else
        stated = isinstance(value, str) and with_stated(session.draft, id, field, value) if value else None
        changed = stated or drafts.with_answer(session.draft, id, field, value)
        change_alike(changed, id, field, key)


def _store_options(id: str, field: str, key: str, place: str) -> None:
    """Store options that were picked; the card keeps the question, so that more can be picked."""
    _store(id, field, key)
    if place in CARD_PLACES:
        current().picking = (id, field)


def _common(asked: Asked) -> dict[str, Any]:
    return {
        "key": asked.key,
        "help": asked.field.help.in_(asked.lang),
        "on_change": _store,
        "args": (asked.id, asked.field.id, asked.key),
    }


def _choice(asked: Asked) -> None:
    field, lang = asked.field, asked.lang
    value = asked.value if asked.value in options(field) else None
    labels = {option.value: option.label.in_(lang) for option in field.options}
    if fits_segments(field, lang):
        keep(asked.key, value)
        st.segmented_control(
            asked.label, list(labels), default=value, format_func=lambda v: labels[v], **_common(asked)
        )
    else:
        key = key_of_list(asked.key, labels := {NOTHING: asked.hint, **labels}, [value or NOTHING])
        _select(
            asked, labels, value or NOTHING, {**_common(asked), "key": key, "args": (asked.id, asked.field.id, key)}
        )


def _select(asked: Asked, labels: Mapping[str, str], value: str, common: Mapping[str, Any]) -> None:
    """Show a list to pick one from; its first entry takes the answer back."""
    keep(common["key"], value)
    values = list(labels)
    st.selectbox(asked.title, values, index=values.index(value), format_func=lambda v: labels.get(v, v), **common)


def _choices(asked: Asked) -> None:
    labels = {option.value: option.label.in_(asked.lang) for option in asked.field.options}
    value = [v for v in _as_list(asked.value) if v in labels]
    keep(asked.key, value)
    common = {**_common(asked), "on_change": _store_options, "args": (asked.id, asked.field.id, asked.key, asked.place)}
    if asked.field.demand or asked.field.minimum:  # a few of which all are shown
        st.pills(
            asked.title if asked.field.demand else asked.label, list(labels), default=value,
            format_func=lambda v: labels[v], selection_mode="multi", **common,
        )  # fmt: skip
        return
    st.multiselect(
        asked.title, list(labels), default=value, format_func=lambda v: labels[v], placeholder=asked.hint,
        select_all=False, **common,
    )  # fmt: skip


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _flag(asked: Asked) -> None:
    words = {True: say("yes", asked.lang), False: say("no", asked.lang)}
    value = asked.value if isinstance(asked.value, bool) else None
    keep(asked.key, value)
    st.segmented_control(asked.label, [True, False], default=value, format_func=lambda v: words[v], **_common(asked))


def _text(asked: Asked) -> None:
    value = "" if asked.value is None else str(asked.value)
    keep(asked.key, value)
    st.text_input(asked.title, value, placeholder=asked.hint, max_chars=200, autocomplete="off", **_common(asked))


def _link(asked: Asked) -> None:
    targets = _targets(asked)
    value = asked.value if asked.value in targets else NOTHING
    labels = {NOTHING: say("not_answered", asked.lang), **targets}
    key = key_of_list(asked.key, labels, [value])
    common = {**_common(asked), "key": key, "on_change": _store_link, "args": (asked.id, asked.field.id, key, False)}
    _select(asked, labels, value, common)


def _links(asked: Asked) -> None:
    targets = _targets(asked)
    value = [v for v in _as_list(asked.value) if v in targets]
    key = key_of_list(asked.key, targets, value)
    keep(key, value)
    st.multiselect(
        asked.title, list(targets), default=value, format_func=lambda v: targets.get(v, v), key=key, select_all=False,
        placeholder=say("not_answered", asked.lang), help=asked.field.help.in_(asked.lang), on_change=_store_link,
        args=(asked.id, asked.field.id, key, True),
    )  # fmt: skip


def _targets(asked: Asked) -> dict[str, str]:
    """Return the possible targets of a link by id, and the options to create one."""
    lang, kinds = asked.lang, asked.field.links_to
    targets = {id: drafts.name(asked.draft, id, lang) for id in drafts.ids(asked.draft, kinds) if id != asked.id}
    return targets | {f"{_NEW_PREFIX}{kind}": f"＋ {say(f'new_{kind}', lang)}" for kind in kinds}


def _store_link(id: str, field: str, key: str, many: bool) -> None:
    session = current()
    draft = session.draft
    if draft is None:
        return
    session.supposed = {link for link in session.supposed if link[:2] != (id, field)}
    selected = [v for v in _as_list(st.session_state.get(key)) if v != NOTHING]
    existing = [v for v in selected if not str(v).startswith(_NEW_PREFIX)]
    draft = drafts.with_answer(draft, id, field, existing if many else existing[0] if existing else None)
    for kind in (str(v).removeprefix(_NEW_PREFIX) for v in selected if str(v).startswith(_NEW_PREFIX)):
        draft, target = drafts.with_subject(draft, kind)
        draft = drafts.linked(draft, id, field, target, many=many)
    session.change(draft)


def _destinations(asked: Asked) -> None:
    destinations(asked.draft, asked.id, asked.field, asked.lang)


_WIDGETS: dict[str, Callable[[Asked], None]] = {
    "choice": _choice,
    "choices": _choices,
    "flag": _flag,
    "quantity": _text,
    "text": _text,
    "link": _link,
    "links": _links,
    "destinations": _destinations,
}
