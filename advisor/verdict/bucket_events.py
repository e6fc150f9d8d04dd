"""Channels whose messages are S3 event notifications: a bucket of the workload sends them directly to the queue of one consumer.

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


def notifying_bucket(
    answers: Answers, channel: AnsweredSubject, computes: Mapping[str, str | None], filled: Filled
) -> AnsweredSubject | None:
    """Return the store of objects that can notify the queue of a channel of new objects, or None.

    It is the only one that the only consumer reads. A bucket whose objects the consumer writes itself would start it again: a filter
    cannot exclude a prefix. One that would notify two queues of the same events is not accepted by S3.
    """
    found = _read_by_consumer(answers, channel, filled)
    if found is None or not _reads_itself(answers, channel, computes):
        return None
    others = (other for other in answers.of_kind("channel") if other.id != channel.id)
    taken = any(_read_by_consumer(answers, other, filled) is found for other in others)
    return None if taken else found


def is_notified(values: Mapping[str, Any]) -> bool:
    """Return whether the facts of a channel ask for nothing that a notification in a queue does not offer."""
    plain = values["ordering"] == "none" and values["duplicates_ok"] and values["carries"] in ("work", "event")
    more = any(values[flag] for flag in ("routing", "replay", "other_teams", DIRECT))
    return plain and not more and values["destination_count"] < 2 and values.get(AWS_EVENTS) == NEW_OBJECTS


def _read_by_consumer(answers: Answers, channel: AnsweredSubject, filled: Filled) -> AnsweredSubject | None:
    """Return the only store of objects that the only consumer of a channel with events of AWS services reads, and does not write."""
    values = filled(channel)
    consumers = _consumers(answers, channel)
    published = any(channel.id in c.answers.get("publishes", ()) for c in answers.of_kind("component"))
    if values["source"] != "aws-service" or len(consumers) != 1 or published or values.get(AWS_EVENTS) == "other":
        return None
    consumer = consumers[0]
    read = [answers.subjects[id] for id in consumer.answers.get("reads", ())]
    buckets = [store for store in read if store.kind == "store" and access_of(store, filled(store)) == "objects"]
    written = consumer.answers.get("writes", ())
    if len(buckets) != 1 or buckets[0].id in written or buckets[0].pins.get("store", _BUCKET) != _BUCKET:
        return None
    return buckets[0]


def _reads_itself(answers: Answers, channel: AnsweredSubject, computes: Mapping[str, str | None]) -> bool:
    return all(computes.get(consumer.id) in (None, *_READING) for consumer in _consumers(answers, channel))


def _consumers(answers: Answers, channel: AnsweredSubject) -> list[AnsweredSubject]:
    return [c for c in answers.of_kind("component") if c.answers.get("listens_to") == channel.id]
