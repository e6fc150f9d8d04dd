"""Settings of front ends, schedules, workflows, messaging and stores. Units are in the keys."""

import math

from advisor.architecture import Node
from advisor.book import DatedBook
from advisor.requirements.programmed_starts import set_by_program
from advisor.sizing.caller_tokens import set_tokens
from advisor.sizing.destination_rates import calls_outside
from advisor.sizing.node_updates import number
from advisor.sizing.retention import set_retention
from advisor.sizing.service_settings import offers
from advisor.sizing.sized import SPARE, Sized, Values, count, rate, seconds, size
from advisor.text import ASSUMED, EMPTY, Text
from advisor.vocabulary.schedule_expression import SCHEDULE, zone_of
from advisor.vocabulary.store import KEEPS

#: What generated programs add to a message that they publish: its id, owner, time and the names of these, about 280 bytes.
ADDED_BYTES = 300
#: "REL05-BP03 Control and limit retry calls" of the Well-Architected Framework (read 2026-11-27).
RETRYING = "https://docs.aws.amazon.com/wellarchitected/latest/framework/rel05-bp03.html"
#: "Using dead-letter queues in Amazon SQS" (read 2026-11-30).
DEAD_LETTERS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"
RECEIVES = 3
RETENTION_S = 345600
RETRIES, FIRST_WAIT_S, BACKOFF = 3, 30, 2.0
#: How much more often a job is retried on Spot capacity, which can be reclaimed several times while it runs.
LOST_HOSTS = 3
SPOT_RETRIES = "https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html"
SCHEDULE_RETRIES, SCHEDULE_AGE_S = 3, 3600
# How long each front end waits for the answer; how long its connection may be idle and by which setting.
FRONT_TIMEOUT = {
    "api-gateway-http": "apigw-http-timeout",
    "api-gateway-rest": "apigw-rest-timeout",
    "api-gateway-websocket": "apigw-ws-timeout",
    "appsync": "appsync-timeout",
    "alb": "alb-idle-max",
    "lambda-function-url": "lambda-timeout-max",
    "lambda-web-functions": "lambda-web-timeout",
}
IDLE = {"alb": ("alb-idle", "alb-idle-max"), "nlb": ("nlb-idle", "nlb-idle-max")}
#: Answers that only these services carry out: of any other, the answer would be a setting that nothing reads.
_OWN = {
    "api-gateway-http": ("latency_ms",),
    "api-gateway-rest": ("caching", "validation", "api_keys", "latency_ms"),
    "appsync": ("latency_ms",),
    "alb": ("latency_ms",),
    "eventbridge-bus": ("replay",),
    "dynamodb": ("consistency",),
}
#: Where readers need this, programs change an item only in the version that its caller has read.
CONDITIONAL = ("strong", "transactions")
#: A front end gives a request several times what callers want to wait: at least ten seconds, in which a function starts and
#: tries again, and at most what every API can wait for its integration.
PATIENCE, LEAST_PATIENT_S, MOST_PATIENT_S = 3, 10, 29
#: Kinds of access in which a program reads a whole store by pages of rows: fewer of items that are larger than this.
_IN_PAGES, LARGE_ITEM_BYTES = ("relational", "search"), 16 * 1024
#: Front ends in a VPC that CloudFront connects to without an address on the internet.
_VPC_ORIGINS = ("alb",)
#: Front ends that check callers by method, so that reading may be open where writing is not.
_BY_METHOD = ("api-gateway-http", "api-gateway-rest")
CLOSED_WHEN_IDLE = {"api-gateway-websocket": "apigw-ws-idle", "alb": "alb-idle", "nlb": "nlb-idle"}


