"""The order of open questions: by the expected consequence of leaving them as assumed.

The chance that an answer changes the verdict is counted from published decisions (`priors`), each change is weighed by what a
wrong guess costs (`consequence`). Questions about the structure (what starts it, what is carried, how data is accessed, who
signs in) come before all others where they are likely to change the verdict, and so do a rate that many tasks rest on, and
the authentication of callers from the internet.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from advisor.requirements.starts import NOTHING
from advisor.sensitivity.priors import Alike, likelihood
from advisor.sensitivity.sweep import Place, Swept
from advisor.sensitivity.unstated_load import MANY_RUNS
from advisor.verdict import Verdict

#: A verdict is good enough when what is open changes it with less than this probability.
GOOD_ENOUGH = 0.05
#: Questions that change the verdict less often than this are put together, part by part.
SELDOM = 0.3
#: So many assumptions of several parts form one list; those of one part form a list of their own, however many.
MOST_LISTED = 20
_STRUCTURE = ("trigger", "carries", "access", "protocol", "exposure", "authentication", "rate_average_rps")
#: Questions about code, which a component without compute has none of.
_OF_CODE = frozenset(
    (
        "packaging", "package_bytes", "other_registry", "language", "os", "memory_mib", "vcpu", "gpu", "disk_mib",
        "privileged", "host_control", "state_in_memory",
    )
)  # fmt: skip
_NO_COMPUTE = "none"
# What hands items over one by one: no run of it splits its work over several.
_ONE_BY_ONE = frozenset(("message", "stream"))
# An assumed rate that many tasks rest on decides what is paid; it weighs as much as other costs do.
_OF_RATE = 2.0
# A new environment of a function starts in under 100 ms to over 1 s: a goal above that is met with one
# (https://docs.aws.amazon.com/lambda/latest/operatorguide/execution-environments.html, 2026-11-27).
_COLD_START_MS = 1000.0
_OUTSIDE = ("public", "partner")
_TASKS = ("ecs", "eks", "batch", "ec2")


class Ranked(NamedTuple):
    """An open question with the probability that its answer changes the verdict, and the expected cost.

    `cell` is the number of the changing cell that is expected to cost most.
    """

    swept: Swept
    chance: float
    expected: float
    cell: int
    alike: Alike

    @property
    def place(self) -> Place:
        """The question, as (subject, field)."""
        return self.swept.subject, self.swept.field.id


def ranked(verdict: Verdict, swept: Iterable[Swept], settled: Collection[Place] = ()) -> tuple[Ranked, ...]:
    """Return the open questions that can change the verdict, the most important one first.

    Those among `settled` are left out: nothing more is known about them.
    """
    found = [_of(verdict, s) for s in swept if (s.subject, s.field.id) not in settled and _is_open(verdict, s)]
    return tuple(sorted(found, key=lambda question: _order(verdict, question)))


def part_to_accept(verdict: Verdict, questions: Sequence[Ranked]) -> str | None:
    """Return the part whose open questions form one list, because each assumption is probably right.

    It is the part with the greatest expected effect; None while a single question is worth asking.
    """
    if not questions or essential(verdict, questions):
        return None
    parts = {question.swept.subject: 0.0 for question in questions}
    for question in questions:
        parts[question.swept.subject] += question.expected
    return max(parts, key=lambda subject: parts[subject])


def assumptions_to_accept(verdict: Verdict, questions: Sequence[Ranked], part: str | None = None) -> list[Ranked]:
    """Return the questions that form one list: those of one part, and of further parts while the list stays short.

    The list begins with `part` if it has questions, of which none is asked alone; else with the part of the greatest expected
    effect, and the others follow by theirs. It is empty while a single question is worth asking. To accept several parts at once
    changes no verdict: each of their assumptions is what the verdict is made from.
    """
    parts: dict[str, list[Ranked]] = {}
    for question in questions:
        parts.setdefault(question.swept.subject, []).append(question)
    whole = part_to_accept(verdict, questions)
    first = part if part in parts and not essential(verdict, parts[part]) else whole
    if first is None:
        return []
    listed = parts.pop(first)
    for of_part in sorted(parts.values(), key=lambda those: -sum(question.expected for question in those)):
        if whole is not None and len(listed) + len(of_part) <= MOST_LISTED:
            listed = [*listed, *of_part]
    return listed


def essential(verdict: Verdict, questions: Iterable[Ranked], unstated: Collection[Place] = ()) -> int:
    """Return how many open questions are asked one by one: their assumption may well be wrong, or too much depends on it."""
    return sum(q.chance >= SELDOM or q.place in unstated or _is_asked_alone(verdict, q.place) for q in questions)


def _is_asked_alone(verdict: Verdict, place: Place) -> bool:
    """Return whether a question is asked even where its assumption is probably right: too much depends on it."""
    return rests_on_rate(verdict, *place) or is_open_door(verdict, *place) or meets_latency(verdict, *place)


def risk(questions: Iterable[Ranked]) -> float:
    """Return the probability that the open questions change the verdict."""
    return 1.0 - math.prod(1.0 - question.chance for question in questions)


def is_unstarted(verdict: Verdict, subject: str, field: str) -> bool:
    """Return whether a question is the trigger question and neither an answer nor a link decides it."""
    if field != "trigger" or subject not in verdict.subjects:
        return False
    return verdict.subjects[subject].known.because.get("trigger") == (NOTHING,)


def rests_on_rate(verdict: Verdict, subject: str, field: str) -> bool:
    """Return whether a question is the rate of a component, and the assumed one makes many tasks run at the same time."""
    if field != "rate_average_rps" or subject not in verdict.subjects:
        return False
    stated, values = verdict.answers.of(subject), verdict.subjects[subject].known.values
    assumed = stated.keys().isdisjoint(("rate_average_rps", "rate_peak_rps"))
    return assumed and values.get("compute") in _TASKS and values.get("concurrency", 0.0) >= MANY_RUNS


def is_open_door(verdict: Verdict, subject: str, field: str) -> bool:
    """Return whether a question is how the callers of a component are authenticated, and they come from the internet."""
    if field != "authentication" or subject not in verdict.subjects:
        return False
    values = verdict.subjects[subject].known.values
    if values.get("authentication") != verdict.answers.of(subject).get("authentication", "none"):
        return False  # it follows from that of the site whose pages call it
    return values.get("exposure") in _OUTSIDE and "request" in values["trigger"]


def meets_latency(verdict: Verdict, subject: str, field: str) -> bool:
    """Return whether a question is if cold starts are tolerated, and a function has a latency goal that one may miss.

    The service or its settings (snapshots) depend on the answer; tasks that keep running start none of their requests.
    """
    if field != "cold_start_ok" or subject not in verdict.subjects:
        return False
    goal, compute = verdict.answers.of(subject).get("latency_ms"), verdict.subjects[subject].known.values.get("compute")
    return goal is not None and goal <= _COLD_START_MS and compute not in (None, _NO_COMPUTE, *_TASKS)


def is_pointless(verdict: Verdict, subject: str, field: str) -> bool:
    """Return whether a question is irrelevant: about code that there is none of, or a number of items processed separately."""
    if subject not in verdict.subjects:
        return False
    values = verdict.subjects[subject].known.values
    if field in _OF_CODE:
        return values.get("compute") == _NO_COMPUTE
    return field == "parallel_items" and _ONE_BY_ONE.issuperset(values["trigger"])


def _is_open(verdict: Verdict, swept: Swept) -> bool:
    place = swept.subject, swept.field.id
    matters = swept.changing or _is_asked_alone(verdict, place)
    return not swept.stated and bool(matters) and not is_pointless(verdict, *place)


def _order(verdict: Verdict, question: Ranked) -> tuple[bool, bool, bool, float]:
    """Return the sort key of questions; those whose assumption is probably right come last."""
    likely = question.chance >= SELDOM
    structural = question.swept.field.id in _STRUCTURE and likely
    first = is_unstarted(verdict, *question.place)
    return not first, not (structural or _is_asked_alone(verdict, question.place)), not likely, -question.expected


def _of(verdict: Verdict, swept: Swept) -> Ranked:
    chances = likelihood(verdict, swept.subject, swept.field, swept.cells, swept.at)
    costs = [chance * weight for chance, weight in zip(chances.cells, swept.weights, strict=True)]
    chance = sum(c for c, moves in zip(chances.cells, swept.moves, strict=True) if moves)
    worst = max(range(len(costs)), key=lambda n: (costs[n], bool(swept.moves[n])))
    expected = sum(costs) + (_OF_RATE if rests_on_rate(verdict, swept.subject, swept.field.id) else 0.0)
    return Ranked(swept, min(chance, 1.0), expected, worst, chances.alike)
