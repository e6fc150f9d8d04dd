"""Effects on other systems: a program records them, so that each happens once for a message.

A queue delivers a message again after a timeout, and a redriven message is a new one for SQS, with another message ID
(https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html,
read 2026-12-01). Whether another system has acted before an error is known to that system alone.
"""

from advisor.architecture import Architecture, Edge, Node
from advisor.sizing.outside_effects import EFFECT_ONCE, IDS_REQUIRED, leads
from blueprints import settings
from blueprints.naming import pascal

#: What a program may do with its records.
ACTIONS = ("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem")
#: Attributes of a program: the name and the ARN of the table with its records.
TABLE_NAME, TABLE_ARN = "effects-table-name", "effects-table-arn"
#: The end of the name of the environment variable with the table; no name of a store's variable ends like this.
TABLE_VARIABLE = "EFFECT_RECORDS"
#: The statement by which a program uses its records.
SID = "RecordEffects"


def acts_once(node: Node) -> bool:
    """Return whether a program has an effect on another system that happens once for each message."""
    return settings.flag(node, EFFECT_ONCE)


def table_id(node: Node) -> str:
    """Return the logical id of the table of a program, which stays the same when another service runs the component.

    Its output has this id with `Name` at the end.
    """
    return f"{pascal(node.subject)}EffectRecords"


def requires_ids(node: Node) -> bool:
    """Return whether a program refuses messages without an id of their sender."""
    return settings.flag(node, IDS_REQUIRED)


def asked_by(architecture: Architecture, node: Node) -> Edge:
    """Return the connection for which a program records its effects: the one over which messages come."""
    return next(edge for edge in architecture.entering(node.id) if leads(edge))
