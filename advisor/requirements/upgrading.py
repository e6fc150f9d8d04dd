"""The forms of a requirements file: plain data of an earlier form becomes plain data of the current one, with its meaning.

Form 1 took a component without a stated `trigger` for one that requests start, so that is written into it. In the
current form a missing `trigger` is an open question. Data without `schema` is of the current form.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from advisor.text import Text

#: The form that is written.
CURRENT: Final[Literal[2]] = 2
#: The forms that can be read.
FORMS = (1, CURRENT)
_TRIGGER = "request"


class UnknownFormError(ValueError):
    """The data is of a form that is not known; `text` says which are."""

    def __init__(self, form: object) -> None:
        shown, listed = str(form)[:20], ", ".join(map(str, FORMS))
        self.text = Text(
            f'schema: "{shown}" is not one of: {listed}; a file with a higher number needs a newer version of the advisor.',
            f"schema: 「{shown}」は使えません。使える値: {listed}。より大きい番号のファイルには、新しい版のアドバイザーが必要です。",
        )
        super().__init__(self.text.en)


def form_of(raw: Mapping[str, Any]) -> int:
    """Return the form of plain data; UnknownFormError when it cannot be read."""
    form = raw.get("schema", CURRENT)
    if form.__class__ is not int or form not in FORMS:
        raise UnknownFormError(form)
    return int(form)


def upgraded(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return plain data in the current form, the same data where it is of that form; UnknownFormError."""
    if form_of(raw) == CURRENT:
        return raw
    components = raw.get("components")
    stated = {"components": [_with_trigger(c) for c in components]} if isinstance(components, list | tuple) else {}
    return {**raw, "schema": CURRENT, **stated}


def added(raw: Mapping[str, Any]) -> Iterator[str]:
    """Give where `upgraded` states what form 1 left unsaid: "api.trigger: request"."""
    if form_of(raw) != CURRENT:
        yield from (f"{c['id']}.trigger: {_TRIGGER}" for c in raw.get("components") or () if c.get("trigger") is None)


def _with_trigger(component: object) -> object:
    if not isinstance(component, Mapping) or component.get("trigger") is not None:
        return component
    return {**component, "trigger": _TRIGGER}
