"""Messages: what is published arrives at every destination, and where each consumer keeps or passes it on."""

import json
from typing import Any

from advisor.architecture import Edge
from prove.live.account import account, partner
from prove.live.deploy import partner_path
from prove.traffic import stores
from prove.traffic.scene import Scene

PASSED_ON = ("publish", "deliver", "consume")
KEPT = ("write", "read-write")
PEOPLE = ("email", "sms", "push")
#: Channels that keep the order of a group, and take what comes twice once.
ORDERED = ("sqs-fifo", "sns-fifo")
QUEUE, TOPIC, STREAM = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Kinesis::Stream"


def publish(scene: Scene, channel: str, message: dict[str, Any], group: str = "all") -> None:
    """Publish a message as an application outside does."""
    node, body = scene.node(channel), json.dumps(message)
    ordered = {"MessageGroupId": group} if node.service in ORDERED else {}
    if node.service in ("sqs", "sqs-fifo"):
        url = scene.deployment.of_node(channel, QUEUE)
        scene.client("sqs").send_message(QueueUrl=url, MessageBody=body, **ordered)
    elif node.service in ("sns", "sns-fifo"):
        scene.client("sns").publish(TopicArn=scene.deployment.of_node(channel, TOPIC), Message=body, **ordered)
    elif node.service == "kinesis":
        stream = scene.deployment.of_node(channel, STREAM)
        scene.client("kinesis").put_record(StreamName=stream, Data=body.encode(), PartitionKey=group)
    else:
        raise LookupError(f"nobody here can publish to {node.service}")


def from_outside(scene: Scene, edge: Edge) -> None:
    """Publish as the application at the source of a connection; it comes twice, and is done once."""
    mark = scene.mark()
    for _ in range(2):
        publish(scene, edge.target, {"id": mark, "name": mark})
    arrives(scene, edge, mark)
    once(scene, edge.target, mark)


def once(scene: Scene, channel: str, mark: str) -> None:
    """See that a message with an id that came twice was kept once in the table of each consumer."""
    for consumed in scene.architecture.leaving(channel, "consume"):
        for kept in scene.architecture.leaving(consumed.target, "write"):
            if scene.node(kept.target).service == "dynamodb":
                found = [text for text in stores.contents(scene, kept.target) if mark in text]
                scene.check(kept, len(found) == 1, "what came twice is kept once", f"{len(found)} items")


def arrives(scene: Scene, edge: Edge, mark: str) -> bool:
    """See whether a marked message that took a connection is found behind it; then the connection works."""
    target = scene.node(edge.target)
    if target.service in PEOPLE:
        return _told(scene, edge, mark)
    if target.service == "partner-http":
        return _called(scene, edge, mark)
    if edge.verb in KEPT:
        return _kept(scene, edge, mark)
    arrived = follow(scene, edge.target, mark)
    if arrived:
        scene.saw(edge, "what was sent is found behind it")
    return arrived


def follow(scene: Scene, node: str, mark: str) -> bool:
    """Look behind every connection by which a node passes on or keeps what it was given; True when any was found."""
    found = False
    for edge in scene.architecture.leaving(node):
        if edge.verb in PASSED_ON or (edge.verb in KEPT and edge.id not in scene.seen):
            found = arrives(scene, edge, mark) or found
    return found


def _kept(scene: Scene, edge: Edge, mark: str) -> bool:
    service = scene.node(edge.target).service
    if service not in stores.READABLE:
        scene.leave_out(edge, f"the emulator runs no {service}")
        return False
    kept = scene.until(lambda: stores.holds(scene, edge.target, mark) or None)
    return scene.check(edge, bool(kept), "what was sent is in the store")


def _told(scene: Scene, edge: Edge, mark: str) -> bool:
    topic = scene.deployment.of_node(edge.source, TOPIC)

    def look() -> bool | None:
        return any(one["topic"] == topic and mark in one["message"] for one in account().mail()) or None

    return scene.check(edge, bool(scene.until(look)), f"the message goes out by {scene.node(edge.target).service}")


def _called(scene: Scene, edge: Edge, mark: str) -> bool:
    path = partner_path(scene.deployment.project, edge.target)

    def look() -> bool | None:
        return any(one.get("Type") == "Notification" and mark in one["Message"] for one in partner().got(path)) or None

    asked = any(one.get("Type") == "SubscriptionConfirmation" for one in partner().got(path))
    scene.check(edge, asked, "the partner is asked to confirm")
    return scene.check(edge, bool(scene.until(look)), "the partner is called")
