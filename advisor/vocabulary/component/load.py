"""Questions about the load of a component: rates, their shape, latency."""

from advisor.vocabulary.field import choice, flag, quantity

_REQUEST = {"trigger": ("request", "callback")}

LOAD_FIELDS = (
    quantity(
        "rate_average_rps",
        section="load",
        unit="per_s",
        title=("Average rate", "平均レート"),
        help=(
            "Pieces of work per second on average. For a schedule, its starts are counted when this is not stated.",
            "1 秒あたりの平均処理数。スケジュールで動く処理では、未回答なら開始回数から数えます。",
        ),
        most=1e8,
        default=1.0,
    ),
    quantity(
        "rate_peak_rps",
        section="load",
        unit="per_s",
        title=("Peak rate", "ピークレート"),
        help=("Pieces of work per second at the peak.", "ピーク時の 1 秒あたり処理数。"),
        most=1e8,
    ),
    choice(
        "shape",
        section="load",
        title=("Shape of the load", "負荷の形"),
        help=("How the load moves over the day.", "1 日の負荷の変動。"),
        options={"steady": ("Steady", "一定"), "spiky": ("Spiky", "急増あり"), "rare": ("Rare", "まれ")},
        default="spiky",
    ),
    quantity(
        "hours_per_day",
        section="load",
        unit="h",
        title=("Hours a day", "1 日の稼働時間"),
        help=("Hours a day in which there is work.", "1 日のうち処理がある時間。"),
        most=24.0,
    ),
    quantity(
        "latency_ms",
        section="load",
        unit="ms",
        title=("Latency goal", "レイテンシー目標"),
        help=("Time to answer that 99 of 100 requests must keep.", "99% のリクエストが守るべき応答時間。"),
        least=0.1,
        most=600000.0,
        applies=_REQUEST,
        cautious="low",
        asks="at_most",
    ),
    flag(
        "cold_start_ok",
        section="load",
        title=("Cold starts tolerated", "コールドスタート許容"),
        help=(
            "Whether a request may now and then wait a second for a new environment.",
            "新しい実行環境の起動のため、まれに 1 秒ほど待ってもよいか。",
        ),
        default=True,
    ),
)