def entry(service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> Sized:
    """Return the settings of a front end."""
    sized = Sized()
    sized.copy_answers(values, *_OWN.get(service, ()))
    if offers(service, "throttle_rate"):
        _throttle(sized, values)
    # Content delivery reaches a load balancer inside the VPC: the fact `cloudfront-vpc-origins`.
    delivered = service in _VPC_ORIGINS and bool(values.get("cdn"))
    sized.settings["private"] = values["exposure"] == "private" or delivered
    sized.copy_answers(values, "authentication", "protocol", "streaming")
    set_tokens(sized, service, values)
    if service in _BY_METHOD and values.get("open_reads"):
        sized.settings["open_reads"] = True
    _answer(sized, service, values, dated, stated="response_s" in stated)
    _idle(sized, service, values, dated)
    return sized


def _throttle(sized: Sized, values: Values) -> None:
    peak = values["rate_peak_rps"]
    sized.put(
        "throttle_rate", max(10, math.ceil(peak * 2)), unit="per_s",
        en="Twice the peak request rate of {peak} (this design sets at least 10 per second).", ja="ピーク時のリクエスト数（{peak}）の 2 倍です（本設計では最小でも毎秒 10 件とします）。",
        source="apigw-throttle-default", peak=rate(peak),
    )  # fmt: skip
    sized.put(
        "throttle_burst", max(20, math.ceil(peak * 4)), unit="count",
        en="Four times the peak request rate of {peak} (this design sets at least 20 requests).", ja="ピーク時のリクエスト数（{peak}）の 4 倍です（本設計では最小でも 20 件とします）。",
        source="apigw-throttle-default", peak=rate(peak),
    )  # fmt: skip


def _answer(sized: Sized, service: str, values: Values, dated: DatedBook, *, stated: bool) -> None:
    fact = FRONT_TIMEOUT.get(service, "")
    most = dated.most(fact, "s")
    if service == "api-gateway-rest" and values["streaming"]:
        fact, most = "apigw-rest-stream-limits", dated.most("apigw-rest-stream-limits", "s")
    waited = max(1, math.ceil(values["response_s"]))
    lasts = int(min(most, max(waited, min(MOST_PATIENT_S, max(LEAST_PATIENT_S, PATIENCE * waited)))))
    given = EMPTY if stated else ASSUMED
    en, ja = "A caller waits at most {answer}" + given.en, f"呼び出し元の待ち時間は最長{{answer}}{given.ja}です"
    if lasts > waited:
        en, ja = (
            f"A response is required within {{answer}}{given.en}, and an alarm monitors this. The timeout is longer than that, so that a slow "
            "request, such as one with a cold start, still completes",
            f"{{answer}}{given.ja}以内の応答が必要で、これはアラームで監視します。コールドスタートなどで遅いリクエストも完了する"
            "よう、タイムアウトはそれより長くします",
        )
    if most != math.inf:
        usual = Text(" by default", "デフォルトで") if dated.book.facts[fact].kind == "quota" else EMPTY
        en, ja = (
            en + f"; this endpoint allows a timeout of at most {{most}}{usual.en}.",
            ja + f"（エンドポイントのタイムアウトの上限は{usual.ja}{{most}}）。",
        )
    else:
        en, ja = en + ".", ja + "。"
    sized.put(
        "timeout_s", lasts, unit="s", en=en, ja=ja, source=fact, answer=seconds(values["response_s"]),
        most=seconds(most if most != math.inf else 0),
    )  # fmt: skip
    sized.settings["response_s"] = float(values["response_s"])


def endpoint_waits_s(front: Node, dated: DatedBook) -> float:
    """Return after how many seconds an endpoint itself gives up on the program behind it.

    An endpoint without a timeout of its own ends a request when its connection is idle, or at its limit: a function URL waits
    as long as the function may run.
    """
    if offers(front.service, "timeout_s"):
        return number(front, "timeout_s", 29)
    if "idle_timeout_s" in front.settings:
        return number(front, "idle_timeout_s")
    return dated.most(FRONT_TIMEOUT.get(front.service, ""), "s")


def _idle(sized: Sized, service: str, values: Values, dated: DatedBook) -> None:
    if service in IDLE:
        default, highest = (dated.whole(fact, "s", 60) for fact in IDLE[service])
        answer = math.ceil(values["response_s"])
        sized.put(
            "idle_timeout_s", min(max(default, answer), max(default, highest)), unit="s",
            en=(
            "A response can take {answer}, during which no data is sent on the connection. The "
            "default is {default}, and the maximum is {highest}."),
            ja=(
            "応答まで最長{answer}かかり、その間は通信がありません。デフォルト値は{default}、最大値は"
            "{highest}です。"),
            source=IDLE[service][1], answer=seconds(values["response_s"]),
            default=seconds(default), highest=seconds(highest),
        )  # fmt: skip
    fact = CLOSED_WHEN_IDLE.get(service)
    if fact and values.get("protocol") in ("websocket", "tcp-udp", "grpc"):
        closed = int(str(sized.settings.get("idle_timeout_s") or dated.whole(fact, "s", 600)))
        sized.put(
            "keepalive_s", max(1, closed // 2), unit="s",
            en="An idle connection is closed after {closed}. The client sends a keep-alive at half of this interval.",
            ja="アイドル状態の接続は{closed}で閉じられるため、その半分の間隔でクライアントがキープアライブを送ります。",
            source=fact, closed=seconds(closed),
        )  # fmt: skip


def schedule(values: Values, stated: frozenset[str], dated: DatedBook) -> Sized:
    """Return the settings of a schedule."""
    sized = Sized({"schedule": values[SCHEDULE], "time_zone": zone_of(values)})
    if set_by_program(values, stated):
        sized.settings["set_by_program"] = True
    sized.put(
        "start_retries", SCHEDULE_RETRIES, unit="count",
        en=(
            "EventBridge Scheduler retries a failed start up to {retries} times. It allows up to "
            "{most} retries."),
        ja=(
            "EventBridge Scheduler は、開始に失敗すると {retries} 回まで再試行します（設定の上限は "
            "{most} 回）。"),
        source="scheduler-retry", retries=count(SCHEDULE_RETRIES),
        most=count(dated.whole("scheduler-retry", "count", 185)),
    )  # fmt: skip
    sized.put(
        "start_age_s", SCHEDULE_AGE_S, unit="s",
        en="If a start has not succeeded within {age}, its event is sent to the dead-letter queue.",
        ja="{age}以内に起動できない場合、そのイベントをデッドレターキューに送ります。", source="scheduler-retry", age=seconds(SCHEDULE_AGE_S),
    )  # fmt: skip
    return sized


def workflow(values: Values) -> Sized:
    """Return the settings of a state machine; its timeout follows from the work it runs (`advisor.sizing.path_settings`)."""
    sized = Sized()
    retrying(
        sized,
        "The first retry starts after a random wait of up to {first}, within which many transient faults clear.",
        "一時的な障害の解消を待つため、最初の再試行まで最大{first}のランダムな時間だけ待ちます。",
    )
    if on_spot(values):
        _hosts_lost(sized)
    sized.settings |= {"timeout_s": math.ceil(values["whole_run_s"]), "parallel_items": int(values["parallel_items"])}
    sized.copy_answers(values, "human_approval")
    return sized


def messaging(service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> Sized:
    """Return the settings of a channel's service, and of a queue behind it."""
    sized = Sized()
    if offers(service, "max_receive_count"):
        receives(sized)
    if offers(service, "retention_s"):
        _retention(sized, service, values, stated, dated)
    if offers(service, "delay_s"):
        sized.settings["delay_s"] = int(values.get("delay_s") or 0)
    if offers(service, "shards"):
        _shards(sized, values, dated)
    if offers(service, "calls_per_s"):
        calls_outside(sized, service, values, stated, dated)
    sized.settings["message_bytes"] = int(values["message_bytes"])
    sized.copy_answers(values, "ordering", *_OWN.get(service, ()))
    return sized


def _shards(sized: Sized, values: Values, dated: DatedBook) -> None:
    """Set the shards for the peak, with room for keys that are not spread evenly, as a provisioned stream does not scale."""
    peak, records_per_s = values["rate_peak_rps"], dated.whole("kinesis-shard", "per_s", 1000)
    loads = (peak * (values["message_bytes"] + ADDED_BYTES) / 2**20, peak / records_per_s)
    sized.put(
        "shards", max(1, *(math.ceil(round(load * SPARE, 6)) for load in loads)), unit="count",
        en=(
            "The peak rate of {peak} at {size} per record, with the data that the program adds and a margin of 20%, because keys are "
            "not spread evenly. A shard accepts 1 MiB or {each} records per second. An on-demand stream scales automatically."),
        ja=(
            "ピーク時の{peak}、1 件あたり{size}とプログラムが付け加える分から算出し、キーの偏りに備えて 20% を加えた値です。1 シャードは毎秒 1 MiB "
            "または {each} 件を受け付けます。オンデマンドのストリームは自動的にスケールします。"),
        source="kinesis-shard", peak=rate(peak), size=size(values["message_bytes"]), each=count(records_per_s),
    )  # fmt: skip


def receives(sized: Sized) -> None:
    """Set how often a queue delivers a message before it goes to the dead-letter queue."""
    sized.put(
        "max_receive_count", RECEIVES, unit="count",
        en=(
            "A message that fails {times} times is moved to the dead-letter queue. Transient faults "
            "are retried, and an invalid message does not block the queue."),
        ja=(
            "{times} 回失敗したメッセージはデッドレターキューに移動します。一時的な障害では再試行し、"
            "不正なメッセージがキューに滞留し続けることを防ぎます。"),
        source=DEAD_LETTERS, times=count(RECEIVES),
    )  # fmt: skip


def _retention(sized: Sized, service: str, values: Values, stated: frozenset[str], dated: DatedBook) -> None:
    fact = {"kinesis": "kinesis-retention"}.get(service, "sqs-retention")
    most, requested_s = dated.whole(fact, "s", 1209600), int(values.get("retention_s") or RETENTION_S)
    retention_s = min(most, requested_s)
    en = (
        "The requirements state a retention of {asked}"
        if "retention_s" in stated
        else "A retention of {asked} covers an outage over a three-day weekend"
    )
    ja = (
        "要件で、保持期間は{asked}と指定されています"
        if "retention_s" in stated
        else "3 連休の間の停止でもメッセージが失われないよう、保持期間を{asked}とします"
    )
    sized.put(
        "retention_s", retention_s, unit="s", en=en + "; the maximum is {most}.", ja=ja + "（サービスの上限は{most}）。", source=fact,
        asked=seconds(requested_s), most=seconds(most),
    )  # fmt: skip


def queue(values: Values, dated: DatedBook) -> Sized:
    """Return the settings of the queue before a component's workers."""
    sized = Sized()
    receives(sized)
    _retention(sized, "sqs", {}, frozenset(), dated)
    sized.settings["visibility_timeout_s"] = max(30, math.ceil(float(values["longest_run_s"])))
    return sized


def store(service: str, values: Values) -> Sized:
    """Return the settings of a store."""
    sized = Sized()
    sized.copy_answers(values, "access", "multi_region", *_OWN.get(service, ()))
    if values.get("consistency") in CONDITIONAL:
        sized.copy_answers(values, "consistency")
    sized.settings |= {"stream": values["change_listened"], "retained": True}
    set_retention(sized, service, values)
    sized.copy_answers(values, KEEPS)
    if values.get("access") in _IN_PAGES and float(values.get("item_bytes") or 0) > LARGE_ITEM_BYTES:
        sized.settings["item_bytes"] = int(values["item_bytes"])
    return sized


def pool(values: Values) -> Sized:
    """Return the settings of the pool of connections by which programs reach a store: what they keep in it."""
    sized = Sized()
    sized.copy_answers(values, KEEPS)
    return sized


def on_spot(values: Values) -> bool:
    """Return whether the jobs of a component run on Spot capacity: AWS Batch starts it where it is demanded."""
    return values.get("compute") == "batch" and bool(values.get("must.spot"))


def _hosts_lost(sized: Sized) -> None:
    retries, lost = RETRIES + LOST_HOSTS, count(LOST_HOSTS)
    sized.put(
        "retry_attempts", retries, unit="count",
        en="A job that fails is retried up to {retries} times: {lost} more than usual, because Spot capacity can be reclaimed.",
        ja="失敗したジョブを {retries} 回まで再試行します。スポットキャパシティーは回収されることがあるため、通常より {lost} 回多くします。",
        source=SPOT_RETRIES, retries=count(retries), lost=lost,
    )  # fmt: skip


def retrying(sized: Sized, en: str, ja: str) -> None:
    """Set the retries of a step and their backoff; `en` and `ja` explain the wait before the first retry, `{first}`."""
    retries, first = count(RETRIES), seconds(FIRST_WAIT_S)
    sized.put(
        "retry_attempts", RETRIES, unit="count", en="A step that fails is retried up to {retries} times.",
        ja="失敗したステップを {retries} 回まで再試行します。", source=RETRYING, retries=retries,
    )  # fmt: skip
    sized.put("retry_interval_s", FIRST_WAIT_S, unit="s", en=en, ja=ja, source=RETRYING, first=first)
    sized.put(
        "retry_backoff", BACKOFF, unit="count",
        en=(
            "The maximum wait doubles with each retry. Full jitter picks a random wait up to this "
            "maximum, so that retries are spread over time."),
        ja=(
            "待ち時間の上限は再試行のたびに 2 倍になります。再試行が集中しないよう、上限までのランダ"
            "ムな時間だけ待ちます（フルジッター）。"), source=RETRYING,
    )  # fmt: skip
