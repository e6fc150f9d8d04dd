"""Warnings about streams: consumers that fall behind, and more shards than an account may have."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.decision import Warning
from advisor.sizing.batches import arrivals
from advisor.sizing.node_updates import number
from advisor.sizing.sized import rate, seconds
from advisor.text import Text, spaced
from advisor.verdict.known import Known

_SHARDS, _MANY_SHARDS = "kinesis-shards-default", "kinesis-shards-largest-regions"
#: The Regions with the larger default quota of shards, by the source of the fact.
_LARGEST_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")


def late_consumers(architecture: Architecture, node: Node, facts: Mapping[str, Known]) -> Iterator[Warning]:
    """Warn at a function that processes fewer records of a stream than arrive on average, by the time stated or assumed."""
    for edge in architecture.entering(node.id, "consume"):
        stream = architecture.node(edge.source)
        if stream.service != "kinesis" or node.service != "lambda" or stream.subject not in facts:
            continue
        consumer, channel = facts[node.subject], facts[stream.subject]
        average, batches = arrivals(consumer, channel)[0], number(node, "concurrency")
        typical_s = float(consumer.values["typical_run_s"])
        unstated = {"typical_run_s", "longest_run_s"} <= consumer.assumed or not (consumer.rated or channel.rated)
        if batches and not unstated and average * typical_s > batches:
            words = late_words(node, stream, average, typical_s, int(batches), "typical_run_s" in consumer.assumed)
            yield Warning(node.subject, node.role, "stream-consumer-falls-behind", words)


def late_words(node: Node, stream: Node, average: float, typical_s: float, batches: int, assumed: bool) -> Text:
    """Return the sentence on a function that takes too long for each record: `batches` run at a time, records one by one."""
    arriving, takes, done = rate(average, "record"), seconds(typical_s), rate(batches / typical_s, "record")
    stated = Text(
        f" The {takes.en} are assumed: state the typical run time." if assumed else "",
        f"この{takes.ja}は仮定です。通常の実行時間を回答してください。" if assumed else "",
    )
    return spaced(
        Text(
            f'{arriving.en} arrive in "{stream.note.en}" on average, but "{node.note.en}" processes only {done.en}: {batches:,} batches at a time, '
            f"with {takes.en} for each record. It falls behind, and records that reach the end of their retention are lost.{stated.en} If records really "
            "take this long, process the records of a batch together or in parallel in the program. Use a queue if the records do not depend on each "
            "other. Deliver records that are only stored directly to a data lake.",
            f"「{stream.note.ja}」には平均{arriving.ja}が届きますが、「{node.note.ja}」が処理できるのは{done.ja}だけです（同時に {batches:,} 個のバッチ、"
            f"1 件あたり{takes.ja}）。処理が追い付かず、保持期間を過ぎたレコードは失われます。{stated.ja}実際にこの時間がかかる場合は、プログラムで"
            "バッチ内のレコードをまとめて、または並列に処理してください。レコードが互いに依存しない場合はキューを使い、保存だけの場合はデータレイクに直接配信してください。",
        )
    )


def exceeded_shards(architecture: Architecture, region: str, dated: DatedBook) -> Iterator[Warning]:
    """Warn at the largest stream if the provisioned shards of the workload are more than the default quota of its Region."""
    streams = [one for one in architecture.of_service("kinesis") if one.settings.get("provisioned")]
    streams.sort(key=lambda one: (-number(one, "shards"), one.id))
    total = int(sum(number(one, "shards") * one.count for one in streams))
    fact = _MANY_SHARDS if region in _LARGEST_REGIONS else _SHARDS
    quota = dated.whole(fact, "count", 1000)
    if total > quota:
        words, source = shards_words(total, quota), dated.book.facts[fact].source
        yield Warning(streams[0].subject, streams[0].role, "shards-exceed-the-account-quota", words, source)


def shards_words(total: int, quota: int) -> Text:
    """Return the sentence on more shards than the default quota."""
    return Text(
        f"The streams of this workload need {total:,} provisioned shards, but the default quota of an account in this Region can be {quota:,}. If the "
        "quota is lower, creating the stream fails. Request an increase before you deploy, or send less: several records in one, or compressed.",
        f"このワークロードのストリームにはプロビジョニングされたシャードが {total:,} 個必要ですが、このリージョンのアカウントのデフォルトのクォータは {quota:,} 個の"
        "場合があります。クォータが足りないと、ストリームを作成できません。デプロイ前に引き上げを申請するか、複数のレコードをまとめる、圧縮するなどして"
        "流量を減らしてください。",
    )
