"""The timeout of a state machine: its steps in sequence, each with every retry and the waits between."""

import math

from advisor.architecture import Edge, Node
from advisor.sizing.integration_settings import BACKOFF, FIRST_WAIT_S
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.sized import Sized, count, seconds
from advisor.verdict.derived_facts import MOST_ITEMS_AT_ONCE

APPROVAL_S = 7 * 86400
INLINE_CONCURRENCY, DISTRIBUTED_CONCURRENCY = 40, MOST_ITEMS_AT_ONCE
DURATION = {
    "step-functions-standard": "sfn-standard-duration",
    "step-functions-distributed-map": "sfn-standard-duration",
    "step-functions-express": "sfn-express-duration",
}


def set_machine_timeout(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Set the timeout of a state machine, with as many retries as the limit of its type allows."""
    if edge.verb != "run" or source.service not in DURATION:
        return
    fact = DURATION[source.service]
    most = updates.dated.whole(fact, "s", 31536000)
    steps, once = steps_of(source), math.ceil(number(target, "timeout_s", 30))
    requested_retries, sized = int(number(source, "retry_attempts", 3)), Sized()
    waits = APPROVAL_S if source.settings.get("human_approval") else 0
    retries = max((r for r in range(requested_retries + 1) if steps * attempts_s(r, once) + waits <= most), default=0)
    if retries < requested_retries:
        sized.put(
            "retry_attempts", retries, unit="count",
            en="Within {most} there is time for {retries} retries of {once} in each of {steps} steps.",
            ja="{most}以内に収まる再試行は、{steps} ステップ・各{once}で {retries} 回までです。",
            source=fact, most=seconds(most), retries=count(retries), once=seconds(once), steps=count(steps),
        )  # fmt: skip
    sized.put(
        "timeout_s", min(most, steps * attempts_s(retries, once) + waits), unit="s",
        en="Steps × time of one × attempts: {steps} × {once} × {tries}, the waits between, and {waits} for people.",
        ja="ステップ数 × 1 回の時間 × 試行回数: {steps} × {once} × {tries} に、待ち時間と人の承認の{waits}を加えた値です。",
        source=fact, steps=count(steps), once=seconds(once), tries=count(retries + 1), waits=seconds(waits),
    )  # fmt: skip
    if waits:
        sized.put(
            "approval_s", waits, unit="s",
            en="A person has {waits} to answer: a week bridges holidays; then the step fails instead of waiting for a year.",
            ja="承認の期限は{waits}です。休暇をまたげる長さで、過ぎるとステップは失敗し、1 年間待ち続けることはありません。",
            source=fact, waits=seconds(waits),
        )  # fmt: skip
    updates.change(source, sized)


def attempts_s(retries: int, once: int) -> int:
    """Return how long a step may last with all its retries, the waits between them included."""
    return (retries + 1) * once + math.ceil(FIRST_WAIT_S * (BACKOFF**retries - 1) / (BACKOFF - 1))


def steps_of(machine: Node) -> int:
    """Return how many tasks a state machine runs in sequence."""
    tasks = sum(state.kind in ("task", "notify") for state in machine.states)
    items = number(machine, "parallel_items")
    waves = (
        math.ceil(items / map_concurrency(machine.service))
        if any(state.kind == "map" for state in machine.states)
        else 0
    )
    return max(1, tasks + waves)


def map_concurrency(service: str) -> int:
    """Return how many items the map of a state machine works on at once, by the service of the machine."""
    return DISTRIBUTED_CONCURRENCY if service == "step-functions-distributed-map" else INLINE_CONCURRENCY
