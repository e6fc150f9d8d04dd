"""Budgets in words: what each kind is called, what helps when one is exceeded, and the whole sentence."""

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
    "idle": Text("Idle time", "無通信時間"),
    "lifetime": Text("Connection lifetime", "接続の寿命"),
}
STATES: dict[str, Text] = {
    "kept": Text("within the limit", "範囲内"),
    "warned": Text("needs an increase", "引き上げが必要"),
    "broken": Text("exceeded", "超過"),
}
CURES: dict[str, Text] = {
    "wait-longer": Text(
        "Give callers a longer timeout than the endpoint has.", "呼び出し元のタイムアウトをエンドポイントより長くしてください。"
    ),
    "answer-later": Text(
        "Accept the request at once, process it behind a queue or a workflow, and notify the caller when the work is done.",
        "受け付けたことだけをすぐに応答し、キューまたはワークフローで処理して、完了を通知してください。",
    ),
    "call-later": Text(
        "Put a channel between the two, or let the caller run longer than the component that it calls.",
        "間にチャネルを置くか、呼び出し元の実行時間の上限を、呼び出し先より長くしてください。",
    ),
    "run-longer": Text(
        "Split the work into shorter runs, or run it on containers.",
        "処理を短く分割するか、コンテナで実行してください。",
    ),
    "hide-longer": Text(
        "Let the message only start the work (a state machine or a batch job), so that the message leaves the queue at once.",
        "メッセージでは処理の開始だけを行い（ステートマシンやバッチジョブ）、メッセージをすぐにキューから削除してください。",
    ),
    "fewer-retries": Text(
        "Split the work into shorter steps, or let a Standard workflow run it.",
        "ステップを短く分割するか、標準ワークフローで実行してください。",
    ),
    "retry-once": Text(
        "Retry in one layer only: set the attempts of the others to one, and make the work idempotent.",
        "再試行は 1 つの層に限り、ほかの層は 1 回だけにして、処理を冪等にしてください。",
    ),
    "keep-longer": Text(
        "Keep messages longer, or make one run shorter.", "メッセージの保持期間を延ばすか、1 回の処理を短くしてください。"
    ),
    "keep-failed-longer": Text(
        "Keep messages in the queue for less time than in its dead-letter queue.",
        "キューの保持期間をデッドレターキューより短くしてください。",
    ),
    "by-reference": Text(
        "Put the content into S3 and send only its key.", "内容は S3 に置き、そのキーだけを送ってください。"
    ),
    "larger-messages": Text(
        "Put the content into S3 and send only its key; or raise the maximum message size yourself (MaximumMessageSize of a "
        "topic, maximum record size of a stream). Generated projects keep the default.",
        "内容は S3 に置き、そのキーだけを送ってください。または上限（トピックの MaximumMessageSize、ストリームの最大レコードサイズ）を"
        "ご自身で引き上げてください。生成されるプロジェクトは既定値のままです。",
    ),
    "leave-sandbox": Text(
        "Request production access before the load increases: an account starts in the sandbox.",
        "アカウントはサンドボックスから始まるため、負荷がかかる前に本番アクセスを申請してください。",
    ),
    "pool": Text(
        "Put RDS Proxy in front of the database, so that many callers share few connections.",
        "データベースの前段に RDS Proxy を置き、接続を共有してください。",
    ),
    "in-objects": Text(
        "Keep large content in S3, and only its key here.", "大きな内容は S3 に置き、ここにはキーだけを保存してください。"
    ),
    "in-parts": Text("Divide the object into parts.", "オブジェクトを分割してください。"),
    "raise-quota": Text(
        "Request a quota increase before the load increases, or spread the load.",
        "負荷がかかる前に AWS へクォータの引き上げを申請するか、負荷を分散してください。",
    ),
    "raise-concurrency": Text(
        "Request more concurrency for the account, make the work shorter, or put a queue in front of it.",
        "アカウントの同時実行数の引き上げを申請するか、処理を短くするか、前にキューを置いてください。",
    ),
    "order-per-key": Text(
        "Use ordering per key instead of one order for all messages, so that the load spreads over message groups.",
        "全体で 1 つの順序ではなくキーごとの順序にし、メッセージグループに負荷を分散してください。",
    ),
    "digest": Text("Collect notifications and send them as a digest.", "通知をまとめて、ダイジェストとして送ってください。"),
    "start-express": Text(
        "Use Express workflows for short work, start one execution for many items, or request a quota increase.",
        "短い処理は Express ワークフローにするか、1 回の実行で複数件を処理するか、クォータの引き上げを申請してください。",
    ),
    "keep-workers": Text(
        "Let workers that always run process the work from a queue instead of starting a task each time.",
        "毎回タスクを起動せず、常駐するワーカーがキューからメッセージを受信して処理するようにしてください。",
    ),
    "array-jobs": Text(
        "Submit many items as one array job.", "多数の項目を 1 つの配列ジョブとして投入してください。"
    ),
    "shorter-work": Text(
        "Make one run shorter, request more concurrency, or receive the messages with containers; until then the "
        "queue grows.",
        "1 回の処理を短くするか、同時実行数の引き上げを申請するか、コンテナで受信してください。それまではキューに滞留します。",
    ),
    "more-tasks": Text(
        "Run more tasks or make one run shorter; until then the queue grows.",
        "タスクを増やすか、1 回の処理を短くしてください。それまではキューに滞留します。",
    ),
    "keep-state-outside": Text(
        "Keep the state in a store, so that any task can respond to any caller, or make one run shorter.",
        "どのタスクでも応答できるよう状態をデータストアに置くか、1 回の処理を短くしてください。",
    ),
    "wider-map": Text(
        "Pin the workflow to a distributed map, which works on up to 10,000 items at once, or allow the whole more time.",
        "ワークフローを分散マップ（最大 10,000 件を同時処理）に固定するか、全体の時間を延ばしてください。",
    ),
    "shorter-items": Text(
        "Make the work on one item shorter, or allow the whole more time: a distributed map works on at most 10,000 items at once.",
        "1 件の処理を短くするか、全体の時間を延ばしてください。分散マップの同時処理は最大 10,000 件です。",
    ),
    "keep-alive": Text(
        "Shorten the keepalive interval of the client.", "クライアントのキープアライブの間隔を短くしてください。"
    ),
    "reconnect": Text(
        "Let the client reconnect before the connection ends, and continue where it stopped.",
        "接続が切れる前にクライアントが再接続し、続きから再開するようにしてください。",
    ),
}  # fmt: skip


#: Roles whose note is a proper name rather than a description.
_NAMED = ("compute", "store", "messaging", "buffer", "queue", "outside")


def called(node: Node) -> Text:
    """Return what a node is called in a sentence."""
    note = node.note
    if not note.en or node.role not in _NAMED:
        return node.title
    return Text(f"{node.title.en} ({note.en})", f"{node.title.ja}（{note.ja}）")


def way(architecture: Architecture, budget: Budget) -> Text:
    """Return the edge of a budget in words: from where to where."""
    edge = next(edge for edge in architecture.edges if edge.id == budget.edge)
    source, target = called(architecture.node(edge.source)), called(architecture.node(edge.target))
    return Text(f"{source.en} → {target.en}", f"{source.ja} → {target.ja}")


def load_words(budget: Budget) -> Text:
    """Return the load of an edge in words: rounded, as it is calculated, unless it would read as what is allowed."""
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
            f"{where.en}: {kind.en.lower()} {have.en} ({budget.counted.en}) exceeds the limit of {allowed.en}. "
            f"{budget.cure.en}",
            f"{where.ja}: {kind.ja}が{have.ja}（{budget.counted.ja}）となり、上限の{allowed.ja}を超えます。{budget.cure.ja}",
        )
    )
