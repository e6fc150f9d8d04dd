"""Warnings about messages that a channel delivers at once although an answer limits them."""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.requirements.starts import starts
from advisor.sizing.batches import arrivals
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.verdict.known import Known

_AT_ONCE, _PEAK = "most_at_once", "rate_peak_rps"
_QUEUES = ("sqs", "sqs-fifo")


def unlimited_messages(architecture: Architecture, verdict: Verdict, node: Node, known: Known) -> Iterator[Warning]:
    """Warn if more messages may be processed at once than was stated, because no queue limits its readers.

    A rule of the workflows says so of components that run as one.
    """
    stated = verdict.answers.subjects[node.subject].answers
    if (
        not _limits(stated, known)
        or "listens_to" not in stated
        or node.id != f"{node.subject}.compute"
        or not starts(known.values, "message")
    ):
        return
    if architecture.find(f"{node.subject}.workflow") is None and not _is_limited(architecture, node):
        yield Warning(
            node.subject, node.role, "nothing-limits-messages-at-once", at_once_words(node, known.values[_AT_ONCE])
        )


def _limits(stated: Mapping[str, Any], known: Known) -> bool:
    """Return whether a limit is stated; one that does not count for what starts the component has no value."""
    return _AT_ONCE in stated and known.values.get(_AT_ONCE) is not None


def _is_limited(architecture: Architecture, node: Node) -> bool:
    """Return whether the program itself reads a queue; a durable function goes on after the message is read."""
    own = [one for one in architecture.nodes if one.subject == node.subject and one.role == node.role]
    read = (edge for one in own for edge in architecture.entering(one.id, "consume"))
    queued = any(architecture.node(edge.source).service in _QUEUES for edge in read)
    return queued and node.settings.get("variant") != "lambda-durable"


def held_back_messages(architecture: Architecture, verdict: Verdict, node: Node, known: Known) -> Iterator[Warning]:
    """Warn if fewer messages may be processed at once than the stated peak rate needs: the others wait in the queue."""
    stated = verdict.answers.subjects[node.subject].answers
    channel = verdict.subjects.get(str(stated.get("listens_to")))
    if not _limits(stated, known) or channel is None or node.id != f"{node.subject}.compute":
        return
    if not _is_limited(architecture, node) or all(_PEAK in one.assumed for one in (known, channel.known)):
        return
    average, peak = arrivals(known, channel.known)
    most, typical = float(known.values[_AT_ONCE]), float(known.values["typical_run_s"])
    # A budget tells of an average rate for which the limit is too low.
    if average * typical <= most < peak * typical:
        yield Warning(node.subject, node.role, "peaks-wait-in-the-queue", held_back_words(node, most, peak * typical))


def held_back_words(node: Node, most: float, needed: float) -> Text:
    """Return the sentence on messages that wait at the peak, because of a stated limit."""
    name = node.note
    return Text(
        f'At the peak rate, "{name.en}" would have to process {needed:,.0f} messages at the same time, but the requirements limit this '
        f"to {most:,.0f}. The other messages wait in the queue until the peak is over. Confirm that this delay is acceptable, or raise "
        "the limit.",
        f"ピーク時には「{name.ja}」で同時に {needed:,.0f} 件の処理が必要になりますが、要件の上限は {most:,.0f} 件です。超えた分の"
        "メッセージは、ピークが過ぎるまでキューで待ちます。この遅延を許容できることを確認するか、上限を引き上げてください。",
    )


def at_once_words(node: Node, most: float) -> Text:
    """Return the sentence on a program that may process more messages at once than was stated."""
    name = node.note
    return Text(
        f'"{name.en}" may process at most {most:,.0f} {"message" if most == 1 else "messages"} at the same time, but nothing in the '
        "project limits this: the program does not take its messages from a queue that limits its readers, or it goes on after it has "
        "taken one. If another system must be protected, let the program limit its concurrent calls before it calls that system, for "
        "example with a counter in DynamoDB.",
        f"「{name.ja}」が同時に処理してよいメッセージは最大 {most:,.0f} 件ですが、プロジェクトにはこれを制限するものがありません。読み取り側の"
        "同時実行数を制限できるキューから受け取らないか、受け取った後も処理が続くためです。保護したい外部システムがある場合は、呼び出しの前に、"
        "DynamoDB のカウンターなどで同時実行数を制御してください。",
    )
