"""Words of a review trigger: the answers that set it off, the answer of today, and the services that follow."""

from collections.abc import Iterable, Sequence
from typing import Any

from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name
from advisor.sensitivity.analysis import FlipPoint
from advisor.sensitivity.moves import Move
from advisor.text import EMPTY, LANGS, Text, spaced
from advisor.vocabulary.amounts import Range
from advisor.vocabulary.formats import clauses, either

#: The most answers, and services, that a review trigger names.
_NAMED = 3
_ANOTHER = Text("another answer", "別の回答")
_OTHER = Text("{role} may change from {before} to {after}", "{role}が{before}から{after}に変わる可能性があります")
_NO_SERVICE, _ANOTHER_SERVICE = Text("none", "「なし」"), Text("another service", "別のサービス")
_USED = Text("{said}; the design uses {used}", "{said}、設計では{used}を使用")
#: A change that depends on the answer, in each language.
UNCERTAIN = Text(r"(.*) may change from .* to .*", r"(.*)が.*から.*に変わる可能性があります")


def other_answers(speaker: Speaker, flip: FlipPoint, answers: Sequence[Any]) -> Text:
    """Return the answers to a choice that change the verdict, if they are few enough to be read."""
    if len(answers) > _NAMED:
        return _ANOTHER
    return clauses([speaker.value(flip.subject, flip.field, answer) for answer in answers])


def answer_of_now(speaker: Speaker, flip: FlipPoint) -> Text:
    """Return the answer of today; for a range that reaches beyond the threshold, also the value that the design uses."""
    said, answer = speaker.now(flip.subject, flip.field, flip.value), speaker.range_of(flip.subject, flip.field)
    if answer is None or not _reaches(answer, flip):
        return said
    return spaced(filled(_USED, said=said, used=speaker.value(flip.subject, flip.field, flip.value)))


def _reaches(answer: Range, flip: FlipPoint) -> bool:
    """Return whether a range holds values beyond a threshold."""
    if not isinstance(flip.at, int | float):
        return False
    return (
        (flip.relation == "above" and answer.high > flip.at)
        or (flip.relation == "below" and answer.low < flip.at)
        or (flip.relation in ("at_least", "at_most") and answer.holds(flip.at))
    )


def possible_changes(speaker: Speaker, subject: str, moves: Iterable[Move]) -> tuple[Text, ...]:
    """Return for each role the services to which it may change, depending on the answer."""
    changed: dict[Move, list[str | None]] = {}
    for move in moves:
        changed.setdefault(move._replace(after=None), []).append(move.after)
    return tuple(_possible(speaker, subject, move, services) for move, services in changed.items())


def _possible(speaker: Speaker, subject: str, move: Move, services: Sequence[str | None]) -> Text:
    named = [service_words(speaker, service) for service in services if service is not None]
    named = [*named[:_NAMED], _ANOTHER_SERVICE] if len(named) > _NAMED + 1 else named
    after = either([*named, _NO_SERVICE] if None in services else named)
    role, before = role_words(speaker, subject, move), service_words(speaker, move.before)
    return spaced(filled(_OTHER, role=role, before=before, after=after))


def role_words(speaker: Speaker, subject: str, move: Move) -> Text:
    """Return the title of a role, with the part if it differs from `subject`."""
    role, title = speaker.book.role(move.role).title, speaker.title(move.subject)
    return role if move.subject == subject else Text(f'{role.en} of "{title.en}"', f"「{title.ja}」の{role.ja}")


def service_words(speaker: Speaker, service: str | None) -> Text:
    """Return the name of a service; empty if there is none."""
    return EMPTY if service is None else service_name(speaker.book, service)


def filled(pattern: Text, **texts: Text) -> Text:
    """Return a pattern with its texts. Names of any content may hold braces: each is put in once."""
    en, ja = ({key: text.in_(lang) for key, text in texts.items()} for lang in LANGS)
    return Text(pattern.en.format(**en), pattern.ja.format(**ja))
