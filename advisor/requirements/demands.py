"""Converts hard requirements between a file (a list under `must`) and the engine (one flag for each)."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from advisor.vocabulary.demands import BY_FACT, DEMANDS, MUST
from advisor.vocabulary.field import Option

_FACT_OF = {demand.word: demand.fact for demand in DEMANDS}


def expanded(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as the engine holds them: a true flag for each word under `must`."""
    if MUST not in answers:
        return dict(answers)
    kept = {id: value for id, value in answers.items() if id != MUST}
    return kept | {_FACT_OF[word]: True for word in answers[MUST]}


def collected(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as a file holds them: the hard requirements that are made as one list under `must`."""
    if not any(id in BY_FACT for id in answers):
        return dict(answers)
    kept = {id: value for id, value in answers.items() if id not in BY_FACT}
    words = tuple(demand.word for demand in DEMANDS if answers.get(demand.fact))
    return kept | ({MUST: words} if words else {})


def nearest(word: object, options: Sequence[Option]) -> Option | None:
    """Return the hard requirement whose word is nearest to another, or None if none is near."""
    near = get_close_matches(str(word)[:60], [option.value for option in options], 1, 0.5)
    return next((option for option in options if option.value in near), None)
