"""The forms of a requirements file: plain data of an earlier form becomes plain data of the current one, with its meaning.

Form 1 took a component without a stated `trigger` for one that requests start, and a store without a stated `shape` for one
whose load comes and goes, so that is written into them. In the current form nothing is claimed of either. Data without
`schema` is of the current form.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from advisor.text import Text, in_a_row

#: The form that is written.
CURRENT: Final[Literal[2]] = 2
#: The forms that can be read.
FORMS = (1, CURRENT)
# What form 1 took a missing answer for, by the list that the subject stands in: (question, answer).
_MEANT = {"components": ("trigger", "request"), "stores": ("shape", "spiky")}


class UnknownFormError(ValueError):
    """The data has an unknown schema version; `text` states the known ones."""

    def __init__(self, form: object) -> None:
        shown, listed = str(form)[:20], in_a_row(map(str, FORMS))
        self.text = Text(
            (
                f'schema: "{shown}" must be one of: {listed.en}. A file with a higher number requires a '
                "newer version of this tool."
            ),
            (
                f"schema: 「{shown}」は使えません。使える値: {listed.ja}。より大きい番号のファイルを読み込む"
                "には、新しいバージョンの本ツールが必要です。"
            ),
        )
        super().__init__(self.text.en)


def form_of(raw: Mapping[str, Any]) -> int:
    """Return the form of plain data. Raises UnknownFormError if it cannot be read."""
    form = raw.get("schema", CURRENT)
    if form.__class__ is not int or form not in FORMS:
        raise UnknownFormError(form)
    return int(form)


def upgraded(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return plain data in the current form, the same data if it is of that form; UnknownFormError."""
    if form_of(raw) == CURRENT:
        return raw
    stated = {
        name: [_with(subject, *answer) for subject in raw[name]]
        for name, answer in _MEANT.items()
        if isinstance(raw.get(name), list | tuple)
    }
    return {**raw, "schema": CURRENT, **stated}


def added(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values that `upgraded` adds because form 1 implied them: "api.trigger: request"."""
    if form_of(raw) != CURRENT:
        for name, (field, meant) in _MEANT.items():
            yield from (f"{s['id']}.{field}: {meant}" for s in raw.get(name) or () if s.get(field) is None)


def _with(subject: object, field: str, meant: str) -> object:
    if not isinstance(subject, Mapping) or subject.get(field) is not None:
        return subject
    return {**subject, field: meant}
