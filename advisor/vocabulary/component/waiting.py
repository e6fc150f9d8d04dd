"""Questions about the time that a run waits, the time of the whole run, and what may interrupt it."""

from advisor.vocabulary.field import MANDATORY, choice, flag, quantity
from advisor.vocabulary.units import YEAR_S

WAITING_FIELDS = (
    choice(
        "waits_for",
        section="waiting",
        title=("Cause of waits", "待機対象"),
        help=(
            "What a started run waits for between its steps. Waiting in a queue before the start does not count.",
            "開始した実行が、途中で待つものです。開始前にキューで待つ時間は含みません。",
        ),
        options={
            "callback": ("An external callback", "外部からのコールバック"),
            "person": ("A person", "人の応答"),
            "rate-limit": ("A rate limit", "レート制限"),
            "other-system": ("Another system to become ready", "他システムの準備完了"),
        },
        many=True,
    ),
    quantity(
        "wait_s",
        section="waiting",
        unit="s",
        title=("Longest wait", "最長の待ち時間"),
        help=(
            "The longest total waiting time of one run, without its processing time.",
            "1 回の実行の待ち時間の合計の最長値です。処理時間は含みません。",
        ),
        most=YEAR_S,
        adjectives=True,
    ),
    flag(
        "waiting_free",
        section="waiting",
        answers=MANDATORY,
        title=("No charges while a run waits", "待機中の課金なし"),
        help=(
            "Whether no resource may run and incur charges while a run waits.",
            "実行の待機中に、料金がかかるリソースを稼働させないことが必須ですか。",
        ),
    ),
    quantity(
        "whole_run_s",
        section="waiting",
        unit="s",
        title=("Longest run time including waits", "待機を含む最長の所要時間"),
        help=(
            "The longest time from start to end of a run, including all steps, items and waits.",
            "1 回の実行の開始から終了までの最長の時間です。すべてのステップ、項目、待ち時間を含みます。",
        ),
        least=0.001,
        most=YEAR_S,
        adjectives=True,
    ),
    choice(
        "interruption",
        section="waiting",
        title=("Interruption", "中断されたとき"),
        help=(
            "What happens when a deployment, scaling in or the host stops a run.",
            "デプロイ、スケールイン、ホストの都合で処理の途中に停止されたときの動作です。",
        ),
        options={
            "restart": ("Restarts from the beginning", "最初からやり直す"),
            "checkpoint": ("Resumes from a checkpoint", "チェックポイントから再開する"),
            "never": ("Must not be interrupted", "中断してはならない"),
        },
    ),
)
