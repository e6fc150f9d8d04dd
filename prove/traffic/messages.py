"""Messages: a published message arrives at every destination, and where each consumer stores or forwards it."""

import json
from functools import partial
from typing import Any

from advisor.architecture import Edge
from blueprints.certificate.notes import NO_EMULATOR
from prove.live.account import account, partner
from prove.live.deploy import partner_path
from prove.traffic import stores
from prove.traffic.session import Session

FORWARDING = ("publish", "deliver", "consume")
STORING = ("write", "read-write")
PEOPLE = ("email", "sms")
#: Channels with ordering per message group and deduplication.
ORDERED = ("sqs-fifo", "sns-fifo")
QUEUE, TOPIC, STREAM = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Kinesis::Stream"


def publish(session: Session, channel: str, message: dict[str, Any], group: str = "all") -> None:
    """Publish a message as an external application does."""
    node, body = session.node(channel), json.dumps(message)
    ordered = {"MessageGroupId": group} if node.service in ORDERED else {}
    if node.service in ("sqs", "sqs-fifo"):
        url = session.deployment.of_node(channel, QUEUE)
        session.client("sqs").send_message(QueueUrl=url, MessageBody=body, **ordered)
    elif node.service in ("sns", "sns-fifo"):
        session.client("sns").publish(TopicArn=session.deployment.of_node(channel, TOPIC), Message=body, **ordered)
    elif node.service == "kinesis":
        stream = session.deployment.of_node(channel, STREAM)
        session.client("kinesis").put_record(StreamName=stream, Data=body.encode(), PartitionKey=group)
    else:
        raise LookupError(f"nobody here can publish to {node.service}")


def from_outside(session: Session, edge: Edge) -> None:
    """Publish a message twice as the application at the source of a connection; it is processed once."""
    mark = session.mark()
    for _ in range(2):
        publish(session, edge.target, {"id": mark, "name": mark})
    arrives(session, edge, mark)
    once(session, edge.target, mark)


def to_devices(session: Session, edge: Edge) -> None:
    """Leave out notifications of devices: no platform such as FCM runs here. Programs send them in the tier of behaviour."""
    session.omit(edge, NO_EMULATOR.en.format("push platform"))


def once(session: Session, channel: str, mark: str) -> None:
    """Check that a duplicate message is stored once in the table of each consumer."""
    for consumed in session.architecture.leaving(channel, "consume"):
        for write in session.architecture.leaving(consumed.target, "write"):
            if session.node(write.target).service == "dynamodb":
                texts = [text for text in stores.contents(session, write.target) if mark in text]
                session.check(write, len(texts) == 1, "what came twice is kept once", f"{len(texts)} items")


def arrives(session: Session, edge: Edge, mark: str) -> bool:
    """Return whether a marked message arrived at the target of a connection, which proves the connection."""
    target = session.node(edge.target)
    if target.service in PEOPLE:
        return _notified(session, edge, mark)
    if target.service == "partner-http":
        return _partner_called(session, edge, mark)
    if edge.verb in STORING:
        return _stored(session, edge, mark)
    arrived = follow(session, edge.target, mark)
    if arrived:
        session.record(edge, "what was sent is found behind it")
    return arrived


def follow(session: Session, node: str, mark: str) -> bool:
    """Follow every connection by which a node forwards or stores a message; return True if it arrived at a target."""
    arrived = False
    for edge in session.architecture.leaving(node):
        if edge.verb in FORWARDING or (edge.verb in STORING and edge.id not in session.evidence):
            arrived = arrives(session, edge, mark) or arrived
        elif edge.verb in STORING and not arrived and session.node(edge.target).service in stores.READABLE:
            # Another sender has proven the connection: here it only shows that this message arrived as well.
            arrived = bool(session.wait_for(partial(_holds, session, edge.target, mark)))
    return arrived


def _holds(session: Session, store: str, mark: str) -> bool | None:
    return stores.holds(session, store, mark) or None


def _stored(session: Session, edge: Edge, mark: str) -> bool:
    service = session.node(edge.target).service
    if service not in stores.READABLE:
        session.omit(edge, NO_EMULATOR.en.format(service))
        return False
    stored = session.wait_for(partial(_holds, session, edge.target, mark))
    return session.check(edge, bool(stored), "what was sent is in the store")


def _notified(session: Session, edge: Edge, mark: str) -> bool:
    topic = session.deployment.of_node(edge.source, TOPIC)

    def look() -> bool | None:
        return any(message["topic"] == topic and mark in message["message"] for message in account().mail()) or None

    return session.check(
        edge, bool(session.wait_for(look)), f"the message goes out by {session.node(edge.target).service}"
    )


def _partner_called(session: Session, edge: Edge, mark: str) -> bool:
    path = partner_path(session.deployment.project, edge.target)

    def look() -> bool | None:
        return (
            any(
                message.get("Type") == "Notification" and mark in message["Message"]
                for message in partner().messages(path)
            )
            or None
        )

    confirmed = any(message.get("Type") == "SubscriptionConfirmation" for message in partner().messages(path))
    session.check(edge, confirmed, "the partner is asked to confirm")
    return session.check(edge, bool(session.wait_for(look)), "the partner is called")
