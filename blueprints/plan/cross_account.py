"""Other accounts and AWS services with access to channels, and their permissions."""

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import traits_of

EXTERNAL_PRINCIPALS = ("other-account", "aws-service")
_PUBLISHER_USES: tuple[str, ...] = ("kms:Decrypt", "kms:GenerateDataKey")
_READER_USES: tuple[str, ...] = ("kms:Decrypt",)


def opened(architecture: Architecture, channel: Node) -> bool:
    """Return whether other accounts or services use a channel that they could not access with an AWS managed key."""
    return traits_of(channel.service).closed_by_aws_key and any(
        architecture.node(id).service in EXTERNAL_PRINCIPALS for id in _reaching(architecture, channel)
    )


def key_uses(architecture: Architecture, outsider: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the operations of another account or AWS service on the key of the channels, each as Publish or Read."""
    published = [architecture.node(edge.target) for edge in architecture.leaving(outsider.id, "publish")]
    read = [architecture.node(edge.source) for edge in architecture.entering(outsider.id, "deliver")]
    uses = []
    if any(opened(architecture, channel) for channel in published):
        uses.append(("Publish", _PUBLISHER_USES))
    if any(traits_of(channel.service).read_by_accounts for channel in read):
        uses.append(("Read", _READER_USES))
    return tuple(uses)


def readers_of(architecture: Architecture, stream: str) -> tuple[Edge, ...]:
    """Return the connections by which other accounts read a stream."""
    delivered = architecture.leaving(stream, "deliver")
    return tuple(edge for edge in delivered if architecture.node(edge.target).service == "other-account")


def taken_from(architecture: Architecture, function: Node) -> tuple[Edge, ...]:
    """Return the connections by which an existing function is given messages out of queues."""
    delivered = architecture.entering(function.id, "deliver")
    return tuple(edge for edge in delivered if traits_of(architecture.node(edge.source).service).queue)


def _reaching(architecture: Architecture, channel: Node) -> list[str]:
    """Return the external publishers of a channel, and the readers of a shared stream."""
    readers = readers_of(architecture, channel.id) if traits_of(channel.service).read_by_accounts else ()
    return [*(edge.source for edge in architecture.entering(channel.id, "publish")), *(e.target for e in readers)]
