"""Common phrases of briefs and the corresponding answers, in both languages: about work, its parts and what connects them."""

from advisor.text import Text
from renderers.reference.caller_phrases import CALLER_PHRASES
from renderers.reference.platform_phrases import PLATFORM_PHRASES
from renderers.reference.store_phrases import STORE_PHRASES

_PROGRAM_PHRASES = (
    (
        Text("Work that no caller waits for, or that must not delay a response", "呼び出し元が結果を待たない処理、応答を遅らせないよう切り離す処理"),
        Text(
            "A channel (`carries: work`) to which the first component publishes, and a component that listens to it.",
            "最初のコンポーネントが発行するチャネル（`carries: work`）と、それを受信するコンポーネントを書きます。",
        ),
    ),
    (
        Text("A program of this file starts a job of another one and does not wait for it", "ファイル内のプログラムが別のプログラムのジョブを始め、その終了を待たない"),
        Text(
            "The channel of the row above. `on-demand` only if people, pipelines or systems outside the file start the job. "
            "`calls` means that the caller waits. For `job_queue`, see the row on job queues.",
            "前の行と同じくチャネルを書きます。`on-demand` は、ファイルの外の人、パイプライン、システムが開始する場合だけです。"
            "`calls` は、呼び出し元が応答を待つ場合です。`job_queue` については、ジョブキューの行を参照してください。",
        ),
    ),
    (
        Text("Changes to records, or new files, start work", "レコードの変更や新しいファイルで処理が始まる"),
        Text(
            "`trigger: event` with its `event_source`, and the store in `listens_to`. `stream` only for records that are read in order "
            "from a channel with `carries: records` or from an existing stream.",
            "`trigger: event` と `event_source` を指定し、`listens_to` にそのストアを書きます。`stream` は、`carries: records` のチャネルや既存のストリームの"
            "レコードを順に読み取る場合だけ指定します。",
        ),
    ),
    (
        Text("Each item is processed, retried and reported individually", "1 件ずつ処理し、再試行し、結果を記録する"),
        Text(
            "A channel with one message for each item, to which the component listens. Do not set `parallel_items`.",
            "1 件を 1 メッセージとするチャネルを書き、コンポーネントがそれを受信します。`parallel_items` は書きません。",
        ),
    ),
    (
        Text("A limit on concurrent processing that protects a database or an API", "データベースや API の保護のための同時処理数の上限"),
        Text(
            "`most_at_once` on the component that receives the messages. Without a stated number, leave it out, and add the "
            "limit as a remark on `trigger`. For a limit on the calls of the component per period, and for items of one run "
            "(`parallel_items`), use `waits_for: rate-limit` with the number as a remark.",
            "メッセージを受信するコンポーネントに `most_at_once` を指定します。数が示されていなければ書かず、上限があることを "
            "`trigger` の注記（remark）に書きます。コンポーネントからの一定時間あたりの呼び出し数に制限がある場合と、1 回の実行"
            "の中の項目（`parallel_items`）の場合は `waits_for: rate-limit` とし、その注記に数を書きます。",
        ),
    ),
    (
        Text("All items form one run, with one result or report", "全件で 1 回の実行となり、結果も 1 つ"),
        Text(
            "One component that processes the items, with `parallel_items`, `steps` if each item has several steps, and "
            "`combined_result: true` if a last step makes the result. Use `any number` if the number of items must not be "
            "limited. If a flow without code of its own runs other components for each item, `parallel_items` on the flow, not "
            "on them: each item goes through all of its `calls`.",
            "項目を処理する 1 件のコンポーネントに `parallel_items` を指定します。1 件ごとのステップが複数なら `steps`、最後に "
            "1 つの結果を作成するなら `combined_result: true` も書きます。件数を制限してはならない場合は `件数を問わない` と書"
            "きます。カスタムコードがないフローが、項目ごとにほかのコンポーネントを実行するなら、`parallel_items` はそれらでなく"
            "フローに書きます。各項目は `calls` のすべてのコンポーネントを通ります。",
        ),
    ),
    (
        Text("The team cannot or must not run containers, for example because it has no time to learn them", "コンテナを使えない、または使ってはならない（学ぶ時間がないなど）"),
        Text(
            "`must: [no-containers]`. If it only prefers to avoid them, `priorities: [low-operations, simplicity]`.",
            "`must: [no-containers]` を指定します。できれば避けたいというだけなら、`priorities: [low-operations, simplicity]` を指定します。",
        ),
    ),
    (
        Text("Runs, their state and failures must be visible; operators tune retries", "実行の状態と失敗を可視化し、再試行の回数や間隔を運用担当者が変更できるようにする"),
        Text("`steps` of at least 2, and `retries: true`.", "`steps`（2 以上）と `retries: true` を指定します。"),
    ),
    (
        Text("Steps inside one running program, such as several per second", "1 つのプログラム内で実行するステップ（1 秒間に何度も切り替わるものなど）"),
        Text(
            "No `steps`. One component, with the total time as `longest_run_s`. Steps that share data in memory belong to the same program.",
            "`steps` は書きません。コンポーネントは 1 件とし、処理全体の時間を `longest_run_s` に書きます。メモリ内のデータを共有するステップ"
            "は、同じプログラムに属します。",
        ),
    ),
    (
        Text("As little code or runtime upkeep as possible, for a few API calls on a schedule", "少数の API を定期的に呼び出す（保守が必要なコードやランタイムはなるべく増やさない）"),
        Text(
            "`logic: none`, with `trigger: schedule`.",
            "`trigger: schedule` と `logic: none` を指定します。",
        ),
    ),
    (
        Text("No code may run: the endpoint itself changes the format of a request (mapping template)", "コードは使わず、エンドポイント自体がリクエストの形式を変換する（マッピングテンプレート）"),
        Text(
            "`logic: none`, with the change as a remark (the generated template does not contain it), and the store or channel "
            "to which the request goes.",
            "`logic: none` を指定し、変換の内容を注記（remark）に書きます（生成されるテンプレートには含まれません）。リクエスト"
            "の渡し先のストアまたはチャネルも書きます。",
        ),
    ),
    (
        Text("A flow runs other components one after another, possibly with a branch on their results", "フローがほかのコンポーネントを順に実行する（結果による分岐がある場合も）"),
        Text(
            "A component with `logic: none`, and the others in `calls` in this order. Add a branch as a remark on `calls`: the "
            "generated flow runs all of them. Custom code that computes or decides something is a component in `calls`, not "
            "part of the flow.",
            "`logic: none` を指定した 1 件のコンポーネントとし、`calls` にほかのコンポーネントを実行順に書きます。分岐は "
            "`calls` の注記（remark）に書きます（生成されるフローはすべてを実行します）。計算や判断を行うカスタムコードは、フロー"
            "ではなく、`calls` のコンポーネントとします。",
        ),
    ),
    (
        Text("The component polls another system until that system is done", "別のシステムの処理が完了したかどうかを繰り返し確認する（ポーリング）"),
        Text(
            "`waits_for: other-system`, with `wait_s`; `whole_run_s` if a total time, including the waits, is stated.",
            "`waits_for: other-system` と `wait_s` を指定します。待機を含む開始から完了までの時間が示されていれば、`whole_run_s` に書きます。",
        ),
    ),
    (
        Text("Jobs whose run time is not stated or cannot be foreseen", "実行時間が示されていない、または予測できないジョブ"),
        Text(
            "Leave out the times; at most 10 s are assumed. If runs can be long, or nobody can foresee how long they take, "
            "enter `long` (more than 15 min) as `longest_run_s`, or what the brief states, such as `hours`, with a remark. "
            "`trigger: on-demand` or `schedule`.",
            "実行時間は書きません（最長 10 秒と仮定します）。長くなりうる場合や、長さを予測できない場合は、`longest_run_s` に "
            "`長い`（15 分超）、または `時間単位` など要件の表現を書き、注記（remark）を付けます。`trigger` は `on-demand` また"
            "は `schedule` とします。",
        ),
    ),
    (
        Text(
            "Several schedules for one program",
            "1 つのプログラムに複数のスケジュールがある",
        ),
        Text(
            "One component for each schedule. If the same work starts at several times that fit one cron expression, enter it "
            "as the `schedule_expression` of one component.",
            "スケジュールごとに 1 件のコンポーネントを書きます。同じ処理を複数の時刻に始めるだけで、1 つの cron 式で表せるなら、"
            "その式を 1 件のコンポーネントの `schedule_expression` に書きます。",
        ),
    ),
    (
        Text("One schedule for each customer or item, created while the program runs", "顧客や項目ごとに、プログラムの動作中に作成するスケジュール"),
        Text(
            "`trigger: schedule` without `schedule_expression`, and the starts of all schedules together as `rate_average_rps` (for example 500/day). Enter "
            "the number of schedules as a remark on this rate. The decision warns: the project does not create these "
            "schedules, it contains a disabled one as an example, and its README lists what to build.",
            "`trigger: schedule` を指定し、`schedule_expression` は書きません。すべてのスケジュールを合わせた起動回数を、`rate_average_rps` に 500/day のように期間を付けて書き、"
            "スケジュールの数をその注記（remark）に書きます。決定には警告が付きます。プロジェクトはこれらのスケジュールを作成せ"
            "ず、無効にした例を 1 つだけ含み、必要な作業を README に示します。",
        ),
    ),
    (
        Text(
            "A single start at a time that the program sets (30 minutes after an order, before an appointment)",
            "プログラムが決めた時刻に 1 回だけ始まる（注文の 30 分後、予約の前など）",
        ),
        Text(
            "`trigger: schedule` without `schedule_expression` on the component that starts then, with the starts of all items together as "
            "`rate_average_rps`. The decision warns as in the row above. `delay_s` is only for a "
            "channel that delays every message by the same short time (a queue delays by at most 15 minutes).",
            "その時刻に始まるコンポーネントに `trigger: schedule` を指定し、`schedule_expression` は書きません。全項目を合わせた起動回数を `rate_average_rps` に書きます。"
            "上の行と同じ警告が付きます。`delay_s` は、全メッセージを"
            "一律に短い時間だけ遅延させるチャネルで使います（キューの遅延は最大 15 分）。",
        ),
    ),
    (
        Text("A job queue: it starts jobs by priority as capacity permits, or reports the state of each job", "ジョブキュー（キャパシティーに応じて優先度順に開始する、またはジョブごとの状態を報告する）"),
        Text(
            "`job_queue: true` on the component that runs the jobs, in addition to its trigger. Not if jobs only wait until a "
            "worker is free, nor if the program itself writes their state to a store: the channel is sufficient.",
            "ジョブを実行するコンポーネントに `job_queue: true` を指定します。`trigger` も指定します。ワーカーが空くまで待つだ"
            "けの場合や、プログラム自身が状態をストアに書き込む場合は指定しません。チャネルだけで足ります。",
        ),
    ),
    (
        Text("Copies of one message for several receivers", "1 つのメッセージを複数の受信側にコピーして渡す"),
        Text(
            "A channel with `carries: event`; "
            "receivers that are components of this file name the channel in `listens_to`, and all other receivers are its `destinations`. "
            "Code that changes each copy is a component.",
            "`carries: event` のチャネルを書きます。受信側がこのファイルのコンポーネントなら `listens_to`、それ以外は `destinations` に書きます。宛"
            "先ごとに内容を変えて送る処理は、コンポーネントとして書きます。",
        ),
    ),
    (
        Text("Existing programs, which are not part of the project, send or receive the messages", "構築の対象でない既存のプログラムがメッセージを送信または受信する"),
        Text(
            "No components: enter them as `source` and `destinations` of the channel. If existing programs read from the "
            "channel themselves, set `fan_out` to their number. If the file has no other component, enter the sender with the "
            "[pin](#pins) of its platform.",
            "コンポーネントとしては書かず、チャネルの `source` と `destinations` に書きます。自らチャネルを読み取るプログラムは、"
            "その数を `fan_out` に書きます。ほかにコンポーネントがなければ、送信側を 1 件書き、動いている基盤を[指定](#pins)し"
            "ます。",
        ),
    ),
    (
        Text("Calls to the API of a partner or a product", "パートナーや他社製品の API の呼び出し"),
        Text(
            "If each message only has to be delivered there, a channel with the destination `partner-http` or `saas`. If a "
            "program calls the API, set only `uses_secrets: true` on that program, for the API key.",
            "メッセージを届けるだけなら、`partner-http` または `saas` の宛先を持つチャネルを書きます。プログラムが API を呼び出"
            "すなら、そのプログラムに API キーのための `uses_secrets: true` だけを書きます。",
        ),
    ),
    (
        Text("Live updates, immediate notifications to a web page or an app", "画面やアプリへの即時の通知、ライブ更新"),
        Text(
            "`protocol: websocket` on the program that holds the connections, or `protocol: graphql` if clients subscribe to "
            "changes that callers make with mutations. Clients of a GraphQL API are not notified of changes that messages, events or schedules cause. `logic: none` only if no custom code runs there. The messages to connected browsers are not a channel. A component that "
            "causes them `calls` this program, or `publishes` to a channel that it `listens_to`.",
            "接続を保持するプログラムに `protocol: websocket` を指定します。独自の処理がまったくない場合だけ、`logic: none` も指定します。"
            "呼び出し元がミューテーションで行った変更をクライアントがサブスクライブするなら `protocol: graphql` を指定します。メッセージ、イベント、スケジュールによる処理の結果は、GraphQL API のクライアントには通知されません。接続中のブラウザへのメッセージはチャネルではありません。通知のもとになる"
            "コンポーネントは、`calls` でこのプログラムを呼び出すか、これが `listens_to` で受信するチャネルに `publishes` で発行します。",
        ),
    ),
)  # fmt: skip
#: All phrases, in the order of the page.
PHRASES = (*CALLER_PHRASES, *_PROGRAM_PHRASES, *PLATFORM_PHRASES, *STORE_PHRASES)
