"""Failure modes: possible failures of each part, their handling in the design, and the alarm that detects them."""

from collections.abc import Collection, Iterator

from advisor.architecture import Node
from advisor.architecture.workflow_states import undoes
from advisor.sizing.words import setting_amount
from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Cell, Paragraph, Section, Table, cell, line
from advisor_document.titles import TITLES
from blueprints.plan.monitoring.alarms import Alarm

_INTRO = Text(
    "Messages and events can be delivered more than once, so each step must be idempotent.",
    "メッセージやイベントは重複して届くことがあるため、各処理はべき等にします。",
)
_HEADS = (
    Text("Part", "構成要素"), Text("Failure or warning sign", "障害・予兆"), Text("Handling by the design", "設計での対処"), Text(
        "Detection",
        "検知方法",
    ),
)  # fmt: skip
_NO_ALARM = Text("No alarm", "アラームなし")
_THROTTLED = Text("No alarm (throttled requests count as 4xx errors)", "アラームなし（4xx エラーとして計上）")
#: Verbs that pass a message, an event or a record on to what processes it.
_DELIVERING = ("consume", "deliver", "start", "run", "stream", "emit")
#: Services whose readers read records that stay where they are.
_STREAMS = ("kinesis",)
#: Settings of failures whose last one leaves a message in a dead-letter queue.
_DEAD_LETTERED = ("start_retries", "max_receive_count")
_ALARM_ONLY = Text(
    "An alarm notifies the operators. The response procedure is an open point.",
    "アラームで運用担当者に通知します。対処手順は未決事項です。",
)
_UNHEALTHY = "UnHealthyHostCount"
_TIMED_OUT = "ExecutionsTimedOut"
#: Metrics that do not report a failure, by the setting that handles it.
_UNRELATED: dict[str, tuple[str, ...]] = {
    "timeout_s": ("Throttles", "CPUUtilization", "MemoryUtilization"),
    "retry_attempts": (_TIMED_OUT, "Throttles"),
    "async_retries": ("Throttles",),
    "approval_s": (_TIMED_OUT, "DurableExecutionTimedOut", "Throttles"),
    "callback_s": (_TIMED_OUT, "Throttles"),
}
_REDELIVERED = Text(
    "The message is delivered again after the visibility timeout.",
    "打ち切った処理のメッセージは、可視性タイムアウトの経過後に再配信されます。",
)
#: The same of an endpoint, which waits for what it invokes and does not stop it.
_WAITED = (
    Text("The response takes too long", "応答時間の超過"),
    Text(
        "The endpoint waits up to {value} for the response and then returns an error to the caller. The invoked program keeps running.",
        "応答を最長{value}待ち、それまでに応答がなければ呼び出し元にエラーを返します。呼び出し先の処理は停止しません。",
    ),
)
_ERROR_RETURNED = Text("The caller receives an error.", "呼び出し元にはエラーが返ります。")
_REPLACED = Text(
    "The load balancer stops routing to unhealthy targets, and Amazon ECS replaces their tasks. An alarm notifies the "
    "operators. The response procedure is an open point.",
    "ロードバランサーは異常なターゲットへの転送を停止し、Amazon ECS がそのタスクを置き換えます。アラームで運用担当者に通知します。"
    "対処手順は未決事項です。",
)
_MOVED = Text(
    "The message or event is sent to the dead-letter queue.", "メッセージやイベントをデッドレターキューに送ります。"
)
_NONE = Text(
    "The design contains no information on failure modes. This section is still to be written.",
    "この設計には、障害時の動作に関する情報がありません。この章は後日記載します。",
)
_METRIC = Text("Alarm on the metric {metric}", "メトリクス {metric} のアラーム")

_COMPENSATED = Text(
    "The step is retried up to {value} times. If it still fails, the completed steps are compensated, and the execution fails.",
    "最大 {value} 回再試行します。それでも失敗した場合、完了済みのステップの補償処理を行い、実行は失敗で終了します。",
)

