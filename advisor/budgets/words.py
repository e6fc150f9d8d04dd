"""Texts for budgets: the name of each kind, the remedy if one is exceeded, and the complete sentence."""

from advisor.architecture import Architecture, Budget, BudgetState, Node
from advisor.text import Text, spaced
from advisor.vocabulary.units import rounded_words, words

KINDS: dict[str, Text] = {
    "timeout": Text("Time", "時間"),
    "retries": Text("Executions of one message", "1 件のメッセージの実行回数"),
    "retention": Text("Retention", "保持期間"),
    "payload": Text("Payload", "ペイロード"),
    "throughput": Text("Throughput", "スループット"),
    "concurrency": Text("Concurrency", "同時実行数"),
    "connections": Text("Connections", "接続数"),
    "idle": Text("Idle time", "アイドル時間"),
    "lifetime": Text("Connection lifetime", "接続の継続時間"),
}
STATES: dict[str, Text] = {
    "kept": Text("kept", "範囲内"),
    "warned": Text("to be increased", "引き上げが必要"),
    "broken": Text("exceeded", "超過"),
}
CURES: dict[str, Text] = {
    "wait-longer": Text(
        "Set the timeout of callers above the timeout of the endpoint.", "呼び出し元のタイムアウトをエンドポイントより長くしてください。"
    ),
    "answer-later": Text(
        "Respond immediately that the work was accepted, process it behind a queue or in a workflow, and notify on completion.",
        "受け付けたことだけをすぐに返し、キューの後段かワークフローで処理して、完了を通知してください。",
    ),
    "call-later": Text(
        "Put a channel between the two, or set the timeout of the caller above that of the called component.",
        "間にチャネルを置くか、呼び出し元のタイムアウトを呼び出し先より長くしてください。",
    ),
    "run-longer": Text(
        "Split the work into shorter runs, or run it on containers.",
        "処理を短く分割するか、コンテナで実行してください。",
    ),
    "hide-longer": Text(
        "Let the message only start the work (a state machine or a batch job), so that the consumer can delete it immediately.",
        "メッセージでは処理の開始だけを行い（ステートマシンやバッチジョブ）、すぐにキューから削除してください。",
    ),
    "fewer-retries": Text(
        "Split the work into shorter steps, or let a Standard workflow run it.",
        "ステップを短く分割するか、標準ワークフローで実行してください。",
    ),
    "retry-once": Text(
        "Retry in one layer only: set the attempts of the other layers to one, and make the work idempotent.",
        "再試行は 1 つの層に限り、ほかの層は 1 回だけにして、処理をべき等にしてください。",
    ),
    "keep-longer": Text(
        "Increase the message retention, or shorten the run.", "メッセージの保持期間を延ばすか、1 回の処理を短くしてください。"
    ),
    "keep-failed-longer": Text(
        "Set the retention of the queue below the retention of its dead-letter queue.",
        "キューの保持期間をデッドレターキューより短くしてください。",
    ),
    "by-reference": Text(
        "Put the content into S3 and send only its key.", "内容は S3 に置き、そのキーだけを送ってください。"
    ),
    "larger-messages": Text(
        "Put the content into S3 and send only its key. Or raise the maximum size yourself (MaximumMessageSize of a topic, the "
        "maximum record size of a stream); generated projects keep the default.",
        "内容は S3 に置き、そのキーだけを送ってください。または上限（トピックの MaximumMessageSize、ストリームの最大レコードサイズ）を"
        "ご自身で引き上げてください。生成されるプロジェクトは既定値のままです。",
    ),
    "leave-sandbox": Text(
        "Request production access before you go live: an account starts in the sandbox.",
        "アカウントはサンドボックスから始まるため、本番稼働前に本番アクセスを申請してください。",
    ),
    "pool": Text(
        "Put RDS Proxy in front of the database, so that few connections serve many callers.",
        "RDS Proxy を間に置き、少ない接続を共有してください。",
    ),
    "in-objects": Text(
        "Store large content in S3, and only its key in this store.", "大きな内容は S3 に置き、このストアにはキーだけを保存してください。"
    ),
    "in-parts": Text("Split the object into parts.", "オブジェクトを分割してください。"),
    "raise-quota": Text(
        "Request a quota increase before you go live, or distribute the load.",
        "本番稼働前にクォータの引き上げを申請するか、負荷を分散してください。",
    ),
    "raise-concurrency": Text(
        "Request a higher concurrency quota for the account, shorten the work, or put a queue in front of it.",
        "アカウントの同時実行数のクォータの引き上げを申請するか、処理を短くするか、前段にキューを置いてください。",
    ),
    "order-per-key": Text(
        "Use order per key instead of one order for all messages, so that the load is distributed over message groups.",
        "全体で 1 つの順序ではなくキーごとの順序にし、メッセージグループに負荷を分散してください。",
    ),
    "digest": Text("Aggregate the notifications, and send them as a digest.", "通知をまとめて、ダイジェストとして送ってください。"),
    "start-express": Text(
        "Use Express workflows for short work, start one execution for many items, or request a quota increase.",
        "短い処理は Express ワークフローにするか、1 回の実行で複数件を処理するか、クォータの引き上げを申請してください。",
    ),
    "keep-workers": Text(
        "Let resident workers poll a queue instead of starting a task for each item.",
        "毎回タスクを起動せず、常駐するワーカーがキューをポーリングするようにしてください。",
    ),
    "array-jobs": Text(
        "Submit many items as one array job.", "多数の項目を 1 つの配列ジョブとして送信してください。"
    ),
    "shorter-work": Text(
        "Shorten the run, request a higher concurrency quota, or consume the messages in containers. Until then, the backlog of "
        "the queue grows.",
        "1 回の処理を短くするか、同時実行数のクォータの引き上げを申請するか、コンテナで受信してください。それまではキューに滞留します。",
    ),
    "more-tasks": Text(
        "Run more tasks, or shorten the run. Until then, the backlog of the queue grows.",
        "タスクを増やすか、1 回の処理を短くしてください。それまではキューに滞留します。",
    ),
    "keep-state-outside": Text(
        "Keep the state in a store, so that any task can answer any caller, or shorten the run.",
        "どのタスクでも応答できるよう状態をデータストアに置くか、1 回の処理を短くしてください。",
    ),
    "wider-map": Text(
        "Pin the workflow to a distributed map, which processes up to 10,000 items at once, or allow a longer total run time.",
        "ワークフローを分散マップ（最大 10,000 件を同時処理）に固定するか、全体の時間を延ばしてください。",
    ),
    "shorter-items": Text(
        "Shorten the work on one item, or allow a longer total run time: a distributed map processes at most 10,000 items at once.",
        "1 件の処理を短くするか、全体の時間を延ばしてください。分散マップの同時処理は最大 10,000 件です。",
    ),
    "keep-alive": Text(
        "Shorten the keep-alive interval of the client.", "クライアントのキープアライブの間隔を短くしてください。"
    ),
    "reconnect": Text(
        "Let the client reconnect before the connection ends, and resume its session.",
        "接続が切れる前にクライアントが再接続し、続きから再開するようにしてください。",
    ),
}  # fmt: skip


