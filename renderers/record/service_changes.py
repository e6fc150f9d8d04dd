"""Changes of services that follow a review trigger, as clauses that can stand alone or beside each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name
from advisor.sensitivity.moves import Move
from advisor.text import EMPTY, Text, spaced
from advisor.vocabulary.formats import either, listed
from renderers.record.review_words import filled

#: The most services that a change names.
_NAMED = 3
_NO_SERVICE, _ANOTHER_SERVICE = Text("none", "「なし」"), Text("another service", "別のサービス")
_INSTEAD = Text("{role} changes from {before} to {after}", "{role}が{before}から{after}に変わります")
_MAYBE = Text("{role} may change from {before} to {after}", "{role}が{before}から{after}に変わる可能性があります")
_MAYBE_NOT = Text("{role} ({before}) may no longer be needed", "{role}（{before}）は不要になる可能性があります")
_LOST = Text(
    "{role} has no suitable service ({before} excluded; a requirement must change)",
    "{role}の候補がなくなり（現在は{before}）、要件の見直しが必要になります",
)
_LOST_BUT = Text(
    "{role} has no suitable service ({before} excluded; alternative: {way})",
    "{role}の要件を{before}だけでは満たせなくなり（代替案: {way}）、構成の見直しが必要になります",
)
_NOT_SELECTED = Text("{role} ({before}) is no longer needed", "{role}（{before}）は不要になります")
_NOT_NEEDED = Text("{names} are no longer needed", "{names}は不要になります")
_DROPPED = Text("{role} ({before})", "{role}（{before}）")
_ADDED = Text("{after} is added (role: {role})", "{role}として{after}が加わります")
#: The ending of a polite verb; without it, another clause can follow.
_POLITE = "ます"
#: The verb of a replacement, which the last of several replacements in a row has for all.
_CHANGES = "変わります"


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """What becomes of the service of a role, as a clause that ends a sentence.

    It is `uncertain` where the answer does not tell which service replaces that of now.
    """

    role: Text
    words: Text
    uncertain: bool = False
    #: The role with its service, if it is no longer needed and nothing replaces it.
    dropped: Text = EMPTY


def certain_changes(
    speaker: Speaker, subject: str, moves: Iterable[Move], ways: Mapping[str, Text] = MappingProxyType({})
) -> tuple[ServiceChange, ...]:
    """Return the change of each service, with its role, and with the part if it differs from `subject`.

    `ways` are the documented alternatives of `subject` by role, for a role without a suitable service. What else a part
    without a suitable service would need is open, so it is not called superfluous.
    """
    moves = tuple(moves)
    lost = {move.subject for move in moves if move.unmet}
    return tuple(
        _certain(speaker, subject, move, ways.get(move.role) if move.subject == subject else None)
        for move in moves
        if move.unmet or move.after is not None or move.subject not in lost
    )


def possible_changes(speaker: Speaker, subject: str, moves: Iterable[Move]) -> tuple[ServiceChange, ...]:
    """Return for each role the services to which it may change, depending on the answer."""
    changed: dict[Move, list[str | None]] = {}
    for move in moves:
        changed.setdefault(move._replace(after=None), []).append(move.after)
    return tuple(_possible(speaker, subject, move, services) for move, services in changed.items())


def in_one_sentence(changes: Sequence[ServiceChange]) -> Text:
    """Return changes as the clauses of one sentence; what is no longer needed stands in one of them."""
    if len(changes) > 1 and all(change.uncertain for change in changes):
        roles = listed([change.role for change in changes])
        return Text(f"{roles.en} may change to other services", f"{roles.ja}の選定が変わる可能性があります")
    changes = _dropped_together(changes)
    worded = [change.words.ja for change in changes]
    clauses = [
        words.removesuffix(_CHANGES if after.endswith(_CHANGES) else _POLITE).removesuffix(_POLITE)
        for words, after in pairwise(worded)
    ]
    return Text(listed([change.words for change in changes]).en, "、".join([*clauses, worded[-1]]))


def _dropped_together(changes: Sequence[ServiceChange]) -> list[ServiceChange]:
    dropped = [change for change in changes if change.dropped.en]
    if len(dropped) < 2:
        return [*changes]
    names = listed([change.dropped for change in dropped])
    together = filled(_NOT_NEEDED, names=names)
    kept = [change for change in changes if not change.dropped.en]
    return [*kept, ServiceChange(dropped[0].role, spaced(together))]


def _certain(speaker: Speaker, subject: str, move: Move, way: Text | None) -> ServiceChange:
    lost = _NOT_SELECTED if not move.unmet else _LOST if way is None else _LOST_BUT
    clause = _ADDED if move.before is None else lost if move.after is None else _INSTEAD
    before, after = _service(speaker, move.before), _service(speaker, move.after)
    return _change(clause, _role(speaker, subject, move), before, after, way or EMPTY)


def _possible(speaker: Speaker, subject: str, move: Move, services: Sequence[str | None]) -> ServiceChange:
    named = [_service(speaker, service) for service in services if service is not None]
    if not named:
        return _change(_MAYBE_NOT, _role(speaker, subject, move), _service(speaker, move.before), EMPTY)
    named = [*named[:_NAMED], _ANOTHER_SERVICE] if len(named) > _NAMED + 1 else named
    after = either([*named, _NO_SERVICE] if None in services else named)
    return _change(_MAYBE, _role(speaker, subject, move), _service(speaker, move.before), after)


def _change(clause: Text, role: Text, before: Text, after: Text, way: Text = EMPTY) -> ServiceChange:
    words = spaced(filled(clause, role=role, before=before, after=after, way=way))
    dropped = filled(_DROPPED, role=role, before=before) if clause is _NOT_SELECTED else EMPTY
    return ServiceChange(role, words, clause in (_MAYBE, _MAYBE_NOT), dropped)


def _role(speaker: Speaker, subject: str, move: Move) -> Text:
    """Return the title of a role, with the part if it differs from `subject`."""
    role, title = speaker.book.role(move.role).title, speaker.title(move.subject)
    return role if move.subject == subject else Text(f'{role.en} of "{title.en}"', f"「{title.ja}」の{role.ja}")


def _service(speaker: Speaker, service: str | None) -> Text:
    """Return the name of a service; empty if there is none."""
    return EMPTY if service is None else service_name(speaker.book, service)
