"""The value of a line in a list of requirements, as an answer to its question: right, or wrong as it was written."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from advisor.requirements import check_answer
from advisor.vocabulary import Field
from advisor_ui.state.line_names import names_of_option, plain, says, values_of

_MOST = 200
#: Options that say no to a question that has a yes in several forms.
_NONE = ("none", "nothing")


def value_in(field: Field, words: str) -> Any:
    """Return the answer that a text states; an invalid one is returned unchanged, so that its question shows the error.

    None where nothing of it could be shown beside the question.
    """
    words = words.strip()[:_MOST]
    if field.kind == "flag":
        said = says(words)
        return words if said is None else said
    if field.kind == "destinations":
        return [{"kind": kind} for kind in _options(field, words) if kind] or None
    if field.kind == "choices":
        parts = values_of(words)
        whole = _option(field, words)
        return [whole] if whole else [_option(field, part) or part for part in parts]
    if field.kind == "choice":
        return _option(field, words) or words
    return words.rstrip(".。") or None


def is_right(field: Field, words: str) -> bool:
    """Return whether a text is an answer to a question; links are checked when all parts are known."""
    if field.kind in ("link", "links", "destinations"):
        return True
    value = value_in(field, words)
    try:
        check_answer(field, value)
    except ValueError:
        return False
    return value is not None


def _options(field: Field, words: str) -> Iterator[str]:
    whole = _option(field, words)
    yield from [whole] if whole else (_option(field, part) for part in values_of(words))


def _option(field: Field, words: str) -> str:
    """Return the option that a text names, by value or label; "no" selects the option for none; "" for no option."""
    names = {name: option.value for option in field.options for name in names_of_option(field, option)}
    if says(words) is False:
        return next((option.value for option in field.options if option.value in _NONE), "")
    name = plain(words)
    near = get_close_matches(name, names, 1, 0.8)
    return names.get(name) or (names[near[0]] if near else "")
