"""Requirements in sentences: "500 orders per second at peak", "Each job takes 40 min", "WebSocket", "must survive an AZ failure".

A sentence is read only if one question has its value: a rate, a quantity after the name of its question, or an option by its label.
"""

import re
from collections.abc import Iterator
from functools import cache

from advisor.requirements import SUBJECT_KINDS, check_answer
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.field import Option
from advisor_ui.state.line_names import (
    Named,
    field_before,
    has_negation,
    is_no,
    line_words,
    names_of_option,
    plain,
    without_filling,
)


def statement(words: str) -> tuple[Named, str]:
    """Return the questions that a sentence answers and the text of the answer, or no questions if it answers none."""
    option = _option_by_its_label(words)
    if option or has_negation(words):
        return option or ([], "")
    return _region(words) or _rate(words) or _quantity_after_its_name(words) or ([], "")


def _region(words: str) -> tuple[Named, str] | None:
    region = next(field for field in FIELDS["workload"] if field.id == "region")
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)+-[0-9]+", words)) & set(region.allowed)
    return ([("workload", region)], named.pop()) if len(named) == 1 else None


def _rate(words: str) -> tuple[Named, str] | None:
    found = _rates().search(words)
    if found is None:
        return None
    rate = "rate_peak_rps" if _peak().search(words) else "rate_average_rps"
    named = [(kind, field) for kind, fields in FIELDS.items() for field in fields if field.id == rate]
    return (named, found[0]) if _is_valid(named[0][1], found[0]) else None


def _quantity_after_its_name(words: str) -> tuple[Named, str] | None:
    """Return a question that a sentence names after other words, if the rest of the sentence is a valid quantity."""
    for start in _starts().finditer(words):
        named, value = field_before(words[start.end() :])
        if named and named[0][1].kind == "quantity" and _is_valid(named[0][1], value):
            return named, value
    return None


def _is_valid(field: Field, words: str) -> bool:
    try:
        check_answer(field, words)
    except ValueError:
        return False
    return True


def _option_by_its_label(words: str) -> tuple[Named, str] | None:
    """Return the question whose option a sentence is; "we use no servers" is the option "No servers"."""
    negated, rest = is_no(without_filling(words))
    subject = plain(_ending().sub("", rest))
    names = [plain(name.format(subject)) for name in line_words()["denied"]] if negated else [subject]
    return next((_options()[name] for name in names if name in _options()), None)


@cache
def _starts() -> re.Pattern[str]:
    """Return a pattern that matches before each word."""
    return re.compile(rf"(?<=[\s{line_words()['before_name']}])(?=\S)")


@cache
def _rates() -> re.Pattern[str]:
    words = line_words()
    return re.compile("|".join(words["rates"]).format(number=words["rate_number"]), re.IGNORECASE)


@cache
def _peak() -> re.Pattern[str]:
    return re.compile("|".join(line_words()["peak"]), re.IGNORECASE)


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(line_words()['ending'])})[\u3002.]?$", re.IGNORECASE)


@cache
def _options() -> dict[str, tuple[Named, str]]:
    """Return the names of options that belong to one question about a part. What holds for a whole workload needs its question."""
    found: dict[str, tuple[Named, str]] = {}
    ambiguous = set()
    for kind, field, option in _options_of_parts():
        for name in set(names_of_option(field, option)):
            named, value = found.setdefault(name, ([], option.value))
            if value != option.value or any(other.id != field.id for _, other in named):
                ambiguous.add(name)
            named.append((kind, field))
    return {name: one for name, one in found.items() if name not in ambiguous and name}


def _options_of_parts() -> Iterator[tuple[str, Field, Option]]:
    for kind in SUBJECT_KINDS:
        for field in FIELDS[kind]:
            yield from ((kind, field, option) for option in field.options)
