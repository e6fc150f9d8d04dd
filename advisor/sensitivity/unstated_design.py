"""Questions that seldom change a service but what is built: waits, approvals, rendered pages, uploads, new files and order.

The states of a workflow, the approver and the way to answer follow from them. They are asked one by one where a stated wait
or stated steps make them plausible; nowhere else. A site whose pages call an API is one of files unless it states code: whether a
server renders the pages is asked. Links make the others matter: whether callers upload straight to the store of objects that an API
writes, whether new files send the messages that nobody sends, and whether messages that change a store may overtake each other.
"""

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from advisor.requirements.answers import AnsweredSubject
from advisor.requirements.pages import calls_from_pages
from advisor.sensitivity.sweep import Place
from advisor.verdict import Verdict

_WAITS, _APPROVAL = "waits_for", "human_approval"
_UPLOADS, _SOURCE, _ORDER = "direct_uploads", "source", "ordering"
_OBJECTS, _RECORDS = "objects", "records"
# What already says how large the requests are, or who sends the messages.
_SIZED_BY = (_UPLOADS, "request_bytes")
_SENT_BY = (_SOURCE, "aws_events", "other_teams", "migrates_from")
#: The question whether a program does the work: of a site, whether it renders the pages.
RENDERED = "logic"
#: A run that takes so long from start to end is one that waits: no program of a step runs for days.
_WAITING_S = 86400.0


class Unstated(NamedTuple):
    """An open question on which the design depends, and why it is asked."""

    place: Place
    because: Literal["pages", "wait", "uploads", "files", "order"]


def unstated_design(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Unstated, ...]:
    """Return the open questions on which the design depends, in the order in which they are asked; not those among `settled`."""
    asked = (
        *(Unstated(place, "pages") for place in _pages(verdict)),
        *(Unstated(place, "wait") for part in verdict.answers.of_kind("component") for place in _waits(part)),
        *(Unstated(place, "uploads") for place in _uploads(verdict)),
        *(Unstated(place, "files") for place in _files(verdict)),
        *(Unstated(place, "order") for place in _order(verdict)),
    )
    return tuple(one for one in asked if one.place not in settled)


def _pages(verdict: Verdict) -> Iterator[Place]:
    """Yield the questions for sites that are assumed to be files because their pages call an API."""
    answers = verdict.answers
    sites = (part for part in answers.of_kind("component") if calls_from_pages(answers, part))
    return ((site.id, RENDERED) for site in sites if RENDERED not in site.answers)


def _waits(part: AnsweredSubject) -> Iterator[Place]:
    """Yield the question what a stated wait is for, or whether a person approves stated steps."""
    answers = part.answers
    if _WAITS in answers or _APPROVAL in answers:
        return
    if answers.get("wait_s", 0.0) > 0 or answers.get("whole_run_s", 0.0) >= _WAITING_S:
        yield part.id, _WAITS
    elif answers.get("steps", 0) > 1:
        yield part.id, _APPROVAL


def _uploads(verdict: Verdict) -> Iterator[Place]:
    """Yield the questions whether callers upload files straight to the only store of objects that a component writes."""
    answers = verdict.answers
    return (
        (part.id, _UPLOADS)
        for part in answers.of_kind("component")
        if verdict.subjects[part.id].known.values.get(_UPLOADS) is not None
        and part.answers.keys().isdisjoint(_SIZED_BY)
        if [answers.of(id).get("access") for id in part.answers.get("writes", ())].count(_OBJECTS) == 1
    )


def _files(verdict: Verdict) -> Iterator[Place]:
    """Yield the questions what sends messages to which no part sends, where the receiver reads files: new files may do so."""
    answers = verdict.answers
    sent = {id for part in answers.of_kind("component") for id in part.answers.get("publishes", ())}
    return (
        (channel.id, _SOURCE)
        for channel in answers.of_kind("channel")
        if channel.id not in sent and channel.answers.keys().isdisjoint(_SENT_BY)
        if any(_uses(verdict, part, "reads", objects=True) for part in _receivers(verdict, channel))
    )


def _order(verdict: Verdict) -> Iterator[Place]:
    """Yield the questions for the order of messages from which their receiver changes a store: a later one may overtake.

    Records of a stream are in order; files that are written are new ones each time.
    """
    return (
        (channel.id, _ORDER)
        for channel in verdict.answers.of_kind("channel")
        if _ORDER not in channel.answers and channel.answers.get("carries") != _RECORDS
        if any(_uses(verdict, part, "writes", objects=False) for part in _receivers(verdict, channel))
    )


def _receivers(verdict: Verdict, channel: AnsweredSubject) -> Iterator[AnsweredSubject]:
    components = verdict.answers.of_kind("component")
    return (part for part in components if part.answers.get("listens_to") == channel.id)


def _uses(verdict: Verdict, part: AnsweredSubject, how: str, *, objects: bool) -> bool:
    """Return whether a component reads or writes a store of objects, or one of another kind."""
    access = [verdict.answers.of(id).get("access") for id in part.answers.get(how, ())]
    return any((one == _OBJECTS) is objects for one in access)
