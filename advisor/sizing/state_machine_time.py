"""The timeout of a state machine: its steps in sequence, each with every retry and the waits between."""

import math

from advisor.architecture import Edge, Node
from advisor.architecture.passing import READING
from advisor.architecture.workflow_polling import polls
from advisor.architecture.workflow_states import MOST_CHANGES, asks_again, runs_of, undoes
from advisor.sizing.integration_settings import BACKOFF, FIRST_WAIT_S, RETRIES
from advisor.sizing.items_at_once import DISTRIBUTED, items_at_once, runs_array
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.polling import put_polling, untold_s
from advisor.sizing.sized import SPARE, Sized, count, seconds
from advisor.sizing.waits import is_divided, put_deadlines, stated_whole_s, waits_of, within_whole
from advisor.text import Text
from advisor.verdict.known import Known

_WHOLE = Text("An end-to-end run takes up to {whole}.", "全ステップの合計は最長{whole}です。")
_MAPPED = Text(
    "The work on all items ({steps} × {once}, but not longer than stated, plus 20%), and the retries of the last items.",
    "すべての項目の処理時間（{steps} × {once}。回答された時間に 20% を加えた値を上限とします）に、最後の項目の再試行の時間を加えた値です。",
)
_NO_WAITS = Text(
    "Steps × time per step × attempts ({steps} × {once} × {tries}), plus the waits between attempts.",
    "ステップ数 × 1 ステップの時間 × 試行回数（{steps} × {once} × {tries}）に、試行間の待ち時間を加えた値です。",
)
_WAITS = Text(
    "Steps × time per step × attempts ({steps} × {once} × {tries}), plus the waits between attempts "
    "and {waits} of other waiting.",
    "ステップ数 × 1 ステップの時間 × 試行回数（{steps} × {once} × {tries}）に、試行間の待ち時間とその"
    "他の待機時間 {waits}を加えた値です。",
)
_ANSWERS = Text(
    "Steps × time per step × attempts ({steps} × {once} × {tries}), plus the waits between attempts, {waits} of waiting for the person "
    "or the other system, and {asking} for retries of the request to them. Each retry restarts that waiting time.",
    "ステップ数 × 1 ステップの時間 × 試行回数（{steps} × {once} × {tries}）に、試行間の待ち時間、回答を待つ時間 {waits}、および失敗した"
    "依頼の時間 {asking}を加えた値です。依頼をやり直すと、回答の期限は最初から数え直されます。",
)
_UNDOING = Text(" The steps include the compensating ones.", "ステップ数には補償処理のステップを含みます。")
_GROUPS = Text(
    " The map processes at most {width} of its {items} items at a time. The timeout allows for {waves} such groups, one after another, and "
    "counts the steps of each.",
    "マップが同時に処理するのは、{items} 件のうち最大 {width} 件です。タイムアウトは {waves} 組を順に処理する時間を見込み、組ごとにステップを"
    "数えます。",
)
_ARRAY = Text(
    " All {items} jobs of the array job can run at the same time, so the timeout counts the steps of one job.",
    "配列ジョブの {items} 件のジョブはすべて同時に実行できるため、ステップ数は 1 件分だけを数えます。",
)
_ARRAY_GROUPS = Text(
    " The maximum vCPUs of the compute environment allow {width} of the {items} jobs of the array job at a time. The timeout allows for "
    "{waves} such groups, one after another, and counts the steps of each.",
    "配列ジョブの {items} 件のジョブのうち、同時に実行できるのは、コンピューティング環境の最大 vCPU 数により {width} 件です。タイムアウトは {waves} 組を"
    "順に実行する時間を見込み、組ごとにステップを数えます。",
)
_AGAIN = Text(
    " The sum is multiplied by {times}, because a changed item needs another approval. An execution that times out is not compensated.",
    "変更された項目は改めて承認を依頼するため、この時間の {times} 倍とします。実行がタイムアウトすると補償処理は行われません。",
)
_ALONE = Text(
    "Each run is about the object whose arrival starts it: the only item of its map. Items in a file are left to the program.",
    "1 回の実行は、それを開始させたオブジェクトだけを処理します。マップの項目はこの 1 件です。ファイル内の項目は、プログラムが処理します。",
)
#: The structure of the event that an arriving object causes (read 2026-12-01).
EVENT_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"
#: The timeout of the program that sends a request for approval.
REQUEST_S = 10
_EXPRESS = "step-functions-express"
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
    runs = updates.leaving(source, "run")  # of several components, none lasts longer than the longest
    alone, chained = _about_one_object(updates, source), chained_of(source)
    width = min(items_at_once(source, run) for run in runs)
    steps = chained if alone else steps_of(source, width)
    once = max(math.ceil(number(run, "timeout_s", 30)) for run in runs)
    requested_retries, sized = int(number(source, "retry_attempts", 3)), Sized()
    facts = updates.facts_of(source)
    if alone:
        sized.put("map_items", 1, unit="count", en=_ALONE.en, ja=_ALONE.ja, source=EVENT_PAGE)
    asking = _asking_s(source, once)
    looped, stated = polls(source.states), waits_of(facts)
    shares = max(1, len(asking) + looped)
    each = max(1, stated // shares) if is_divided(facts) else stated
    each = each or (within_whole(facts, untold_s(express=source.service == _EXPRESS)) if looped else 0)
    waits = each * shares
    needed = [
        all_attempts_s(steps, chained, once, r, facts) + waits + sum(asking) for r in range(requested_retries + 1)
    ]
    retries = max((r for r, time in enumerate(needed) if time <= most), default=0)
    if retries < requested_retries:
        sized.put(
            "retry_attempts", retries, unit="count",
            en="The limit of {most} allows {retries} retries of {once} in each of the {steps} steps.",
            ja=(
            "{steps} ステップ（各{once}）の合計が上限の{most}に収まる再試行は、1 ステップあたり "
            "{retries} 回までです。"),
            source=fact, most=seconds(most), retries=count(retries), once=seconds(once), steps=count(steps),
        )  # fmt: skip
    whole = stated_whole_s(facts)
    times = 1 + MOST_CHANGES * asks_again(source.states)
    ground = _NO_WAITS if not waits else _ANSWERS if asking else _WAITS
    items = _items(source)
    waves = 1 if alone else math.ceil(items / width)
    if items > 1 and (grouped := _grouped(waves, in_array=any(runs_array(source, run) for run in runs))):
        ground = Text(ground.en + grouped.en, ground.ja + grouped.ja)
    if not whole and any(map(undoes, source.states)):
        ground = Text(ground.en + _UNDOING.en, ground.ja + _UNDOING.ja)
    ground = _MAPPED if whole and chained < steps and not waits else ground
    ground = _WHOLE if whole > needed[retries] else ground
    ground = Text(ground.en + _AGAIN.en, ground.ja + _AGAIN.ja) if times > 1 else ground
    sized.put(
        "timeout_s", min(most, times * max(needed[retries], whole)), unit="s", en=ground.en, ja=ground.ja, source=fact,
        steps=count(steps), once=seconds(once), tries=count(retries + 1), waits=seconds(waits), whole=seconds(whole),
        asking=seconds(sum(asking)), times=count(times), items=count(items), waves=count(waves), width=count(width),
    )  # fmt: skip
    put_deadlines(sized, source, facts, each, fact, shares)
    if looped:
        # The check that comes too late fails the run before its own timeout, which nothing could be undone after.
        within = max(1, each - max(0, needed[retries] - most))
        put_polling(sized, updates.dated, within, stated=stated > 0, express=source.service == _EXPRESS)
    updates.change(source, sized)


def _about_one_object(updates: NodeUpdates, machine: Node) -> bool:
    """Return whether each run is about the object whose arrival starts it, which is then the only item of its map."""
    if machine.service != DISTRIBUTED:
        return False
    starting = [edge.source for edge in updates.edges if edge.target == machine.id and edge.verb == "start"]
    told = [(edge.verb, edge.source) for edge in updates.edges if edge.target in starting]
    read = {
        edge.target
        for run in updates.leaving(machine, "run")
        for edge in updates.edges
        if edge.source == run.id and edge.verb in READING and updates.nodes[edge.target].service == "s3"
    }
    return bool(starting) and all(verb == "emit" and source in read for verb, source in told) and bool(told)


def _asking_s(machine: Node, once: int) -> list[int]:
    """Return for each state that waits how long its requests may fail before the last one, whose wait begins anew.

    A function of the workflow asks an outside system, and the program of the approvals a person.
    """
    asking = {"callback": once, "wait": REQUEST_S}
    requests = [asking[state.kind] for state in machine.states if state.kind in asking]
    return [attempts_s(RETRIES, request) - request for request in requests]


def all_attempts_s(steps: int, chained: int, once: int, retries: int, facts: Known) -> int:
    """Return the maximum duration of all steps with their retries, unless the total duration is stated.

    An item of a map that waits for its next attempt keeps its place, so that each round of items lasts as long as all attempts.
    If the total duration is stated, only the last items of a map are retried after it: `chained` of the steps.
    """
    whole = stated_whole_s(facts)
    if not whole:
        return steps * attempts_s(retries, once)
    working = math.ceil(max(1, whole - waits_of(facts)) * SPARE)
    repeated, waited = min(chained * once, working), attempts_s(retries, once) - (retries + 1) * once
    return min(steps * once, working) + retries * repeated + chained * waited


def attempts_s(retries: int, once: int) -> int:
    """Return how long a step may last with all its retries, the waits between them included."""
    return (retries + 1) * once + math.ceil(FIRST_WAIT_S * (BACKOFF**retries - 1) / (BACKOFF - 1))


def steps_of(machine: Node, width: int, worker: str = "") -> int:
    """Return how many tasks a state machine runs in sequence, or how many of them one node runs.

    `width` is how many items are worked on at once, before the next ones.
    """
    return _in_sequence(machine, worker, math.ceil(_items(machine) / width))


def chained_of(machine: Node, worker: str = "") -> int:
    """Return how many tasks of a state machine begin after the one before has ended; all items of a map count as one."""
    return _in_sequence(machine, worker, 1)


def _in_sequence(machine: Node, worker: str, waves: int) -> int:
    own = [state for state in machine.states if not worker or worker in runs_of(state) or not runs_of(state)]
    tasks = sum(state.kind in ("task", "notify", "check") for state in own)
    maps = [1 if worker and runs_of(s) else int(str(s.settings.get("steps", 1))) for s in own if s.kind == "map"]
    return max(1, tasks + waves * sum(maps))


def _items(machine: Node) -> float:
    return number(machine, "map_items") or number(machine, "parallel_items")


def _grouped(waves: int, *, in_array: bool) -> Text | None:
    """Return what is said of the items that are not all worked on at once, and of those of an array job that are."""
    if in_array:
        return _ARRAY_GROUPS if waves > 1 else _ARRAY
    return _GROUPS if waves > 1 else None
