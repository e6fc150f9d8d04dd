"""Alarms of messages that programs leave out: neither a push that fails nor an item too large for a message ends their work.

No service has a metric of what is not sent, so the programs write one to their logs in embedded metric format, which
CloudWatch Logs extracts from any log group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
CloudWatch_Embedded_Metric_Format_Generation_PutLogEvents.html (read 2026-12-01). Logs of pods arrive inside lines of the agent that
collects them, so there is no alarm where only these send.
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.plan.monitoring.alarms import Alarm, alarm_of, measured, shown_in_alarms
from blueprints.traits import AlarmRule, eks, traits_of
from blueprints.traits.item_messages import is_for_items
from blueprints.traits.sent_messages import programmed, pushes, recorded
from blueprints.values.reference import Ref

#: The CloudWatch namespace of the metrics of programs, and the metric of pushes that failed.
NAMESPACE, FAILED, TOO_LARGE = "app", "PushesFailed", "MessagesTooLarge"
_PUSHES = AlarmRule(
    "PushesFailedAlarm",
    FAILED,
    "Sum",
    0,
    Text(
        "{}: push notifications not sent; the credentials of the push platform may have expired. The log of the program says why",
        "{}: プッシュ通知を送信できなかった。プッシュプラットフォームの認証情報の期限切れなどが原因で、プログラムのログで確認できる",
    ),
)

_LARGE = AlarmRule(
    "TooLargeAlarm",
    TOO_LARGE,
    "Sum",
    0,
    Text(
        "{}: items too large for a message were left out of a run. The log of the program names them",
        "{}: 大きすぎてメッセージにできない項目を送信しなかった。対象の項目は、プログラムのログで確認できる",
    ),
)


def message_alarms(architecture: Architecture, names: Mapping[str, str]) -> Iterator[Alarm]:
    """Yield an alarm for each topic whose programs send push notifications, and for each channel with messages about items."""
    for node in architecture.nodes:
        edges = architecture.entering(node.id, "publish")
        senders = {architecture.node(edge.source).service for edge in edges if programmed(architecture, edge)}
        if not senders - {eks.TRAITS.service}:
            continue
        shown, known = shown_in_alarms(architecture, node), measured(node)
        if known is not None and pushes(architecture, node.id):
            yield alarm_of(node, names[node.id], NAMESPACE, known[1], _PUSHES, shown)
        if _limited(architecture, node):
            address = (("Channel", Ref(node.id, traits_of(node.service).variables[0].attribute)),)
            yield alarm_of(node, names[node.id], NAMESPACE, address, _LARGE, shown)


def _limited(architecture: Architecture, node: Node) -> bool:
    """Return whether a run sends a message about each item to a channel, which takes no larger ones than it does."""
    client = traits_of(node.service).client
    sized = client is not None and bool(client.largest_item)
    return sized and is_for_items(node) and not recorded(architecture, node.id)
