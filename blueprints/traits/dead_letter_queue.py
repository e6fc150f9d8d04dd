"""Dead-letter queues: Amazon SQS queues of failed messages."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Curve, Metrics, NodeAttribute, Traits

TRAITS = Traits(
    service="dead-letter-queue",
    noun="DeadLetterQueue",
    metrics=Metrics(
        namespace="AWS/SQS",
        dimensions=(NodeAttribute("QueueName", "name"),),
        alarms=(
            AlarmRule(
                "Alarm",
                "ApproximateNumberOfMessagesVisible",
                "Maximum",
                0,
                Text(
                    "{}: messages, events or scheduled starts that could not be delivered or processed",
                    "{}: 配信または処理できなかったメッセージ、イベント、起動がある",
                ),
                period_s=60,
            ),
        ),
        left=(Curve("ApproximateNumberOfMessagesVisible", "Maximum"),),
    ),
)
