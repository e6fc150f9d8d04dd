"""SQS queues: senders and receivers, redrive to a dead-letter queue, and queue policies."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.cross_account import publishing_statement
from blueprints.shared.event_source_mappings import MAPPING, source_id
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import resource_policy
from blueprints.stack.registry import Attribute, carried, connection, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.sqs import RECEIVE_ACTIONS, kept_s
from blueprints.values import Ref, Value

QUEUES = ("sqs", "sqs-fifo")
ATTRIBUTES: dict[str, Attribute] = {"url": itself, "arn": own("Arn"), "name": own("QueueName")}

carried(PROGRAMS, ["publish"], QUEUES)
carried(["application", "saas"], ["publish"], QUEUES, by="target")
carried(QUEUES, ["consume"], ["ecs", "eks", "batch"], by="target")


@service("sqs", "sqs-fifo", **ATTRIBUTES)
def queue(scope: Scope, node: Node) -> None:
    """An encrypted queue; repeatedly failing messages go to the dead-letter queue of its connection."""
    properties: Json = {
        "SqsManagedSseEnabled": True,
        "VisibilityTimeout": settings.number(node, "visibility_timeout_s"),
        "MessageRetentionPeriod": kept_s(node),
        "ReceiveMessageWaitTimeSeconds": 20,
    }
    if node.service == "sqs-fifo":
        properties |= {
            "FifoQueue": True,
            "ContentBasedDeduplication": True,
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
        }
    delay = settings.number(node, "delay_s")
    if delay:
        properties["DelaySeconds"] = min(900, delay)
    id = scope.name(node.id)
    scope.add(id, "AWS::SQS::Queue", properties, node=node.id)
    scope.output(f"{id}Url", Ref(id), "URL of the queue")


@connection(QUEUES, "dead-letter", ["dead-letter-queue"])
def queue_dead_letters(scope: Scope, edge: Edge) -> None:
    """Move messages that were received too often to the dead-letter queue."""
    node = scope.architecture.node(edge.source)
    scope.properties(scope.main(node.id))["RedrivePolicy"] = {
        "deadLetterTargetArn": scope.of(edge.target, "arn"),
        "maxReceiveCount": settings.number(node, "max_receive_count"),
    }
    scope.carry(scope.main(node.id), edge.id)


@connection(["sqs-fifo"], "deliver", ["function"])
def existing_function_consumes(scope: Scope, edge: Edge) -> None:
    """Map the queue to a function that exists, whose role the queue's policy lets receive."""
    name = scope.name(edge.target)
    properties = {
        "EventSourceArn": scope.of(edge.source, "arn"),
        "FunctionName": Ref(scope.plan.parameter(edge.target).id),
        "BatchSize": 1,
    }
    policy = f"{scope.name(edge.source)}Policy"
    scope.add(source_id(scope, edge), MAPPING, properties, edge=edge.id, depends=[policy])
    scope.properties(scope.main(edge.source))["VisibilityTimeout"] = Ref(f"{name}VisibilitySeconds")
    statement = {
        "Sid": f"Allow{name}Receive",
        "Effect": "Allow",
        "Principal": {"AWS": Ref(f"{name}RoleArn")},
        "Action": list(RECEIVE_ACTIONS),
        "Resource": scope.of(edge.source, "arn"),
    }
    scope.queue_statements.setdefault(edge.source, []).append((statement, edge.id))


@connection(EXTERNAL_PRINCIPALS, "publish", QUEUES)
def principal_publishes(scope: Scope, edge: Edge) -> None:
    """Allow the other account or the AWS service to send messages to the queue."""
    scope.queue_statements.setdefault(edge.target, []).append((publishing_statement(scope, edge), edge.id))


def queue_policies(scope: Scope) -> None:
    """Allow only the topics, rules and accounts that deliver to a queue to send messages to it."""
    for admission in scope.plan.admissions:
        admitted = scope.queue_statements.setdefault(admission.queue, [])
        sids = {known["Sid"] for known, _ in admitted}
        names = (scope.name(admission.source.node), scope.name(admission.edge))
        statement = {
            "Sid": next(sid for name in names if (sid := f"Allow{name}Send") not in sids),
            "Effect": "Allow",
            "Principal": {"Service": admission.principal},
            "Action": "sqs:SendMessage",
            "Resource": scope.of(admission.queue, "arn"),
            "Condition": {"ArnEquals": {"aws:SourceArn": scope.value(admission.source)}},
        }
        admitted.append((statement, admission.edge))
    for queue, admitted in scope.queue_statements.items():
        resource_policy(scope, queue, "AWS::SQS::QueuePolicy", {"Queues": [scope.of(queue, "url")]}, admitted)


@encrypted("AWS::SQS::Queue", KeyUse("sqs"))
def _under_key(properties: Json, arn: Value) -> None:
    del properties["SqsManagedSseEnabled"]
    properties |= {"KmsMasterKeyId": arn, "KmsDataKeyReusePeriodSeconds": 300}
