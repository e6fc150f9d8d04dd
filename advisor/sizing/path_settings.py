"""Settings that follow from connected nodes, so that a whole path is consistent.

A front end waits for its function, a queue hides a message as long as its consumer may need, a state machine lasts
as long as its work with every retry, and a dead-letter queue keeps what its source gave up.
"""

import math
from collections.abc import Callable, Mapping

from advisor.architecture import Edge, Node
from advisor.book import DatedBook
from advisor.sizing.address_limits import limit_addresses
from advisor.sizing.batches import (
    arrivals,
    changes_in_batches,
    concurrency_at_peak,
    messages_in_batches,
    records_in_batches,
    records_in_objects,
)
from advisor.sizing.combining_time import outlast_combining
from advisor.sizing.compute_settings import longest_function_s
from advisor.sizing.database_capacity import set_most_capacity
from advisor.sizing.integration_settings import endpoint_waits_s
from advisor.sizing.item_messages import set_item_messages
from advisor.sizing.jobs import set_jobs, set_map_width
from advisor.sizing.node_updates import FIFO, QUEUES, NodeUpdates, is_durable, number, variant
from advisor.sizing.outside_effects import set_effect_once
from advisor.sizing.paused_databases import keep_awake, outlast_resume, pause_search
from advisor.sizing.peak_backlogs import set_peak_wait
from advisor.sizing.scaling import set_scaling
from advisor.sizing.service_settings import with_own_settings
from advisor.sizing.sized import Sized, count, rate, seconds
from advisor.sizing.state_machine_time import set_machine_timeout
from advisor.sizing.stream_readers import FIRST_SHARDS, concurrent_batches, readers, shards_for_peak
from advisor.sizing.visibility import (
    receives_of_function,
    receives_of_worker,
    receives_through_outage,
    receives_within_retention,
    visibility,
)
from advisor.sizing.warm_throughput import set_warm_throughput
from advisor.verdict.known import Known

#: Copies that follow nothing by themselves.
FIXED = ("ec2",)


def with_path_settings(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], facts: Mapping[str, Known], dated: DatedBook
) -> tuple[Node, ...]:
    """Return the nodes with settings derived from their connections, and the reasons of existing settings."""
    updates = NodeUpdates(nodes, edges, facts, dated)
    for node in nodes:
        set_jobs(updates, node)  # before the timeouts and connections, which depend on how many jobs run at once
    for step in _STEPS:
        for edge in edges:
            step(updates, edge, updates.nodes[edge.source], updates.nodes[edge.target])
    for node in tuple(updates.nodes.values()):
        set_scaling(updates, node)
        set_warm_throughput(updates, node)
    for node in tuple(updates.nodes.values()):
        set_effect_once(updates, node)
        set_item_messages(updates, node)
        set_peak_wait(updates, node)
    return with_own_settings(updates.nodes.values())


