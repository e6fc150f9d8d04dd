"""The answers that one text in a field states: "usually 5 min, worst case 40 min" is a usual and a longest run.

A peak that is written as an average is the peak, and a usual value beside a largest one is not the largest.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advisor.vocabulary import FIELDS, Field, Range
from advisor.vocabulary.amount_roles import CLAUSES, HIGHEST, PERIOD_AFTER, PERIOD_BEFORE, UNIT_AFTER, UPPER, USUAL
from advisor.vocabulary.amounts import MOST_CHARACTERS, parse_amount
from advisor.vocabulary.units import QuantityError

#: Questions for the usual and for the highest of the same quantity.
_PAIRS = {
    **dict.fromkeys(("rate_average_rps", "rate_peak_rps"), ("rate_average_rps", "rate_peak_rps")),
    "longest_run_s": ("typical_run_s", "longest_run_s"),
}
#: Questions for a largest quantity, beside which no question asks for the usual one.
_LARGEST = (
    "item_bytes", "volume_bytes", "message_bytes", "request_bytes", "response_bytes", "memory_mib", "disk_mib", "package_bytes",
)  # fmt: skip
_NUMBER = re.compile(
    r"[0-9数何百千万一二三四五六七八九十]|\b(?:an?|one|two|half|few|tens|hundreds|thousands)\b|\b(?:once|twice)\b",
    re.IGNORECASE,
)
_MARKS = " 　,、:：.-–—はで"


class _Clause(NamedTuple):
    """A statement without the words that say of what it is one: "usual", "highest", or "" if none do."""

    words: str
    role: str
    bounded: bool


def stated_answers(kind: str, field: Field, text: object) -> Mapping[str, str]:
    """Return the answers of a kind of part that a text in a field states, by their questions; one that is no quantity is returned as it is.

    The question of the field is missing if the text answers another one only.
    """
    as_written = {field.id: str(text)}
    fields = {one.id: one for one in FIELDS[kind]}
    usual, highest = _PAIRS.get(field.id, ("", field.id if field.id in _LARGEST else ""))
    if not isinstance(text, str) or len(text) > MOST_CHARACTERS or highest not in fields:
        return as_written
    clauses = _clauses(text)
    if len(clauses) == 1:
        answers = _of_one(clauses[0], field.id, usual if usual in fields else "", highest, fields)
    else:
        answers = _of_two(clauses, usual if usual in fields else "", highest, fields)
    answers = {id: words for id, words in answers.items() if id}
    are_right = bool(answers) and all(_amount(fields[id], words) is not None for id, words in answers.items())
    return answers if are_right else as_written


def states_a_peak(text: str) -> bool:
    """Return whether a rate is said to be that of the busiest time."""
    return HIGHEST.search(text) is not None and USUAL.search(text) is None


def _of_one(clause: _Clause, asked: str, usual: str, highest: str, fields: Mapping[str, Field]) -> dict[str, str]:
    """Return what one statement answers: of a run, a range of usual times also states the longest."""
    if not clause.role or not usual:
        return {}
    if clause.role == "highest":
        return {highest: _upper(clause.words, fields[highest]) if highest == "longest_run_s" else clause.words}
    is_range = isinstance(_amount(fields[usual], clause.words), Range)
    return {asked if asked == "longest_run_s" and is_range else usual: clause.words}


def _of_two(clauses: Sequence[_Clause], usual: str, highest: str, fields: Mapping[str, Field]) -> dict[str, str]:
    """Return a usual and a highest quantity; which of them a statement without such words is follows from the other."""
    if len(clauses) != 2:
        return {}
    roles = [clause.role for clause in clauses]
    if roles in (["usual", ""], ["", "usual"]):
        roles = [role or "highest" for role in roles]
    elif roles in (["highest", ""], ["", "highest"]) and not clauses[roles.index("")].bounded:
        roles = [role or "usual" for role in roles]
    if sorted(roles) != ["highest", "usual"]:
        return {}
    texts = [clause.words for clause in clauses]
    texts = _with_periods(texts) if fields[highest].unit == "per_s" else _with_units(texts)
    most = texts[roles.index("highest")]
    most = UPPER.sub("", most).strip() if highest == "rate_peak_rps" else _upper(most, fields[highest])
    return {usual: texts[roles.index("usual")], highest: most}


def _clauses(text: str) -> list[_Clause]:
    """Return the statements of a text; what holds no quantity belongs to the one before it, or to the one after it."""
    joined: list[str] = []
    for words in (part for part in CLAUSES.split(text) if part and part.strip()):
        if joined and not (_NUMBER.search(words) and _NUMBER.search(joined[-1])):
            joined[-1] = f"{joined[-1]} {words}"
        else:
            joined.append(words)
    return [_clause(words) for words in joined]


def _clause(words: str) -> _Clause:
    for role, pattern in (("usual", USUAL), ("highest", HIGHEST)):
        if found := pattern.search(words):
            rest = f"{words[: found.start()].rstrip()} {words[found.end() :].lstrip()}"
            return _Clause(" ".join(rest.strip(_MARKS).split()), role, bool(UPPER.search(rest)))
    return _Clause(words.strip(), "", bool(UPPER.search(words)))


def _upper(words: str, field: Field) -> str:
    """Return a quantity as an upper bound, unless it is a range or a bound."""
    amount = _amount(field, words)
    if amount is None or (isinstance(amount, Range) and not amount.typical):
        return words
    return f"at most {words}" if words.isascii() else f"最大{words}"


def _with_periods(texts: Sequence[str]) -> list[str]:
    """Return rates of which one may have no period, with that of the other: "50 a day", "200" are both of a day."""
    after = next((found[0] for text in texts if (found := PERIOD_AFTER.search(text))), "")
    before = next((found[1] for text in texts if (found := PERIOD_BEFORE.search(text))), "")
    after = after if after[:1] == "/" else f" {after}"
    return [
        text
        if PERIOD_AFTER.search(text) or PERIOD_BEFORE.search(text) or not (before or after.strip())
        else f"{before} {text}"
        if before
        else f"{text}{after}"
        for text in texts
    ]


def _with_units(texts: Sequence[str]) -> list[str]:
    """Return quantities of which one may have no unit, with that of the other."""
    unit = next((found[1] for text in texts if (found := UNIT_AFTER.search(text))), "")
    return [f"{text} {unit}" if text[-1:].isdigit() and unit else text for text in texts]


def _amount(field: Field, words: str) -> float | Range | None:
    try:
        return parse_amount(words, field)
    except QuantityError:
        return None
