"""Questions about the load of a component: rates, their shape, latency."""

from advisor.vocabulary.field import TOLERATED, choice, flag, quantity

_REQUEST = {"trigger": ("request", "callback")}

LOAD_FIELDS = (
    quantity(
        "rate_average_rps",
        section="load",
        unit="per_s",
        title=("Average rate", "平均処理数"),
        help=(
            "Average number of requests, messages or runs per second. For a component that a schedule starts, it is calculated from the schedule if you do not answer.",
            "1 秒あたりの平均処理数（リクエスト、メッセージ、実行）です。スケジュールで起動するコンポーネントでは、未回答の場合、スケジュールから算出します。",
        ),
        most=1e8,
        default=1.0,
    ),
    quantity(
        "rate_peak_rps",
        section="load",
        unit="per_s",
        title=("Peak rate", "ピーク時の処理数"),
        help=("Requests, messages or runs per second at the peak.", "ピーク時の 1 秒あたりの処理数です。"),
        most=1e8,
    ),
    quantity(
        "most_at_once",
        section="load",
        unit="count",
        title=("Limit on concurrent messages", "同時処理数の上限"),
        help=(
            "Maximum number of messages that may be processed at the same time, for example to protect a database or a service that the "
            "component calls. Further messages wait in the queue. Items that one run processes in parallel do not count towards this limit. "
            "If a limit is needed but its number is open, state the number with which you would start: 1 means one after the other.",
            "同時に処理してよいメッセージ数の上限です。呼び出し先のデータベースやサービスを保護する場合などに回答します。超えた分はキューで待ちます。"
            "1 回の実行の中で並列に処理する項目は含みません。上限は必要でも数が未定の場合は、最初に使う数を回答します（1 なら 1 件ずつ処理します）。",
        ),
        least=1.0,
        most=1e6,
        applies={"trigger": ("message",)},
        cautious="low",
        asks="at_most",
    ),
    choice(
        "shape",
        section="load",
        title=("Load pattern", "負荷パターン"),
        help=("How the load changes over the day.", "1 日の負荷の変動です。"),
        options={"steady": ("Steady", "一定"), "spiky": ("Spiky", "急増あり"), "rare": ("Infrequent", "散発的")},
        default="spiky",
    ),
    quantity(
        "hours_per_day",
        section="load",
        unit="h",
        title=("Hours per day", "1 日の稼働時間"),
        help=("Hours per day in which there is work.", "1 日のうち処理がある時間です。"),
        most=24.0,
    ),
    quantity(
        "latency_ms",
        section="load",
        unit="ms",
        title=("p99 latency goal", "p99 レイテンシーの目標"),
        help=("The response time that 99% of the requests must meet.", "99% のリクエストが満たすべき応答時間です。"),
        least=0.1,
        most=600000.0,
        applies=_REQUEST,
        cautious="low",
        asks="at_most",
    ),
    flag(
        "cold_start_ok",
        section="load",
        answers=TOLERATED,
        title=("Cold starts tolerated", "コールドスタート"),
        help=(
            "Whether a request may occasionally wait a second for a new environment.",
            "新しい実行環境の起動のため、リクエストがまれに 1 秒ほど待つことを許容しますか。",
        ),
        default=True,
    ),
)
