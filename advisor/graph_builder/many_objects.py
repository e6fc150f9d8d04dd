"""A warning about programs that store one object for each message at a high rate: each of these requests is charged."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.decision import Source, Warning
from advisor.sizing.batches import arrivals
from advisor.text import Text, spaced
from advisor.verdict.known import Known
from advisor.vocabulary.units import words

#: Above 100 per second, there are more than 250 million requests in 30 days.
_MOST_PER_S, _DAYS_S = 100.0, 30 * 86400
_BUCKET, _QUEUES = "s3", ("sqs", "sqs-fifo")
_PRICING = Source("https://aws.amazon.com/s3/pricing/", "2026-12-01")


def object_for_each_message(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if a program takes messages from a queue at a high average rate and stores each in a bucket."""
    queues = [architecture.node(edge.source) for edge in architecture.entering(node.id, "consume")]
    queues = [queue for queue in queues if queue.service in _QUEUES and queue.subject in facts]
    for edge in architecture.leaving(node.id, "write") if queues else ():
        bucket = architecture.node(edge.target)
        average, _ = arrivals(facts[node.subject], facts[queues[0].subject])
        if bucket.service == _BUCKET and average > _MOST_PER_S:
            yield Warning(
                node.subject, node.role, "an-object-for-each-message", objects_words(node, bucket, average), _PRICING
            )


def objects_words(node: Node, bucket: Node, average: float) -> Text:
    """Return the sentence on objects that are stored one by one, with their rate and how many requests these are."""
    rate, millions = words(average, "per_s"), average * _DAYS_S / 1e6
    return spaced(
        Text(
            f'"{node.note.en}" stores one object in "{bucket.note.en}" for each message. At the average rate, {rate.en}, these are about '
            f"{millions:,.0f} million PUT requests in 30 days. Amazon S3 charges for each request, so the number of objects determines the "
            'cost, and not their size. If no object is looked up by its ID, choose "A stream of records" as the message type of the channel: '
            "the program then stores one object for each batch.",
            f"「{node.note.ja}」は、メッセージごとに「{bucket.note.ja}」へ 1 個のオブジェクトを保存します。平均{rate.ja}の場合、PUT リクエストは 30 日間で約 "
            f"{millions / 100:,.1f} 億件です。Amazon S3 の料金はリクエストごとにかかるため、データ量よりもオブジェクトの数がコストを左右します。ID で"
            "オブジェクトを参照しないのであれば、チャネルのメッセージの種類を「レコードのストリーム」にしてください。プログラムはバッチごとに 1 個の"
            "オブジェクトを保存します。",
        )
    )
