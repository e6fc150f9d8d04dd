"""Dead-letter queues."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.parts.sqs import ATTRIBUTES
from blueprints.stack.registry import service
from blueprints.stack.scope import Json, Scope
from blueprints.values import Ref


@service("dead-letter-queue", **ATTRIBUTES)
def dead_letters(scope: Scope, node: Node) -> None:
    """A queue with the longest retention period, two weeks."""
    properties: Json = {"SqsManagedSseEnabled": True, "MessageRetentionPeriod": 1209600}
    if settings.flag(node, "fifo"):
        properties["FifoQueue"] = True
    id = scope.name(node.id)
    scope.add(id, "AWS::SQS::Queue", properties, node=node.id)
    scope.output(f"{id}Url", Ref(id), "URL of the dead-letter queue")
