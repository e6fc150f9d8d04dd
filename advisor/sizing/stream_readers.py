"""Shards of a stream, and how many batches of a shard a function reads at once."""

import math

from advisor.book import DatedBook
from advisor.sizing.batches import arrivals, rating
from advisor.sizing.sized import SPARE, Sized, count, rate, seconds
from advisor.text import Text
from advisor.verdict.known import Known

#: Readers of one shard, and the shards with which an on-demand stream begins.
#: https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html (read 2026-11-27)
PARALLELIZATION = "https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html"
MOST_READERS, FIRST_SHARDS = 10, 4
#: What all consumers without enhanced fan-out together read of a shard.
STREAM_LIMITS = "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html"
READ_BYTES_PER_S = 2 * 2**20
_BOUNDED = Text(
    " These shards are not enough at this peak, which is only known as an upper bound. State the rate of the channel to get more shards.",
    "このピークには足りませんが、ピークは上限しかわからないため、シャードは増やしません。チャネルのレートを回答すると、シャード数を見直します。",
)


def shards_for_peak(channel: Known, shards: int, reading: int) -> Sized:
    """Return the shards of a stream whose peak is more than a new on-demand stream takes, or its readers read.

    `shards` are those that the writers need, `reading` the number of consumers, which share what can be read of a shard.
    An upper bound of the peak provisions none: shards are paid for by the hour, and an on-demand stream takes what comes.
    """
    sized, peak = Sized(), float(channel.values["rate_peak_rps"])
    together = math.ceil(peak * float(channel.values["message_bytes"]) * reading / READ_BYTES_PER_S)
    needed = max(shards, together)
    if not (channel.rated or channel.follows) or needed <= FIRST_SHARDS:
        return sized
    if not channel.rated:
        return _scaling(shards)
    sized.settings["provisioned"] = True
    sized.put(
        "shards", needed, unit="count",
        en=(
            "The peak is more than a new on-demand stream of {first} shards accepts at once, so the stream is provisioned for it."
            if needed == shards else
            "{reading} consumers share the 2 MiB per second that can be read from a shard, so they need {needed} shards at the peak."),
        ja=(
            "ピーク時の流量は、新しいオンデマンドのストリーム（シャード {first} 個）がすぐに受け付けられる量を超えるため、プロビジョンドモードにします。"
            if needed == shards else
            "1 つのシャードから読み取れる毎秒 2 MiB を {reading} 個のコンシューマーで分け合うため、ピーク時には {needed} 個のシャードが必要です。"),
        source=STREAM_LIMITS, first=count(FIRST_SHARDS), reading=count(reading), needed=count(needed),
    )  # fmt: skip
    return sized


def _scaling(shards: int) -> Sized:
    """Return the shards that writers need at most, for a stream that stays on demand."""
    sized = Sized()
    sized.put(
        "shards", shards, unit="count",
        en=(
            "The peak is only known as an upper bound. The stream remains an on-demand stream, which begins with {first} shards and scales "
            "automatically, because provisioned shards are charged per hour. State the rate of the channel to provision the stream for it."),
        ja=(
            "ピーク時の流量は上限しかわかりません。プロビジョニングしたシャードには 1 時間ごとに料金がかかるため、{first} 個のシャードから自動的にスケール"
            "するオンデマンドのストリームのままにします。チャネルのレートを回答すると、その流量に合わせてプロビジョニングします。"),
        source=STREAM_LIMITS, first=count(FIRST_SHARDS),
    )  # fmt: skip
    return sized


