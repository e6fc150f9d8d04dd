"""Questions that seldom change a service but what is built: what a workflow waits for, who approves it, and what renders pages.

The states of a workflow, the approver and the way to answer follow from them. They are asked one by one where a stated wait
or stated steps make them plausible; nowhere else. A site whose pages call an API is one of files unless it states code: whether a
server renders the pages is asked.
"""

from collections.abc import Collection, Iterator

from advisor.requirements.answers import AnsweredSubject
from advisor.requirements.pages import calls_from_pages
from advisor.sensitivity.sweep import Place
from advisor.verdict import Verdict

_WAITS, _APPROVAL = "waits_for", "human_approval"
#: The question whether a program does the work: of a site, whether it renders the pages.
RENDERED = "logic"
#: A run that takes so long from start to end is one that waits: no program of a step runs for days.
_WAITING_S = 86400.0


def unstated_waits(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Place, ...]:
    """Return the questions for what stated waits are for, and whether a person approves stated steps; not those among `settled`."""
    places = (place for part in verdict.answers.of_kind("component") for place in _of(part))
    return tuple(place for place in places if place not in settled)


def unstated_pages(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Place, ...]:
    """Return the questions for sites that are assumed to be files because their pages call an API; not those among `settled`."""
    answers = verdict.answers
    sites = [part for part in answers.of_kind("component") if calls_from_pages(answers, part)]
    places = ((site.id, RENDERED) for site in sites if RENDERED not in site.answers)
    return tuple(place for place in places if place not in settled)


def _of(part: AnsweredSubject) -> Iterator[Place]:
    answers = part.answers
    if _WAITS in answers or _APPROVAL in answers:
        return
    if answers.get("wait_s", 0.0) > 0 or answers.get("whole_run_s", 0.0) >= _WAITING_S:
        yield part.id, _WAITS
    elif answers.get("steps", 0) > 1:
        yield part.id, _APPROVAL
