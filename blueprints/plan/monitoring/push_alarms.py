"""Alarms of push notifications that a program could not send: a platform that is disabled fails no request.

SNS has no metric of a request to a device that it refuses, so the programs write one to their logs in embedded metric format, which
CloudWatch Logs extracts from any log group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
CloudWatch_Embedded_Metric_Format_Generation_PutLogEvents.html (read 2026-12-01). Logs of pods arrive inside lines of the agent that
collects them, so there is no alarm where only these send.
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture
from advisor.text import Text
from blueprints.plan.monitoring.alarms import Alarm, alarm_of, measured, shown_in_alarms
from blueprints.traits import AlarmRule, eks
from blueprints.traits.sent_messages import pushes, sends_to_people

#: The CloudWatch namespace of the metrics of programs, and the metric of pushes that failed.
NAMESPACE, FAILED = "app", "PushesFailed"
_RULE = AlarmRule(
    "PushesFailedAlarm",
    FAILED,
    "Sum",
    0,
    Text(
        "{}: push notifications not sent; the credentials of the push platform may have expired. The log of the program says why",
        "{}: プッシュ通知を送信できなかった。プッシュプラットフォームの認証情報の期限切れなどが原因で、プログラムのログで確認できる",
    ),
)


def push_alarms(architecture: Architecture, names: Mapping[str, str]) -> Iterator[Alarm]:
    """Yield an alarm for each topic whose programs send push notifications."""
    for node in architecture.nodes:
        known = measured(node)
        if known is None or not pushes(architecture, node.id):
            continue
        senders = [edge for edge in architecture.entering(node.id, "publish") if sends_to_people(architecture, edge)]
        if any(architecture.node(edge.source).service != eks.TRAITS.service for edge in senders):
            yield alarm_of(node, names[node.id], NAMESPACE, known[1], _RULE, shown_in_alarms(architecture, node))