#: Setting -> the failure that it is for, and what it does then; {value} is the setting.
_HANDLED = {
    "retry_attempts": (
        Text("A step fails", "ステップの失敗"),
        Text(
            "The step is retried up to {value} times. If it still fails, the execution fails.",
            "最大 {value} 回再試行します。それでも失敗した場合、実行は失敗で終了します。",
        ),
    ),
    "async_retries": (
        Text("An asynchronous invocation fails", "非同期呼び出しの失敗"),
        Text("Lambda retries the invocation up to {value} times.", "Lambda が呼び出しを最大 {value} 回再試行します。"),
    ),
    "start_retries": (
        Text("A scheduled start fails", "スケジュールによる開始の失敗"),
        Text(
            "The start is retried up to {value} times. If it still fails, the event is sent to the "
            "dead-letter queue.",
            "最大 {value} 回再試行します。それでも失敗した場合、イベントをデッドレターキューに送ります。",
        ),
    ),
    "max_receive_count": (
        Text("Processing of a message fails repeatedly", "メッセージ処理の連続失敗"),
        Text(
            "A message that has been received {value} times without being deleted is moved to the "
            "dead-letter queue.",
            "{value} 回受信しても削除されないメッセージは、デッドレターキューに移動します。",
        ),
    ),
    "timeout_s": (
        Text("Processing takes too long", "処理時間の超過"),
        Text("Processing is stopped after {value}.", "{value}で処理を打ち切ります。"),
    ),
    "retention_s": (
        Text("Messages are not processed within the retention period", "保持期間内に処理されないメッセージ"),
        Text("Messages are retained for {value} and then deleted.", "メッセージを{value}保持し、その後削除します。"),
    ),
    "throttle_rate": (
        Text("More requests than the throttling limit", "スロットリングの上限を超えるリクエスト"),
        Text("Requests above {value} are throttled.", "{value}を超えるリクエストはスロットリングします。"),
    ),
    "approval_s": (
        Text("An approval is not given in time", "承認の遅延"),
        Text("The wait ends after {value}, and the execution fails.", "{value}で待機を終了し、実行は失敗になります。"),
    ),
    "callback_s": (
        Text("An outside system does not answer in time", "外部システムの回答の遅延"),
        Text("The wait ends after {value}, and the execution fails.", "{value}で待機を終了し、実行は失敗になります。"),
    ),
}  # fmt: skip
#: The same of a stream, whose dead-letter queue has no records.
_STREAMED = (
    Text("Records still fail after the last retry", "再試行後も処理できなかったレコード"),
    Text(
        "Their shard ID and sequence numbers are sent to the dead-letter queue. Read the records from the stream before their retention period "
        "ends.",
        "シャード ID とシーケンス番号をデッドレターキューに送ります。レコード本体は、保持期間が終わる前にストリームから読み直してください。",
    ),
)
_BATCH_RETRIED = Text("Lambda retries the batch.", "Lambda はバッチを再試行します。")
_DEAD_LETTERS = Text(
    "A message or event cannot be processed after all retries", "再試行後も処理できなかったメッセージ・イベント"
)
#: The same of what only delivers: whether a subscriber then processes a message is not seen there.
_UNDELIVERED = Text(
    "A message cannot be delivered to a subscriber or target after all retries",
    "再試行後もサブスクライバーやターゲットに配信できなかったメッセージ",
)


def section(context: Context) -> Section:
    """Return the chapter."""
    rows = tuple(_rows(context))
    if not rows:
        return Section("failures", context.say(TITLES["failures"]), (Paragraph(context.line(_NONE)),))
    table = Table(context.say(TITLES["failures"]), tuple(context.say(head) for head in _HEADS), rows, (4, 4, 6, 5))
    intro = (Paragraph(context.line(_INTRO)),) if _repeats(context) else ()
    return Section("failures", context.say(TITLES["failures"]), (*intro, table))


def _repeats(context: Context) -> bool:
    """Return whether messages or events start work, which can then be repeated."""
    return any(edge.verb in _DELIVERING for edge in context.design.architecture.edges)


def _rows(context: Context) -> Iterator[tuple[Cell, ...]]:
    for node in context.design.architecture.nodes:
        name, alarms = cell(context.node(node)), _alarms(context, node)
        handled = [*_handled(context, node)]
        for key, failure, handling in handled:
            yield name, cell(failure), handling, _detection(context, node, key)
        for edge in context.design.architecture.leaving(node.id):
            if edge.flow == "failure" and not any(key in _DEAD_LETTERED for key, _, _ in handled):
                alarms_there = _alarms(context, context.design.architecture.node(edge.target))
                queued = context.design.architecture.node(edge.target).service == "dead-letter-queue"
                handling = context.cell(_MOVED if queued else edge.sentence)
                lost = _UNDELIVERED if node.role == "messaging" else _DEAD_LETTERS
                if queued and node.service in _STREAMS:
                    lost, handling = _STREAMED[0], context.cell(_STREAMED[1])
                yield name, context.cell(lost), handling, _detected(context, alarms_there)
        if alarms and not handled:
            yield (
                name,
                _detected(context, _signs(alarms)),
                context.cell(_only_alarms(context, node)),
                _measured(context, node),
            )


