"""Settings of event source mappings: batch size, window, timeout and concurrency of the function."""

import math

from advisor.architecture import Node
from advisor.book import DatedBook
from advisor.requirements.starts import REQUESTS, starts
from advisor.sizing.compute_settings import LEAST_TIMEOUT_S, longest_function_s, peak_concurrency
from advisor.sizing.rate_limits import say_unpaced
from advisor.sizing.sized import SPARE, Sized, Values, count, seconds, size
from advisor.text import Text
from advisor.verdict.arrivals import RATES
from advisor.verdict.known import Known

#: A batch of several messages is processed within this time, so that a failed message is received again soon.
BATCH_S = 60
MOST_MESSAGES, MOST_RECORDS = 10, 100
WINDOW_S = 1
#: Who only archives records waits longer, so that its objects are fewer and larger. An alarm reports records of 10 minutes.
ARCHIVE_WINDOW_S = 60
MOST_ARCHIVED = 10_000
LEAST_CONCURRENCY = 2
#: What Lambda keeps for functions without reserved concurrency; so much is left to the others here as well.
#: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html (read 2026-11-27)
UNRESERVED = 100


#: The concurrency of functions with a stated limit, and of functions without one.
Others = tuple[int, int]


def rating(consumer: Known, channel: Known) -> Known:
    """Return whose rate a consumer has: its own if it states one, otherwise that of its channel.

    The rate of a component that also answers requests is that of the requests, if its channel states one of its own.
    """
    requests = starts(consumer.values, *REQUESTS) and (channel.rated or channel.follows)
    # An upper bound of the channel does not count for a consumer with an infrequent load.
    infrequent = channel.follows and not channel.rated and consumer.values["shape"] == "rare"
    return channel if requests or ({*RATES} <= consumer.assumed and not infrequent) else consumer


def arrivals(consumer: Known, channel: Known) -> tuple[float, float]:
    """Return the average and peak rate at which a consumer takes what its channel carries."""
    stating = rating(consumer, channel)
    return float(stating.values["rate_average_rps"]), float(stating.values["rate_peak_rps"])


def concurrency_at_peak(consumer: Known, channel: Known) -> int:
    """Return the concurrency that a function needs for the messages of a queue at their peak rate, with some to spare."""
    needed = max(1, math.ceil(arrivals(consumer, channel)[1] * float(consumer.values["typical_run_s"])))
    spared = math.ceil(round(needed * SPARE, 6))
    return max(LEAST_CONCURRENCY, min(spared, int(consumer.values.get("most_at_once") or spared)))


