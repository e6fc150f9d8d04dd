"""The three times of a run: of work, of waiting, and of the whole. Where one is enough, the others follow from it.

`longest_run_s` is the working time of one item, message or step; `wait_s` what a run waits in all; `whole_run_s` the
time from its start to its end. All are in seconds.
"""

from collections.abc import Collection, Mapping
from typing import Any

from advisor.vocabulary.units import YEAR_S

# The most items of a map that a workflow works on at once; a project's distributed map is set to it. Of the 1,000 concurrent
# executions of an account it leaves the 100 to other functions that Lambda keeps unreserved.
MOST_ITEMS_AT_ONCE = 900
# A wait longer than a function may run is not waited out by a program that stays up.
SHORT_WAIT_S = 900.0
# What a container is given to end before it is killed. A longer run is cut off by a deployment.
STOP_GRACE_S = 120.0
# How long somebody outside has to answer where nobody said: a week bridges holidays.
UNTOLD_WAIT_S = 7 * 86400
# The demand that nothing is paid while nothing arrives, and what, beside messages, starts a container without a program that stays up.
IDLE_FREE = "must.nothing-while-idle"
_STARTED_WITHOUT_A_WORKER = frozenset(("schedule", "on-demand"))
# What a service whose tasks take messages allows besides: an operator runs a task of its own.
_STARTED_BESIDE_A_WORKER = frozenset(("on-demand",))
# The longest work on a message of a queue: with the spare time of a project, SQS hides the message for 12 hours.
LONGEST_MESSAGE_S = 36000.0
# The largest function; what needs more is not started as one. A test compares these with the facts of the book.
#: The largest zip package of a function, unzipped: a larger program is a function's container image.
LARGEST_ZIP_BYTES = 250 * 2.0**20
LARGEST_FUNCTION: dict[str, float] = {"memory_mib": 10240.0, "vcpu": 6.0, "disk_mib": 10240.0}
# Waits whose end somebody outside tells; other waits end by themselves.
_TOLD_FROM_OUTSIDE = ("callback", "person")
#: Triggers of runs whose caller waits for the answer.
_ASKED = frozenset(("request", "callback"))
#: A goal for 99% of the answers says nothing of the others: these are assumed to take at most so many times as long, or a second.
SLOWEST, SLOWEST_S = 10.0, 1.0
_OF_WORKERS = (
    "interruption", "longest_run_s", "trigger", IDLE_FREE, "beyond_functions", "limited_workers", "listens_kind",
)  # fmt: skip
# The questions from which each fact derived here follows.
INPUTS: dict[str, tuple[str, ...]] = {
    "human_approval": ("human_approval", "waits_for"),
    "waits_for": ("waits_for", "human_approval"),
    "polls": ("waits_for",),
    "waits_long": ("waits_for", "human_approval", "wait_s", "waiting_free"),
    "beyond_functions": ("gpu", "privileged", "host_control", "os", *LARGEST_FUNCTION),
    "limited_workers": (
        "state_in_memory",
        "most_at_once",
        "longest_run_s",
        "beyond_functions",
        "listens_to",
        "steps",
        "parallel_items",
        "human_approval",
        "compensation",
        "waits_long",
    ),
    "one_task_each": _OF_WORKERS,
    "piped_tasks": _OF_WORKERS,
    "scales_to_zero": _OF_WORKERS,
    "may_be_cut": ("interruption",),
    "large_package": ("package_bytes",),
}
# The questions from which `waited_s` follows, and those from which `fill_working` sets the working time.
WAITED_BY = ("wait_s", "waits_for")
WORKING_BY = ("typical_run_s", "whole_run_s", "steps", "parallel_items", *WAITED_BY)


# Where the facts derived here turn by themselves, beside the thresholds of the book: just above these numbers.
TURNS: dict[str, tuple[float, ...]] = {
    "wait_s": (0.0, SHORT_WAIT_S),
    "longest_run_s": (STOP_GRACE_S, LONGEST_MESSAGE_S),
    "most_at_once": (0.0, 1.0),
    "package_bytes": (LARGEST_ZIP_BYTES,),
    **{field: (most,) for field, most in LARGEST_FUNCTION.items()},
}


def classed(field: str, answer: Any) -> tuple[bool, ...]:
    """Return the key of an answer for the facts derived here; equal keys give equal facts."""
    if field == "waits_for":
        return (bool(answer), *(told in (answer or ()) for told in _TOLD_FROM_OUTSIDE))
    if field in INPUTS["beyond_functions"]:
        return (asks_beyond_functions(field, answer),)
    return tuple((answer or 0.0) > most for most in TURNS.get(field, ()))


def derive_waits(values: dict[str, Any]) -> None:
    """Add, in place, whether a run waits (for a person or an approval), and the flags that follow from it."""
    waits = tuple(values.get("waits_for") or ())
    if values["human_approval"] and "person" not in waits:
        waits = (*waits, "person")
    if waits:
        values["waits_for"] = waits
    values["human_approval"] = "person" in waits
    values["polls"] = "other-system" in waits
    stated_s = values.get("wait_s") or 0.0
    outside = any(told in waits for told in _TOLD_FROM_OUTSIDE)
    free = bool(values["waiting_free"]) and bool(waits or stated_s)
    values["waits_long"] = outside or free or stated_s > SHORT_WAIT_S