def _signs(alarms: tuple[str, ...]) -> tuple[str, ...]:
    """Return what alarms report without the part, except where only that tells two apart, such as a table and its index."""
    said = [alarm.partition(": ")[2] or alarm for alarm in alarms]
    return tuple(
        (sign if sign[1:2].isdigit() else sign[:1].upper() + sign[1:]) if said.count(sign) == 1 else alarm
        for sign, alarm in zip(said, alarms, strict=True)
    )


def _only_alarms(context: Context, node: Node) -> Text:
    """Return what happens at an alarm: Amazon ECS replaces the tasks that its load balancer finds unhealthy."""
    architecture = context.design.architecture
    targets = [architecture.node(edge.target).service for edge in architecture.leaving(node.id, "invoke")]
    watched = any(alarm.metric == _UNHEALTHY for alarm in _of(context, node))
    return _REPLACED if watched and targets and {*targets} == {"ecs"} else _ALARM_ONLY


def _detected(context: Context, alarms: tuple[str, ...]) -> Cell:
    return tuple(line(alarm) for alarm in alarms) or context.cell(_NO_ALARM)


def _measured(context: Context, node: Node) -> Cell:
    metrics = dict.fromkeys(alarm.metric for alarm in _of(context, node))
    return tuple(line(context.say(_METRIC, metric=metric)) for metric in metrics)


def _detection(context: Context, node: Node, key: str) -> Cell:
    """Return what detects a failure: a failed delivery shows in the dead-letter queue, a failed task in its workflow."""
    if key == "throttle_rate":
        return context.cell(_THROTTLED)
    architecture = context.design.architecture
    queues = [edge.target for edge in architecture.leaving(node.id) if edge.flow == "failure"]
    if key in _DEAD_LETTERED and queues:
        return _detected(context, tuple(alarm for id in queues for alarm in _alarms(context, architecture.node(id))))
    unrelated = _UNRELATED.get(key, ())
    if own := _of(context, node):
        # An execution that takes too long is counted as timed out, and not as failed.
        ended = ("ExecutionsFailed",) if key == "timeout_s" and any(alarm.metric == _TIMED_OUT for alarm in own) else ()
        return _detected(context, _alarms(context, node, (*unrelated, *ended)))
    runners = [architecture.node(edge.source) for edge in architecture.entering(node.id)]
    started = (
        alarm
        for runner in runners
        if runner.role == "workflow"
        for alarm in _alarms(context, runner, (*unrelated, _TIMED_OUT))
    )
    return _detected(context, tuple(dict.fromkeys(started)))


def _handled(context: Context, node: Node) -> Iterator[tuple[str, str, Cell]]:
    waits = {"timeout_s": _WAITED} if node.role == "entry" else {}
    for key, (failure, handling) in (_HANDLED | waits).items():
        if key in node.grounds and not (key == "retention_s" and not _keeps(node)):
            value = setting_amount(node, key)
            undone = key == "retry_attempts" and (node.settings.get("compensation") or any(map(undoes, node.states)))
            said = [context.say(_COMPENSATED if undone else handling, value=context.say(value))]
            said += [context.say(text) for text in _after(context, node) if key == "timeout_s"]
            yield key, context.say(failure), cell((" " if context.lang == "en" else "").join(said))


def _after(context: Context, node: Node) -> Iterator[Text]:
    """Yield what follows when a run of a node is stopped."""
    architecture = context.design.architecture
    sources = [(edge.verb, architecture.node(edge.source)) for edge in architecture.entering(node.id)]
    if any(verb == "consume" and source.service in ("sqs", "sqs-fifo") for verb, source in sources):
        yield _REDELIVERED
    if any(verb == "consume" and source.service in _STREAMS for verb, source in sources):
        yield _BATCH_RETRIED
    if any(verb == "invoke" and source.role == "entry" for verb, source in sources):
        yield _ERROR_RETURNED


def _keeps(node: Node) -> bool:
    """Return whether a retention is about messages that wait, and not about data that stays."""
    return node.role in ("messaging", "buffer", "queue") or node.service == "dead-letter-queue"


def _alarms(context: Context, node: Node, but: Collection[str] = ()) -> tuple[str, ...]:
    """Return what the alarms of a node report, without those of some metrics."""
    return tuple(dict.fromkeys(context.condition(alarm) for alarm in _of(context, node) if alarm.metric not in but))


def _of(context: Context, node: Node) -> tuple[Alarm, ...]:
    return tuple(alarm for alarm in context.plan.alarms if alarm.node == node.id and not alarm.expires)
