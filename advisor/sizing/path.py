"""Settings that follow from the neighbours, so that a whole path is coherent.

A front end waits for its function, a queue hides a message as long as its consumer may need, a state machine lasts
as long as its work with every retry, and a dead-letter queue keeps what its source gave up.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from advisor.architecture import Edge, Node
from advisor.derive import Known
from advisor.sizing.batches import changes_in_batches, messages_in_batches, records_in_batches
from advisor.sizing.passing import BACKOFF, FIRST_WAIT_S
from advisor.sizing.sized import Dated, Sized, count, seconds
from advisor.sizing.work import longest_function_s

QUEUES = ("sqs", "sqs-fifo")
APPROVAL_S = 7 * 86400
INLINE_CONCURRENCY, DISTRIBUTED_CONCURRENCY = 40, 1000
PIPE_VISIBILITY_S = 30
DURATION = {
    "step-functions-standard": "sfn-standard-duration",
    "step-functions-distributed-map": "sfn-standard-duration",
    "step-functions-express": "sfn-express-duration",
}


def number(node: Node, key: str, otherwise: float = 0) -> float:
    """Return a setting of a node as a number."""
    return float(str(node.settings.get(key, otherwise)))


class Fitting:
    """The nodes while their settings are made to fit each other."""

    def __init__(self, nodes: Iterable[Node], edges: tuple[Edge, ...], facts: Mapping[str, Known], dated: Dated):
        self.nodes = {node.id: node for node in nodes}
        self.edges, self.facts, self.dated = edges, facts, dated

    def known(self, node: Node) -> Known:
        """Return what is known about a node's subject."""
        return self.facts[node.subject]

    def leaving(self, node: Node, verb: str) -> list[Node]:
        """Return where the edges with a verb lead from a node."""
        return [self.nodes[e.target] for e in self.edges if e.source == node.id and e.verb == verb]

    def change(self, node: Node, made: Sized) -> None:
        """Add settings to a node, with their grounds."""
        self.nodes[node.id] = replace(
            node, settings={**node.settings, **made.settings}, grounds={**node.grounds, **made.grounds}
        )


def fitted(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], facts: Mapping[str, Known], dated: Dated
) -> tuple[Node, ...]:
    """Return the nodes with the settings that follow from what they are connected to."""
    fitting = Fitting(nodes, edges, facts, dated)
    for step in _STEPS:
        for edge in edges:
            step(fitting, edge, fitting.nodes[edge.source], fitting.nodes[edge.target])
    return tuple(fitting.nodes.values())


