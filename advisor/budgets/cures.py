"""The remedy for each budget that is exceeded."""

from advisor.text import Text

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
        "るプロジェクトではデフォルト値を使います。",
    ),
    "leave-sandbox": Text(
        "Request production access for Amazon SES before you go live. A new account is in the SES "
        "sandbox.",
        "新しいアカウントの Amazon SES はサンドボックスにあるため、本番稼働前に本番アクセスを申請してくだ"
        "さい。",
    ),
    "pool": Text(
        "Choose a larger instance class in the generated project, or put RDS Proxy in front of the database, so that callers share a "
        "pool of connections.",
        "生成されたプロジェクトでより大きなインスタンスクラスを選ぶか、データベースの前段に RDS Proxy を置き、接続をプールして共有してください。",
    ),
    "in-objects": Text(
        "Store large content in S3, and only its object key in this store.",
        "サイズの大きい内容は S3 に保存し、このストアにはオブジェクトキーだけを保存してください。",
    ),
    "in-batches": Text(
        "Write the vectors of several runs with one request (at most 500), or divide them among several indexes.",
        "複数の処理のベクトルを 1 回のリクエスト（最大 500 個）にまとめて書き込むか、複数のインデックスに分けてください。",
    ),
    "in-parts": Text("Split the object into several objects.", "オブジェクトを複数のオブジェクトに分割してください。"),
    "multipart": Text(
        "State a maximum item size that a single upload can carry, or let clients upload the parts of a file (multipart upload) with a "
        "presigned URL for each part; generated projects do not contain multipart uploads.",
        "「データ 1 件の最大サイズ」に 1 回でアップロードできるサイズを回答するか、クライアントがファイルを分割し、パートごとの署名付き URL でアップロード（マルチパート"
        "アップロード）してください。マルチパートアップロードは、生成されるプロジェクトには含まれません。",
    ),
    "raise-quota": Text(
        "Request a quota increase before you go live, or distribute the load.",
        "本番稼働前にクォータの引き上げを申請するか、負荷を分散してください。",
    ),
    "spread-owners": Text(
        "These items have no owner of their own, so all of them have the same owner and share one partition key of the owner index. A throttled index also throttles "
        "its table. Set the owner of each item from its content, or distribute this key over several values (write sharding).",
        "これらの項目には個別の所有者がないため、所有者がすべて同じになり、所有者インデックスの 1 つのパーティションキーに書き込みが集中します。インデックスのスロットリングはテーブルにも及びます。項目の内容から所有者を設定するか、"
        "このキーを複数の値に分散（ライトシャーディング）してください。",
    ),
    "read-in-parts": Text(
        "The generated program reads the whole store, and a run does not end in time. Divide the work into more parts, allow a longer "
        "run, or read only what has changed.",
        "生成されるプログラムはストア全体を読み取るため、時間内に終わりません。処理をより多くの部分に分けるか、実行時間を延ばすか、変更された分だけを"
        "読み取ってください。",
    ),
    "aggregate-in-sql": Text(
        "The generated program reads the whole table in the order of the IDs, and a run does not end in time. Aggregate in "
        "SQL, export the table to S3 and process the files, allow a longer run, or read only what has changed.",
        "生成されるプログラムはテーブル全体を ID の順に読み取るため、時間内に終わりません。SQL で集計するか、テーブルを S3 にエクスポートして"
        "ファイルを処理するか、実行時間を延ばすか、変更された分だけを読み取ってください。",
    ),
    "export-or-read-in-parts": Text(
        "The generated program reads the whole table, and a run does not end in time. Export the table to S3 and process the files, "
        "divide the work into more parts, allow a longer run, or read only what has changed.",
        "生成されるプログラムはテーブル全体を読み取るため、時間内に終わりません。テーブルを S3 にエクスポートしてファイルを処理するか、処理をより多くの部分に"
        "分けるか、実行時間を延ばすか、変更された分だけを読み取ってください。",
    ),
    "fewer-connections": Text(
        "The generated program scans the table of open connections for each message, so that cost and load grow with both. Send each "
        "message to the users concerned only, collect messages, or use a service that distributes them to its subscribers, such as AWS "
        "AppSync. Measure with the number of connections that you expect.",
        "生成されるプログラムはメッセージごとに接続のテーブル全体をスキャンするため、メッセージ数と接続数に応じて費用と負荷が増えます。関係するユーザーだけに"
        "送る、メッセージをまとめる、AWS AppSync のようにサブスクライバーへの配信を担うサービスを使うなどの対策を検討し、想定する接続数で測定してください。",
    ),
    "raise-calls": Text(
        "Request a higher quota, and then raise the rate limit of the API destination. Until then, events above it wait, for up to 24 "
        "hours, and then go to the dead-letter queue.",
        "クォータの引き上げを申請し、承認後に API 送信先のレート制限を上げてください。それまで、上限を超えたイベントは最長 24 時間待ち、"
        "その後はデッドレターキューに送られます。",
    ),
    "raise-vcpus": Text(
        "Request an increase of the quota of On-Demand vCPUs on Fargate before you go live; until then, tasks above the quota "
        "do not start.",
        "本番稼働前に、Fargate のオンデマンド vCPU 数のクォータの引き上げを申請してください。それまでは、クォータを超えるタスクは起動しません。",
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
    "more-at-once": Text(
        "The backlog of the queue grows until messages expire. The limit is a requirement: confirm the run time, and agree on a higher limit with "
        "the owner of the called system, or shorten the run.",
        "キューのバックログが増え続け、メッセージはやがて保持期間を過ぎて失われます。上限は要件で指定された値です。処理時間を確認し、接続先の担当者と上限の"
        "引き上げを調整するか、1 件の処理を短くしてください。",
    ),
    "more-tasks": Text(
        "At the peak, the backlog of the queue grows. Run more tasks, or shorten the run.",
        "ピーク時にはキューのバックログが増え続けます。タスクを増やすか、1 件の処理を短くしてください。",
    ),
    "keep-state-outside": Text(
        "Keep the state in a store and allow several instances, so that any task can answer any caller, or shorten the run.",
        "どのタスクでも任意の呼び出し元に応答できるよう、状態をデータストアに置いて複数のインスタンスを許容するか、1 回の処理を短くしてください。",
    ),
    "wider-map": Text(
        "Specify a distributed map for the workflow, which runs up to 10,000 child executions at once, "
        "or allow a longer end-to-end run.",
        "ワークフローに分散マップ（最大 10,000 個の子実行を並列に実行）を指定するか、許容する全体の時間を"
        "延ばしてください。",
    ),
    "shorter-items": Text(
        "A distributed map runs at most 10,000 child executions at once. Shorten the processing of each "
        "item, or allow a longer end-to-end run.",
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
