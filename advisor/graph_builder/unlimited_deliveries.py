"""Warnings about what a channel delivers although an answer limits it: messages at once, and what reaches devices."""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.balancing import identities
from advisor.decision import Source, Warning
from advisor.requirements.starts import starts
from advisor.sizing.batches import arrivals
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.verdict.derived_facts import Known

_AT_ONCE, _PEAK = "most_at_once", "rate_peak_rps"
_QUEUES = ("sqs", "sqs-fifo")
_DEVICES = "push"
_ENDPOINTS = Source("https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html", "2026-12-01")
_FILTERS = Source("https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html", "2026-12-01")


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


def unfiltered_devices(architecture: Architecture, edge: Edge, known: Known | None) -> Iterator[Warning]:
    """Warn if devices are told by a channel that delivers to each consumer only a part of its messages."""
    if architecture.node(edge.target).service == _DEVICES and known is not None and known.values.get("routing"):
        channel = architecture.node(edge.source)
        yield Warning(channel.subject, channel.role, "devices-receive-all-types", devices_words(channel), _FILTERS)


def unregistered_devices(architecture: Architecture, edge: Edge) -> Iterator[Warning]:
    """Warn of push notifications for which no device can register, or only that of everybody: no API knows the user."""
    if architecture.node(edge.target).service != _DEVICES:
        return
    channel = architecture.node(edge.source)
    publishing = [architecture.node(one.source) for one in architecture.entering(channel.id, "publish")]
    asked = [one for one in publishing if architecture.entering(one.id, "invoke") and one.role == "compute"]
    registering = [one for one in asked if not architecture.leaving(one.id, "verify")]
    if not registering:
        yield Warning(
            channel.subject, channel.role, "no-api-registers-devices", unregistered_words(channel), _ENDPOINTS
        )
    elif not any(
        identities(architecture, one) for node in registering for one in architecture.entering(node.id, "invoke")
    ):
        yield Warning(channel.subject, channel.role, "devices-of-everybody", everybody_words(channel), _ENDPOINTS)


def unregistered_words(channel: Node) -> Text:
    """Return the sentence on a channel with push notifications to which no API publishes."""
    name = channel.note
    return Text(
        f'No device receives push notifications of "{name.en}": an app registers its device at an API that publishes to the channel, '
        "and no API of this workload does. Let the API of the users publish to it, or send the notifications on a channel to which it "
        "publishes already.",
        f"「{name.ja}」のプッシュ通知を受信するデバイスがありません。アプリは、このチャネルに発行する API でデバイスを登録しますが、このワークロードには"
        "そのような API がないためです。利用者の API からこのチャネルにも発行するか、API がすでに発行しているチャネルで通知を送ってください。",
    )


def everybody_words(channel: Node) -> Text:
    """Return the sentence on push notifications where the API with which devices register knows no user."""
    name = channel.note
    return Text(
        f'Devices register for the push notifications of "{name.en}" at an API without sign-in, whose callers share all items. '
        "Each notification therefore goes to the 10 devices that were registered last in total, regardless of who created the item. To "
        "notify users of their own items only, require a sign-in.",
        f"「{name.ja}」のプッシュ通知を受け取るデバイスは、サインインのない API で登録され、項目はすべて全員のものになります。そのため、誰が送信した"
        "項目についても、最後に登録された同じデバイス（合計で最大 10 台）に通知が届きます。利用者ごとに自分の項目の通知を届ける場合は、サインインを"
        "必須にしてください。",
    )


def devices_words(channel: Node) -> Text:
    """Return the sentence on devices that receive what they may not need."""
    name = channel.note
    return Text(
        f'Each consumer of "{name.en}" needs only a part of its messages, but the programs that publish also notify the devices of '
        "the item's owner, without a filter policy: a device receives all types. Publish what devices need on a channel of its own, "
        "or select the types in the programs that send them.",
        f"「{name.ja}」の各コンシューマーに必要なのは一部のメッセージだけですが、発行側のプログラムは、項目の所有者のデバイスにもフィルターポリシーなしで"
        "通知するため、デバイスはすべての種類を受信します。デバイス向けのメッセージを専用のチャネルで送るか、通知を送信するプログラムで種類を選択して"
        "ください。",
    )
