"""Dead letters: what cannot be done is set aside, and done after all once it is sent back."""

import json
import time
from collections.abc import Iterator

from advisor.architecture import Edge
from prove.traffic import messages, stores
from prove.traffic.scene import Scene

QUEUE = "AWS::SQS::Queue"
#: What no consumer can read.
POISON = "poison, and no JSON"
#: A container that is asking for messages asks for so long, and holds what it gets as long as was set when it began.
ASKING_S = 11


def of_queue(scene: Scene, edge: Edge) -> None:
    """Poison goes to the dead-letter queue after its tries; sent back, it comes there again; then it is taken away."""
    sqs = scene.client("sqs")
    queue, aside = (scene.deployment.of_node(id, QUEUE) for id in (edge.source, edge.target))
    if not scene.architecture.leaving(edge.source, "consume"):
        scene.leave_out(edge, "nobody of this workload consumes the queue")
        return
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    # The tries are minutes apart on AWS; what is proven is how many there are, and where they lead to.
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    consumers = scene.architecture.leaving(edge.source, "consume")
    if any(scene.node(one.target).service != "lambda" for one in consumers):
        time.sleep(ASKING_S)
    try:
        _set_aside_and_sent_back(scene, edge, queue, aside)
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)


def _set_aside_and_sent_back(scene: Scene, edge: Edge, queue: str, aside: str) -> None:
    _send(scene, queue, f"{scene.mark()} {POISON}", "poison")
    if not scene.check(edge, _waits(scene, aside), "poison is set aside after its tries"):
        return
    # Set aside for a reason that is gone by now, such as a store that did not answer.
    mark = scene.mark()
    _send(scene, aside, json.dumps({"id": mark, "name": mark}), "healed")
    scene.until(lambda: _count(scene, aside) >= 2 or None)
    _send_back(scene, queue, aside)
    for kept in _stores(scene, edge.source):
        done = scene.until(lambda e=kept: stores.holds(scene, e.target, mark) or None)  # type: ignore[misc]
        scene.check(edge, bool(done), "what is sent back and can be done by now is done", kept.id)
    scene.check(edge, _waits(scene, aside), "poison that was sent back is set aside again")
    scene.client("sqs").purge_queue(QueueUrl=aside)


def _send(scene: Scene, queue: str, body: str, group: str) -> None:
    fifo = {"MessageGroupId": group, "MessageDeduplicationId": scene.mark()} if queue.endswith(".fifo") else {}
    scene.client("sqs").send_message(QueueUrl=queue, MessageBody=body, **fifo)


def _stores(scene: Scene, queue: str) -> Iterator[Edge]:
    """Give the connections by which the consumers of a queue keep what came of a message."""
    for consumed in scene.architecture.leaving(queue, "consume"):
        for kept in scene.architecture.leaving(consumed.target):
            if kept.verb in messages.KEPT and scene.node(kept.target).service in stores.READABLE:
                yield kept


def _send_back(scene: Scene, queue: str, aside: str) -> None:
    """Do what a redrive does (the emulator has none): every message back to where it came from."""
    sqs = scene.client("sqs")
    while got := sqs.receive_message(QueueUrl=aside, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages"):
        for one in got:
            sqs.delete_message(QueueUrl=aside, ReceiptHandle=one["ReceiptHandle"])
            _send(scene, queue, one["Body"], "poison" if POISON in one["Body"] else "healed")


def _waits(scene: Scene, queue: str) -> bool:
    return bool(scene.until(lambda: _count(scene, queue) or None, 40))


def waiting(scene: Scene, queue: str) -> int:
    """Return how many messages wait in a queue."""
    return _count(scene, queue)


def _count(scene: Scene, queue: str) -> int:
    name = "ApproximateNumberOfMessages"
    found = scene.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=[name])
    return int(found["Attributes"][name])


def of_topic(scene: Scene, edge: Edge) -> None:
    """Every subscription sets aside what it cannot deliver, and the queue lets the topic in.

    The emulator does not retry deliveries, so the queue is subscribed for a moment: what its policy lets in arrives.
    """
    sns, sqs = scene.client("sns"), scene.client("sqs")
    topic, aside = scene.deployment.of_node(edge.source, messages.TOPIC), scene.deployment.of_node(edge.target, QUEUE)
    arn = sqs.get_queue_attributes(QueueUrl=aside, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    delivers = scene.architecture.leaving(edge.source, "deliver")
    for made in (one for deliver in delivers for one in scene.deployment.of_edge(deliver.id, "AWS::SNS::Subscription")):
        attributes = sns.get_subscription_attributes(SubscriptionArn=made.physical_id)["Attributes"]
        leads_to = json.loads(attributes.get("RedrivePolicy", "{}")).get("deadLetterTargetArn")
        scene.check(edge, leads_to == arn, f"{made.id} sets aside what it cannot deliver", leads_to)
    trial = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)["SubscriptionArn"]
    mark = scene.mark()
    messages.publish(scene, edge.source, {"id": mark, "name": mark})
    scene.check(edge, bool(scene.until(lambda: _count(scene, aside) or None, 10)), "the queue lets the topic in")
    sns.unsubscribe(SubscriptionArn=trial)
    sqs.purge_queue(QueueUrl=aside)


def of_starter(scene: Scene, edge: Edge) -> None:
    """A schedule, rule or pipe names its queue; the emulator never sets anything aside there."""
    scene.leave_out(edge, "the emulator sets nothing aside here: proven by the policy of the queue or role")
