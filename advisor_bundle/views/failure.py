"""The failure view: retries, dead-letter queues, alarms and redrive, and what happens after the last failure.

The numbers of attempts are those of the stack.
"""

from collections.abc import Iterator
from typing import Any

from advisor.architecture import Edge, LegendRow, Node
from advisor.text import EMPTY, Text, spaced
from advisor.vocabulary.units import words
from advisor_bundle.views.subject import Subject, titled
from blueprints.stack.scope import owner_of
from renderers.view import LineText, View

TITLE = Text("Failure handling", "障害時の動作")
_ALARMS, _RETENTION, _REDRIVE = Text("Alarms", "アラーム"), Text("Retention", "保持期間"), Text("Redrive", "再処理")
_LEFT_OUT_FLOWS = ("image", "observe", "identity")
_LEFT_OUT = ("registry", "observability", "identity", "secrets", "network", "protection", "vpc-endpoints")
#: Dead-letter queues of queues only: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
#: (read 2026-11-27)
_MOVE, _RESEND = Text.same("StartMessageMoveTask"), Text("resend the messages", "メッセージを再送")
#: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html (read 2026-11-27)
_DELIVERIES = {
    "aws": Text("up to 100,015 attempts over 23 days", "23 日間に最大 100,015 回試行"),
    "person": Text("up to 50 attempts over 6 hours", "6 時間に最大 50 回試行"),
    # https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.retry.html (read 2026-11-27)
    "http": Text("up to 4 attempts, 20 seconds apart", "20 秒間隔で最大 4 回試行"),
}
_TO_DEAD_LETTERS = Text(
    "After the last failure, the message goes to the dead-letter queue.",
    "最後の試行に失敗すると、メッセージはデッドレターキューに送られます。",
)
_NOT_RETRIED = Text("After the last failure, the message is not retried.", "最後の試行に失敗した後は再試行しません。")
_TO_AWS = ("sqs", "sqs-fifo", "lambda", "function", "data-lake", "firehose")
_TO_PERSONS = ("email", "sms")
_TO_HTTP = ("partner-http", "saas")


def failure(subject: Subject) -> View:
    """Return the failure view."""
    architecture = subject.architecture
    shown = {node.id for node in architecture.nodes if node.role not in _LEFT_OUT}
    edges = [e for e in architecture.edges if e.flow not in _LEFT_OUT_FLOWS and {e.source, e.target} <= shown]
    return View(
        title=TITLE,
        architecture=architecture,
        nodes=frozenset(shown),
        lines={edge.id: _line(subject, edge) for edge in edges},
        notes={node.id: tuple(_notes(subject, node)) for node in architecture.nodes},
        rows=tuple(_rows(subject)),
    )


def _notes(subject: Subject, node: Node) -> Iterator[Text]:
    if node.role == "dead-letters":
        yield titled(_RETENTION, words(float(str(node.settings["retention_s"])), "s"))
        sources = [subject.architecture.node(edge.source).service for edge in subject.architecture.entering(node.id)]
        yield titled(_REDRIVE, _MOVE if all(source.startswith("sqs") for source in sources) else _RESEND)
    retries = _retries_of_steps(node)
    if retries is not None:
        yield retries
    metrics = dict.fromkeys(
        alarm.metric for alarm in subject.plan.alarms if alarm.node == node.id and not alarm.expires
    )
    if metrics:
        yield titled(_ALARMS, Text(", ".join(metrics), "、".join(metrics)))


def _retries_of_steps(node: Node) -> Text | None:
    """Return how often the steps of a workflow are retried."""
    if not any(state.settings.get("retry") for state in node.states):
        return None
    count = int(str(node.settings["retry_attempts"]))
    wait, backoff = words(float(str(node.settings["retry_interval_s"])), "s"), f"{node.settings['retry_backoff']:g}"
    return spaced(
        Text(
            f"{count} retries of a step, the first after {wait.en}, backoff rate {backoff}",
            f"ステップの再試行 {count}回（初回 {wait.ja}後、バックオフ率 {backoff}）",
        )
    )


def _line(subject: Subject, edge: Edge) -> LineText:
    source, target = (subject.architecture.node(id) for id in (edge.source, edge.target))
    if edge.flow == "failure":
        return _dead_letter(subject, edge, source)
    if source.service.startswith("sns") and edge.verb == "deliver":
        return _delivery(subject, edge, target)
    if edge.verb == "run" and _retries_of_steps(source) is not None:
        return _step(subject, edge, source)
    retries = _number(subject, edge, "MaximumRetryAttempts")
    if retries is None:
        return LineText()
    age, ends = _number(subject, edge, "MaximumEventAgeInSeconds"), subject.ends(edge)
    within = words(float(age), "s") if age else None
    en = f"{ends.en}: up to {_times(retries).en}" + (f" within {within.en}." if within else ".")
    ja = f"{ends.ja}: " + (f"{within.ja}以内に" if within else "") + f"最大 {retries} 回再試行します。"
    last = _at_last_failure(subject, edge)
    return LineText(_times(retries), spaced(Text(f"{en} {last.en}", f"{ja}{last.ja}")))


