"""The names of derived settings."""

from advisor.architecture import Ground, Node, Value
from advisor.sizing.service_settings import settings_of
from advisor.text import Text
from advisor.vocabulary.units import words

TITLES: dict[str, Text] = {
    "timeout_s": Text("Timeout", "タイムアウト"),
    "memory_mib": Text("Memory", "メモリ"),
    "disk_mib": Text("Temporary disk", "一時ディスク"),
    "vcpu": Text("vCPU", "vCPU"),
    "cpu_units": Text("CPU units", "CPU ユニット"),
    "task_memory_mib": Text("Memory of a task", "タスクのメモリ"),
    "desired_count": Text("Tasks", "タスク数"),
    "concurrency": Text("Runs at the same time", "同時実行数"),
    "max_concurrency": Text("Maximum concurrency of the mapping", "マッピングの最大同時実行数"),
    "batch_size": Text("Batch size", "バッチサイズ"),
    "batch_window_s": Text("Batch window", "バッチウィンドウ"),
    "async_retries": Text("Retries of asynchronous invocations", "非同期呼び出しの再試行"),
    "async_age_s": Text("Longest age of an event", "イベントの最長保持時間"),
    "log_retention_days": Text("Days that logs are kept", "ログの保持日数"),
    "throttle_rate": Text("Throttling rate", "スロットリングのレート"),
    "throttle_burst": Text("Throttling burst", "スロットリングのバースト"),
    "idle_timeout_s": Text("Idle timeout", "アイドルタイムアウト"),
    "keepalive_s": Text("Sign of life every", "疎通信号の間隔"),
    "start_retries": Text("Retries of a start", "開始の再試行"),
    "start_age_s": Text("Latest start", "開始の期限"),
    "retry_attempts": Text("Retries of a step", "ステップの再試行"),
    "retry_interval_s": Text("Wait before the first retry", "最初の再試行までの待ち時間"),
    "retry_backoff": Text("Backoff", "バックオフ"),
    "execution_timeout_s": Text("Timeout of an execution", "実行全体のタイムアウト"),
    "history_days": Text("Days that history is kept", "実行履歴の保持日数"),
    "approval_s": Text("Time for a person to answer", "承認の期限"),
    "max_receive_count": Text("Receives before it is set aside", "最大受信回数"),
    "retention_s": Text("Retention", "保持期間"),
    "shards": Text("Shards", "シャード数"),
    "min_capacity_acu": Text("Minimum capacity (ACU)", "最小キャパシティ（ACU）"),
    "visibility_timeout_s": Text("Visibility timeout", "可視性タイムアウト"),
}


def title(node: Node, key: str) -> Text:
    """Return what the service of a node calls a setting."""
    return settings_of(node).titles.get(key) or TITLES[key]


def setting_value(value: Value, ground: Ground) -> Text:
    """Return the value of a setting in words."""
    return words(float(str(value)), ground.unit)
