"""Channels to people: sent messages are recorded, so that no one receives a message twice.

A program recognizes a repeated message by its id, and so do all its receivers in the design. People do
not: https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html and
https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html have no parameter by which a repeated call is
recognized (read 2026-11-27).
"""

from advisor.architecture import Architecture, Edge, Node
from blueprints.traits import ses, traits_of

#: Destinations of topics at which people read.
_PEOPLE = frozenset(("email", "sms"))
#: How a program reaches the mobile push destination of a channel: devices do not subscribe to the topic.
NOTIFY = "notify"
#: What a program may do with the records.
ACTIONS = ("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem")
#: Attributes of a channel: the name and the ARN of the table with its records.
TABLE_NAME, TABLE_ARN = "sent-table-name", "sent-table-arn"
#: The attribute of a mobile push destination that the ARNs of its devices start with.
DEVICES = "devices"
#: The statement by which a program uses the records.
SID = "RecordSentMessages"


def sent_table(channel: str) -> str:
    """Return the logical name of the table of a channel, by that of the channel."""
    return f"{channel}SentTable"


def recorded(architecture: Architecture, channel: str) -> bool:
    """Return whether the messages of a channel are recorded: a program sends them and people receive them."""
    return _read_by_people(architecture, channel) and any(
        sends_to_people(architecture, edge) for edge in architecture.entering(channel, "publish")
    )


def pushes(architecture: Architecture, channel: str) -> bool:
    """Return whether programs that publish to a channel send push notifications to devices."""
    node = architecture.node(channel)
    told = (architecture.node(edge.target).subject for edge in architecture.edges if edge.verb == NOTIFY)
    return node.role == "messaging" and node.subject in told


def pushed_by(architecture: Architecture, program: str) -> frozenset[str]:
    """Return the channels of which a program notifies devices."""
    return frozenset(architecture.node(edge.target).subject for edge in architecture.leaving(program, NOTIFY))


def devices_register(architecture: Architecture, program: str) -> bool:
    """Return whether devices register with a program: callers send it items, and it verifies no sender of webhooks."""
    return bool(architecture.entering(program, "invoke")) and not architecture.leaving(program, "verify")


def sends_to_people(architecture: Architecture, edge: Edge) -> bool:
    """Return whether a program sends by a connection what people read."""
    return edge.verb == "publish" and programmed(architecture, edge) and _read_by_people(architecture, edge.target)


def programmed(architecture: Architecture, edge: Edge) -> bool:
    """Return whether a connection starts at a program."""
    sender = architecture.node(edge.source)
    return sender.kind == "service" and bool(traits_of(sender.service).compute)


def keeps_records(architecture: Architecture, sender: Node) -> bool:
    """Return whether a program records its sent messages."""
    return any(sends_to_people(architecture, edge) for edge in architecture.leaving(sender.id, "publish"))


def _read_by_people(architecture: Architecture, channel: str) -> bool:
    delivered = (architecture.node(edge.target).service for edge in architecture.leaving(channel, "deliver"))
    told = architecture.node(channel).service == ses.TRAITS.service or not _PEOPLE.isdisjoint(delivered)
    return told or pushes(architecture, channel)
