"""Channels: queues, topics, buses and the dead-letter queues beside them."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.registry import Attribute, attribute, itself, own, service
from blueprints.scope import Json, Scope
from blueprints.traits import eventbridge_bus
from blueprints.values import Att, Ref, arn, stack_name

ARCHIVE_DAYS = 30
_QUEUE: dict[str, Attribute] = {"url": itself, "arn": own("Arn"), "name": own("QueueName")}


@service("sqs", "sqs-fifo", **_QUEUE)
def queue(scope: Scope, node: Node) -> None:
    """An encrypted queue; what fails too often goes to the dead-letter queue that its connection names."""
    properties: Json = {
        "SqsManagedSseEnabled": True,
        "VisibilityTimeout": settings.number(node, "visibility_timeout_s"),
        "MessageRetentionPeriod": min(1209600, max(60, settings.number(node, "retention_s"))),
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
    scope.output(f"{id}Url", Ref(id), Text("URL of the queue", "キューの URL"))


@service("dead-letter-queue", **_QUEUE)
def dead_letters(scope: Scope, node: Node) -> None:
    """A queue that keeps what failed for two weeks, the longest there is."""
    properties: Json = {"SqsManagedSseEnabled": True, "MessageRetentionPeriod": 1209600}
    if settings.flag(node, "fifo"):
        properties["FifoQueue"] = True
    id = scope.name(node.id)
    scope.add(id, "AWS::SQS::Queue", properties, node=node.id)
    scope.output(f"{id}Url", Ref(id), Text("URL of the dead-letter queue", "デッドレターキューの URL"))


@service("sns", "sns-fifo", arn=itself, name=own("TopicName"))
def topic(scope: Scope, node: Node) -> None:
    """An encrypted topic."""
    properties: Json = {"KmsMasterKeyId": "alias/aws/sns"}
    id = scope.name(node.id)
    if node.service == "sns-fifo":
        # CloudFormation makes a name up that SNS refuses: that of an ordered topic has to end so.
        name = stack_name(f"{id}.fifo")
        properties |= {"TopicName": name, "FifoTopic": True, "ContentBasedDeduplication": True}
    scope.add(id, "AWS::SNS::Topic", properties, node=node.id)
    scope.output(f"{id}Arn", Ref(id), Text("ARN of the topic", "トピックの ARN"))


def bus_name(scope: Scope, node: Node) -> str | Ref:
    """Return what rules call the bus: its name, or `default` where AWS services put their events."""
    return "default" if on_default_bus(scope, node) else Ref(scope.name(node.id))


def on_default_bus(scope: Scope, node: Node) -> bool:
    """Return whether a bus stands for the account's default bus."""
    return eventbridge_bus.on_default_bus(scope.architecture, node)


def _bus_arn(scope: Scope, node: Node) -> object:
    if on_default_bus(scope, node):
        return arn("events", "event-bus/default")
    return Att(scope.name(node.id), "Arn")


@service("eventbridge-bus", name=lambda scope, node: bus_name(scope, node), arn=_bus_arn)
def bus(scope: Scope, node: Node) -> None:
    """A bus of the workload's own. Where AWS services emit there is none to make: rules stand on the default bus."""
    id = scope.name(node.id)
    if on_default_bus(scope, node):
        return
    saas = [
        edge.source
        for edge in scope.architecture.entering(node.id, "emit")
        if scope.architecture.node(edge.source).service == "saas"
    ]
    source = Ref(scope.plan.parameter(saas[0]).id) if saas else None
    properties: Json = {"Name": source, "EventSourceName": source} if saas else {"Name": stack_name(id)}
    scope.add(id, "AWS::Events::EventBus", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), Text("Name of the event bus", "イベントバス名"))
    if settings.flag(node, "replay"):
        archive = {
            "SourceArn": Att(id, "Arn"),
            "RetentionDays": ARCHIVE_DAYS,
            "Description": f"Events of {id} for replay",
        }
        scope.add(f"{id}Archive", "AWS::Events::Archive", archive, node=node.id)


@attribute("other-account", "arn")
def default_bus_of(scope: Scope, node: Node) -> object:
    """The default bus of another account."""
    account = Ref(scope.plan.parameter(node.id).id)
    return arn("events", "event-bus/default", account=account)
