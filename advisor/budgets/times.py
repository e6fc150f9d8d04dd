"""Loads of an edge by time: timeouts, attempts, retention of messages, lifetime of connections."""

import math
from collections.abc import Callable

from advisor.architecture import Edge, Node
from advisor.budgets.flow import Flow
from advisor.budgets.measurement import Allowed, Load, phrase
from advisor.budgets.scans import longest_scan, storage_throughput
from advisor.sizing.integration_settings import RETRYING
from advisor.sizing.items_at_once import items_at_once
from advisor.sizing.jobs import MAP_PAGE
from advisor.sizing.node_updates import QUEUES, is_durable, number
from advisor.sizing.service_settings import has_setting
from advisor.sizing.sized import count, seconds
from advisor.sizing.state_machine_time import all_attempts_s, chained_of, steps_of
from advisor.text import Text
from advisor.verdict.arrivals import RATES

#: A judgment: at most three layers with four attempts each. The source of RETRYING recommends retries in one layer.
MOST_EXECUTIONS = 64.0
_MESSAGES = ("{n} messages × {each}", "メッセージ {n} 件 × {each}")


def _answer(flow: Flow, edge: Edge) -> Load | None:
    values = flow.component(edge)
    if values.get("response_s") is None or values.get("streaming"):
        return None
    return Load(float(values["response_s"]), "s", Text("the response", "応答まで"))


def _streamed_answer(flow: Flow, edge: Edge) -> Load | None:
    values = flow.component(edge)
    if values.get("response_s") is None or not values.get("streaming"):
        return None
    return Load(float(values["response_s"]), "s", Text("the streamed response", "ストリーミング応答"))


def _stated_run(flow: Flow, edge: Edge) -> Load | None:
    """The run of a function whose caller waits: longer than the response may take, it is late however long it may last."""
    target = flow.target(edge)
    if flow.is_suspended(target) or not flow.stated(target, "longest_run_s"):
        return None
    return Load(
        float(flow.facts[target.subject].values["longest_run_s"]), "s", Text("the longest run", "最長の実行時間")
    )


def _function_lasts(flow: Flow, edge: Edge) -> Load:
    target = flow.target(edge)
    longest = float(flow.facts[target.subject].values["longest_run_s"])
    lasts = number(target, "timeout_s", 30)
    if longest > lasts and flow.stated(target, "longest_run_s") and not flow.is_suspended(target):
        return Load(longest, "s", Text("the longest run", "最長の実行時間"))
    return Load(lasts, "s", Text("the function's timeout", "関数のタイムアウト"))


def _work(flow: Flow, edge: Edge) -> Load | None:
    target = flow.target(edge)
    facts = flow.facts.get(target.subject)
    if facts is None or "longest_run_s" not in facts.values or flow.is_suspended(target):
        return None
    longest = float(facts.values["longest_run_s"])
    of_records = edge.verb == "stream" or flow.source(edge).service == "kinesis"
    # A function works on the messages or records of a batch one after the other.
    batched = of_records or flow.source(edge).service in QUEUES
    batch = number(target, "batch_size", 1) if batched else 1
    words = ("{n} records × {each}", "レコード {n} 件 × {each}") if of_records else _MESSAGES
    counted = phrase(*words, n=count(batch), each=seconds(longest))
    return Load(longest * batch, "s", counted if batch > 1 else Text("the longest run", "最長の実行時間"))


def _execution(flow: Flow, edge: Edge) -> Load | None:
    target = flow.target(edge)
    if not is_durable(target):
        return None
    values = flow.facts[target.subject].values
    if flow.stated(target, "whole_run_s") or flow.stated(target, "wait_s"):
        return Load(float(values["whole_run_s"]), "s", Text("the longest end-to-end run", "待機を含む最長の所要時間"))
    return Load(float(values["longest_run_s"]), "s", Text("the longest run", "最長の実行時間"))


