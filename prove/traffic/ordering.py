"""Ordered channels: each message group keeps its order through every program to the last topic, without duplicates.

A temporary queue subscribes to the topic and records the messages and their order.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from advisor.architecture import Edge
from prove.traffic import messages
from prove.traffic.session import Session

GROUPS, EACH = ("left", "right"), 4
Received = list[tuple[str, str]]


def from_outside(session: Session, published: Edge) -> None:
    """Publish a message; then numbers of two groups, each twice, and check them at every topic downstream."""
    messages.from_outside(session, published)
    for edge in _to_topics(session, published):
        with _listening(session, edge.target) as probe:
            _numbers(session, published, edge, probe)


def _to_topics(session: Session, published: Edge) -> Iterator[Edge]:
    """Yield the connections to ordered topics downstream of a connection."""
    if session.node(published.target).service == "sns-fifo":
        yield published
    for consumption in session.architecture.leaving(published.target):
        if consumption.verb in ("consume", "deliver"):
            onward = (
                [consumption]
                if consumption.verb == "deliver"
                else session.architecture.leaving(consumption.target, "publish")
            )
            for edge in onward:
                if session.node(edge.target).service in messages.ORDERED:
                    yield from _to_topics(session, edge)


@contextmanager
def _listening(session: Session, topic: str) -> Iterator[str]:
    sqs, sns = session.client("sqs"), session.client("sns")
    arn = session.deployment.of_node(topic, messages.TOPIC)
    url = sqs.create_queue(QueueName=f"{session.mark()}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    queue_arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps({"Statement": [statement]})})
    subscribed = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=queue_arn, ReturnSubscriptionArn=True)
    try:
        yield url
    finally:
        sns.unsubscribe(SubscriptionArn=subscribed["SubscriptionArn"])
        sqs.delete_queue(QueueUrl=url)


def _numbers(session: Session, published: Edge, edge: Edge, probe: str) -> None:
    mark = session.mark()
    for number in range(EACH):
        for group in GROUPS * 2:
            body = {"id": f"{mark}-{group}-{number}", "name": mark, "key": group}
            messages.publish(session, published.target, body, group)
    received: Received = []
    session.wait_for(lambda: _read(session, probe, mark, received) or None)
    for group in GROUPS:
        numbers = [number for other, number in received if other == group]
        expected = [str(number) for number in range(EACH)]
        session.check(edge, numbers == expected, f"{EACH} of one group come in their order, each once", numbers)


def _read(session: Session, probe: str, mark: str, received: Received) -> bool:
    """Receive messages with their groups; return whether all have arrived and no more follow."""
    sqs = session.client("sqs")
    whole = len(received) >= EACH * len(GROUPS)
    options = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": 1, "AttributeNames": ["MessageGroupId"]}
    batch = sqs.receive_message(QueueUrl=probe, **options).get("Messages", ())
    for message in batch:
        match = re.search(rf"{mark}-\w+-(\d+)", message["Body"])
        if match:
            received.append((message["Attributes"]["MessageGroupId"], match[1]))
        sqs.delete_message(QueueUrl=probe, ReceiptHandle=message["ReceiptHandle"])
    return whole and not batch
