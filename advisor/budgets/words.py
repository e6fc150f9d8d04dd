"""Texts for budgets: the name of each kind, the remedy if one is exceeded, and the complete sentence."""

from advisor.architecture import Architecture, Budget, BudgetState, Node
from advisor.sizing.integration_settings import RETRYING
from advisor.text import Text, spaced
from advisor.vocabulary.units import rounded_words, words

KINDS: dict[str, Text] = {
    "timeout": Text("Time", "時間"),
    "retries": Text("Executions of one message or event", "メッセージ・イベント 1 件の最大実行回数"),
    "retention": Text("Retention", "保持期間"),
    "payload": Text("Payload", "ペイロード"),
    "throughput": Text("Throughput", "スループット"),
    "writes": Text("Write capacity units", "書き込みキャパシティユニット"),
    "reads": Text("Read capacity units", "読み取りキャパシティユニット"),
    "concurrency": Text("Concurrency", "同時実行数"),
    "connections": Text("Connections", "接続数"),
    "idle": Text("Idle time", "アイドル時間"),
    "lifetime": Text("Connection lifetime", "接続の継続時間"),
}
_IN_FLIGHT = Text("Messages in flight", "処理中のメッセージ数")
#: Kinds that count capacity units and no requests.
_UNITS = ("writes", "reads")
#: A load this near to its limit, as a share of it, is not rounded.
NEAR = 0.05
#: How the source ends of a limit that is a requirement.
_DEADLINE = ".response_s"
STATES: dict[str, Text] = {
    "kept": Text("kept", "範囲内"),
    "warned": Text("increase needed", "引き上げが必要"),
    "broken": Text("exceeded", "超過"),
}
CURES: dict[str, Text] = {
    "answer-later": Text(
        "Acknowledge the request at once, process it asynchronously behind a queue or in a workflow, and "
        "notify the caller on completion.",
        "受け付けたことだけをすぐに応答し、キューまたはワークフローで非同期に処理して、完了を通知してください。",
    ),
    "call-later": Text(
        "Put a channel between the two, or set the timeout of the caller above that of the called "
        "component.",
        "両者の間にチャネルを置くか、呼び出し元のタイムアウトを呼び出し先のタイムアウトより長くしてくださ"
        "い。",
    ),
    "run-longer": Text(
        "Split the work into shorter runs, or run it on containers.",
        "処理を短く分割するか、コンテナで実行してください。",
    ),
    "hide-longer": Text(
        "Use the message only to start the work (a state machine or a batch job), so that the consumer "
        "can delete the message immediately.",
        "メッセージは処理（ステートマシンやバッチジョブ）の開始だけに使い、コンシューマーがすぐに削除でき"
        "るようにしてください。",
    ),
    "fewer-retries": Text(
        "Divide the work among several shorter executions, or use a Standard workflow.",
        "処理を複数の短い実行に分割するか、標準ワークフローを使ってください。",
    ),
    "retry-once": Text(
        "Retry in one layer only. Set the other layers to a single attempt, and make the work idempotent.",
        "再試行は 1 つの層だけで行い、他の層の試行は 1 回にして、処理をべき等にしてください。",
    ),
    "keep-longer": Text(
        "Increase the message retention, or shorten the run.", "メッセージの保持期間を延ばすか、1 回の処理を短くしてください。"
    ),
    "keep-failed-longer": Text(
        "Set a shorter retention on the queue than on its dead-letter queue.",
        "キューの保持期間をデッドレターキューの保持期間より短くしてください。",
    ),
    "by-reference": Text(
        "Store the content in S3 and send only its object key.",
        "内容は S3 に保存し、オブジェクトキーだけを送ってください。",
    ),
    "larger-messages": Text(
        "Store the content in S3 and send only its object key. Alternatively, raise the maximum size "
        "(the attribute MaximumMessageSize of an Amazon SNS topic, or the maximum record size of a Kinesis "
        "data stream); generated projects use the default.",
        "内容は S3 に保存し、オブジェクトキーだけを送ってください。または、上限（Amazon SNS トピックの属性 "
        "MaximumMessageSize、Kinesis データストリームの最大レコードサイズ）を引き上げてください。生成され"
        "るプロジェクトでは既定値を使います。",
    ),
    "leave-sandbox": Text(
        "Request production access for Amazon SES before you go live. A new account is in the SES "
        "sandbox.",
        "新しいアカウントの Amazon SES はサンドボックスにあるため、本番稼働前に本番アクセスを申請してくだ"
        "さい。",
    ),
    "pool": Text(
        "Put RDS Proxy in front of the database, so that callers share a pool of connections.",
        "データベースの前段に RDS Proxy を置き、接続をプールして共有してください。",
    ),
    "in-objects": Text(
        "Store large content in S3, and only its object key in this store.",
        "サイズの大きい内容は S3 に保存し、このストアにはオブジェクトキーだけを保存してください。",
    ),
    "in-parts": Text("Split the object into several objects.", "オブジェクトを複数のオブジェクトに分割してください。"),
    "raise-quota": Text(
        "Request a quota increase before you go live, or distribute the load.",
        "本番稼働前にクォータの引き上げを申請するか、負荷を分散してください。",
    ),
    "raise-concurrency": Text(
        "Request a higher concurrency quota for the account, shorten the run, or put a queue in front of "
        "the function.",
        "アカウントの同時実行数のクォータの引き上げを申請するか、処理を短くするか、前段にキューを置いてく"
        "ださい。",
    ),
    "order-per-key": Text(
        "Preserve the order per key (message group) instead of across the whole queue, so that the load is "
        "distributed over message groups.",
        "すべてのメッセージを 1 つの順序で扱わず、キーごとの順序にして、負荷を複数のメッセージグループに"
        "分散してください。",
    ),
    "digest": Text(
        "Aggregate notifications and send them as a digest.",
        "通知をまとめて、ダイジェストとして送信してください。",
    ),
    "start-express": Text(
        "Use Express workflows for short work, start one execution for many items, or request a quota "
        "increase.",
        "短時間の処理には Express ワークフローを使うか、1 回の実行で複数件を処理するか、クォータの引き上"
        "げを申請してください。",
    ),
    "keep-workers": Text(
        "Use long-running workers that poll a queue instead of starting a task for each item.",
        "1 件ごとにタスクを起動せず、常時稼働のワーカーでキューをポーリングしてください。",
    ),
    "array-jobs": Text(
        "Submit many items as one array job.", "多数の項目を 1 つの配列ジョブとして送信してください。"
    ),
    "shorter-work": Text(
        "At the peak, the backlog of the queue grows. Shorten the run, request a higher concurrency "
        "quota, or consume the messages in containers.",
        "ピーク時にはキューのバックログが増え続けます。1 件の処理を短くするか、同時実行数のクォータの引き"
        "上げを申請するか、コンテナで処理してください。",
    ),
    "more-tasks": Text(
        "At the peak, the backlog of the queue grows. Run more tasks, or shorten the run.",
        "ピーク時にはキューのバックログが増え続けます。タスクを増やすか、1 件の処理を短くしてください。",
    ),
    "keep-state-outside": Text(
        "Keep the state in a store, so that any task can answer any caller, or shorten the run.",
        "どのタスクでも任意の呼び出し元に応答できるよう状態をデータストアに置くか、1 回の処理を短くしてく"
        "ださい。",
    ),
    "wider-map": Text(
        "Specify a distributed map for the workflow, which runs up to 10,000 child executions at once, "
        "or allow a longer total run time.",
        "ワークフローに分散マップ（最大 10,000 個の子実行を並列に実行）を指定するか、許容する全体の時間を"
        "延ばしてください。",
    ),
    "shorter-items": Text(
        "A distributed map runs at most 10,000 child executions at once. Shorten the processing of each "
        "item, or allow a longer total run time.",
        "分散マップが並列に実行できる子実行は最大 10,000 個です。1 件の処理を短くするか、許容する全体の時"
        "間を延ばしてください。",
    ),
    "keep-alive": Text(
        "Shorten the keep-alive interval of the client.", "クライアントのキープアライブの間隔を短くしてください。"
    ),
    "reconnect": Text(
        "The client must reconnect before the connection ends, and resume its session.",
        "接続が切れる前にクライアントが再接続し、セッションを再開するようにしてください。",
    ),
}  # fmt: skip