def _callee(flow: Flow, edge: Edge) -> Load | None:
    source, target = flow.source(edge), flow.target(edge)
    waits = target.role == "entry" or target.service.startswith("lambda")
    if not waits or source.settings.get("trigger") == "always-on" or is_durable(target):
        return None
    # An entry waits for longer than its program usually takes; the program's own timeout comes first.
    behind = flow.architecture.leaving(target.id, "invoke") if target.role == "entry" else ()
    entry = number(target, "timeout_s", 29)
    program = max((number(flow.target(one), "timeout_s", 29) for one in behind), default=entry)
    return Load(min(entry, program), "s", Text("the timeout of the called component", "呼び出し先のタイムアウト"))


def _visibility(flow: Flow, edge: Edge) -> Load | None:
    """The visibility timeout that a queue needs: six times a function's timeout and its window, or a container's run."""
    worker = flow.worker(flow.target(edge))
    if worker is None:
        return None
    lasts, window = number(worker, "timeout_s", 30), number(worker, "batch_window_s")
    if not worker.service.startswith("lambda"):
        return Load(lasts, "s", Text("the consumer's timeout", "コンシューマーのタイムアウト"))
    times = flow.dated.whole("lambda-sqs-visibility-rule", "count", 6)
    counted = phrase(
        "{n} × the function timeout of {each}" + (", plus the batch window of {w}" if window else ""),
        "関数のタイムアウト {each} × {n}" + (" + バッチウィンドウ {w}" if window else ""),
        n=count(times), each=seconds(lasts), w=seconds(window),
    )  # fmt: skip
    return Load(times * lasts + window, "s", counted)


def _all_attempts(flow: Flow, edge: Edge) -> Load:
    machine, once = flow.source(edge), number(flow.target(edge), "timeout_s", 30)
    retries = int(number(machine, "retry_attempts"))
    steps = steps_of(machine, items_at_once(machine, flow.target(edge)), edge.target)
    before = Text("", "") if steps == 1 else Text("{steps} steps × ", "{steps} ステップ × ")
    answers = _answers_s(machine)
    also = Text(", plus {answers} for answers", "、回答を待つ{answers}") if answers else Text("", "")
    counted = phrase(
        before.en + ("{tries} attempts × {once}, plus the waits between attempts" if retries else "{once}") + also.en,
        before.ja + ("試行 {tries} 回 × {once}、再試行の待ち時間" if retries else "{once}") + also.ja,
        steps=count(steps), tries=count(retries + 1), once=seconds(once), answers=seconds(answers),
    )  # fmt: skip
    chained = min(steps, chained_of(machine, edge.target))
    lasts = all_attempts_s(steps, chained, math.ceil(once), retries, flow.facts[machine.subject])
    return Load(lasts + answers, "s", counted)


def _answers_s(machine: Node) -> float:
    """Return how long a state machine waits at most for a person and for outside systems, as its timeout allows for it."""
    deadlines = {"wait": "approval_s", "callback": "callback_s"}
    return sum(number(machine, deadlines[state.kind]) for state in machine.states if state.kind in deadlines)


def _executions(flow: Flow, edge: Edge) -> Load | None:
    executions = flow.executions(edge)
    if executions <= 1 or flow.outlasts(edge):
        return None
    return Load(executions, "count", _layers(executions, flow.attempts(edge)))


def _layers(executions: float, attempts: float) -> Text:
    """Return how often the layers before an edge and the edge itself may repeat a piece of work."""
    before = executions / attempts
    if before == 1 or attempts == 1:
        return Text("retries in one place only", "再試行は 1 か所のみ")
    return phrase(
        "{before} attempts before this connection × {attempts} attempts on it", "前段の試行 {before} 回 × この接続の試行 {attempts} 回",
        before=count(before), attempts=count(attempts),
    )  # fmt: skip


def _receives(flow: Flow, edge: Edge) -> Load:
    queue = flow.source(edge)
    times, visible = number(queue, "max_receive_count", 1), number(queue, "visibility_timeout_s", 30)
    receives = "{n} receive" if times == 1 else "{n} receives"
    counted = phrase(
        receives + " × visibility timeout of {each}", "受信 {n} 回 × 可視性タイムアウト {each}",
        n=count(times), each=seconds(visible),
    )  # fmt: skip
    return Load(times * visible, "s", counted)


def _retention(flow: Flow, edge: Edge) -> Load | None:
    queue = flow.source(edge)
    if queue.service not in QUEUES:
        return None
    return Load(number(queue, "retention_s"), "s", Text("the retention of the queue", "キューの保持期間"))


