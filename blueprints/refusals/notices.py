"""Channels from which people or outside parties would get too much: items that no program sends, or messages twice."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from advisor.vocabulary.channel import DESTINATION_KINDS
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.shared.notices import senders_of_items, sent_apart
from blueprints.stack.registry import attributes
from blueprints.traits.sent_messages import TABLE_NAME, pushes

_OTHER_ACCOUNT = "other-account"
_UNRECORDED = Text(
    "Programs send push notifications directly to devices and record them, so that no device receives one twice. Generated projects keep "
    "these records only for Amazon SNS and Amazon SES. Create a separate channel for push notifications and do not specify its service.",
    "プッシュ通知はプログラムがデバイスへ直接送信し、二重に届かないように送信の記録を残します。生成されるプロジェクトがこの記録を残すのは "
    "Amazon SNS と Amazon SES だけです。プッシュ通知には専用のチャネルを用意し、サービスを指定しないでください。",
)


def told_too_much(plan: Plan) -> Iterator[Unsupported]:
    """Yield the channels of components and outside parties that do not only get what programs send to each of them.

    Another account subscribes its queue itself, so that no filter of the project can keep both messages apart.
    """
    for channel in plan.architecture.nodes:
        if not sent_apart(plan, channel.id):
            continue
        subscribing = (plan.architecture.node(edge.target) for edge in plan.architecture.leaving(channel.id, "deliver"))
        others = [node for node in subscribing if node.service == _OTHER_ACCOUNT and channel.service == "sns"]
        if mixed := (*senders_of_items(plan, channel.id), *others):
            yield Unsupported(channel.id, _mixed(channel, mixed[0]))


def unrecorded(plan: Plan) -> Iterator[Unsupported]:
    """Yield the channels whose senders push to devices and whose service keeps no records of what they sent."""
    for channel in plan.architecture.nodes:
        if pushes(plan.architecture, channel.id) and (channel.service, TABLE_NAME) not in attributes():
            yield Unsupported(channel.id, _UNRECORDED)


def _mixed(channel: Node, other: Node) -> Text:
    name, reason = channel.note, _named(other)
    return Text(
        f'Components and external parties receive "{name.en}", and external parties must not get the data of items. The project cannot send them '
        f'other messages than components, because "{reason.en}" is connected to the channel as well. Give external parties a channel of their own.',
        f"「{name.ja}」はコンポーネントと外部の相手の両方が受信しますが、外部の相手に項目のデータを渡すことはできません。「{reason.ja}」もこのチャネルに接続しているため、"
        "生成されるプロジェクトでは外部の相手に別のメッセージを送れません。外部の相手には専用のチャネルを用意してください。",
    )


def _named(node: Node) -> Text:
    """Return the title of a node; a destination without one has the word of its kind."""
    kinds = {kind.value: kind.label for kind in DESTINATION_KINDS}
    return node.note if node.note.en else kinds.get(node.service, node.note)
