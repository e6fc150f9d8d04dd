"""The names of derived settings."""

from advisor.architecture import Node
from advisor.sizing.service_settings import settings_of
from advisor.text import Text
from advisor.vocabulary.units import words

TITLES: dict[str, Text] = {
    "timeout_s": Text("Timeout", "タイムアウト"),
    "memory_mib": Text("Memory", "メモリ"),
    "disk_mib": Text("Temporary storage", "一時ストレージ"),
    "vcpu": Text("vCPU", "vCPU"),
    "cpu_units": Text("CPU units", "CPU ユニット"),
    "task_memory_mib": Text("Task memory", "タスクのメモリ"),
    "desired_count": Text("Minimum tasks", "最小タスク数"),
    "most_tasks": Text("Maximum tasks", "最大タスク数"),
    "requests_per_task": Text("Requests per task per minute", "1 タスクあたりの毎分リクエスト数"),
    "requests_at_once": Text("Requests per task at the same time", "1 タスクの同時リクエスト数"),
    "messages_per_task": Text("Messages per task at the same time", "1 タスクの同時処理数"),
    "backlog_per_task": Text("Backlog per task", "1 タスクあたりのバックログ"),
    "stickiness_s": Text("Sticky sessions", "スティッキーセッション"),
    "protected_s": Text("Scale-in protection", "スケールイン保護"),
    "cpu_percent": Text("Target CPU utilization", "CPU 使用率の目標値"),
    "jobs_at_once": Text("Concurrent jobs", "同時実行ジョブ数"),
    "map_items": Text("Items of the map", "分散マップの項目数"),
    "map_concurrency": Text("Maximum concurrency of the map", "分散マップの最大同時実行数"),
    "concurrency": Text("Expected concurrency", "想定される同時実行数"),
    "max_concurrency": Text(
        "Maximum concurrency of the event source mapping", "イベントソースマッピングの最大同時実行数"
    ),
    "batch_size": Text("Batch size", "バッチサイズ"),
    "parallelization": Text("Concurrent batches per shard", "シャードあたりの同時バッチ数"),
    "batch_window_s": Text("Batch window", "バッチウィンドウ"),
    "async_retries": Text("Retries of asynchronous invocations", "非同期呼び出しの再試行"),
    "async_age_s": Text("Maximum age of an event", "イベントの最大有効期間"),
    "log_retention_days": Text("Log retention", "ログの保持期間"),
    "throttle_rate": Text("Throttling rate", "スロットリングのレート"),
    "throttle_burst": Text("Throttling burst", "スロットリングのバースト"),
    "requests_per_address": Text("Limit per address in 5 minutes", "アドレスごとの上限（5 分間）"),
    "idle_timeout_s": Text("Idle timeout", "アイドルタイムアウト"),
    "keepalive_s": Text("Keep-alive interval", "キープアライブの間隔"),
    "start_retries": Text("Start retries", "開始の再試行"),
    "start_age_s": Text("Start deadline", "開始の期限"),
    "retry_attempts": Text("Retries of a step", "ステップの再試行"),
    "retry_interval_s": Text("Interval before the first retry", "最初の再試行までの待ち時間"),
    "retry_backoff": Text("Backoff factor", "バックオフ"),
    "execution_timeout_s": Text("Execution timeout", "実行全体のタイムアウト"),
    "history_days": Text("History retention in days", "実行履歴の保持日数"),
    "approval_s": Text("Approval timeout", "承認のタイムアウト"),
    "callback_s": Text("Callback timeout", "コールバックのタイムアウト"),
    "poll_interval_s": Text("Polling interval", "ポーリングの間隔"),
    "poll_within_s": Text("Polling timeout", "ポーリングの期限"),
    "calls_per_s": Text("Rate limit of each destination", "宛先ごとのレート制限"),
    "call_age_s": Text("Maximum age of an event", "イベントの最大有効期間"),
    "max_receive_count": Text("Maximum receives", "最大受信回数"),
    "retention_s": Text("Retention", "保持期間"),
    "kept_s": Text("Retention", "保存期間"),
    "warm_writes": Text("Warm throughput, write units per second", "ウォームスループット（毎秒の書き込みユニット）"),
    "warm_reads": Text("Warm throughput, read units per second", "ウォームスループット（毎秒の読み込みユニット）"),
    "shards": Text("Shards needed", "必要なシャード数"),
    "least_capacity_acu": Text("Minimum capacity (ACU)", "最小キャパシティー（ACU）"),
    "least_capacity_ocu": Text("Minimum capacity (OCU)", "最小キャパシティー（OCU）"),
    "most_capacity_acu": Text("Maximum capacity (ACU)", "最大キャパシティー（ACU）"),
    "visibility_timeout_s": Text("Visibility timeout", "可視性タイムアウト"),
}
#: What a setting without a unit counts, in English in the singular where the title does not say it, and in Japanese.
_COUNTED = {
    "desired_count": ("", "個"),
    "most_tasks": ("", "個"),
    "requests_per_task": ("", "件"),
    "requests_at_once": ("", "件"),
    "messages_per_task": ("", "件"),
    "backlog_per_task": ("message", "件"),
    "jobs_at_once": ("", "件"),
    "map_items": ("", "件"),
    "map_concurrency": ("", "件"),
    "concurrency": ("", "件"),
    "max_concurrency": ("", "件"),
    "batch_size": ("", "件"),
    "parallelization": ("", "個"),
    "async_retries": ("", "回"),
    "log_retention_days": ("day", "日"),
    "throttle_burst": ("request", "件"),
    "requests_per_address": ("request", "件"),
    "start_retries": ("", "回"),
    "retry_attempts": ("", "回"),
    "retry_backoff": ("", "倍"),
    "history_days": ("", "日"),
    "max_receive_count": ("", "回"),
    "shards": ("", "個"),
}


def title(node: Node, key: str) -> Text:
    """Return the name of a setting of a service."""
    return settings_of(node).titles.get(key) or TITLES[key]


def setting_value(node: Node, key: str) -> Text:
    """Return the value of a setting in words, with what it counts."""
    said, (en, ja) = setting_amount(node, key), _COUNTED.get(key, ("", ""))
    counted = f" {en}" + ("" if said.en == "1" else "s") if en else ""
    return Text(said.en + counted, f"{said.ja} {ja}" if ja else said.ja)


def setting_amount(node: Node, key: str) -> Text:
    """Return the value of a setting as an amount of its unit."""
    return words(float(str(node.settings[key])), node.grounds[key].unit)
