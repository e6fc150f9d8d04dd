"""Queues of Amazon SQS."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.traits import AlarmRule, Client, Curve, Measure, Metrics, NodeAttribute, Records, Traits, rates, sums
from blueprints.traits._words import MESSAGES_WAIT

_LEAST_AGE_S = 300


def _oldest_s(node: Node) -> float:
    """A queue's oldest message may wait as long as two attempts take."""
    return max(_LEAST_AGE_S, 2 * settings.number(node, "visibility_timeout_s"))


#: What the role of an existing function takes to be given messages out of a queue.
RECEIVE_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
TRAITS = Traits(
    service="sqs",
    noun="Queue",
    queue=True,
    records=Records("SQSRecord", "sqs_event", "SQS"),
    client=Client("channel", "sqs", "queue", "Queue", sdk_class="SQSClient", largest_item=1_000_000),
    variables=(NodeAttribute("QUEUE_URL", "url"),),
    send_commands=('aws sqs send-message --queue-url "$(output {name}Url)" --message-body {message}{order}',),
    deployed_test="sqs",
    publish_actions=("sqs:SendMessage",),
    key_service="sqs",
    interface_endpoints=("sqs",),
    metrics=Metrics(
        namespace="AWS/SQS",
        dimensions=(NodeAttribute("QueueName", "name"),),
        alarms=(AlarmRule("AgeAlarm", "ApproximateAgeOfOldestMessage", "Maximum", _oldest_s, MESSAGES_WAIT),),
        left=(Curve("ApproximateNumberOfMessagesVisible", "Maximum"), *sums("NumberOfMessagesSent")),
        right=(Curve("ApproximateAgeOfOldestMessage", "Maximum"),),
    ),
    measures={
        "message_bytes": Measure("SentMessageSize"),
        "retention_s": Measure("ApproximateAgeOfOldestMessage"),
        **rates("NumberOfMessagesSent", rank=4),
    },
)
