"""Settings of a durable function: steps, waits and execution timeout. Units are in the keys."""

import math

from advisor.architecture.workflow_states import STEPS_BEFORE, steps_before_approval
from advisor.book import DatedBook
from advisor.sizing.integration_settings import RETRIES, retrying
from advisor.sizing.sized import Sized, Values, count, seconds
from advisor.sizing.state_machine_time import attempts_s
from advisor.sizing.waits import stated_whole_s, unbounded_s, waits_of, within_whole
from advisor.text import Text
from advisor.verdict.known import Known
from advisor.vocabulary.component.workflow import MOST_STEPS

SERVICE = "lambda-durable"
LONGEST = "lambda-durable-max-execution"
#: The timeout of a function that only starts a durable function and does not wait for it.
STARTING_S = 30
HISTORY_DAYS = 14
_WHOLE = Text(
    "An end-to-end run takes up to {whole}. One execution of the service is limited to {most}.",
    "全ステップの合計は最長{whole}です。サービスの 1 回の実行は{most}までです。",
)
_PEOPLE = Text(
    "{steps} steps including all retries, and {waits} of waiting for people. One execution of the "
    "service is limited to {most}.",
    "{steps} ステップ（すべての再試行を含む）に、人の応答を待つ時間 {waits}を加えた値です。サービスの"
    " 1 回の実行は{most}までです。",
)
_WAITS = Text(
    "{steps} steps including all retries, and {waits} of waiting. One execution of the service is limited to {most}.",
    "{steps} ステップ（すべての再試行を含む）に、待機時間 {waits}を加えた値です。サービスの 1 回の実"
    "行は{most}までです。",
)
_TOLD = Text(
    "A person has {waits} to answer. After that, the execution fails; without this timeout, it could wait for up to a year.",
    "承認の期限は{waits}です。期限を過ぎると実行は失敗します。タイムアウトを設定しない場合、最長 1 年間待ち続けます。",
)
_WITHIN = Text(
    "A person has {waits} to answer, of the stated {whole} of an end-to-end run; the rest is for the work. After that, the execution "
    "fails; without this timeout, it could wait for up to a year.",
    "承認の期限は{waits}です。待機を含む最長の所要時間（{whole}）の残りは、処理に充てます。期限を過ぎると実行は失敗します。タイムアウトを設定しない"
    "場合、最長 1 年間待ち続けます。",
)
#: AWS's page on the configuration of durable functions (read 2026-11-25).
CONFIGURATION = "https://docs.aws.amazon.com/lambda/latest/dg/durable-configuration.html"
#: Settings of a durable function that its starter does not have.
OWN = (
    "variant", "steps", "parallel_items", "human_approval", "steps_before_approval", "compensation", "own_key", "retry_attempts",
    "retry_interval_s", "retry_backoff", "approval_s", "execution_timeout_s", "history_days",
)  # fmt: skip


def durable(sized: Sized, values: Values, stated: frozenset[str], dated: DatedBook) -> None:
    """Add the settings of a durable function to those that it has as a function; `stated` are the facts that were answered."""
    mapped = int(values["parallel_items"])
    steps = 0 if mapped else max(1, min(MOST_STEPS, int(values["steps"])))
    sized.settings |= {"steps": steps, "parallel_items": mapped}
    # It is suspended for most of its time: concurrency does not follow from the duration of a run.
    del sized.settings["concurrency"], sized.grounds["concurrency"]
    sized.copy_answers(values, "human_approval", "compensation")
    if values["human_approval"] and (before := steps_before_approval(values, steps)):
        sized.settings[STEPS_BEFORE] = before
    sized.settings["own_key"] = bool(values["workload.customer_managed_keys"])
    retrying(
        sized,
        "The first retry starts after a random wait of up to {first}. The function is suspended while it waits.",
        "最初の再試行まで最大{first}のランダムな時間だけ待ちます。待機中、関数は一時停止しています。",
    )
    facts = Known(dict(values), {id for id in values if id not in stated})
    waits = _approval(sized, facts) if values["human_approval"] else waits_of(facts)
    most, longest = dated.whole(LONGEST, "s", 31622400), float(values["longest_run_s"])
    once = int(str(sized.settings["timeout_s"]))
    work = max(1, steps) * attempts_s(RETRIES, min(once, math.ceil(longest)))
    whole = stated_whole_s(facts)
    ground = _WHOLE if whole > work + waits else _PEOPLE if values["human_approval"] else _WAITS
    sized.put(
        "execution_timeout_s", min(most, max(whole, work + waits)), unit="s", en=ground.en, ja=ground.ja, source=LONGEST,
        steps=count(max(1, steps)), waits=seconds(waits), whole=seconds(whole), most=seconds(most),
    )  # fmt: skip
    sized.put(
        "history_days", HISTORY_DAYS, unit="count",
        en="The execution history is available for {days} days after the end of the execution.",
        ja="実行の終了後 {days} 日間、実行履歴を確認できます。", source=CONFIGURATION, days=count(HISTORY_DAYS),
    )  # fmt: skip


def _approval(sized: Sized, facts: Known) -> int:
    """Return the time that a person has: as stated, otherwise what the total duration leaves, or a week if neither is known."""
    longest = math.ceil(float(facts.values["longest_run_s"]))
    held = facts.values.get("wait_s") is None and longest > int(str(sized.settings["timeout_s"]))
    untold = longest if held else unbounded_s(facts)
    waits = untold if facts.values.get("wait_s") else within_whole(facts, untold)
    ground = _WITHIN if waits < untold else _TOLD
    sized.put(
        "approval_s", waits, unit="s", en=ground.en, ja=ground.ja, source=LONGEST,
        waits=seconds(waits), whole=seconds(stated_whole_s(facts)),
    )  # fmt: skip
    return waits