def messages_in_batches(
    consumer: Known,
    channel: Known,
    queue: Node,
    dated: DatedBook,
    within_s: float,
    answering: int = 0,
    others: Others = (0, 0),
) -> Sized:
    """Return the settings of a function that polls a queue.

    `within_s` is the time that a batch may take, `answering` the concurrency of the functions that answer callers,
    `others` that of the other functions that poll queues: of those with a stated limit, and of the rest.
    """
    sized, longest = Sized(), float(consumer.values["longest_run_s"])
    bytes_ = max(1.0, float(str(queue.settings.get("message_bytes", 1))))
    room = dated.most("lambda-payload-sync", "B")
    together = min(BATCH_S, within_s - WINDOW_S)
    batch = int(max(1, min(MOST_MESSAGES, together // (longest * SPARE), room // bytes_)))
    sized.put(
        "batch_size", batch, unit="count",
        en=(
            "This design processes a batch within {within}, and one invocation accepts {room}. Processing a "
            "message takes up to {longest}, and its size is up to {size}, so a batch contains {batch}."),
        ja=(
            "本設計では 1 個のバッチを{within}以内に処理し、1 回の呼び出しで渡せるデータは最大{room}です。メッセージ 1 件は最長{longest}、"
            "最大{size}のため、1 回に{batch}を処理します。"),
        source="lambda-payload-sync", batch=_so_many(batch, "message"), longest=seconds(longest), size=size(bytes_),
        within=seconds(max(together, longest)), room=size(room if room != math.inf else 0),
    )  # fmt: skip
    most = dated.whole(longest_function_s("lambda"), "s", 900)
    least = max(1, min(LEAST_TIMEOUT_S, math.floor(within_s)))
    spared = max(least, math.ceil(batch * longest * SPARE))
    sized.put(
        "timeout_s", min(most, max(math.ceil(batch * longest), min(spared, math.floor(within_s)))), unit="s",
        en=(
            "The time to process {batch}, up to {longest}" + (" each" if batch > 1 else "")
            + (", plus 20%, but at least {least}. " if spared <= most else ". With 20% more, it would exceed the maximum. ")
            + "The timeout of a function can be set to at most {most}."),
        ja=(
            "最長の処理時間 {longest}" + (" × メッセージ {batch}" if batch > 1 else "")
            + ("に 20% の余裕を加えた値です（下限は{least}）。" if spared <= most else "を基に、上限の範囲で設定した値です。")
            + "関数のタイムアウトは"
            "最長{most}に設定できます。"),
        source=longest_function_s("lambda"), batch=_so_many(batch, "message"), longest=seconds(longest), most=seconds(most),
        least=seconds(least),
    )  # fmt: skip
    if queue.service == "sqs":
        _window(sized, batch, dated)
    else:
        sized.settings["batch_window_s"] = 0  # a FIFO queue has none
    _concurrency(sized, consumer, channel, dated, answering, others)
    return sized


def _window(sized: Sized, batch: int, dated: DatedBook, filling_s: int = WINDOW_S) -> None:
    window = filling_s if batch > 1 else 0
    en, ja = "Lambda waits up to {window} to fill a batch.", "Lambda は、バッチサイズに達するまで最長{window}待ちます。"
    if not window:
        en, ja = (
            "Lambda invokes the function without waiting for more messages.",
            "Lambda は、次のメッセージを待たずに関数を呼び出します。",
        )
    sized.put(
        "batch_window_s", window, unit="s",
        en=en + " Standard queues and streams allow a batch window of up to {most}.",
        ja=ja + "バッチウィンドウは、標準キューとストリームでは最長{most}まで設定できます。",
        source="lambda-esm-batch-window", window=seconds(window),
        most=seconds(dated.whole("lambda-esm-batch-window", "s", 300)),
    )  # fmt: skip


def _concurrency(
    sized: Sized, consumer: Known, channel: Known, dated: DatedBook, answering: int, others: Others
) -> None:
    """Bound the functions that work on messages: those that answer callers keep what they need of the account."""
    typical, peak = float(consumer.values["typical_run_s"]), arrivals(consumer, channel)[1]
    needed = peak_concurrency(sized, peak, typical, dated)
    quota = dated.whole("lambda-concurrency-default", "count", 1000)
    left = max(UNRESERVED, quota - UNRESERVED - answering)
    own = concurrency_at_peak(consumer, channel)
    shared = sum(others) > 0 and own + sum(others) > left
    most, left = _share(own, others, left, stated=bool(consumer.values.get("most_at_once"))) if shared else (left, left)
    most = max(LEAST_CONCURRENCY, min(most, dated.whole("lambda-esm-sqs-max-concurrency", "count", 1000)))
    short = needed > most
    limit_en, limit_ja = (
        "This design sets at most {most}, so that {rest} concurrent executions remain for other functions of the account.",
        "アカウントの他の関数に {rest} 件を残すため、本設計での上限は {most} 件です。",
    )
    if shared:
        limit_en = (
            "The functions that process messages share {left} of the {quota} concurrent executions of the account in "
            "proportion to their peaks, so the maximum here is {most}."
        )
        limit_ja = (
            "メッセージを処理する関数は、アカウントの同時実行数 {quota} 件のうち {left} 件をピーク時の必要数に応じて分け合うため、"
            "この関数の上限は {most} 件です。"
        )
    sized.put(
        "max_concurrency", min(most, own), unit="count",
        en=("The peak needs {needed} concurrent executions. " if own > most else "The peak concurrency of {needed}, plus 20%. ")
        + limit_en + " Excess messages wait in the queue."
        + (" To process the peak as it arrives, request a higher quota and raise this value." if short else ""),
        ja=(
            "ピーク時のメッセージの処理には、同時に {needed} 件の実行が必要です。" if own > most
            else "ピーク時の同時実行数 {needed} 件に 20% の余裕を加えた値です。"
        )
        + limit_ja + "超えた分のメッセージはキューで待ちます。"
        + ("ピーク時のメッセージを滞留させずに処理するには、クォータの引き上げを申請し、この値を上げてください。" if short else ""),
        source="lambda-esm-sqs-max-concurrency", needed=count(needed), most=count(most),
        rest=count(quota - most), left=count(left), quota=count(quota),
    )  # fmt: skip
    if capped := consumer.values.get("most_at_once"):
        _cap(sized, int(capped), most, needed)
    say_unpaced(sized, consumer, "max_concurrency")


def _share(own: int, others: Others, left: int, *, stated: bool) -> tuple[int, int]:
    """Return the share of a function and what is shared out.

    Stated limits are served first, so that functions with a high peak do not lower them, unless they take more than half.
    """
    limits = others[0] + own * stated
    if limits > left // 2:
        return left * own // (own + sum(others)), left
    return (own, left) if stated else ((left - limits) * own // (own + others[1]), left - limits)


def _cap(sized: Sized, capped: int, most: int, needed: int) -> None:
    """Bound the functions that work on messages by the most that may be worked on at once."""
    limit = max(LEAST_CONCURRENCY, min(most, capped))
    sized.put(
        "max_concurrency", limit, unit="count",
        en=(
            "The requirements allow at most {capped} messages to be processed at once, and an execution processes those of its batch one "
            "after another. Excess messages wait in the queue. The minimum setting is {least}."),
        ja=(
            "要件により、同時に処理するメッセージは最大 {capped} 件です。1 回の実行では、バッチのメッセージを 1 件ずつ処理します。超過分はキューで"
            "待機します（設定の最小値は {least}）。"),
        source="lambda-esm-sqs-max-concurrency", capped=count(capped), least=count(LEAST_CONCURRENCY),
    )  # fmt: skip
    if needed > limit:
        sized.put(
            "concurrency", limit, unit="count",
            en=(
                "The maximum concurrency of the event source mapping. Without it, {needed} messages would be "
                "processed at once at the peak rate (rate × run time). Messages above the limit wait in the queue."),
            ja=(
                "イベントソースマッピングの最大同時実行数です。ピーク時の件数 × 実行時間は {needed} 件になりますが、上限を超える分の"
                "メッセージはキューで待機します。"),
            source="lambda-esm-sqs-max-concurrency", needed=count(needed),
        )  # fmt: skip


def records_in_batches(consumer: Known, record_bytes: float, dated: DatedBook) -> Sized:
    """Return the settings of a function that reads a stream."""
    return _records(consumer, record_bytes, dated)


def records_in_objects(consumer: Known, record_bytes: float, dated: DatedBook) -> Sized:
    """Return the settings of a function that only stores the records of a stream, each batch as one object of a bucket.

    Unless a time for each record is stated, it takes none: the batch is what one invocation accepts.
    """
    sized = _records(consumer, record_bytes, dated)
    if {"typical_run_s", "longest_run_s"} <= consumer.assumed:
        room = dated.most("lambda-payload-sync", "B")
        batch = int(max(1, min(MOST_ARCHIVED, room // max(1.0, record_bytes))))
        sized.put(
            "batch_size", batch, unit="count",
            en=(
                "The function stores each batch as one object. A batch of {batch} of up to {size} stays within the limits of one "
                "invocation ({room}) and of a stream ({most}), so that the objects are few and large."),
            ja=(
                "バッチごとに 1 個のオブジェクトとして保存します。レコード {batch}（1 件あたり最大{size}）は、1 回の呼び出しの上限（{room}）と"
                "ストリームの上限（{most}）に収まります。オブジェクトの数を減らし、サイズを大きくするための設定です。"),
            source="lambda-payload-sync", batch=_so_many(batch, "record"), size=size(record_bytes),
            room=size(room if room != math.inf else 0), most=_so_many(MOST_ARCHIVED, "record"),
        )  # fmt: skip
        most, longest = dated.whole(longest_function_s("lambda"), "s", 900), float(consumer.values["longest_run_s"])
        sized.put(
            "timeout_s", min(most, max(LEAST_TIMEOUT_S, math.ceil(longest * SPARE))), unit="s",
            en=(
                "The assumed maximum run time of {longest} for a batch, plus 20%, but at least {least}. The timeout of a function can be "
                "set to at most {most}."),
            ja=(
                "バッチ 1 回の最長の処理時間 {longest}（仮定）に 20% の余裕を加えた値です（下限は{least}）。関数のタイムアウトは最長{most}に"
                "設定できます。"),
            source=longest_function_s("lambda"), longest=seconds(longest), most=seconds(most), least=seconds(LEAST_TIMEOUT_S),
        )  # fmt: skip
    _window(sized, 2, dated, ARCHIVE_WINDOW_S)
    return sized


def changes_in_batches(consumer: Known, store: Values, dated: DatedBook) -> Sized:
    """Return the settings of a function that reads a table's stream, each record with the item before and after."""
    return _records(consumer, 2 * float(store["item_bytes"]), dated)


def _so_many(number: int, of: str) -> Text:
    return Text(f"1 {of}" if number == 1 else f"{number:,} {of}s", f"{number:,} 件")


def _records(consumer: Known, bytes_: float, dated: DatedBook) -> Sized:
    """Return the largest batch whose records fit into one invocation and into the time that a function can run."""
    sized, room, longest = Sized(), dated.most("lambda-payload-sync", "B"), float(consumer.values["longest_run_s"])
    most = dated.whole(longest_function_s("lambda"), "s", 900)
    batch = int(max(1, min(MOST_RECORDS, room // max(1.0, bytes_), most // (longest * SPARE))))
    sized.put(
        "batch_size", batch, unit="count",
        en=(
            "A batch of {batch} of up to {size} and {longest} each stays within the limits of one invocation "
            "({room} and {most})."),
        ja="レコード {batch}（1 件あたり最大{size}、最長{longest}）は、1 回の呼び出しの上限（{room}、{most}）に収まります。",
        source="lambda-payload-sync", batch=_so_many(batch, "record"), size=size(bytes_), longest=seconds(longest), most=seconds(most),
        room=size(room if room != math.inf else 0),
    )  # fmt: skip
    sized.put(
        "timeout_s", min(most, max(LEAST_TIMEOUT_S, math.ceil(batch * longest * SPARE))), unit="s",
        en=(
            "The time to process {batch}, up to {longest}" + (" each" if batch > 1 else "")
            + ", plus 20%, but at least {least}. The timeout of a function can be set to at most {most}."),
        ja=(
            "最長の処理時間 {longest}" + (" × レコード {batch}" if batch > 1 else "")
            + "に 20% の余裕を加えた値です（下限は{least}）。関数のタイムアウトは"
            "最長{most}に設定できます。"),
        source=longest_function_s("lambda"), batch=_so_many(batch, "record"), longest=seconds(longest), most=seconds(most),
        least=seconds(LEAST_TIMEOUT_S),
    )  # fmt: skip
    _window(sized, 2, dated)
    return sized
