"""Requirements in sentences: "500 orders per second at peak", "Users sign in with Cognito", "must survive an AZ failure".

A sentence is read by its meaning (`line_meanings.py`, `line_amounts.py`), else by the label of an option, or as a quantity
after the name of its question. What it says besides its answers is reported.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from advisor.requirements import SUBJECT_KINDS
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.field import Option
from advisor.vocabulary.region_names import regions_in
from advisor_ui.state.line_amounts import QUANTITIES, amounts, bare_amounts
from advisor_ui.state.line_meanings import Meaning, Note, is_a_wish, is_valid, normal, notes, options
from advisor_ui.state.line_measures import has_number, has_quantity
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
from advisor_ui.state.line_parts import Mention, Phrase, beside, is_a_list, pieces, without_empty
from advisor_ui.state.line_schedules import schedule
from advisor_ui.state.typical_parts import JOB, TYPICAL_PARTS

_SENTENCE_END = re.compile(r"(?<=[.!])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z])|(?<=。)\s*(?=\S)")


class Statement(NamedTuple):
    """The answers of a sentence, what is to be said of it, the words beside its quantities, and whether other words than
    quantities were read."""

    answers: tuple[Meaning, ...] = ()
    notes: tuple[Note, ...] = ()
    rest: str = ""
    chosen: bool = False


def sentences(words: str) -> list[str]:
    """Return the sentences of a line."""
    return [sentence for sentence in _SENTENCE_END.split(words) if sentence]


def statement(words: str) -> Statement:
    """Return what a sentence states."""
    words = normal(words)
    if is_a_wish(words):
        return Statement(rest=words)
    chosen, said = options(words)
    counted, rest = amounts(words)
    region = [*_region(words)]
    answers = (*chosen, *counted, *region)
    is_chosen = bool(chosen or region)
    if not answers:
        answers = tuple(_by_names(words))
        is_chosen, rest = bool(answers), "" if answers else rest
    said += notes(words, was_read=bool(answers))
    return Statement(answers, tuple(said), rest, is_chosen)


def reading(words: str, kind: str) -> Statement:
    """Return what words state, right beside the name of a part of a kind, or of a job, if one is given."""
    stated = statement(words)
    if kind == JOB and not any(one.value == "schedule" for one in stated.answers):
        timed, rest = schedule(stated.rest, of_work=True)
        stated = stated._replace(answers=(*stated.answers, *timed), rest=rest)
    answers = {one.named[0][1].id for one in stated.answers}
    is_store = not kind and any(one.named[0][1].id == "access" and one.value != "objects" for one in stated.answers)
    questions = {of: field for of, field in beside("store" if is_store else kind).items() if field not in answers}
    bare, rest = bare_amounts(stated.rest, questions)
    return stated._replace(answers=(*stated.answers, *bare), rest=rest)


def is_amount(words: str, kind: str) -> bool:
    """Return whether words are nothing but quantities that answer a question of a kind of part."""
    bare, rest = bare_amounts(normal(words), beside(kind))
    return bool(bare) and not has_number(rest) and not without_empty(rest)


def describes(words: str, kind: str) -> bool:
    """Return whether words after the name of a part say something of it, and are not its title."""
    text = normal(words)
    answers = options(text)[0] or amounts(text)[0] or bare_amounts(text, beside(kind))[0]
    return bool(answers) or has_quantity(text) or (has_number(text) and is_a_list(text))


def names_parts(words: str, mentions: Sequence[Mention]) -> bool:
    """Return whether a sentence is about the parts that it names: one store or channel may stand in another statement."""
    if len(mentions) != 1:
        return bool(mentions)
    return TYPICAL_PARTS[mentions[0].part].kind == "component" or not statement(words).answers


def is_name(answer: Meaning, mention: Mention | None) -> bool:
    """Return whether an answer only repeats the name of a typical part, such as the schedule of a nightly job."""
    return mention is not None and not mention.own and answer.value in mention.words


def are_read_alone(words: str, groups: Sequence[Sequence[Phrase]]) -> bool:
    """Return whether the clauses of a sentence state no option that the whole sentence leaves open, because it contradicts itself."""
    whole = _stated_options(words)
    return all(_stated_options(joined(words, group)) <= whole for group in groups)


def _stated_options(words: str) -> set[tuple[str, str]]:
    return {(one.named[0][1].id, one.value) for one in options(normal(words))[0]}


def unused(group: Sequence[Phrase], words: str, kind: str, *, named: bool) -> Iterator[Phrase]:
    """Yield the phrases of a clause, or the pieces of them, of which nothing is read; `named`: its part is one of them."""
    for phrase in group:
        if not (named and phrase.mention) and not adds(phrase, words, kind):
            yield phrase
        else:
            yield from (piece for piece in pieces(phrase) if not adds(piece, words, kind))


def adds(phrase: Phrase, words: str, kind: str) -> bool:
    """Return whether a phrase states something by itself, or the other words state less without it."""
    if not without_empty(phrase.words):
        return True
    others = words.replace(phrase.words, " ", 1)
    whole, part, less = (
        {(one.named[0][1].id, one.value) for one in reading(one_of, kind).answers}
        for one_of in (words, phrase.words, others)
    )
    return bool(whole & part) or less != whole


def stating(group: Sequence[Phrase], one: Meaning | Note, words: str) -> str:
    """Return the phrase of a clause that states an answer, or of which something is said; all words if none does by itself."""
    for phrase in group if len(group) > 1 or isinstance(one, Note) else ():
        stated = statement(phrase.words)
        if one in (*stated.answers, *stated.notes):
            return phrase.words
    return words


def remaining(words: str, group: Sequence[Phrase], unread: Sequence[str]) -> str:
    """Return the words of a clause without the phrases of which nothing was read; pieces in parentheses stay."""
    for phrase in group:
        if phrase.words in unread:
            words = re.sub(rf"{re.escape(phrase.words)}(?:\s*[,、;]\s*)?", "", words, count=1)
    return re.sub(r"\s*[,、;]\s*(?=[.。]?$)", "", words.rstrip(" ,、;"))


def joined(words: str, group: Sequence[Phrase]) -> str:
    """Return phrases that follow each other in a sentence as one text."""
    start = words.index(group[0].words)
    end = start
    for phrase in group:
        end = words.index(phrase.words, end) + len(phrase.words)
    return words[start:end]


def _by_names(words: str) -> Iterator[Meaning]:
    """Yield the answer of a sentence that is an option's label, or that has a quantity after the name of its question."""
    option = _option_by_its_label(words)
    if option:
        yield Meaning(*option)
    elif not has_negation(words):
        yield from _quantity_after_its_name(words)


def _region(words: str) -> Iterator[Meaning]:
    region = next(field for field in FIELDS["workload"] if field.id == "region")
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)+-[0-9]+", words)) & set(region.allowed)
    named |= regions_in(words)
    if len(named) == 1 and not has_negation(words.replace("not leave", "")):
        yield Meaning([("workload", region)], named.pop())


def _quantity_after_its_name(words: str) -> Iterator[Meaning]:
    """Yield a question that a sentence names after other words, if the rest of the sentence is a valid quantity."""
    for start in _starts().finditer(words):
        named, value = field_before(words[start.end() :])
        if not named or named[0][1].kind != "quantity" or named[0][1].id in QUANTITIES:
            continue
        if is_valid(named[0][1], value):
            yield Meaning(named, value)
            return


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
