"""Push notifications: programs that publish to a channel send them to the devices of an item's owner, the channel does not."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import identities
from advisor.decision import Source, Warning
from advisor.graph_builder.draft import GraphDraft
from advisor.text import Text
from advisor.verdict.known import Known

DEVICES = "push"
_ENDPOINTS = Source("https://docs.aws.amazon.com/sns/latest/dg/mobile-platform-endpoint.html", "2026-12-01")
_FILTERS = Source("https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html", "2026-12-01")


def notify_devices(draft: GraphDraft) -> None:
    """Connect the programs that publish to a channel with its mobile push destinations.

    A destination that no program notifies is left out, as the project would contain nothing for it.
    """
    for push in [node for node in draft.nodes.values() if node.service == DEVICES]:
        hub = draft.node_of(push.subject, "messaging")
        told = [e.source for e in draft.edges.values() if e.verb == "publish" and hub and e.target == hub.id]
        programs = [id for id in told if draft.has_connection(draft.nodes[id], "notify", push)]
        for program in programs:
            draft.add_edge(program, "notify", push.id)
        if not programs:
            del draft.nodes[push.id]


def notified_devices(architecture: Architecture, channel: Node, known: Known) -> Iterator[Warning]:
    """Warn of push notifications that reach no device, those of everybody, or devices that do not need them all."""
    if DEVICES not in known.values.get("destination_kinds", ()) or channel.role != "messaging":
        return
    if known.values.get("routing"):
        yield Warning(channel.subject, channel.role, "devices-receive-all-types", devices_words(channel), _FILTERS)
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
        f'No device receives push notifications of "{name.en}": apps register devices at an API that publishes to the channel, '
        "but this workload has no such API. Let the API of the users publish to this channel, or send the notifications on a channel to which "
        "that API already publishes.",
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
