"""Common phrases of briefs and the corresponding answers, in both languages."""

from advisor.text import Text

PHRASES = (
    (
        Text("Several endpoints of one program", "1 つのプログラムが持つ複数のエンドポイント"),
        Text(
            "One component, with the answers of the most demanding endpoint: `streaming: true` if one of them streams.",
            "1 件のコンポーネント。要求の最も厳しいエンドポイントの回答を書きます（1 つでもストリーミングするなら `streaming: true`）。",
        ),
    ),
    (
        Text("A product or a partner calls it (webhook)", "製品やパートナーから呼び出される（Webhook）"),
        Text(
            "`trigger: request` and `exposure: partner`. If the program checks a signature, `authentication: none` and `logic: code`.",
            "`trigger: request` と `exposure: partner`。プログラムが署名を検証するなら `authentication: none` と `logic: code`。",
        ),
    ),
    (
        Text("Only your own services call it", "自社のサービスだけが呼び出す"),
        Text(
            "Omit `exposure` if another component in the file calls this one. Otherwise, use `private` only if the component must "
            "not be reachable from the internet, and `partner` in all other cases, with `api_keys` or `authentication` as stated.",
            "ファイル内のコンポーネントが呼び出すなら `exposure` は書きません。`private` は、インターネットから到達できてはならない場合だけです。"
            "それ以外は `partner` とし、`api_keys` や `authentication` を記載どおりに書きます。",
        ),
    ),
    (
        Text(
            "A CDN, content cached near the users, one address for several APIs, uploads or downloads under your own domain",
            "CDN、利用者の近くでのキャッシュ、複数の API をまとめる 1 つのアドレス、独自ドメインでのアップロードやダウンロード",
        ),
        Text(
            "`cdn: true` at the program behind the CDN. If it only passes on requests or files, one component with `cdn: true`, "
            "`logic: none` and the stores that it `reads` or `writes`. `caching` is the cache of an API endpoint.",
            "CDN の背後のプログラムの `cdn: true`。リクエストやファイルを渡すだけなら、`cdn: true`、`logic: none` と、`reads`・`writes` のストアを書いた"
            " 1 件のコンポーネント。`caching` は API エンドポイントのキャッシュです。",
        ),
    ),
    (
        Text("Pages of static files only", "静的ファイルだけの画面"),
        Text(
            "`static_site: true` at the program that the pages call. A site without a program of its own is a component with "
            "`static_site: true` and `logic: none`.",
            "画面から呼び出されるプログラムの `static_site: true`。専用のプログラムがないサイトは、`static_site: true` と `logic: none` を書いたコンポーネント。",
        ),
    ),
    (
        Text("Only from stated IP addresses, such as those of an office", "社内など、決められた IP アドレスからだけ利用できる"),
        Text(
            "`source_ips: true` and `exposure: partner`. `private` only if callers come through a VPN or another private connection.",
            "`source_ips: true` と `exposure: partner`。`private` は、VPN や専用接続を経由して呼び出す場合だけです。",
        ),
    ),
    (
        Text("All users, some users, or users who choose to sign in", "利用者がサインインする（一部の利用者だけ、または任意の場合も）"),
        Text(
            "`authentication` at each component that serves signed-in users. `sign-up` also if operators create the accounts.",
            "サインインした利用者に応答する各コンポーネントの `authentication`。運用担当者がアカウントを作成する場合も `sign-up` です。",
        ),
    ),
    (
        Text("Work that no caller waits for, or that must not delay a response", "呼び出し元が結果を待たない処理、応答を遅らせないよう切り離す処理"),
        Text(
            "A channel (`carries: work`) to which the first component publishes, and a component that listens to it.",
            "最初のコンポーネントが発行するチャネル（`carries: work`）と、それを受信するコンポーネント。",
        ),
    ),
    (
        Text("Each item is processed, retried and reported individually", "1 件ずつ処理し、再試行し、結果を記録する"),
        Text(
            "A channel with one message for each item, and `retries: true` at the component that receives them. Do not set `parallel_items`.",
            "1 件を 1 メッセージとするチャネルと、受信側の `retries: true`。`parallel_items` は書きません。",
        ),
    ),
    (
        Text("A limit on concurrent processing that protects a database or an API", "データベースや API の保護のための同時処理数の上限"),
        Text(
            "`most_at_once` at the component that receives the messages. For a limit on calls per period, use `waits_for: rate-limit`.",
            "メッセージを受信するコンポーネントの `most_at_once`。一定時間あたりの呼び出し数に制限がある場合は `waits_for: rate-limit` と書きます。",
        ),
    ),
    (
        Text("All items form one run, with one result or report", "全件で 1 回の実行となり、結果も 1 つ"),
        Text(
            "`parallel_items` at the component that processes the items, and `steps` if a run has several steps. Use `any number` if the "
            "number of items must not be limited.",
            "処理を実行するコンポーネントの `parallel_items` と、ステップが複数なら `steps`。件数を制限してはならない場合は `件数を問わない` と書きます。",
        ),
    ),
    (
        Text("Runs, their state and failures must be visible; operators tune retries", "実行の状態と失敗の可視化、運用担当者による再試行の調整"),
        Text("`steps` of at least 2, and `retries: true`.", "`steps`（2 以上）と `retries: true`。"),
    ),
    (
        Text(
            "As little code or runtime upkeep as possible, for a few API calls on a schedule",
            "定期的な数回の API 呼び出しを、コードやランタイムの保守をなるべく増やさずに行う",
        ),
        Text("`logic: none`, with `trigger: schedule`.", "`trigger: schedule` と `logic: none`。"),
    ),
    (
        Text("The component polls another system until that system is done", "別のシステムの完了を繰り返し確認する"),
        Text(
            "`waits_for: other-system`, with `wait_s`; `whole_run_s` if a time for all of it is stated.",
            "`waits_for: other-system` と `wait_s`。全体の時間が示されていれば `whole_run_s`。",
        ),
    ),
    (
        Text("Jobs without a stated run time", "実行時間が示されていないジョブ"),
        Text(
            "Leave out the times. `trigger: on-demand` or `schedule`, and `packaging: container-image` if they are to run in containers.",
            "実行時間は書きません。`trigger: on-demand` または `schedule` とし、コンテナで動かす場合は `packaging: container-image` とします。",
        ),
    ),
    (
        Text("Jobs wait in a queue for capacity, are prioritized, and report their state", "ジョブのキューイング（キャパシティ待ち）、優先度制御、状態の確認"),
        Text(
            "`job_queue: true` on the component that runs the jobs, in addition to its trigger.",
            "ジョブを実行するコンポーネントの `job_queue: true`。起点も書きます。",
        ),
    ),
    (
        Text("It runs in a container today and may be rewritten", "現在コンテナで動いているが、書き換えてよい"),
        Text(
            "`packaging: code`. `container-image` if the existing image, including any server in it, runs unchanged; "
            "`no-program-change` only if the program cannot be changed, such as a third-party product.",
            "`packaging: code`。イメージとその中のサーバープログラムを変更せずに動かすなら `container-image`。`no-program-change` は、ベンダー製品など"
            "プログラムを変更できない場合だけです。",
        ),
    ),
    (
        Text("Images stay in a registry outside AWS", "イメージを AWS 以外のレジストリに置いたままにする"),
        Text("`packaging: container-image` and `other_registry: true`.", "`packaging: container-image` と `other_registry: true`。"),
    ),
    (
        Text("A server that starts slowly, with consistent response times", "起動に時間がかかり、応答時間のばらつきを避けたいサーバー"),
        Text("`cold_start_ok: false`, and its `language`.", "`cold_start_ok: false` と `language`。"),
    ),
    (
        Text("Pay for use, scale to zero, low cost while idle", "利用量に応じた支払い、ゼロへの縮小、アイドル時の低コスト"),
        Text(
            "`priorities: [cost]`. `must: [nothing-while-idle]` only if nothing may be charged; \"next to nothing\" is a preference.",
            "`priorities: [cost]`。`must: [nothing-while-idle]` は、料金が一切かかってはならない場合だけです。「ほぼかからない」は希望です。",
        ),
    ),
    (
        Text("Nobody to maintain hosts, a small team, no on-call duty", "ホストの保守担当者がいない、少人数のチーム、オンコール当番を置けない"),
        Text(
            "`operations: small` and `priorities: [low-operations]`. Do not set `managed-only` or `no-servers`.",
            "`operations: small` と `priorities: [low-operations]`。`managed-only` や `no-servers` は書きません。",
        ),
    ),
    (
        Text("Records and their history, cache, session data, files", "レコードとその履歴、キャッシュ、セッションデータ、ファイル"),
        Text(
            "A separate store for each access pattern, even where the brief names them together. Events that are kept are a store as well.",
            "要件にまとめて書かれていても、アクセス方法ごとに 1 件のストアとします。保存するイベントもストアとして扱います。",
        ),
    ),
    (
        Text("Written once, kept for long, analyzed with SQL at times", "一度書いて長く残し、ときどき SQL で分析する"),
        Text("A store with `access: objects`.", "`access: objects` のストア。"),
    ),
    (
        Text("No wait for a paused database", "データベースの再開を待たせない"),
        Text("`always_awake: true` at the store.", "ストアの `always_awake: true`。"),
    ),
    (
        Text("Copies of one message for several receivers", "1 つのメッセージを複数の受信側にコピーして渡す"),
        Text(
            "A channel with `carries: event`; "
            "receivers that are components of this file name the channel in `listens_to`, and all other receivers are its `destinations`. "
            "Code that changes each copy is a component.",
            "`carries: event` のチャネル。受信側がこのファイルのコンポーネントなら `listens_to`、それ以外は `destinations` に書きます。宛先ごとに内容を変えて送る処理は、コンポーネントとして書きます。",
        ),
    ),
    (
        Text("Live updates, immediate notifications of a page or an app", "画面やアプリへの即時の通知、ライブ更新"),
        Text(
            "`protocol: websocket`, at the program that holds the connections. `logic: none` only if no custom code runs there; "
            "`graphql` if clients subscribe to changes of data.",
            "接続を保持するプログラムの `protocol: websocket`。独自の処理がまったくない場合だけ `logic: none`。"
            "クライアントがデータの変更をサブスクライブするなら `graphql`。",
        ),
    ),
    (
        Text("An existing load balancer, API, queue or database stays", "既存のロードバランサー、API、キュー、データベースを使い続ける"),
        Text("A [pin](#pins) at the part that uses it.", "既存のサービスを使う要素で、[サービスを指定](#pins)します。"),
    ),
)  # fmt: skip
