"""Components without a program of their own: all their steps are other components, which a workflow runs."""

from collections.abc import Iterator
from itertools import chain

from advisor.requirements.answers import LINKS, AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.text import Text
from advisor.vocabulary.component.workflow import MOST_STEPS

# Work that only a program of the component itself can do.
_OWN_WORK = (
    *(field for field in LINKS if field != "calls"),
    "compensation",
    "combined_result",
    "uses_secrets",
    "fixed_outgoing_ip",
)
# Answers that describe a program.
OF_A_PROGRAM = ("language", "packaging", "package_bytes", "memory_mib", "vcpu", "disk_mib", "gpu", "state_in_memory")
#: The answers from which it follows whether a component orchestrates others.
ORCHESTRATED_BY = ("logic", "steps", "calls", "static_site", "waits_for", *_OWN_WORK, *OF_A_PROGRAM)

STEPS_CALLED = Because(
    Text("all its steps are components that it calls", "すべてのステップが呼び出し先のコンポーネント")
)
STEPS_TOGETHER = Because(Text("the longest runs of its steps together", "各ステップの最長の実行時間の合計"))


def orchestrates(subject: AnsweredSubject) -> bool:
    """Return whether a component only has the components that it calls do its steps, in the order of its answer.

    That is stated (no custom code), or follows from its number of steps: it calls a component for each of them. What a site
    without code calls is called by its pages.
    """
    answers = subject.answers
    called, logic = len(answers.get("calls", ())), answers.get("logic")
    if not called or logic == "code" or answers.get("static_site") or own_work(subject):
        return False
    if subject.pins.get("compute", "none") != "none":
        return False
    described = any(answers.get(field) for field in OF_A_PROGRAM)
    return logic == "none" or (not described and 1 < answers.get("steps", 0) <= called)


def own_work(subject: AnsweredSubject) -> tuple[str, ...]:
    """Return the answers of a component that ask for work that only a program of its own can do."""
    answers = subject.answers
    callback = ("waits_for",) if "callback" in (answers.get("waits_for") or ()) else ()
    return (*(field for field in _OWN_WORK if answers.get(field)), *callback)


def awaits_person(subject: AnsweredSubject) -> bool:
    """Return whether the runs of a component wait for a person: for an approval, or for whatever else a person decides."""
    return bool(subject.answers.get("human_approval")) or "person" in (subject.answers.get("waits_for") or ())


def steps_of(subject: AnsweredSubject) -> int:
    """Return how many steps a run of a component has, one after another; parallel items go through theirs inside one."""
    answers = subject.answers
    if answers.get("parallel_items", 0) > 0:
        return 1
    if orchestrates(subject):
        return len(answers["calls"])
    return max(1, min(MOST_STEPS, int(answers.get("steps", 1))))


def is_one_step(subject: AnsweredSubject) -> bool:
    """Return whether a component is a single step of another: a program without a workflow of its own."""
    return not more_than_a_step(subject)


def more_than_a_step(subject: AnsweredSubject) -> tuple[str, ...]:
    """Return the answers with which a component is no single step of another: it has no program, or its own workflow."""
    answers = subject.answers
    unprogrammed = ("logic",) if answers.get("logic") == "none" else ()
    coordinated = ("calls", "human_approval", "compensation", "waits_for", "wait_s")
    counted = (field for field, most in {"steps": 1, "parallel_items": 0}.items() if answers.get(field, 0) > most)
    return (*unprogrammed, *(field for field in coordinated if answers.get(field)), *counted)


def callers_of(answers: Answers, component: str) -> Iterator[AnsweredSubject]:
    """Yield the components that call a component."""
    return (c for c in answers.of_kind("component") if component in c.answers.get("calls", ()))


def calling_each_other(answers: Answers, subject: str) -> set[str]:
    """Return the components that a subject calls, those that call it, and all that sites among these join by their calls.

    What starts them, whether pages call them, and who signs in to them depends on each other.
    """
    calls = {c.id: {c.id, *c.answers["calls"]} for c in answers.of_kind("component") if c.answers.get("calls")}
    sites = [called for id, called in calls.items() if id == subject or answers.of(id).get("static_site")]
    joined = {subject}
    while more := {*chain.from_iterable(called for called in sites if not called.isdisjoint(joined))} - joined:
        joined |= more
    return (joined | {caller.id for caller in callers_of(answers, subject)}) - {subject}
