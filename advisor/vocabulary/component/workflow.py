"""Questions about the workflow of a component: steps, retries, approval, compensation."""

from advisor.vocabulary.field import flag, quantity

WORKFLOW_FIELDS = (
    quantity(
        "steps",
        section="workflow",
        unit="count",
        title=("Steps", "ステップ数"),
        help=("How many steps the work has.", "処理のステップ数。"),
        least=1.0,
        most=10000.0,
        default=1.0,
    ),
    flag(
        "retries",
        section="workflow",
        title=("Retries and error handling", "再試行とエラー処理"),
        help=(
            "Whether failed steps are retried and failures handled.",
            "失敗したステップの再試行とエラー処理が必要か。",
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
        help=("How many items the work is split over.", "処理を分割する件数。"),
        most=1e10,
        default=0.0,
    ),
)