def asks_beyond_functions(field: str, answer: Any) -> bool:
    """Return whether an answer asks for what no function has: a GPU, the host, Windows, or more than the largest."""
    if field in LARGEST_FUNCTION:
        return (answer or 0.0) > LARGEST_FUNCTION[field]
    return bool(answer == "windows" if field == "os" else answer)


def derive_needs(values: dict[str, Any]) -> None:
    """Add, in place, whether the work needs what no function has, and whether its program is too large for a zip package."""
    values["large_package"] = (values.get("package_bytes") or 0.0) > LARGEST_ZIP_BYTES
    values["beyond_functions"] = any(asks_beyond_functions(f, values.get(f)) for f in INPUTS["beyond_functions"])


def are_few_workers(values: Mapping[str, Any]) -> bool:
    """Return whether a few workers take the messages of a queue one after the other.

    They keep state in memory, or a maximum is stated that neither a function nor a dedicated task for each message keeps:
    one at once, or one of work that is no function's.
    """
    most, longest = values.get("most_at_once") or 0.0, values["longest_run_s"]
    bounded = most > 0 and (most <= 1 or longest > STOP_GRACE_S or values["beyond_functions"])
    return (bool(values.get("state_in_memory")) or bounded) and longest <= LONGEST_MESSAGE_S


def derive_interruption(values: dict[str, Any]) -> None:
    """Add, in place, the facts that follow from the answer on interruptions and from `nothing-while-idle`.

    Workers that wait for messages are paid while none arrives. A service of a few workers therefore has no task while its
    queue is empty; for other long work, a pipe starts a task for each message. Short work is left to functions, unless it needs
    what they do not have.
    """
    interruption = values.get("interruption")
    triggers, long = set(values["trigger"]), values["longest_run_s"] > STOP_GRACE_S
    told = long and "message" in triggers
    # Events of a channel wait in a queue or stream, as messages do.
    queued = {"message", "event"} if values.get("listens_kind") == "channel" else {"message"}
    idle_free = bool(values.get(IDLE_FREE)) and not queued.isdisjoint(triggers)
    values["scales_to_zero"] = (
        idle_free
        and values["limited_workers"]
        and interruption != "never"
        and triggers <= queued | _STARTED_BESIDE_A_WORKER
    )
    values["piped_tasks"] = (
        idle_free
        and not values["scales_to_zero"]
        and (long or values["beyond_functions"])
        and triggers <= queued | _STARTED_WITHOUT_A_WORKER
    )
    values["one_task_each"] = values["piped_tasks"] or (told and interruption == "never")
    values["may_be_cut"] = interruption in ("restart", "checkpoint")


def fill_working(values: dict[str, Any]) -> None:
    """Set the unstated processing time: the total duration if the run is one piece of work, otherwise at most that."""
    whole, longest = values.get("whole_run_s"), values["longest_run_s"]
    if whole is not None:
        alone = values["steps"] <= 1 and not values["parallel_items"] and not waited_s(values)
        longest = whole if alone else min(longest, whole)
    values["longest_run_s"] = max(longest, values.get("typical_run_s") or 0.0)


def fill_bounded(values: dict[str, Any], assumed: Collection[str], *, calls: bool) -> tuple[str, ...]:
    """Set, in place, the unstated times of runs whose callers have a goal for 99% of the answers; return the ids of those it bounds.

    Runs that something else starts, waits and steps are not part of an answer. `assumed` are the times that are not stated, and
    `calls` whether the component waits for others, whose longest runs no goal of this one bounds.
    """
    goal_ms = values.get("latency_ms")
    longer = values["steps"] > 1 or values["parallel_items"] or waited_s(values) or values["waits_long"]
    if goal_ms is None or longer or not _ASKED.issuperset(values["trigger"]):
        return ()
    goal_s, typical_s, bounded = float(goal_ms) / 1000, values.get("typical_run_s"), []
    slowest_s = max(SLOWEST * goal_s, SLOWEST_S, typical_s or 0.0)
    if (
        not calls
        and "longest_run_s" in assumed
        and values.get("whole_run_s") is None
        and slowest_s < values["longest_run_s"]
    ):
        values["longest_run_s"] = slowest_s
        bounded.append("longest_run_s")
    if typical_s is None and goal_s < values["longest_run_s"] / 2:
        values["typical_run_s"] = goal_s
        bounded.append("typical_run_s")
    return tuple(bounded)


def whole_run_s(values: Mapping[str, Any]) -> float:
    """Return the least that a whole run takes: its slowest step or item, and its waits.

    Neither steps nor items need be equally slow, so they are not multiplied here; the timeout of a state machine allows
    for all of them.
    """
    longest_s, waits_s = values["longest_run_s"], waited_s(values)
    whole_s: float = min(YEAR_S, longest_s + waits_s if waits_s else longest_s)
    return whole_s


def waited_s(values: Mapping[str, Any]) -> float:
    """Return the total waiting time of a run: as stated, or a week if an external party has no stated time."""
    stated_s = values.get("wait_s")
    if stated_s is not None:
        return float(stated_s)
    waits = values.get("waits_for") or ()
    return float(UNTOLD_WAIT_S) if any(told in waits for told in _TOLD_FROM_OUTSIDE) else 0.0