def _function_behind_front(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "invoke" or source.role != "entry" or not target.service.startswith("lambda"):
        return
    waits, lasting = int(number(source, "timeout_s", 29)), endpoint_waits_s(source, updates.dated)
    most = updates.dated.whole(longest_function_s(variant(target)), "s", 900)
    en = "The endpoint times out after {waits}. A caller does not receive the result of a function that runs longer."
    ja = "エンドポイントは{waits}でタイムアウトします。関数がそれより長く実行されても、呼び出し元は結果を受け取れません。"
    if lasting > waits:
        en = "This design ends a request after {waits}, so that no stuck request runs on. The endpoint itself waits for up to {lasting}."
        ja = "応答しないリクエストが動き続けないよう、本設計では{waits}で打ち切ります。エンドポイント自体は最長{lasting}待ちます。"
    sized = Sized()
    sized.put(
        "timeout_s", min(most, waits), unit="s", en=en, ja=ja, source=longest_function_s(variant(target)),
        waits=seconds(waits), lasting=seconds(lasting),
    )  # fmt: skip
    updates.change(target, sized)


def _batch(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    if target.service != "lambda":
        return
    if edge.verb == "consume" and source.service in QUEUES:
        within, facts = _time_for_batch(updates, source, target), updates.facts_of(target)
        channel, answering = updates.facts_of(source), _answering(updates)
        others = _polling(updates, edge)
        updates.change(target, messages_in_batches(facts, channel, source, updates.dated, within, answering, others))
    elif edge.verb == "consume" and source.service == "kinesis":
        _read_stream(updates, source, target)
    elif edge.verb == "stream":
        consumer, store = updates.facts_of(target), updates.facts_of(source)
        updates.change(target, changes_in_batches(consumer, store.values, updates.dated))


def _shards(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Give a stream the shards that its readers need, before any of them is sized: all of them read every shard."""
    if source.service != "kinesis" or edge.verb not in _STREAM_READS:
        return
    if not source.settings.get("provisioned"):
        reading = sum(one.source == source.id and one.verb in _STREAM_READS for one in updates.edges)
        updates.change(source, shards_for_peak(updates.facts_of(source), int(number(source, "shards")), reading))
    if target.service == "lambda" and edge.verb == "consume":
        source = updates.nodes[source.id]
        shards = max(FIRST_SHARDS, int(number(source, "shards")))
        updates.change(source, readers(updates.facts_of(target), updates.facts_of(source), shards, updates.dated)[1])


def _in_order(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Have a container take one message of a FIFO queue at a time.

    Of several, those behind a failed one of their group would be received in vain again and again, until their receive count
    moves them to the dead-letter queue unprocessed. SQS releases no later message of a group while one is in flight:
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
    (read 2026-12-01).
    """
    if edge.verb != "consume" or source.service != FIFO or target.settings.get("run") != "worker":
        return
    sized = Sized()
    sized.settings["batch_size"] = 1
    updates.change(target, sized)


#: What a function does besides writing, for which records must not wait.
_DOING = ("read", "read-write", "publish", "call", "start", "invoke", "push", "deliver")
#: Connections over which records of a stream are read.
_STREAM_READS = ("consume", "deliver")


def _read_stream(updates: NodeUpdates, stream: Node, function: Node) -> None:
    """Set what a function reads of a stream at once, and the shards that this takes."""
    consumer, channel = updates.facts_of(function), updates.facts_of(stream)
    shards = max(FIRST_SHARDS, int(number(stream, "shards")))
    read, _ = readers(consumer, channel, shards, updates.dated)
    parallel = int(str(read.settings.get("parallelization", 1)))
    in_batches = records_in_objects if _only_archives(updates, function) else records_in_batches
    # Each change is beside what was just set of the function.
    for sized in (
        in_batches(consumer, number(stream, "message_bytes"), updates.dated),
        read,
        concurrent_batches(shards, parallel, at_first=shards > int(number(stream, "shards"))),
    ):
        updates.change(updates.nodes[function.id], sized)


def _only_archives(updates: NodeUpdates, function: Node) -> bool:
    """Return whether a function only writes to buckets that nothing else uses: nobody waits for a record."""
    kept = {edge.target for edge in updates.edges if edge.source == function.id and edge.verb == "write"}
    others = [edge for edge in updates.edges if function.id != edge.source and kept & {edge.source, edge.target}]
    does = [edge.verb for edge in updates.edges if edge.source == function.id and edge.verb in _DOING]
    return bool(kept) and not others and not does and all(updates.nodes[id].service == "s3" for id in kept)


def _answering(updates: NodeUpdates) -> int:
    """Return the concurrency that functions need to answer callers, where their rate and time are stated."""
    answering = {edge.target for edge in updates.edges if edge.verb == "invoke"}
    functions = [node for id, node in updates.nodes.items() if id in answering and node.service.startswith("lambda")]
    return sum(_concurrency_of_caller(updates.facts_of(node)) for node in functions)


def _polling(updates: NodeUpdates, but: Edge) -> tuple[int, int]:
    """Return the concurrency that functions need for the messages of queues, except over one connection.

    The first is that of functions with a stated limit, the second that of the others.
    """
    polls = [
        (updates.nodes[edge.source], updates.nodes[edge.target])
        for edge in updates.edges
        if edge.verb == "consume" and edge != but
    ]
    known = [
        (updates.facts_of(function), updates.facts_of(queue))
        for queue, function in polls
        if queue.service in QUEUES and function.service == "lambda"
    ]
    needs = [(bool(one.values.get("most_at_once")), concurrency_at_peak(one, channel)) for one, channel in known]
    return sum(need for stated, need in needs if stated), sum(need for stated, need in needs if not stated)


def _concurrency_of_caller(known: Known) -> int:
    stated = set(known.values) - known.assumed
    times = [(key, share) for key, share in _ANSWER_TIMES if key in stated]
    if not times or not {"rate_average_rps", "rate_peak_rps"} & stated:
        return 0
    key, share = times[0]
    return math.ceil(round(float(known.values["rate_peak_rps"]) * float(known.values[key]) * share, 6))


#: What says how long an answer takes, the best first: usually half of what it takes at most.
_ANSWER_TIMES = (("typical_run_s", 1.0), ("longest_run_s", 0.5), ("response_s", 0.5))


def _time_for_batch(updates: NodeUpdates, queue: Node, function: Node) -> float:
    """Return how long a function may take for a batch of a queue, so that its messages do not expire meanwhile."""
    times = updates.dated.whole("lambda-sqs-visibility-rule", "count", 6)
    visible_s = number(queue, "retention_s", 345600) / times
    fronts = [e for e in updates.edges if e.verb == "invoke" and e.target == function.id]
    return min([visible_s, *(number(updates.nodes[e.source], "timeout_s", 29) for e in fronts)])


def _workers(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Set the number of copies that keeps up with the average rate of a queue, if the rate is stated and nothing scales it."""
    if edge.verb != "consume" or source.service not in QUEUES or target.service not in FIXED:
        return
    consumer, channel = updates.facts_of(target), updates.facts_of(source)
    stated = consumer.rated or channel.rated
    average, typical = arrivals(consumer, channel)[0], float(consumer.values.get("typical_run_s", 0))
    needed = math.ceil(round(average * typical, 6))
    if not stated or needed <= number(target, "desired_count"):
        return
    sized = Sized()
    sized.put(
        "desired_count", needed, unit="count",
        en=(
            "The average rate of {average} at {typical} per message. Each instance processes one "
            "message at a time."),
        ja=(
            "平均{average}、1 件あたり{typical}から算出した値です。1 インスタンスは 1 件ずつ処"
            "理します。"), source="", average=rate(average),
        typical=seconds(typical),
    )  # fmt: skip
    updates.change(target, sized)


def _caller(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Extend the timeout of a program to that of its dependencies, unless a front end waits for the program."""
    if is_durable(target):
        return  # started, and not waited for
    waited = target.role == "entry" or target.service.startswith("lambda")
    fronted = any(e.verb == "invoke" and e.target == source.id for e in updates.edges)
    lasts, own = int(number(target, "timeout_s")), int(number(source, "timeout_s"))
    if edge.verb != "call" or not waited or fronted or "timeout_s" not in source.settings or lasts <= own:
        return
    function, sized = source.service.startswith("lambda"), Sized()
    most = updates.dated.whole(longest_function_s(variant(source)), "s", 900) if function else lasts
    sized.put(
        "timeout_s", min(most, lasts), unit="s", en="The program waits for the components that it calls, for up to {lasts}.",
        ja="呼び出し先のコンポーネントの応答を最長{lasts}待ちます。", source=longest_function_s(variant(source)) if function else "",
        lasts=seconds(lasts),
    )  # fmt: skip
    updates.change(source, sized)


def _async(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    starts = edge.verb in ("start", "consume", "deliver") and source.service in _ASYNC
    if not starts or not target.service.startswith("lambda") or is_durable(target):
        return
    retries, age = updates.dated.whole("lambda-async-retries", "count", 2), "lambda-async-event-age"
    sized = Sized()
    sized.put(
        "async_retries", retries, unit="count",
        en="Lambda retries a failed asynchronous invocation up to {retries} times.",
        ja="非同期呼び出しが失敗すると、Lambda が {retries} 回まで再試行します。",
        source="lambda-async-retries", retries=count(retries),
    )  # fmt: skip
    event_age_s = updates.dated.whole(age, "s", 21600)
    en, ja = _THEN[bool(updates.leaving(target, "dead-letter"))]
    sized.put(
        "async_age_s", event_age_s, unit="s", en=f"Lambda keeps the event for {{kept}}, and then {en}.", ja=f"Lambda はイベントを{{kept}}保持し、その後{ja}。", source=age, kept=seconds(event_age_s),
    )  # fmt: skip
    updates.change(target, sized)


_THEN = ("discards it", "破棄します"), ("sends it to the dead-letter queue", "デッドレターキューに送ります")
_ASYNC = ("eventbridge-bus", "sns", "eventbridge-scheduler")


def _dead_letters(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    if edge.verb != "dead-letter":
        return
    most, sized = updates.dated.whole("sqs-retention", "s", 1209600), Sized()
    # Only a queue moves a message on with the time at which it was sent.
    en = (
        " For a standard queue, the age of a message is measured from the time it was first sent to the source queue, "
        "not from its move to the dead-letter queue."
    )
    ja = "標準キューでは、保持期間はデッドレターキューへの移動時ではなく、元のキューに送信された時点から数えます。"
    sized.put(
        "retention_s",
        most,
        unit="s",
        en="The maximum retention of a queue." + (en if source.service == "sqs" else ""),
        ja="キューの保持期間の最大値です。" + (ja if source.service == "sqs" else ""),
        source="sqs-retention",
    )
    updates.change(target, sized)


_STEPS: tuple[Callable[[NodeUpdates, Edge, Node, Node], None], ...] = (
    _shards, _batch, _in_order, _function_behind_front, keep_awake, outlast_resume, pause_search, _workers, *[_caller] * 3, _async, visibility, receives_of_function, receives_of_worker,
    receives_through_outage, receives_within_retention,
    set_map_width, outlast_combining, set_machine_timeout, _dead_letters, set_most_capacity, limit_addresses,
)  # fmt: skip