#: Roles whose note is a proper name rather than a description.
_NAMED = ("compute", "store", "messaging", "buffer", "queue", "outside")


def called(node: Node) -> Text:
    """Return the name of a node within a sentence."""
    note = node.note
    if not note.en or node.role not in _NAMED:
        return node.title
    return Text(f"{node.title.en} ({note.en})", f"{node.title.ja}（{note.ja}）")


def way(architecture: Architecture, budget: Budget) -> Text:
    """Return the edge of a budget as text, from source to target."""
    edge = next(edge for edge in architecture.edges if edge.id == budget.edge)
    source, target = called(architecture.node(edge.source)), called(architecture.node(edge.target))
    return Text(f"{source.en} → {target.en}", f"{source.ja} → {target.ja}")


def load_words(budget: Budget) -> Text:
    """Return the load of an edge as text, rounded unless the rounded value would equal the limit."""
    rounded, allowed = rounded_words(budget.have, budget.unit), words(budget.allowed, budget.unit)
    return words(budget.have, budget.unit) if rounded == allowed else rounded


def line(budget: Budget) -> Text:
    """Return a budget in one line: the load, how it is calculated, and the limit."""
    kind, have, allowed = KINDS[budget.kind], load_words(budget), words(budget.allowed, budget.unit)
    counted = budget.counted
    return spaced(
        Text(
            f"{kind.en}: {have.en} ({counted.en}) of {allowed.en}",
            f"{kind.ja}: {have.ja}（{counted.ja}）／{allowed.ja}",
        )
    )


def noted(architecture: Architecture, budget: Budget) -> Text:
    """Return a budget as an edge shows it: in one line when it is kept, else with its remedy."""
    return line(budget) if budget.ok else sentence(architecture, budget)


def worst(budgets: tuple[Budget, ...]) -> BudgetState:
    """Return the worst state of some budgets."""
    states = {budget.state for budget in budgets}
    return "broken" if "broken" in states else "warned" if "warned" in states else "kept"


def sentence(architecture: Architecture, budget: Budget) -> Text:
    """Return the sentence about a budget that is exceeded: the edge, both numbers and the remedy."""
    where, kind = way(architecture, budget), KINDS[budget.kind]
    have, allowed = load_words(budget), words(budget.allowed, budget.unit)
    return spaced(
        Text(
            f"{where.en}: {kind.en.lower()} {have.en} ({budget.counted.en}) is more than the {allowed.en} allowed there. "
            f"{budget.cure.en}",
            f"{where.ja}: {kind.ja}が{have.ja}（{budget.counted.ja}）となり、許される{allowed.ja}を超えます。{budget.cure.ja}",
        )
    )
