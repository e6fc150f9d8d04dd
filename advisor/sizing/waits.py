"""How long a run may wait for a person or another system, within the time that is stated for the whole run."""

import math

from advisor.architecture import Node
from advisor.sizing.items_at_once import INLINE_CONCURRENCY
from advisor.sizing.sized import Sized, count, seconds
from advisor.text import Text
from advisor.verdict.known import Known
from advisor.verdict.run_times import UNTOLD_WAIT_S, waited_s

APPROVAL_S = UNTOLD_WAIT_S
_UNTOLD = Text(
    "A person has {waits} to answer, which allows for holidays. After that, the step fails; without "
    "this timeout, it could wait for up to a year.",
    "承認の期限は、休暇を考慮して{waits}です。期限を過ぎるとステップは失敗します。タイムアウトを設定"
    "しない場合、最長 1 年間待ち続けます。",
)
_TOLD = Text(
    "A person has {waits} to answer. After that, the step fails; without this timeout, it could wait for up to a year.",
    "承認の期限は{waits}です。期限を過ぎるとステップは失敗します。タイムアウトを設定しない場合、最長 "
    "1 年間待ち続けます。",
)
_WITHIN = Text(
    "A person has {waits} to answer, of the stated {whole} of an end-to-end run; the rest is for the work. After that, the step "
    "fails; without this timeout, it could wait for up to a year.",
    "承認の期限は{waits}です。待機を含む最長の所要時間（{whole}）の残りは、処理に充てます。期限を過ぎるとステップは失敗します。タイムアウトを"
    "設定しない場合、最長 1 年間待ち続けます。",
)
_CALLED_BACK = Text(
    "The outside system has {waits} to answer. After that, the step fails, and the alarm on failed executions reports it; "
    "without this timeout, the step could wait for up to a year.",
    "外部システムの回答の期限は{waits}です。期限を過ぎるとステップは失敗し、実行の失敗のアラームで通知されます。タイムアウトを"
    "設定しない場合、最長 1 年間待ち続けます。",
)
_UNTOLD_CALLBACK = Text(
    "The outside system has {waits} to answer (assumed). After that, the step fails, and the alarm on failed executions reports "
    "it; without this timeout, the step could wait for up to a year.",
    "外部システムの回答の期限は{waits}です（想定値）。期限を過ぎるとステップは失敗し、実行の失敗のアラームで通知されます。タイムアウトを"
    "設定しない場合、最長 1 年間待ち続けます。",
)
_CALLBACK_WITHIN = Text(
    "The outside system has {waits} to answer, of the stated {whole} of an end-to-end run; the rest is for the work. After that, "
    "the step fails, and the alarm on failed executions reports it; without this timeout, the step could wait for up to a year.",
    "外部システムの回答の期限は{waits}です。待機を含む最長の所要時間（{whole}）の残りは、処理に充てます。期限を過ぎるとステップは失敗し、"
    "実行の失敗のアラームで通知されます。タイムアウトを設定しない場合、最長 1 年間待ち続けます。",
)
_SHARED = Text(
    "The {shares} waits of one run share its stated waiting time equally: this one lasts for at most {waits}. After that, the step "
    "fails; without this timeout, it could wait for up to a year.",
    "1 回の実行の待ち時間の合計を、{shares} 回の待機で等分します。この待機は最長{waits}で、期限を過ぎるとステップは失敗します。タイムアウトを"
    "設定しない場合、最長 1 年間待ち続けます。",
)
_SHARED_WITHIN = Text(
    "The {shares} waits of one run share equally what the stated {whole} of an end-to-end run leaves beside the work: this one lasts "
    "for at most {waits}. After that, the step fails; without this timeout, it could wait for up to a year.",
    "待機を含む最長の所要時間（{whole}）から処理に充てる時間を除いた残りを、{shares} 回の待機で等分します。この待機は最長{waits}で、期限を過ぎると"
    "ステップは失敗します。タイムアウトを設定しない場合、最長 1 年間待ち続けます。",
)


def waits_of(facts: Known) -> int:
    """Return the total waiting time of a run; an approval always has some time.

    Where it is not stated, a week is too long if the whole run is stated to end before.
    """
    waits = unbounded_s(facts)
    return waits if facts.values.get("wait_s") else within_whole(facts, waits)


def unbounded_s(facts: Known) -> int:
    """Return the total waiting time of a run, whatever is stated of the whole run."""
    told = math.ceil(waited_s(facts.values))
    return told if told or not facts.values["human_approval"] else APPROVAL_S


def within_whole(facts: Known, waits: int) -> int:
    """Return an assumed wait in seconds, reduced to what the stated time of the whole run leaves beside the work.

    It leaves the longest run of each step, one after the other, and of each group of items; but the waits have at least half of
    the time, because the steps of a run are hardly all as slow as the slowest.
    """
    whole = stated_whole_s(facts)
    if not whole:
        return waits
    groups = max(1, math.ceil(float(facts.values["parallel_items"]) / INLINE_CONCURRENCY))
    working = max(1.0, float(facts.values["steps"])) * groups * float(facts.values["longest_run_s"])
    return min(waits, max(1, math.floor(max(whole / 2, whole - working))))


def stated_whole_s(facts: Known) -> int:
    """Return the stated total duration, or 0."""
    return 0 if "whole_run_s" in facts.assumed else math.ceil(float(facts.values["whole_run_s"]))


def is_divided(facts: Known) -> bool:
    """Return whether several waits of a run share a time: the stated wait, or what a stated whole run leaves."""
    return bool(facts.values.get("wait_s")) or waits_of(facts) < unbounded_s(facts)


def put_deadlines(sized: Sized, machine: Node, facts: Known, each: int, fact: str, shares: int) -> None:
    """Set how long a state waits for a person, and for a callback of an outside system, each in seconds."""
    stated = bool(facts.values.get("wait_s"))
    within = not stated and is_divided(facts)
    grounds = {
        "approval_s": ("wait", _WITHIN if within else _UNTOLD if each == APPROVAL_S else _TOLD),
        "callback_s": ("callback", _CALLED_BACK if stated else _CALLBACK_WITHIN if within else _UNTOLD_CALLBACK),
    }
    divided = _SHARED_WITHIN if within else _SHARED if stated else None
    for name, (kind, alone) in grounds.items():
        ground = divided if divided and shares > 1 else alone
        if any(state.kind == kind for state in machine.states):
            sized.put(
                name, each, unit="s", en=ground.en, ja=ground.ja, source=fact,
                waits=seconds(each), shares=count(shares), whole=seconds(stated_whole_s(facts)),
            )  # fmt: skip
