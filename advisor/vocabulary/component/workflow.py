"""Questions about the workflow of a component: steps, retries, approval, compensation."""

from advisor.vocabulary.field import NEEDED, flag, quantity

#: The most steps of its own work that a component has started one after another; more are run as so many.
MOST_STEPS = 6

WORKFLOW_FIELDS = (
    quantity(
        "steps",
        section="workflow",
        unit="count",
        title=("Steps", "ステップ数"),
        help=(
            "Number of steps in one run that are started, retried and monitored individually. If the requirements ask for orchestration "
            "or for visibility of every run and its state, but state no number, answer at least 2. With items processed in parallel, these "
            "are the steps of each item: a step before or after all items is a component of its own.",
            "1 回の実行で、個別に開始、再試行、監視するステップの数です。オーケストレーションや、実行ごとの状態の可視化が求められ、"
            "数が示されていない場合は 2 以上とします。項目を並列に処理する場合は、項目ごとのステップ数です（全項目の前後のステップは別のコンポーネントとします）。",
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
            "Whether a policy of its own retries failed runs and steps, with growing waits or a reaction to certain errors. That a failed "
            "message, event or start is repeated a few times and then set aside does not count: queues, buses and schedules do this.",
            "失敗した実行やステップを、待ち時間を延ばしながら、またはエラーの種類に応じて、独自のポリシーで再試行する必要がありますか。"
            "失敗したメッセージ、イベント、起動を数回繰り返して退避するだけの場合は含みません（キュー、バス、スケジュールが行います）。",
        ),
    ),
    flag(
        "job_queue",
        section="workflow",
        title=("Job queue with job states", "ジョブの状態を参照できるジョブキュー"),
        help=(
            "Whether runs are jobs that are submitted to a queue, wait there until capacity is available, by priority where stated, "
            "and whose state the queue reports. A program of the workload that submits the jobs publishes to a channel that this component "
            "listens to. If jobs only wait until a worker is free, or the program itself stores their state, the channel is sufficient.",
            "実行をジョブとしてキューに送信し、キャパシティーが空くまで（優先度があればその順に）待たせ、ジョブごとの状態を参照する必要がありますか。"
            "ワークロードのプログラムがジョブを送信する場合、そのプログラムはこのコンポーネントが受信するチャネルに発行します。"
            "ジョブがワーカーの空きを待つだけの場合や、プログラム自身が状態を保存する場合は、チャネルだけで足ります。",
        ),
    ),
    flag(
        "human_approval",
        section="workflow",
        title=("Human approval", "人による承認"),
        help=(
            "Whether a run waits for a person. The person decides before the first step unless you state the steps before the approval.",
            "人の承認を待ちますか。「承認前のステップ数」を指定しなければ、承認は最初のステップの前です。",
        ),
    ),
    quantity(
        "steps_before_approval",
        section="workflow",
        unit="count",
        title=("Steps before the approval", "承認前のステップ数"),
        help=(
            "Number of steps, fewer than all, that a run completes before it waits for the approval. The other steps run only after the "
            "approval. If the last step before it is a function, the approver sees its result. 0: the approver decides before any step runs.",
            "承認を待つ前に実行するステップの数です（全ステップ数より少ない数）。残りのステップは、承認されるまで実行されません。直前のステップが"
            "関数の場合、承認者はその結果を確認できます。0 の場合は、どのステップも実行する前に承認を待ちます。",
        ),
        most=10000.0,
        default=0.0,
        applies={"human_approval": (True,), "parallel_items": (0.0,)},
        above={"steps": 1.0},
    ),
    flag(
        "compensation",
        section="workflow",
        title=("Compensation", "補償処理"),
        help=(
            "Whether completed steps are undone when a later step fails.",
            "後続のステップの失敗時に、完了済みのステップを取り消しますか。",
        ),
    ),
    quantity(
        "parallel_items",
        section="workflow",
        unit="count",
        title=("Items processed in parallel by a run", "1 回の実行で並列に処理する項目数"),
        help=(
            "Number of items that one run processes in parallel before it ends, such as the records of a file. If each item is "
            "processed independently, model the items as messages of a channel instead. Of a flow without code that runs other components for "
            "each item, answer this for the flow, not for these components.",
            "1 回の実行が並列に処理する件数です（ファイルのレコード数など）。全件の完了で実行が終わる場合に回答します。"
            "1 件ずつ独立して処理し、他の件を待たない場合は、代わりにチャネルのメッセージとします。コードのないフローが項目ごとにほかのコンポーネントを"
            "実行する場合は、それらのコンポーネントでなくフローについて回答します。",
        ),
        most=1e10,
        default=0.0,
    ),
    flag(
        "combined_result",
        section="workflow",
        title=("Combined result", "結果の集約"),
        help=(
            "Whether a last step makes one result of all parallel items of a run, such as a report or a merged file. Without it, a run "
            "ends with its last item, and each item has a result of its own.",
            "1 回の実行の全項目がそろった後に、最後のステップで 1 つの結果（レポート、結合したファイルなど）を作成しますか。"
            "作成しない場合、最後の項目の完了で実行が終わり、結果は項目ごとに残ります。",
        ),
        answers=NEEDED,
    ),
)
