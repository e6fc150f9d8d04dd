"""Dead-letter queues: messages that fail are moved there, and processed after a redrive."""

import json
import time
from collections.abc import Iterator

from advisor.architecture import Edge
from blueprints.certificate.notes import NO_CONSUMER, NO_DEAD_LETTERS
from prove.traffic import messages, stores
from prove.traffic.session import Session

QUEUE = "AWS::SQS::Queue"
#: A message that no consumer can parse.
POISON = "poison, and no JSON"
#: How long a message that fails is tried: by a function each second; a container waits longer after each failure.
TRIED_S, TRIED_BY_CONTAINER_S = 40, 300
#: The long polling of a container, which keeps the visibility timeout of its beginning.
ASKING_S = 11


def of_queue(session: Session, edge: Edge) -> None:
    """A poison message goes to the dead-letter queue after its receives, and again after a redrive."""
    sqs = session.client("sqs")
    queue, dead_letters = (session.deployment.of_node(id, QUEUE) for id in (edge.source, edge.target))
    consumers = session.architecture.leaving(edge.source, "consume")
    if not consumers:
        session.omit(edge, NO_CONSUMER.en)
        return
    if any(session.node(consumer.target).service == "eventbridge-pipes" for consumer in consumers):
        # A state machine takes any message, so that what fails is its execution.
        session.omit(edge, NO_DEAD_LETTERS.en)
        return
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    # Receives are minutes apart on AWS; the check is about their number and the dead-letter queue.
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    polled = any(session.node(consumer.target).service != "lambda" for consumer in consumers)
    if polled:
        time.sleep(ASKING_S)
    try:
        _dead_lettered_and_redriven(session, edge, queue, dead_letters, TRIED_BY_CONTAINER_S if polled else TRIED_S)
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)


def _dead_lettered_and_redriven(session: Session, edge: Edge, queue: str, dead_letters: str, tried_s: int) -> None:
    _send(session, queue, f"{session.mark()} {POISON}", "poison")
    if not session.check(edge, _waits(session, dead_letters, tried_s), "poison is set aside after its tries"):
        return
    # A message that failed for a temporary reason, such as a store that did not answer.
    mark, item = session.mark(), session.mark()
    for write in _stores(session, edge.source):
        if _shared(session, write):
            stores.put_item(session, write.target, {"id": item, "name": item})
    _send(session, dead_letters, json.dumps({"id": mark, "key": item, "name": mark}), "healed")
    session.wait_for(lambda: _count(session, dead_letters) >= 2 or None)
    _redrive(session, queue, dead_letters)
    for write in _stores(session, edge.source):
        done = session.wait_for(lambda e=write: stores.holds(session, e.target, mark) or None)  # type: ignore[misc]
        session.check(edge, bool(done), "what is sent back and can be done by now is done", write.id)
    session.check(edge, _waits(session, dead_letters, tried_s), "poison that was sent back is set aside again")
    session.client("sqs").purge_queue(QueueUrl=dead_letters)


def _send(session: Session, queue: str, body: str, group: str) -> None:
    fifo = {"MessageGroupId": group, "MessageDeduplicationId": session.mark()} if queue.endswith(".fifo") else {}
    session.client("sqs").send_message(QueueUrl=queue, MessageBody=body, **fifo)


def _stores(session: Session, queue: str) -> Iterator[Edge]:
    """Yield the connections by which the consumers of a queue store results."""
    for consumed in session.architecture.leaving(queue, "consume"):
        for write in session.architecture.leaving(consumed.target):
            if write.verb in messages.STORING and session.node(write.target).service in stores.READABLE:
                yield write


def _shared(session: Session, write: Edge) -> bool:
    """Return whether others write to a store as well: a program then sets its result in items that exist."""
    return any(
        other.verb in messages.STORING and other.source != write.source
        for other in session.architecture.entering(write.target)
    )


def _redrive(session: Session, queue: str, dead_letters: str) -> None:
    """Move every message back to its source queue, which the emulator's redrive does not do."""
    sqs = session.client("sqs")
    while received := sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10, WaitTimeSeconds=1).get(
        "Messages"
    ):
        for message in received:
            sqs.delete_message(QueueUrl=dead_letters, ReceiptHandle=message["ReceiptHandle"])
            _send(session, queue, message["Body"], "poison" if POISON in message["Body"] else "healed")


def _waits(session: Session, queue: str, tried_s: int) -> bool:
    return bool(session.wait_for(lambda: _count(session, queue) or None, tried_s))


def waiting(session: Session, queue: str) -> int:
    """Return how many messages wait in a queue."""
    return _count(session, queue)


def _count(session: Session, queue: str) -> int:
    name = "ApproximateNumberOfMessages"
    attributes = session.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=[name])
    return int(attributes["Attributes"][name])


def of_topic(session: Session, edge: Edge) -> None:
    """Every subscription has the dead-letter queue, and the policy of the queue allows the topic.

    The emulator does not retry deliveries, so the test subscribes the queue for a moment: allowed messages arrive.
    """
    sns, sqs = session.client("sns"), session.client("sqs")
    topic, dead_letters = (
        session.deployment.of_node(edge.source, messages.TOPIC),
        session.deployment.of_node(edge.target, QUEUE),
    )
    arn = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    delivers = session.architecture.leaving(edge.source, "deliver")
    for subscription in (
        resource
        for deliver in delivers
        for resource in session.deployment.of_edge(deliver.id, "AWS::SNS::Subscription")
    ):
        attributes = sns.get_subscription_attributes(SubscriptionArn=subscription.physical_id)["Attributes"]
        leads_to = json.loads(attributes.get("RedrivePolicy", "{}")).get("deadLetterTargetArn")
        session.check(edge, leads_to == arn, f"{subscription.id} sets aside what it cannot deliver", leads_to)
    trial = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)["SubscriptionArn"]
    mark = session.mark()
    messages.publish(session, edge.source, {"id": mark, "name": mark})
    session.check(
        edge, bool(session.wait_for(lambda: _count(session, dead_letters) or None, 10)), "the queue lets the topic in"
    )
    sns.unsubscribe(SubscriptionArn=trial)
    sqs.purge_queue(QueueUrl=dead_letters)


def of_starter(session: Session, edge: Edge) -> None:
    """A schedule, rule or pipe names its dead-letter queue; the emulator never uses it."""
    session.omit(edge, NO_DEAD_LETTERS.en)
