"""Ordered channels: each group stays in its order through every program to the last topic, and what comes twice goes once.

A queue of ours is subscribed to the topic for a moment and shows what its subscribers get, and in which order.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from advisor.architecture import Edge
from prove.traffic import messages
from prove.traffic.scene import Scene

GROUPS, EACH = ("left", "right"), 4
Seen = list[tuple[str, str]]


def from_outside(scene: Scene, published: Edge) -> None:
    """Publish as any application does; then numbers of two groups by turns, each twice, seen at every topic behind."""
    messages.from_outside(scene, published)
    for edge in _to_topics(scene, published):
        with _listening(scene, edge.target) as probe:
            _numbers(scene, published, edge, probe)


def _to_topics(scene: Scene, published: Edge) -> Iterator[Edge]:
    """Give the connections by which ordered topics behind a connection are reached."""
    if scene.node(published.target).service == "sns-fifo":
        yield published
    for taken in scene.architecture.leaving(published.target):
        if taken.verb in ("consume", "deliver"):
            onward = [taken] if taken.verb == "deliver" else scene.architecture.leaving(taken.target, "publish")
            for edge in onward:
                if scene.node(edge.target).service in messages.ORDERED:
                    yield from _to_topics(scene, edge)


@contextmanager
def _listening(scene: Scene, topic: str) -> Iterator[str]:
    sqs, sns = scene.client("sqs"), scene.client("sns")
    arn = scene.deployment.of_node(topic, messages.TOPIC)
    url = sqs.create_queue(QueueName=f"{scene.mark()}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    own = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    may = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": own,
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps({"Statement": [may]})})
    subscribed = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=own, ReturnSubscriptionArn=True)
    try:
        yield url
    finally:
        sns.unsubscribe(SubscriptionArn=subscribed["SubscriptionArn"])
        sqs.delete_queue(QueueUrl=url)


def _numbers(scene: Scene, published: Edge, edge: Edge, probe: str) -> None:
    mark = scene.mark()
    for number in range(EACH):
        for group in GROUPS * 2:
            body = {"id": f"{mark}-{group}-{number}", "name": mark, "key": group}
            messages.publish(scene, published.target, body, group)
    seen: Seen = []
    scene.until(lambda: _read(scene, probe, mark, seen) or None)
    for group in GROUPS:
        got = [number for one, number in seen if one == group]
        wanted = [str(number) for number in range(EACH)]
        scene.check(edge, got == wanted, f"{EACH} of one group come in their order, each once", got)


def _read(scene: Scene, probe: str, mark: str, seen: Seen) -> bool:
    """Take what has come, with the group that it came in; whether all has come, and nothing more after it."""
    sqs = scene.client("sqs")
    whole = len(seen) >= EACH * len(GROUPS)
    asked = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": 1, "AttributeNames": ["MessageGroupId"]}
    got = sqs.receive_message(QueueUrl=probe, **asked).get("Messages", ())
    for one in got:
        found = re.search(rf"{mark}-\w+-(\d+)", one["Body"])
        if found:
            seen.append((one["Attributes"]["MessageGroupId"], found[1]))
        sqs.delete_message(QueueUrl=probe, ReceiptHandle=one["ReceiptHandle"])
    return whole and not got
