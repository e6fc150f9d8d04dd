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
        Text(
            "A program renders pages, and its static files can be delivered separately (such as Next.js)",
            "プログラムがページを描画し、静的ファイルは分けて配信できる（Next.js など）",
        ),
        Text(
            "`static_site: true` and `cdn: true` at the program.",
            "プログラムの `static_site: true` と `cdn: true`。",
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
        Text(
            "Authentication is needed, but the method is not stated",
            "認証が必要だが、方法が示されていない",
        ),
        Text(
            "`sign-up` if people call it, `aws-iam` if only your own programs do, with the remark that the method is open. "
            "`none` would mean an open endpoint.",
            "人が利用するなら `sign-up`、自社のプログラムだけが呼び出すなら `aws-iam` とし、方法が未定であることを注記します"
            "。`none` では認証のないエンドポイントになります。",
        ),
    ),
    (
        Text(
            "Tokens that are issued elsewhere are checked before the program runs, also by a shared authorizer function",
            "他で発行されたトークンを、プログラムの実行前に検査する（共用の検査用関数による場合も）",
        ),
        Text(
            "`authentication: existing-provider`. If the program itself checks a token, a password or a signature, "
            "`authentication: none`.",
            "`authentication: existing-provider`。トークン、パスワード、署名をプログラム自身が検査するなら `authentication: n"
            "one`。",
        ),
    ),
    (
        Text(
            "A runaway caller must not run up costs, without limits per client",
            "呼び出しの暴走でコストが膨らまないようにする（クライアントごとの制限は不要）",
        ),
        Text(
            "Nothing: a limit on concurrent executions is a setting of the service. `throttling: true` only if the endpoint "
            "itself must limit the request rate.",
            "何も書きません。同時実行数の上限は、選定したサービスの設定です。`throttling: true` は、エンドポイント自体でリク"
            "エスト数を制限する場合だけです。",
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
            "`most_at_once` at the component that receives the messages. For a limit on calls per period, and for items of one run "
            "(`parallel_items`), use `waits_for: rate-limit` with the number as a remark.",
            "メッセージを受信するコンポーネントの `most_at_once`。一定時間あたりの呼び出し数に制限がある場合と、1 回の実行の中の項目（`parallel_items`）"
            "の場合は `waits_for: rate-limit` とし、数を注記します。",
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
        Text(
            "Several timetables for one program",
            "1 つのプログラムに複数のスケジュールがある",
        ),
        Text(
            "One component for each timetable. If the same work only starts at several times, one `schedule_expression` "
            "in cron form lists the times.",
            "スケジュールごとに 1 件のコンポーネント。同じ処理を複数の時刻に始めるだけなら、1 つの `schedule_expression` に"
            "、cron 式で時刻を列挙します。",
        ),
    ),
    (
        Text(
            "A single start at a time that the program sets (30 minutes after an order, before an appointment)",
            "プログラムが決めた時刻に 1 回だけ始まる（注文の 30 分後、予約の前など）",
        ),
        Text(
            "`trigger: schedule` without `schedule_expression` at the component that starts then. `delay_s` is only for a "
            "channel that delays every message by the same short time.",
            "その時刻に始まるコンポーネントの `trigger: schedule`。`schedule_expression` は書きません。`delay_s` は、すべての"
            "メッセージを同じ短い時間だけ遅らせるチャネルで使います。",
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
            "`packaging: code`, also if only its start and its interfaces may be adapted and the rest stays. `container-image` if the "
            "existing image, including any server in it, runs unchanged; "
            "`no-program-change` only if the program cannot be changed, such as a third-party product.",
            "`packaging: code`。起動部分や外部とのインターフェイスだけを直し、残りは変えない場合も同じです。イメージとその中のサーバープログラムを"
            "変更せずに動かすなら `container-image`。`no-program-change` は、ベンダー製品などプログラムを変更できない場合だけです。",
        ),
    ),
    (
        Text(
            "Libraries, models or tools that are installed with the program",
            "プログラムと一緒にインストールするライブラリ、モデル、ツール",
        ),
        Text(
            "`packaging: container-image` if they take up hundreds of megabytes or more; otherwise, nothing. Files that a run "
            "downloads count towards `disk_mib`.",
            "合計が数百 MB 以上なら `packaging: container-image`。それ以外は書きません。実行時にダウンロードするファイルは"
            " `disk_mib` に含めます。",
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
        Text(
            "New parts should be serverless, although existing programs run in containers",
            "既存のプログラムはコンテナで動いているが、新しい部分はサーバーレスにしたい",
        ),
        Text(
            "`estate: serverless`, and `existing: [cluster]` if the cluster stays. Programs that stay where they are have a "
            "[pin](#pins).",
            "`estate: serverless`。クラスターを使い続けるなら `existing: [cluster]` も書きます。今の場所で動き続けるプログラ"
            "ムは、[サービスを指定](#pins)します。",
        ),
    ),
    (
        Text(
            "A container, pod or session shares no execution environment with others",
            "コンテナ、Pod、セッションがほかと実行環境を共有しない",
        ),
        Text(
            "`isolation: per-tenant`.",
            "`isolation: per-tenant`。",
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
        Text(
            "`always_awake: true` at the store, also if the first query may wait, but less than 15 seconds. `always_awake: false` if it may "
            "wait 15 seconds or more.",
            "ストアの `always_awake: true`。最初のクエリが待てる時間が 15 秒に満たない場合も同じです。15 秒以上待てるなら `always_awake: false`。",
        ),
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
            "`graphql` if clients subscribe to changes of data. The messages to connected browsers are not a channel. A component that "
            "causes them `calls` this program, or `publishes` to a channel that it `listens_to`.",
            "接続を保持するプログラムの `protocol: websocket`。独自の処理がまったくない場合だけ `logic: none`。"
            "クライアントがデータの変更をサブスクライブするなら `graphql`。接続中のブラウザーへのメッセージはチャネルではありません。通知のもとになる"
            "コンポーネントは、`calls` でこのプログラムを呼び出すか、これが `listens_to` で受信するチャネルに `publishes` で発行します。",
        ),
    ),
    (
        Text("An existing load balancer, API, queue or database stays", "既存のロードバランサー、API、キュー、データベースを使い続ける"),
        Text("A [pin](#pins) at the part that uses it.", "既存のサービスを使う要素で、[サービスを指定](#pins)します。"),
    ),
)  # fmt: skip
