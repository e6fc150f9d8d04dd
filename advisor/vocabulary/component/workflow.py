"""Questions about the workflow of a component: steps, retries, approval, compensation."""

from advisor.vocabulary.field import flag, quantity

WORKFLOW_FIELDS = (
    quantity(
        "steps",
        section="workflow",
        unit="count",
        title=("Steps", "ステップ数"),
        help=(
            "How many steps one run has that are started, retried and watched one by one. Where orchestration or a view of every run and "
            "its state is asked for and no number is given: at least 2.",
            "1 回の実行に、個別に開始、再試行、監視するステップがいくつあるか。オーケストレーションや、実行ごとの状態の可視化が求められ、"
            "数が示されていない場合は 2 以上とします。",
        ),
        least=1.0,
        most=10000.0,
        default=1.0,
    ),
    flag(
        "retries",
        section="workflow",
        title=("Retries and error handling", "再試行とエラー処理"),
        help=(
            "Whether failed runs and steps are retried by a rule of their own and failures handled.",
            "失敗した実行やステップを、決めた規則で再試行し、エラーを処理する必要があるか。",
        ),
    ),
    flag(
        "human_approval",
        section="workflow",
        title=("Human approval", "人による承認"),
        help=("Whether the work waits for a person.", "人の承認を待つか。"),
    ),
    flag(
        "compensation",
        section="workflow",
        title=("Compensation", "補償処理"),
        help=(
            "Whether finished steps are undone when a later one fails.",
            "後続の失敗時に完了済みステップを取り消すか。",
        ),
    ),
    quantity(
        "parallel_items",
        section="workflow",
        unit="count",
        title=("Items mapped in parallel", "並列処理する件数"),
        help=(
            "How many items one run splits its work over, such as the records of a file, before it ends as a whole. Where each item is handled "
            "by itself and no run has to know of the others, the items are messages of a channel instead.",
            "1 回の実行が処理を分割する件数（ファイルのレコード数など）。全件がそろって実行が終わる場合に書きます。"
            "1 件ずつ独立して処理し、他の件を待たない場合は、代わりにチャネルのメッセージとします。",
        ),
        most=1e10,
        default=0.0,
    ),
)