def readers(consumer: Known, channel: Known, shards: int, dated: DatedBook) -> tuple[Sized, Sized]:
    """Return the number of concurrent batches per shard, and the shard count if an on-demand stream has too few.

    Shards follow only the stated time of a record: the longest would be far from it. Where that alone is known, as many
    batches as a shard allows are read at once, which costs nothing while records are short. Shards for more batches than
    the account has concurrent executions by default would be paid for and not be read. An upper bound of the peak adds no
    shards either.
    """
    sized, stream = Sized(), Sized()
    typical, peak = float(consumer.values["typical_run_s"]), arrivals(consumer, channel)[1]
    if "typical_run_s" in consumer.assumed:
        return _readers_for_longest(consumer, channel, shards), stream
    needed = math.ceil(round(peak * typical * SPARE, 6))
    if needed <= shards:
        return sized, stream
    amounts = {
        "peak": rate(peak, "record"),
        "typical": seconds(typical),
        "needed": count(needed),
        "most": count(MOST_READERS),
    }
    quota = dated.whole("lambda-concurrency-default", "count", 1000)
    many = needed > shards * MOST_READERS
    rated = rating(consumer, channel)
    bounded = many and rated.follows and not rated.rated
    short = many and not bounded and needed > quota
    if many and not short and not bounded:
        shards = math.ceil(needed / MOST_READERS)
        stream.settings["provisioned"] = True
        stream.put(
            "shards", shards, unit="count",
            en=(
            "{peak} at the peak, which take {typical} each, need {needed} concurrent batches with a margin of 20%. Lambda processes at most "
            "{most} per shard, and a new on-demand stream has too few shards for this."),
            ja=(
            "ピーク時の{peak} × 1 件あたり{typical}に 20% の余裕を加え、{needed} 個のバッチを並列に処理する必要があります。Lambda が処理"
            "するのは 1 シャードあたり最大 {most} 個で、新しいオンデマンドのストリームではシャードが足りません。"), source=PARALLELIZATION, **amounts,
        )  # fmt: skip
    sized.put(
        "parallelization", min(MOST_READERS, math.ceil(needed / shards)), unit="count",
        en=(
            "{peak} at the peak, which take {typical} each, need {needed} concurrent batches with a margin of 20%, on {shards} shards. Lambda "
            "allows {most} per shard. Records with the same key stay in order."
            + (" These shards are not enough. More shards do not help, because the default quota of an account is {quota} concurrent executions."
               if short else _BOUNDED.en if bounded else "")),
        ja=(
            "ピーク時の{peak} × 1 件あたり{typical}に 20% の余裕を加え、{shards} 個のシャードで {needed} 個のバッチを並列に処理する必要があります"
            "（上限は 1 シャードあたり {most} 個）。同じキーのレコードの順序は保たれます。"
            + ("このシャード数では足りませんが、アカウントの同時実行数のデフォルトのクォータが {quota} のため、シャードを増やしても追い付きません。"
               if short else _BOUNDED.ja if bounded else "")),
        source=PARALLELIZATION, shards=count(shards), quota=count(quota), **amounts,
    )  # fmt: skip
    return sized, stream


def _readers_for_longest(consumer: Known, channel: Known, shards: int) -> Sized:
    """Return the number of concurrent batches per shard where only the longest time of a record is stated, and a rate."""
    sized, longest, peak = Sized(), float(consumer.values["longest_run_s"]), arrivals(consumer, channel)[1]
    needed = math.ceil(round(peak * longest * SPARE, 6))
    unstated = "longest_run_s" in consumer.assumed or not (consumer.rated or channel.rated)
    if unstated or needed <= shards:
        return sized
    short = needed > shards * MOST_READERS
    sized.put(
        "parallelization", min(MOST_READERS, math.ceil(needed / shards)), unit="count",
        en=(
            "The typical run time is not stated, so the longest ({longest}) is used for each record. At the peak, {peak} would need {needed} "
            "concurrent batches with a margin of 20%. Lambda allows at most {most} per shard, and records with the same key stay in order."
            + (" The {shards} shards are not enough if all records take this long. The number of shards is calculated from the typical run "
               "time as soon as it is stated."
               if short else "")),
        ja=(
            "通常の実行時間が未回答のため、レコード 1 件に最長の{longest}かかるものとして計算しました。ピーク時の{peak}では、20% の余裕を含め {needed} 個の"
            "バッチの並列処理が必要です（上限は 1 シャードあたり {most} 個）。同じキーのレコードの順序は保たれます。"
            + ("すべてのレコードにこの時間がかかる場合、{shards} 個のシャードでは足りません。通常の実行時間が決まり次第、シャード数を見直します。"
               if short else "")),
        source=PARALLELIZATION, longest=seconds(longest), peak=rate(peak, "record"), needed=count(needed),
        most=count(MOST_READERS), shards=count(shards),
    )  # fmt: skip
    return sized


def concurrent_batches(shards: int, parallelization: int, *, at_first: bool) -> Sized:
    """Return the concurrency of a function that reads a stream: it follows the shards, not the rate."""
    sized = Sized()
    each = "{batches} batches" if parallelization > 1 else "one batch"
    en = f"Lambda processes {each} at a time from each of {{shards}} shards."
    ja = "Lambda は {shards} 個のシャードのそれぞれで、同時に {batches} 個のバッチを処理します。"
    if at_first:  # the records need fewer
        en += " A new on-demand stream has {shards} shards."
        ja += "新しいオンデマンドのストリームのシャード数は {shards} です。"
    sized.put(
        "concurrency", shards * parallelization, unit="count", en=en, ja=ja, source=PARALLELIZATION,
        shards=count(shards), batches=count(parallelization),
    )  # fmt: skip
    return sized
