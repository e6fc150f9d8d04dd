"""Channels of new objects: a bucket of the workload sends them directly to the queue of one consumer, or to an event bus.

S3 delivers a notification at least once and in any order, to a standard queue, filtered by the prefix and the suffix of the key only,
and sends events of one type to one destination (https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html and
notification-how-to-filtering.html, read 2026-11-30). Whatever asks for more needs an event bus.
"""

from collections.abc import Mapping
from typing import Any

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.text import Text
from advisor.verdict.reach import Filled, access_of
from advisor.vocabulary.channel import AWS_EVENTS, DIRECT

#: The fact that a bucket of the workload sends the messages of a channel to its queue.
NOTIFIED = "bucket_notifies"
#: The fact that names the bucket whose new objects a channel carries; "" where the answers name none.
EVENTS_BUCKET = "events_bucket"
NEW_OBJECTS = "s3-object"
#: The reason to take events of AWS services for those of a bucket.
ONE_BUCKET = Because(
    Text(
        "the only consumer reads one store of objects", "唯一のコンシューマーが読み取るオブジェクトのストアは 1 つだけ"
    )
)
# Where a program itself reads the queue and, without a workflow, works on each record of a notification.
_BUCKET = "s3"
_READING = ("lambda", "lambda-managed-instances", "ecs", "eks", "ec2")


def bucket_read(answers: Answers, channel: AnsweredSubject, filled: Filled) -> AnsweredSubject | None:
    """Return the only store of objects that all consumers of a channel with events of AWS services read, or None.

    A bucket whose objects a consumer writes itself would start it again.
    """
    consumers = _consumers(answers, channel)
    published = any(channel.id in c.answers.get("publishes", ()) for c in answers.of_kind("component"))
    if filled(channel)["source"] != "aws-service" or published or filled(channel).get(AWS_EVENTS) == "other":
        return None
    written = {id for consumer in consumers for id in consumer.answers.get("writes", ())}
    read = [{store.id: store for store in _buckets(answers, consumer, filled)} for consumer in consumers]
    ids = {id for stores in read for id in stores}
    if len(ids) != 1 or not all(read) or ids & written:
        return None
    bucket = answers.subjects[ids.pop()]
    return bucket if bucket.pins.get("store", _BUCKET) == _BUCKET else None


def reads_notifications(answers: Answers, channel: AnsweredSubject, computes: Mapping[str, str | None]) -> bool:
    """Return whether a channel has one consumer, whose program reads its queue."""
    consumers = _consumers(answers, channel)
    return len(consumers) == 1 and computes.get(consumers[0].id) in (None, *_READING)


def is_shared(answers: Answers, channel: AnsweredSubject, bucket: AnsweredSubject, filled: Filled) -> bool:
    """Return whether a bucket would also notify the queue of another channel, which S3 does not accept for the same events."""
    others = (other for other in answers.of_kind("channel") if other.id != channel.id)
    alone = (other for other in others if len(_consumers(answers, other)) == 1)
    return any(bucket_read(answers, other, filled) is bucket for other in alone)


def is_notified(values: Mapping[str, Any]) -> bool:
    """Return whether the facts of a channel ask for nothing that a notification in a queue does not offer."""
    plain = values["ordering"] == "none" and values["duplicates_ok"] and values["carries"] in ("work", "event")
    more = any(values[flag] for flag in ("routing", "replay", "other_teams", DIRECT))
    return plain and not more and values["destination_count"] < 2 and values.get(AWS_EVENTS) == NEW_OBJECTS


def _buckets(answers: Answers, consumer: AnsweredSubject, filled: Filled) -> list[AnsweredSubject]:
    read = [answers.subjects[id] for id in consumer.answers.get("reads", ())]
    return [store for store in read if store.kind == "store" and access_of(store, filled(store)) == "objects"]


def _consumers(answers: Answers, channel: AnsweredSubject) -> list[AnsweredSubject]:
    return [c for c in answers.of_kind("component") if c.answers.get("listens_to") == channel.id]
