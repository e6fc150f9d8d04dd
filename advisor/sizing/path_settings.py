"""Settings that follow from the neighbours, so that a whole path is coherent.

A front end waits for its function, a queue hides a message as long as its consumer may need, a state machine lasts
as long as its work with every retry, and a dead-letter queue keeps what its source gave up.
"""

import math
from collections.abc import Callable, Mapping

from advisor.architecture import Edge, Node
from advisor.book import DatedBook
from advisor.sizing.batches import arrivals, changes_in_batches, messages_in_batches, records_in_batches
from advisor.sizing.compute_settings import longest_function_s
from advisor.sizing.integration_settings import RECEIVES
from advisor.sizing.node_updates import QUEUES, Fitting, is_durable, number, variant
from advisor.sizing.service_settings import with_own_settings
from advisor.sizing.sized import Sized, count, rate, seconds
from advisor.sizing.state_machine_time import time_for_all
from advisor.verdict.derived_facts import Known

CONTAINERS = ("ecs", "eks", "ec2")
PIPE_VISIBILITY_S = 30


def fitted(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], facts: Mapping[str, Known], dated: DatedBook
) -> tuple[Node, ...]:
    """Return the nodes with the settings that follow from what they are connected to, and grounds of those they have."""
    fitting = Fitting(nodes, edges, facts, dated)
    for step in _STEPS:
        for edge in edges:
            step(fitting, edge, fitting.nodes[edge.source], fitting.nodes[edge.target])
    return with_own_settings(fitting.nodes.values())


def _function_behind_front(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "invoke" or source.role != "entry" or not target.service.startswith("lambda"):
        return
    waits = int(number(source, "timeout_s", 29))
    most = fitting.dated.whole(longest_function_s(variant(target)), "s", 900)
    made = Sized()
    made.put(
        "timeout_s", min(most, waits), "s",
        "The front end waits {waits}; a function that ran on would work for nobody.",
        "受け口が待つのは{waits}です。それより長く動いても応答を受け取る相手がいません。",
        longest_function_s(variant(target)), waits=seconds(waits),
    )  # fmt: skip
    fitting.change(target, made)


def _batch(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    if target.service != "lambda":
        return
    if edge.verb == "consume" and source.service in QUEUES:
        within, known = _time_there_is(fitting, source, target), fitting.known(target)
        fitting.change(target, messages_in_batches(known, fitting.known(source), source, fitting.dated, within))
    elif edge.verb == "consume" and source.service == "kinesis":
        fitting.change(target, records_in_batches(number(source, "message_bytes"), fitting.dated))
    elif edge.verb == "stream":
        fitting.change(target, changes_in_batches(fitting.known(source).values, fitting.dated))


def _time_there_is(fitting: Fitting, queue: Node, function: Node) -> float:
    """Return how long a function may take for what a queue hands it, so that the message is still there afterwards."""
    times = fitting.dated.whole("lambda-sqs-visibility-rule", "count", 6)
    kept = number(queue, "retention_s", 345600) / times
    fronts = [e for e in fitting.edges if e.verb == "invoke" and e.target == function.id]
    return min([kept, *(number(fitting.nodes[e.source], "timeout_s", 29) for e in fronts)])


def _workers(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    """Run as many tasks as keep up with a queue on average, where somebody said how much comes."""
    if edge.verb != "consume" or source.service not in QUEUES or target.service not in CONTAINERS:
        return
    consumer, channel = fitting.known(target), fitting.known(source)
    stated = any({"rate_average_rps", "rate_peak_rps"} & set(k.values) - k.assumed for k in (consumer, channel))
    average, typical = arrivals(consumer, channel)[0], float(consumer.values.get("typical_run_s", 0))
    needed = math.ceil(round(average * typical, 6))
    if not stated or needed <= number(target, "desired_count"):
        return
    made, load = Sized(), {"average": rate(average), "typical": seconds(typical)}
    en = "{average} on average, each {typical} long, one message at a time in each copy"
    ja = "平均{average}、1 件あたり{typical}で、それぞれ 1 件ずつ処理します"
    if target.service == "ecs":
        most = fitting.dated.whole("ecs-service-quotas", "count", 5000)
        made.put(
            "desired_count", min(most, needed), "count", en + "; at most {most}.", ja + "（最大{most}）。",
            "ecs-service-quotas", most=count(most), **load,
        )  # fmt: skip
    else:
        made.put("desired_count", needed, "count", en + ".", ja + "。", "", **load)
    fitting.change(target, made)


def _caller(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    """Let a program run at least as long as what it calls, where no front end waits for the program itself."""
    if is_durable(target):
        return  # started, and not waited for
    waited = target.role == "entry" or target.service.startswith("lambda")
    fronted = any(e.verb == "invoke" and e.target == source.id for e in fitting.edges)
    lasts, own = int(number(target, "timeout_s")), int(number(source, "timeout_s"))
    if edge.verb != "call" or not waited or fronted or "timeout_s" not in source.settings or lasts <= own:
        return
    function, made = source.service.startswith("lambda"), Sized()
    most = fitting.dated.whole(longest_function_s(variant(source)), "s", 900) if function else lasts
    made.put(
        "timeout_s", min(most, lasts), "s", "It waits for what it calls, which may take {lasts}.",
        "呼び出し先の応答に最長{lasts}かかり、それを待ちます。", longest_function_s(variant(source)) if function else "",
        lasts=seconds(lasts),
    )  # fmt: skip
    fitting.change(source, made)


def _async(fitting: Fitting, edge: Edge, source: Node, target: Node) -> None:
    starts = edge.verb in ("start", "consume", "deliver") and source.service in _ASYNC
    if not starts or not target.service.startswith("lambda") or is_durable(target):
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
    if not worker.service.startswith("lambda"):  # a task may take a message to its end in one go
        wanted = max(math.ceil(lasts), min(wanted, int(number(source, "retention_s", 345600) // RECEIVES)))
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
    waited = started and started[0].service.startswith("lambda") and not is_durable(started[0])
    return started[0] if waited else None


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
    _batch, _function_behind_front, _workers, *[_caller] * 3, _async, _visibility, _kept_long_enough, time_for_all, _dead_letters,
)  # fmt: skip