def _function_behind_front(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "invoke" or source.role != "entry" or not target.service.startswith("lambda"):
        return
    waits = int(number(source, "timeout_s", 29))
    most = fitting.dated.whole(longest_function_s(target.service), "s", 900)
    made = Sized()
    made.put(
        "timeout_s", min(most, waits), "s",
        "The front end waits {waits}; a function that ran on would work for nobody.",
        "受け口が待つのは{waits}です。それより長く動いても応答を受け取る相手がいません。",
        longest_function_s(target.service), waits=seconds(waits),
    )  # fmt: skip
    fitting.change(target, made)


def _batch(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if target.service != "lambda":
        return
    known = fitting.known(target)
    if edge.verb == "consume" and source.service in QUEUES:
        fitting.change(target, messages_in_batches(known, fitting.known(source), source, fitting.dated))
    elif edge.verb == "consume" and source.service == "kinesis":
        fitting.change(target, records_in_batches(number(source, "message_bytes"), fitting.dated))
    elif edge.verb == "stream":
        fitting.change(target, changes_in_batches(fitting.known(source).values, fitting.dated))


def _caller(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    """Let a program run at least as long as what it calls, where no front end waits for the program itself."""
    waited = target.role == "entry" or target.service.startswith("lambda")
    fronted = any(e.verb == "invoke" and e.target == source.id for e in fitting.edges)
    lasts, own = int(number(target, "timeout_s")), int(number(source, "timeout_s"))
    if edge.verb != "call" or not waited or fronted or "timeout_s" not in source.settings or lasts <= own:
        return
    function, made = source.service.startswith("lambda"), Sized()
    most = fitting.dated.whole(longest_function_s(source.service), "s", 900) if function else lasts
    made.put(
        "timeout_s", min(most, lasts), "s", "It waits for what it calls, which may take {lasts}.",
        "呼び出し先の応答に最長{lasts}かかり、それを待ちます。", longest_function_s(source.service) if function else "",
        lasts=seconds(lasts),
    )  # fmt: skip
    fitting.change(source, made)


def _async(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    starts = edge.verb in ("start", "consume", "deliver") and source.service in _ASYNC
    if not starts or not target.service.startswith("lambda"):
        return
    retries, age = fitting.dated.whole("lambda-async-retries", "count", 2), "lambda-async-event-age"
    made = Sized()
    made.put(
        "async_retries", retries, "count",
        "Lambda runs a function that fails {retries} times more when it was invoked asynchronously.",
        "非同期で呼び出された関数が失敗すると、Lambda が {retries} 回まで再実行します。",
        "lambda-async-retries", retries=count(retries),
    )  # fmt: skip
    kept = fitting.dated.whole(age, "s", 21600)
    made.put(
        "async_age_s", kept, "s", "Lambda keeps the event for {kept} and then drops it.",
        "Lambda はイベントを{kept}保持し、その後は破棄します。", age, kept=seconds(kept),
    )  # fmt: skip
    fitting.change(target, made)


_ASYNC = ("eventbridge-bus", "sns", "eventbridge-scheduler")


def _visibility(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "consume" or source.service not in QUEUES:
        return
    worker, made = _worker(fitting, target), Sized()
    times = fitting.dated.whole("lambda-sqs-visibility-rule", "count", 6)
    most = fitting.dated.whole("sqs-visibility", "s", 43200)
    if worker is None:
        made.put(
            "visibility_timeout_s", PIPE_VISIBILITY_S, "s",
            "The pipe only hands the message on; that takes less than {visible}.",
            "パイプはメッセージを渡すだけなので、{visible}もかかりません。", "sqs-visibility",
            visible=seconds(PIPE_VISIBILITY_S),
        )  # fmt: skip
        fitting.change(source, made)
        return
    lasts, window = number(worker, "timeout_s", 30), number(worker, "batch_window_s")
    wanted = max(30, math.ceil(times * lasts + window))
    before = int(number(source, "visibility_timeout_s")) if "visibility_timeout_s" in source.grounds else 0
    if min(most, wanted) <= before:
        return  # another consumer of the same queue needs longer
    made.put(
        "visibility_timeout_s", min(most, wanted), "s",
        "{times} times the {lasts} that the consumer may take, and the {window} of the batch window; at most {most}.",
        "受信側のタイムアウト {lasts}の {times} 倍にバッチウィンドウ {window}を加えた値です（最大{most}）。",
        "lambda-sqs-visibility-rule", times=count(times), lasts=seconds(lasts), window=seconds(window),
        most=seconds(most),
    )  # fmt: skip
    fitting.change(source, made)


def _worker(fitting: Fitting, consumer: Node) -> Node | None:
    """Return what holds a message while it is worked on; None for a pipe that starts something and goes on."""
    if consumer.service != "eventbridge-pipes":
        return consumer
    started = fitting.leaving(consumer, "start")
    return started[0] if started and started[0].service.startswith("lambda") else None


def _kept_long_enough(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    """Keep a message until every receive is over: longer where nobody said how long, else with fewer receives."""
    if edge.verb != "consume" or source.service not in QUEUES:
        return
    receives, visible = number(source, "max_receive_count", 1), number(source, "visibility_timeout_s", 30)
    kept, made = number(source, "retention_s", 345600), Sized()
    if receives * visible <= kept:
        return
    fits = max(1, int(kept // visible))
    made.put(
        "max_receive_count", fits, "count",
        "In the {kept} for which messages are kept, {fits} receives of {visible} each can end.",
        "メッセージを保持する{kept}のうちに終えられるのは、{visible}の受信 {fits} 回までです。",
        "sqs-dlq-redrive", kept=seconds(kept), fits=count(fits), visible=seconds(visible),
    )  # fmt: skip
    fitting.change(source, made)


def _workflow(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "run" or source.service not in DURATION:
        return
    fact = DURATION[source.service]
    most = fitting.dated.whole(fact, "s", 31536000)
    steps, once = steps_of(source), math.ceil(number(target, "timeout_s", 30))
    asked, made = int(number(source, "retry_attempts", 3)), Sized()
    waits = APPROVAL_S if source.settings.get("human_approval") else 0
    retries = max((r for r in range(asked + 1) if steps * attempts_s(r, once) + waits <= most), default=0)
    if retries < asked:
        made.put(
            "retry_attempts", retries, "count",
            "Within {most} there is time for {retries} retries of {once} in each of {steps} steps.",
            "{most}以内に収まる再試行は、{steps} ステップ・各{once}で {retries} 回までです。",
            fact, most=seconds(most), retries=count(retries), once=seconds(once), steps=count(steps),
        )  # fmt: skip
    made.put(
        "timeout_s", min(most, steps * attempts_s(retries, once) + waits), "s",
        "{steps} steps of {once}, each tried {tries} times with its waits between, and {waits} for people.",
        "{steps} ステップ・各{once}を待ち時間を挟んで最大 {tries} 回試み、人の承認に{waits}を見込みます。",
        fact, steps=count(steps), once=seconds(once), tries=count(retries + 1), waits=seconds(waits),
    )  # fmt: skip
    fitting.change(source, made)


def attempts_s(retries: int, once: int) -> int:
    """Return how long a step may last with all its retries, the waits between them included."""
    return (retries + 1) * once + math.ceil(FIRST_WAIT_S * (BACKOFF**retries - 1) / (BACKOFF - 1))


def steps_of(machine: Node) -> int:
    """Return how many pieces of work follow one another in a state machine."""
    tasks = sum(state.kind in ("task", "notify") for state in machine.states)
    items = number(machine, "parallel_items")
    at_once = DISTRIBUTED_CONCURRENCY if machine.service == "step-functions-distributed-map" else INLINE_CONCURRENCY
    waves = math.ceil(items / at_once) if any(state.kind == "map" for state in machine.states) else 0
    return max(1, tasks + waves)


def _dead_letters(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "dead-letter":
        return
    most, made = fitting.dated.whole("sqs-retention", "s", 1209600), Sized()
    made.put(
        "retention_s",
        most,
        "s",
        "As long as a queue can keep a message: it ages from the day it was first sent, not from when it failed.",
        "キューが保持できる最長の期間です。保持期間は失敗時ではなく最初の送信時から数えます。",
        "sqs-retention",
    )
    fitting.change(target, made)


_STEPS: tuple[Callable[[Fitting, Edge, Node, Node], None], ...] = (
    _function_behind_front, _batch, *[_caller] * 3, _async, _visibility, _kept_long_enough, _workflow, _dead_letters,
)  # fmt: skip
