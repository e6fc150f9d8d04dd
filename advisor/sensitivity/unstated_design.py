"""Questions that change no service but what is built: what a workflow waits for, and whether a person approves it.

The states of a workflow, the approver and the way to answer follow from them. They are asked one by one where a stated wait
or stated steps make them plausible; nowhere else.
"""

from collections.abc import Collection, Iterator

from advisor.requirements.answers import AnsweredSubject
from advisor.sensitivity.sweep import Place
from advisor.verdict import Verdict

_WAITS, _APPROVAL = "waits_for", "human_approval"
#: A run that takes so long from start to end is one that waits: no program of a step runs for days.
_WAITING_S = 86400.0


def unstated_waits(verdict: Verdict, settled: Collection[Place] = ()) -> tuple[Place, ...]:
    """Return the questions for what stated waits are for, and whether a person approves stated steps; not those among `settled`."""
    places = (place for part in verdict.answers.of_kind("component") for place in _of(part))
    return tuple(place for place in places if place not in settled)


def _of(part: AnsweredSubject) -> Iterator[Place]:
    answers = part.answers
    if _WAITS in answers or _APPROVAL in answers:
        return
    if answers.get("wait_s", 0.0) > 0 or answers.get("whole_run_s", 0.0) >= _WAITING_S:
        yield part.id, _WAITS
    elif answers.get("steps", 0) > 1:
        yield part.id, _APPROVAL