def _alive(flow: Flow, edge: Edge) -> Load | None:
    target = flow.target(edge)
    if "keepalive_s" not in target.settings:
        return None
    return Load(number(target, "keepalive_s"), "s", Text("keep-alive interval", "キープアライブの間隔"))


def _open(flow: Flow, edge: Edge) -> Load | None:
    open_s = flow.component(edge).get("connection_s")
    return (
        None
        if open_s is None
        else Load(float(open_s), "s", Text("the duration of one connection", "1 つの接続の継続時間"))
    )


TIMES: dict[str, Callable[[Flow, Edge], Load | None]] = {
    "answer": _answer,
    "streamed answer": _streamed_answer,
    "stated run": _stated_run,
    "function lasts": _function_lasts,
    "work": _work,
    "execution": _execution,
    "callee": _callee,
    "hidden": _visibility,
    "all attempts": _all_attempts,
    "executions": _executions,
    "receives": _receives,
    "kept": _retention,
    "alive": _alive,
    "open": _open,
}


def _patience(flow: Flow, edge: Edge) -> Allowed | None:
    patience = flow.component(edge).get("response_s")
    component = flow.target(edge).subject
    return None if patience is None else Allowed(max(1.0, math.ceil(patience)), f"{component}.response_s")


def _setting(end: str, key: str) -> Callable[[Flow, Edge], Allowed | None]:
    def read(flow: Flow, edge: Edge) -> Allowed | None:
        node = flow.source(edge) if end == "source" else flow.target(edge)
        return Allowed(number(node, key), _setting_id(node, key)) if key in node.settings else None

    return read


def _most_at_once(*, assumed: bool) -> Callable[[Flow, Edge], Allowed | None]:
    """The most messages that a function may work on at once, where an answer says so; a quota alone can be raised.

    `assumed`: where the time of a message is assumed, or only a part of the channel's messages is for this consumer.
    """

    def read(flow: Flow, edge: Edge) -> Allowed | None:
        target, channel = flow.target(edge), flow.channel(edge)
        own_rate = any(flow.stated(target, field) for field in RATES)
        part = channel is not None and channel.values.get("routing") is True and not own_rate
        certain = flow.stated(target, "typical_run_s") and not part
        if certain is assumed or not flow.stated(target, "most_at_once"):
            return None
        return _setting("target", "max_concurrency")(flow, edge)

    return read


def _tasks(node: Node) -> str:
    """Return the setting that limits the number of copies of a program."""
    return "most_tasks" if "most_tasks" in node.settings else "desired_count"


def _setting_id(node: Node, key: str) -> str:
    """Return the id of a setting, or of the answer that determines a size if the service has no such setting."""
    if has_setting(node, key):
        return f"{node.id}.{key}"
    return f"{node.id}.response_s" if node.role == "entry" else f"{node.subject}.longest_run_s"


LIMITS: dict[str, Callable[[Flow, Edge], Allowed | None]] = {
    "patience": _patience,
    "front's timeout": _setting("source", "timeout_s"),
    "caller's timeout": _setting("source", "timeout_s"),
    "machine's timeout": _setting("source", "timeout_s"),
    "function's timeout": _setting("target", "timeout_s"),
    "execution's timeout": _setting("target", "execution_timeout_s"),
    "visibility": _setting("source", "visibility_timeout_s"),
    "retention": _setting("source", "retention_s"),
    "retention of what failed": _setting("target", "retention_s"),
    "most at once": _most_at_once(assumed=False),
    "most at once by assumption": _most_at_once(assumed=True),
    "tasks": lambda flow, edge: _setting("target", _tasks(flow.target(edge)))(flow, edge),
    "width of the map": lambda flow, edge: Allowed(
        float(items_at_once(flow.source(edge), flow.target(edge))), MAP_PAGE
    ),
    "idle timeout": _setting("target", "idle_timeout_s"),
    "storage throughput": storage_throughput,
    "reader's longest run": longest_scan,
    "layers of retries": lambda flow, edge: Allowed(MOST_EXECUTIONS, RETRYING),
}
