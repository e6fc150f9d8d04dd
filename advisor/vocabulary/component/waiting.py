"""Questions about the time that a run waits, the time of the whole run, and what may interrupt it."""

from advisor.vocabulary.field import choice, flag, quantity
from advisor.vocabulary.units import YEAR_S

WAITING_FIELDS = (
    choice(
        "waits_for",
        section="waiting",
        title=("Waits for", "待つもの"),
        help=(
            "What a run that has begun waits for between its steps. Waiting in a queue before the start is not meant.",
            "開始した実行が、途中で何を待つか。開始前にキューで待つことは含みません。",
        ),
        options={
            "callback": ("A callback from outside", "外部からのコールバック"),
            "person": ("A person", "人の応答"),
            "rate-limit": ("A rate limit", "レート制限"),
            "other-system": ("Another system to get ready", "他システムの準備完了"),
        },
        many=True,
    ),
    quantity(
        "wait_s",
        section="waiting",
        unit="s",
        title=("Longest wait", "最長の待ち時間"),
        help=(
            "The longest that one run waits in all, its own work not counted.",
            "1 回の実行が待つ時間の合計の最長。自身の処理時間は含みません。",
        ),
        most=YEAR_S,
        adjectives=True,
    ),
    flag(
        "waiting_free",
        section="waiting",
        title=("Waiting must cost nothing", "待機中は課金なし"),
        help=(
            "Whether nothing may be kept up, and paid for, while a run waits.",
            "待っている間、何も起動しておかず費用をかけないことが必要か。",
        ),
    ),
    quantity(
        "whole_run_s",
        section="waiting",
        unit="s",
        title=("Whole run", "実行全体の時間"),
        help=(
            "The longest from start to end of a whole run: all steps, all items and all waits.",
            "開始から終了までの最長の時間。すべてのステップ、項目、待ち時間を含みます。",
        ),
        least=0.001,
        most=YEAR_S,
        adjectives=True,
    ),
    choice(
        "interruption",
        section="waiting",
        title=("When it is cut off", "中断されたとき"),
        help=(
            "What happens when a running piece of work is stopped by a deployment, by scaling in or by the host.",
            "デプロイ、スケールイン、ホストの都合で処理の途中に停止されたとき、どうなるか。",
        ),
        options={
            "restart": ("It starts again from the beginning", "最初からやり直す"),
            "checkpoint": ("It saves its progress and goes on", "途中から再開する"),
            "never": ("It must never be cut off", "中断してはならない"),
        },
    ),
)