#: Roles whose note is a proper name rather than a description.
NAMED = ("compute", "store", "messaging", "buffer", "queue", "outside")


def called(node: Node) -> Text:
    """Return the name of a node within a sentence."""
    note = node.note
    if not note.en or node.role not in NAMED:
        return node.title
    return Text(f"{node.title.en} ({note.en})", f"{node.title.ja}（{note.ja}）")


def way(architecture: Architecture, budget: Budget) -> Text:
    """Return the edge of a budget as text, from source to target."""
    edge = next(edge for edge in architecture.edges if edge.id == budget.edge)
    source, target = called(architecture.node(edge.source)), called(architecture.node(edge.target))
    return Text(f"{source.en} → {target.en}", f"{source.ja} → {target.ja}")


def quantity_title(budget: Budget) -> Text:
    """Return what a budget limits, as the head of a row."""
    return _IN_FLIGHT if budget.source.startswith("sqs-inflight") else KINDS[budget.kind]


def load_words(budget: Budget) -> Text:
    """Return the load of an edge as text, rounded unless it is near the limit, which the rounded value could exceed."""
    near = abs(budget.headroom) < NEAR
    return _counted(budget, budget.have) if near or budget.kind in _UNITS else rounded_words(budget.have, budget.unit)


def allowed_words(budget: Budget) -> Text:
    """Return the limit of an edge as text: for a setting or a guideline, with what it is."""
    limit = _counted(budget, budget.allowed)
    if budget.source.endswith(_DEADLINE):
        return Text(f"{limit.en} (response time requirement)", f"{limit.ja}（応答期限）")
    if budget.source == RETRYING:
        return Text(f"{limit.en} (guideline)", f"{limit.ja}（目安）")
    if set_here(budget):
        return Text(f"{limit.en} (setting of this design)", f"{limit.ja}（本設計の設定値）")
    return limit


def set_here(budget: Budget) -> bool:
    """Return whether the limit is a setting that the design derives, and neither a limit of AWS nor a requirement."""
    return "." in budget.source and not budget.source.startswith("https://") and not budget.source.endswith(_DEADLINE)


def _counted(budget: Budget, value: float) -> Text:
    amount = words(value, budget.unit)
    if budget.kind not in _UNITS:
        return amount
    return Text(amount.en, amount.ja.removesuffix(" 件"))


def line(budget: Budget) -> Text:
    """Return a budget in one line: the load, how it is calculated, and the limit."""
    kind, have, allowed = KINDS[budget.kind], load_words(budget), _counted(budget, budget.allowed)
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
    have, allowed = load_words(budget), _counted(budget, budget.allowed)
    return spaced(
        Text(
            f"{where.en}: {kind.en.lower()} {have.en} ({budget.counted.en}) is more than the {allowed.en} allowed there. "
            f"{budget.cure.en}",
            f"{where.ja}: {kind.ja}が{have.ja}（{budget.counted.ja}）となり、許される{allowed.ja}を超えます。{budget.cure.ja}",
        )
    )
