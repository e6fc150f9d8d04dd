"""How long a queue hides a message from other consumers, and how often it delivers one that fails."""

import math

from advisor.architecture import Edge, Node
from advisor.sizing.integration_settings import DEAD_LETTERS, RECEIVES
from advisor.sizing.node_updates import QUEUES, NodeUpdates, is_durable, number
from advisor.sizing.outside_effects import depends_outside
from advisor.sizing.sized import Sized, count, seconds
from advisor.sizing.worker_retries import FEW_RECEIVES, FIRST_S, LONGEST_S, lasts_s, longest_s

PIPE_VISIBILITY_S = 30
#: What a worker is given, beyond its longest run, to delete its message.
DELETES_S = 30
#: For so long at most a message is tried again while another system is out: what always fails is then known within a day.
OUTAGE_S = 86400
#: No queue is given more receives than this, however short its visibility timeout is.
MOST_RECEIVES = 1000


def visibility(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Hide a message for as long as its consumer may need."""
    if edge.verb != "consume" or source.service not in QUEUES:
        return
    worker, sized = _worker(updates, target), Sized()
    times = updates.dated.whole("lambda-sqs-visibility-rule", "count", 6)
    most = updates.dated.whole("sqs-visibility", "s", 43200)
    if worker is None:
        sized.put(
            "visibility_timeout_s", PIPE_VISIBILITY_S, unit="s",
            en="The pipe only forwards the message, which takes less than {visible}.",
            ja="パイプはメッセージを転送するだけで、処理は{visible}未満で終わります。", source="sqs-visibility",
            visible=seconds(PIPE_VISIBILITY_S),
        )  # fmt: skip
        updates.change(source, sized)
        return
    lasts, window = number(worker, "timeout_s", 30), number(worker, "batch_window_s")
    polls = worker.settings.get("run") == "worker"
    needed_s = math.ceil(lasts) + DELETES_S if polls else max(30, math.ceil(times * lasts + window))
    if not worker.service.startswith("lambda"):  # a task may take a message to its end in one go
        needed_s = max(math.ceil(lasts), min(needed_s, int(number(source, "retention_s", 345600) // RECEIVES)))
    before = int(number(source, "visibility_timeout_s")) if "visibility_timeout_s" in source.grounds else 0
    if min(most, needed_s) <= before:
        return  # another consumer of the same queue needs longer
    if polls:
        visible = min(most, needed_s)
        receives = max(FEW_RECEIVES, _through_outage(updates, source, worker, visible))
        _of_worker(sized, lasts, visible, longest_s(receives, visible), most)
        updates.change(source, sized)
        return
    sized.put(
        "visibility_timeout_s", min(most, needed_s), unit="s",
        en=(
            "As AWS recommends, {times} times the consumer timeout of {lasts}" + (", plus the batch window of {window}" if window else "")
            + " (limit of the service: {most})."),
        ja="AWS の推奨に従い、コンシューマーのタイムアウト（{lasts}）の {times} 倍" + ("にバッチウィンドウ {window}を加えた値" if window else "")
        + "としています（サービスの上限は{most}）。",
        source="lambda-sqs-visibility-rule", times=count(times), lasts=seconds(lasts), window=seconds(window),
        most=seconds(most),
    )  # fmt: skip
    updates.change(source, sized)


def _of_worker(sized: Sized, lasts: float, visible: int, longest: int, most: int) -> None:
    """Set the visibility timeout of a queue whose consumer is a container, which hides a failed message as it wants."""
    sized.put(
        "visibility_timeout_s", visible, unit="s",
        en=(
            "The longest run of the consumer, plus 20%, is {lasts}; {margin} are added to delete the message "
            "(maximum {most}). A consumer that works longer extends this time. It makes a failed message visible again after "
            "{first} at first, and after {longest} at most."),
        ja=(
            "コンシューマーの最長の実行時間に 20% の余裕を加えた{lasts}に、メッセージを削除する時間として{margin}を"
            "加えた値です（最大{most}）。処理が長引くとコンシューマーが延長します。失敗したメッセージは、最初の失敗では{first}後、"
            "失敗を繰り返すと最長{longest}後に再び受信できます。"),
        source="sqs-visibility", lasts=seconds(lasts), margin=seconds(DELETES_S), most=seconds(most), first=seconds(FIRST_S),
        longest=seconds(longest),
    )  # fmt: skip


def _worker(updates: NodeUpdates, consumer: Node) -> Node | None:
    """Return the node that processes a message in flight; None for a pipe that starts an asynchronous target."""
    if consumer.service != "eventbridge-pipes":
        return consumer
    started = updates.leaving(consumer, "start")
    waited = started and started[0].service.startswith("lambda") and not is_durable(started[0])
    return started[0] if waited else None


def receives_of_function(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Raise the receive count so that throttled receives do not move a message to the dead-letter queue."""
    if edge.verb != "consume" or source.service not in QUEUES or not target.service.startswith("lambda"):
        return
    least, sized = updates.dated.whole("lambda-sqs-receives", "count", 5), Sized()
    sized.put(
        "max_receive_count", least, unit="count",
        en=(
            "A message that has been received {times} times without being deleted is moved to the "
            "dead-letter queue. Receives during throttling of the function count too."),
        ja=(
            "{times} 回受信しても削除されないメッセージは、デッドレターキューに移動します。関数のスロ"
            "ットリング中の受信も回数に含まれます。"),
        source="lambda-sqs-receives", times=count(least),
    )  # fmt: skip
    updates.change(source, sized)


def receives_through_outage(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Raise the receive count so that an outage of another system does not move all messages to the dead-letter queue.

    For half of the retention that the requirements state, so that each message reaches the dead-letter queue before it
    expires, and for a day at most.
    """
    polls = target.settings.get("run") == "worker"
    if edge.verb != "consume" or source.service not in QUEUES or not (polls or target.service.startswith("lambda")):
        return
    visible = int(number(source, "visibility_timeout_s", 30))
    kept_s, receives = number(source, "retention_s"), _through_outage(updates, source, target, visible)
    if receives <= number(source, "max_receive_count", 1):
        return
    sized = Sized()
    if polls:
        _of_worker_through_outage(sized, kept_s, receives, visible)
        updates.change(source, sized)
        return
    sized.put(
        "max_receive_count", receives, unit="count",
        en=(
            "The consumer calls another system or waits for its answer. A message that fails is received again after {visible}, up to "
            "{times} times, and then moved to the dead-letter queue, so the messages survive an outage of the other system of up to "
            "{within}. The design limits this time to half of the stated retention ({kept}), and to at most {most}."),
        ja=(
            "コンシューマーは、他のシステムを呼び出すか、その応答を待ちます。処理に失敗したメッセージは{visible}後に再び受信し、{times} 回受信"
            "しても失敗した場合にデッドレターキューへ移動するため、他のシステムの最長{within}の停止に耐えられます。この時間は、要件の保持期間"
            "（{kept}）の半分と{most}のうち短いほうまでとしています。"),
        source=DEAD_LETTERS, kept=seconds(kept_s), times=count(receives), visible=seconds(visible),
        within=seconds(receives * visible), most=seconds(OUTAGE_S),
    )  # fmt: skip
    updates.change(source, sized)


def _through_outage(updates: NodeUpdates, source: Node, target: Node, visible: int) -> int:
    """Return how many receives last through an outage of the system on which a consumer depends; 0 if none is bridged.

    `visible` is the visibility timeout of the queue, in seconds.
    """
    consumer, channel = updates.facts_of(target), updates.facts_of(source)
    stated = channel.values.get("retention_s") and "retention_s" not in channel.assumed
    if not depends_outside(consumer.values) or not stated:
        return 0
    each_s = max(LONGEST_S, visible) if target.settings.get("run") == "worker" else visible
    return min(MOST_RECEIVES, int(min(OUTAGE_S, number(source, "retention_s") / 2) // each_s))


def _of_worker_through_outage(sized: Sized, kept_s: float, receives: int, visible: int) -> None:
    """Set the receive count of a queue whose consumer is a container, which hides a failed message for longer and longer."""
    sized.put(
        "max_receive_count", receives, unit="count",
        en=(
            "The consumer calls another system or waits for its answer. A message that fails is received up to {times} times, and then "
            "moved to the dead-letter queue. The wait is 5 s after the first failure, and four times as long after each further one, "
            "{longest} at most, so the messages survive an outage of the other system of up to {within}. The design limits this time "
            "to half of the stated retention ({kept}), and to at most {most}."),
        ja=(
            "コンシューマーは、他のシステムを呼び出すか、その応答を待ちます。処理に失敗したメッセージは {times} 回まで受信し、その後デッドレター"
            "キューへ移動します。再試行までの待ち時間は最初の失敗の後が 5 秒で、失敗するたびに 4 倍になる（最大{longest}）ため、他のシステムの"
            "最長{within}の停止に耐えられます。この時間は、要件の保持期間（{kept}）の半分と{most}のうち短いほうまでとしています。"),
        source=DEAD_LETTERS, kept=seconds(kept_s), times=count(receives), longest=seconds(longest_s(receives, visible)),
        within=seconds(lasts_s(receives, visible)), most=seconds(OUTAGE_S),
    )  # fmt: skip


def receives_of_worker(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Raise the receive count of a worker's queue, whose failed messages come back after seconds."""
    if edge.verb != "consume" or source.service not in QUEUES or target.settings.get("run") != "worker":
        return
    sized = Sized()
    sized.put(
        "max_receive_count", FEW_RECEIVES, unit="count",
        en=(
            "A message that fails {times} times, with a growing wait of 5 s to 60 s in between, is moved to the "
            "dead-letter queue. Faults of a few minutes are retried, and an invalid message does not block the queue."),
        ja=(
            "{times} 回失敗したメッセージはデッドレターキューに移動します（再試行までの待ち時間は 5 秒から 60 秒まで"
            "延びます）。数分間の障害では再試行し、不正なメッセージがキューに滞留し続けることを防ぎます。"),
        source=DEAD_LETTERS, times=count(FEW_RECEIVES),
    )  # fmt: skip
    updates.change(source, sized)


def receives_within_retention(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Reduce the receive count so that all attempts end within the retention period of a message."""
    if edge.verb != "consume" or source.service not in QUEUES:
        return
    receives, visible = number(source, "max_receive_count", 1), number(source, "visibility_timeout_s", 30)
    retention_s, sized = number(source, "retention_s", 345600), Sized()
    if receives * visible <= retention_s:
        return
    fits = max(1, int(retention_s // visible))
    sized.put(
        "max_receive_count", fits, unit="count",
        en=(
            "A message that fails is received again after {visible}. Within the retention of {kept}, it can be received {fits} times."),
        ja="処理に失敗したメッセージは{visible}後に再び受信します。保持期間{kept}の間に受信できるのは {fits} 回です。",
        source=DEAD_LETTERS, kept=seconds(retention_s), fits=count(fits), visible=seconds(visible),
    )  # fmt: skip
    updates.change(source, sized)
