"""Who is not of this workload and reaches its channels: other accounts, and AWS services; and what they may do there."""

from collections.abc import Mapping

from advisor.architecture import Architecture, Edge, Node

STRANGERS = ("other-account", "aws-service")
#: What a stranger may do with the channel that it publishes to.
PUBLISHING: Mapping[str, tuple[str, ...]] = {
    "sqs": ("sqs:SendMessage",),
    "sqs-fifo": ("sqs:SendMessage",),
    "sns": ("sns:Publish",),
    "sns-fifo": ("sns:Publish",),
    "kinesis": ("kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"),
    "eventbridge-bus": ("events:PutEvents",),
}
#: What reading a stream takes: an event source mapping of another account asks for it, and so does a delivery stream.
READING = (
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
)
#: What the role of an existing function takes to be given messages out of a queue.
TAKING = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
#: Channels whose messages AWS's own key would keep from strangers.
_CLOSED_BY_KEY = ("sns", "sns-fifo", "kinesis")
_PUBLISHER_USES: tuple[str, ...] = ("kms:Decrypt", "kms:GenerateDataKey")
_READER_USES: tuple[str, ...] = ("kms:Decrypt",)


def opened(architecture: Architecture, channel: Node) -> bool:
    """Return whether strangers reach a channel that AWS's own key would close to them."""
    return channel.service in _CLOSED_BY_KEY and any(
        architecture.node(id).service in STRANGERS for id in _reaching(architecture, channel)
    )


def key_uses(architecture: Architecture, stranger: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what a stranger does with the key of the channels, each with the word for it: Publishes, Reads."""
    published = [architecture.node(edge.target) for edge in architecture.leaving(stranger.id, "publish")]
    read = [architecture.node(edge.source) for edge in architecture.entering(stranger.id, "deliver")]
    found = []
    if any(opened(architecture, channel) for channel in published):
        found.append(("Publishes", _PUBLISHER_USES))
    if any(channel.service == "kinesis" for channel in read):
        found.append(("Reads", _READER_USES))
    return tuple(found)


def readers_of(architecture: Architecture, stream: str) -> tuple[Edge, ...]:
    """Return the connections by which other accounts read a stream."""
    delivered = architecture.leaving(stream, "deliver")
    return tuple(edge for edge in delivered if architecture.node(edge.target).service == "other-account")


def taken_from(architecture: Architecture, function: Node) -> tuple[Edge, ...]:
    """Return the connections by which an existing function is given messages out of queues."""
    delivered = architecture.entering(function.id, "deliver")
    return tuple(edge for edge in delivered if architecture.node(edge.source).service in ("sqs", "sqs-fifo"))


def _reaching(architecture: Architecture, channel: Node) -> list[str]:
    """Return who publishes to a channel, and who reads from it by itself: the readers of a shared stream."""
    readers = readers_of(architecture, channel.id) if channel.service == "kinesis" else ()
    return [*(edge.source for edge in architecture.entering(channel.id, "publish")), *(e.target for e in readers)]