def _times(retries: int) -> Text:
    return Text(f"{retries} {'retry' if retries == 1 else 'retries'}", f"再試行 {retries} 回")


def _at_last_failure(subject: Subject, edge: Edge) -> Text:
    """Return what happens to a message after its last attempt: a line on failure leads on from its sender or receiver, or none."""
    if any(subject.architecture.leaving(end, "dead-letter") for end in (edge.source, edge.target)):
        return _TO_DEAD_LETTERS
    return _NOT_RETRIED


def _dead_letter(subject: Subject, edge: Edge, source: Node) -> LineText:
    """Return after how many attempts something goes to the dead-letter queue."""
    ends = subject.ends(edge)
    receives = source.settings.get("max_receive_count")
    if receives is not None:
        count, hidden = int(str(receives)), _again(source)
        return LineText(
            Text(f"after {count} receives", f"受信 {count} 回の後"),
            spaced(
                Text(
                    f"{ends.en}: a message that was not deleted is visible again{hidden.en}, and moves to the "
                    f"dead-letter queue after {count} receives.",
                    f"{ends.ja}: 削除されなかったメッセージは{hidden.ja}再び可視になり、{count} 回受信されると"
                    f"デッドレターキューに移動します。",
                )
            ),
        )
    retries = _number(subject, edge, "MaximumRetryAttempts")
    if retries is None:
        return LineText(edge.label, Text(f"{ends.en}: {edge.sentence.en}", f"{ends.ja}: {edge.sentence.ja}"))
    after = Text(f"after {_times(retries).en}", f"{_times(retries).ja}の後")
    return LineText(after, Text(f"{ends.en}: {after.en}.", f"{ends.ja}: {after.ja}に移動します。"))


def _again(queue: Node) -> Text:
    """Return the visibility timeout of a failed message, if it was derived."""
    timeout = queue.settings.get("visibility_timeout_s")
    if timeout is None:
        return EMPTY
    said = words(float(str(timeout)), "s")
    return Text(f" after {said.en}", f"{said.ja}後に")


def _delivery(subject: Subject, edge: Edge, target: Node) -> LineText:
    """Return how often a topic tries to deliver."""
    kinds = {"aws": _TO_AWS, "person": _TO_PERSONS, "http": _TO_HTTP}
    kind = next((kind for kind, services in kinds.items() if target.service in services), "")
    if not kind:
        return LineText()
    said, ends, last = _DELIVERIES[kind], subject.ends(edge), _at_last_failure(subject, edge)
    return LineText(EMPTY, Text(f"{ends.en}: {said.en}. {last.en}", f"{ends.ja}: {said.ja}します。{last.ja}"))


def _step(subject: Subject, edge: Edge, source: Node) -> LineText:
    """Return the number of retries of the work of a workflow, and what follows the last failure."""
    count, ends = int(str(source.settings["retry_attempts"])), subject.ends(edge)
    title = _on_error(source)
    en = f"{ends.en}: {_times(count).en}." + (f' Then the workflow goes on to "{title.en}".' if title else "")
    ja = f"{ends.ja}: {_times(count).ja}。" + (f"その後は「{title.ja}」に進みます。" if title else "")
    return LineText(_times(count), Text(en, ja))


def _on_error(node: Node) -> Text | None:
    ends = {state.id: state.title for state in node.states}
    return next((ends[state.on_error] for state in node.states if state.on_error in ends), None)


def _number(subject: Subject, edge: Edge, key: str) -> int | None:
    """Return a number of the stack: from the resource of a connection, otherwise from its source."""
    resources = subject.stack.resources.values()
    owners = [owner_of(resource) for resource in resources]
    ids = {edge.id} | {e.id for e in subject.graph.edges if (e.verb, e.target) == (edge.verb, edge.target)}
    made = [r for r, owner in zip(resources, owners, strict=True) if ids & set(owner.get("edges", ()))]
    return next((found for resource in made for found in _found(resource.get("Properties", {}), key)), None)


def _found(value: Any, key: str) -> Iterator[int]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, int):
                yield inner
            yield from _found(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _found(inner, key)


def _rows(subject: Subject) -> Iterator[LegendRow]:
    if "AlarmTopic" in subject.stack.resources:
        yield LegendRow(
            "cloudwatch",
            Text(
                "Every alarm notifies the SNS topic AlarmTopic.",
                "すべてのアラームが SNS トピック AlarmTopic に通知します。",
            ),
        )
