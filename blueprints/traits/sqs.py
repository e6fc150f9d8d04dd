"""Queues of Amazon SQS."""

from advisor.architecture import Architecture, Node
from blueprints import settings
from blueprints.traits import AlarmRule, Client, Curve, Measure, Metrics, NodeAttribute, Records, Traits, rates, sums
from blueprints.traits._words import MESSAGES_WAIT

_LEAST_AGE_S = 300


def _oldest_s(node: Node) -> float:
    """How long a queue's oldest message may wait: as two attempts take, until a consumer without tasks has one, and at the peak."""
    attempts_s = 2 * settings.number(node, "visibility_timeout_s")
    planned_s = max(settings.number(node, "wake_s"), settings.number(node, "peak_wait_s"))
    return max(_LEAST_AGE_S, planned_s + attempts_s)


#: What a topic carries unless its attribute MaximumMessageSize is raised
#: (https://docs.aws.amazon.com/general/latest/gr/sns.html, read 2026-11-27).
TOPIC_BYTES = 262144
_LEAST_KEPT_S, _MOST_KEPT_S = 60, 1209600
_TOPICS = ("sns", "sns-fifo")


def kept_s(node: Node) -> int:
    """Return how long a queue keeps a message, within what SQS allows."""
    return min(_MOST_KEPT_S, max(_LEAST_KEPT_S, settings.number(node, "retention_s")))


def _kept_s(_: Architecture, node: Node) -> float:
    return kept_s(node)


def _message_bytes(architecture: Architecture, node: Node) -> float | None:
    """Return the largest message of a queue that topics alone fill."""
    senders = {architecture.node(edge.source).service for edge in architecture.entering(node.id)}
    return TOPIC_BYTES if senders and senders <= set(_TOPICS) else None


#: What the role of an existing function takes to be given messages out of a queue.
RECEIVE_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
TRAITS = Traits(
    service="sqs",
    noun="Queue",
    queue=True,
    records=Records("SQSRecord", "sqs_event", "SQS"),
    client=Client(
        "channel",
        "sqs",
        "queue",
        "Queue",
        sdk_class="SQSClient",
        largest_item=1_000_000,
        tests={"refused_in_batch": ()},
    ),
    variables=(NodeAttribute("QUEUE_URL", "url"),),
    send_commands=('aws sqs send-message --queue-url "$(output {name}Url)" --message-body {message}{order}',),
    deployed_test="sqs",
    publish_actions=("sqs:SendMessage",),
    interface_endpoints=("sqs",),
    metrics=Metrics(
        namespace="AWS/SQS",
        dimensions=(NodeAttribute("QueueName", "name"),),
        alarms=(AlarmRule("AgeAlarm", "ApproximateAgeOfOldestMessage", "Maximum", _oldest_s, MESSAGES_WAIT),),
        left=(Curve("ApproximateNumberOfMessagesVisible", "Maximum"), *sums("NumberOfMessagesSent")),
        right=(Curve("ApproximateAgeOfOldestMessage", "Maximum"),),
    ),
    measures={
        "message_bytes": Measure("SentMessageSize", limit=_message_bytes),
        "retention_s": Measure("ApproximateAgeOfOldestMessage", limit=_kept_s),
        **rates("NumberOfMessagesSent", rank=4),
    },
)
