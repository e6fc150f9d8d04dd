"""Common phrases of briefs and the corresponding answers, in both languages: about programs and what connects them."""

from advisor.text import Text
from renderers.reference.platform_phrases import PLATFORM_PHRASES
from renderers.reference.store_phrases import STORE_PHRASES

_PROGRAM_PHRASES = (
    (
        Text("Several endpoints of one program", "1 つのプログラムが持つ複数のエンドポイント"),
        Text(
            "One component, with the answers of the most demanding endpoint: `streaming: true` if one of them streams.",
            "1 件のコンポーネントとし、要求の最も厳しいエンドポイントの回答を書きます（1 つでもストリーミングするなら `streaming: true`）。",
        ),
    ),
    (
        Text("A product or a partner calls it (webhook)", "製品やパートナーから呼び出される（Webhook）"),
        Text(
            "`trigger: request` and `exposure: partner`. If the sender signs its requests with a shared secret (HMAC), "
            "`authentication: signature`.",
            "`trigger: request` と `exposure: partner` を指定します。送信元が共有シークレットでリクエストに署名する場合（HMAC）は、"
            "`authentication: signature` も指定します。",
        ),
    ),
    (
        Text("A server that is always running and answers callers", "常に動いていて、呼び出しに応答するサーバー"),
        Text(
            "`trigger: request`. Add `hours_per_day` if the brief says during which part of the day there is work. Use `always-on` only "
            "for work that nothing starts, such as an endless loop.",
            "`trigger: request` を指定します。1 日のうち処理がある時間が示されていれば `hours_per_day` も書きます。`always-on` は、ループのように、処理"
            "を開始させるものがない場合だけ指定します。",
        ),
    ),
    (
        Text("gRPC without TLS, or an encrypted connection that must not be decrypted before it reaches the program (mutual TLS end to end)", "TLS を使わない gRPC、または暗号化したままプログラムまで届ける接続（エンドツーエンドの相互 TLS）"),
        Text(
            "`protocol: tcp-udp`. With `grpc`, the endpoint itself terminates TLS.",
            "`protocol: tcp-udp` を指定します。`grpc` では、エンドポイント自体が TLS を終端します。",
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
            "`cdn: true` on the program behind the CDN. If it only passes on requests or files, one component with `cdn: true`, "
            "`logic: none` and the stores that it `reads` or `writes`. `caching` is the cache of an API endpoint.",
            "CDN の背後のプログラムに `cdn: true` を指定します。リクエストやファイルを渡すだけなら、1 件のコンポーネントに `cdn: true`、`logic: none` と、`reads` または `writes` の"
            "ストアを書きます。`caching` は API エンドポイントのキャッシュです。",
        ),
    ),
    (
        Text("Callers need HTTPS, and there is no domain of your own", "HTTPS が必要だが、独自のドメインがない"),
        Text(
            "The [pin](#pins) `entry: api-gateway-http` if the program runs in containers: the API has a domain name with a "
            "certificate, and a load balancer needs your own domain. Functions have an API or a URL with such a name.",
            "コンテナなら[サービスの指定](#pins)に `entry: api-gateway-http` と書きます（API は証明書付きのドメイン名を持ちます。ロードバランサーには独自のドメインが必要です）。"
            "関数の API や URL も、そのようなドメイン名を持ちます。",
        ),
    ),
    (
        Text("Clients upload large files", "クライアントが大きなファイルをアップロードする"),
        Text(
            "`direct_uploads: true` at the program that issues the URLs, and under its `writes` a store with `access: objects` whose "
            "`item_bytes` is the maximum size of a file. A component whose `listens_to` names the store processes each file.",
            "URL を発行するプログラムに `direct_uploads: true` を指定します。その `writes` に `access: objects` のストアを書き、`item_bytes` でファイルの最大"
            "サイズを指定します。アップロードされたファイルは、`listens_to` にこのストアを書いたコンポーネントが処理します。",
        ),
    ),
    (
        Text("Static pages only", "静的ファイルだけの画面"),
        Text(
            "`static_site: true` on the program that the pages call. A site without a program of its own is a component with "
            "`static_site: true` and `logic: none`.",
            "画面から呼び出されるプログラムに `static_site: true` を指定します。専用のプログラムがないサイトは、`static_site: true` と "
            "`logic: none` を指定した 1 件のコンポーネントとします。",
        ),
    ),
    (
        Text(
            "A program renders pages, and its static files can be delivered separately (such as Next.js)",
            "プログラムがページを描画し、静的ファイルは分けて配信できる（Next.js など）",
        ),
        Text(
            "`static_site: true` and `cdn: true` on the program.",
            "プログラムに `static_site: true` と `cdn: true` を指定します。",
        ),
    ),
    (
        Text("Only from stated IP addresses, such as those of an office", "社内など、決められた IP アドレスからだけ利用できる"),
        Text(
            "`source_ips: true` and `exposure: partner`. `private` only if callers come through a VPN or another private connection.",
            "`source_ips: true` と `exposure: partner` を指定します。`private` は、VPN や専用接続を経由して呼び出す場合だけ指定します。",
        ),
    ),
    (
        Text("Other systems accept calls only from registered IP addresses", "接続先が、登録した IP アドレスからの呼び出しだけを受け付ける"),
        Text(
            "`fixed_outgoing_ip: true` on the program that calls them.",
            "呼び出すプログラムに `fixed_outgoing_ip: true` を指定します。",
        ),
    ),
    (
        Text("All users, some users, or users who choose to sign in", "利用者がサインインする（一部の利用者だけ、または任意の場合も）"),
        Text(
            "`authentication` on each component that serves signed-in users. `sign-up` also if operators create the accounts.",
            "サインインした利用者に応答する各コンポーネントに `authentication` を指定します。運用担当者がアカウントを作成する場合も `sign-up` です。",
        ),
    ),
    (
        Text(
            "Authentication is needed, but the method is not stated",
            "認証が必要だが、方法が示されていない",
        ),
        Text(
            "`sign-up` if people call it, `aws-iam` if only your own programs do, with the remark that the method is undecided. "
            "`none` would mean an endpoint without authentication.",
            "人が利用するなら `sign-up`、自社のプログラムだけが呼び出すなら `aws-iam` とし、方法が未定であることを注記（remark）に書きます"
            "。`none` では認証のないエンドポイントになります。",
        ),
    ),
    (
        Text(
            "Tokens that are issued elsewhere are checked before the program runs, including by a shared authorizer function",
            "他で発行されたトークンを、プログラムの実行前に検査する（共用の検査用関数による場合も）",
        ),
        Text(
            "`authentication: existing-provider`. If the program itself checks a token or a password, `authentication: none`.",
            "`authentication: existing-provider` を指定します。トークンやパスワードをプログラム自身が検査する場合は `authentication: none` を指定します。",
        ),
    ),
    (
        Text(
            "Costs caused by a runaway caller must be limited, but no limit per client is needed",
            "呼び出しの暴走でコストが膨らまないようにする（クライアントごとの制限は不要）",
        ),
        Text(
            "Enter nothing: a limit on concurrent executions is a setting of the service. `throttling: true` only if the endpoint "
            "itself must limit the request rate.",
            "何も書きません。同時実行数の上限は、選定したサービスの設定です。`throttling: true` は、エンドポイント自体でリク"
            "エスト数を制限する場合だけ指定します。",
        ),
    ),
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
            "The channel of the row above. Add `job_queue: true` on the job if jobs compete for capacity, have priorities or must report "
            "their state. `on-demand` only if people, pipelines or systems outside the file start the job. `calls` means that the caller "
            "waits.",
            "前の行と同じくチャネルを書きます。ジョブがキャパシティーの空きを待つ、優先度がある、状態を報告する場合は、ジョブに `job_queue: "
            "true` も書きます。`on-demand` は、ファイルの外の人、パイプライン、システムが開始する場合だけです。`calls` は、呼び出し元が応"
            "答を待つ場合です。",
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
            "A channel with one message for each item, and `retries: true` on the component that receives them. Do not set `parallel_items`.",
            "1 件を 1 メッセージとするチャネルを書き、受信側に `retries: true` を指定します。`parallel_items` は書きません。",
        ),
    ),
    (
        Text("A limit on concurrent processing that protects a database or an API", "データベースや API の保護のための同時処理数の上限"),
        Text(
            "`most_at_once` on the component that receives the messages. For a limit on the calls of the component per period, and for items of one run "
            "(`parallel_items`), use `waits_for: rate-limit` with the number as a remark.",
            "メッセージを受信するコンポーネントに `most_at_once` を指定します。コンポーネントからの一定時間あたりの呼び出し数に制限がある場合と、1 回の実行の中の項目（`par"
            "allel_items`）"
            "の場合は `waits_for: rate-limit` とし、その注記（remark）に数を書きます。",
        ),
    ),
    (
        Text("All items form one run, with one result or report", "全件で 1 回の実行となり、結果も 1 つ"),
        Text(
            "`parallel_items` on the component that processes the items, `steps` if each item has several steps, and `combined_result: "
            "true` if a last step makes the result. Use `any number` if the number of items must not be limited.",
            "処理を実行するコンポーネントに `parallel_items` を指定します。1 件ごとのステップが複数なら `steps`、最後に 1 つの結果を作成するなら "
            "`combined_result: true` も書きます。件数を制限してはならない場合は `件数を問わない` と書きます。",
        ),
    ),
    (
        Text("The team has no time to learn containers, or does not want to run them", "コンテナを学ぶ時間がない、コンテナを運用したくない"),
        Text("`must: [no-containers]`.", "`must: [no-containers]` を指定します。"),
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
        Text(
            "As little code or runtime upkeep as possible, for a few API calls on a schedule",
            "少数の API を定期的に呼び出す（保守が必要なコードやランタイムはなるべく増やさない）",
        ),
        Text("`logic: none`, with `trigger: schedule`.", "`trigger: schedule` と `logic: none` を指定します。"),
    ),
    (
        Text("The component polls another system until that system is done", "別のシステムの処理が完了したかどうかを繰り返し確認する（ポーリング）"),
        Text(
            "`waits_for: other-system`, with `wait_s`; `whole_run_s` if a total time, including the waits, is stated.",
            "`waits_for: other-system` と `wait_s` を指定します。待機を含む開始から完了までの時間が示されていれば、`whole_run_s` に書きます。",
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
            "the number of schedules as a remark on this rate. The decision warns: the project does not create these schedules, it contains a disabled one as an example, and its README lists what to build.",
            "`trigger: schedule` を指定し、`schedule_expression` は書きません。すべてのスケジュールを合わせた起動回数を、`rate_average_rps` に 500/day のように期間を付けて書き、"
            "スケジュールの数をその注記（remark）に書きます。決定には警告が付きます。プロジェクトはこれらのスケジュールを作成せず、無効にした例を 1 つだけ含み、必要な作業を README に示します。",
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
        Text("Jobs wait in a queue for capacity, are prioritized, and report their state", "ジョブのキューイング（キャパシティー待ち）、優先度制御、状態の確認"),
        Text(
            "`job_queue: true` on the component that runs the jobs, in addition to its trigger.",
            "ジョブを実行するコンポーネントに `job_queue: true` を指定します。`trigger` も指定します。",
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
            "No components: enter them as `source` and `destinations` of the channel. If existing programs read from the channel themselves, set `fan_out` to their number. If the file has no other component, enter the sender with the [pin](#pins) of its platform.",
            "コンポーネントとしては書かず、チャネルの `source` と `destinations` に書きます。自らチャネルを読み取るプログラムは、その数を `fan_out` に書きます。ほかにコンポーネントがなければ、送信側を 1 件書き、動いている基盤を[指定](#pins)します。",
        ),
    ),
    (
        Text("Calls to the API of a partner or a product", "パートナーや他社製品の API の呼び出し"),
        Text(
            "If each message only has to be delivered there, a channel with the destination `partner-http` or `saas`. If a program calls the API, set only `uses_secrets: true` on that program, for the API key.",
            "メッセージを届けるだけなら、`partner-http` または `saas` の宛先を持つチャネルを書きます。プログラムが API を呼び出すなら、そのプログラムに API キーのための `uses_secrets: true` だけを書きます。",
        ),
    ),
    (
        Text("Live updates, immediate notifications to a web page or an app", "画面やアプリへの即時の通知、ライブ更新"),
        Text(
            "`protocol: websocket` on the program that holds the connections, or `protocol: graphql` if clients subscribe to "
            "changes that callers make with mutations: what messages, events or schedules lead to notifies no client of a GraphQL API. `logic: none` only if no custom code runs there. The messages to connected browsers are not a channel. A component that "
            "causes them `calls` this program, or `publishes` to a channel that it `listens_to`.",
            "接続を保持するプログラムに `protocol: websocket` を指定します。独自の処理がまったくない場合だけ、`logic: none` も指定します。"
            "呼び出し元がミューテーションで行った変更をクライアントがサブスクライブするなら `protocol: graphql` を指定します。メッセージ、イベント、スケジュールによる処理の結果は、GraphQL API のクライアントには通知されません。接続中のブラウザーへのメッセージはチャネルではありません。通知のもとになる"
            "コンポーネントは、`calls` でこのプログラムを呼び出すか、これが `listens_to` で受信するチャネルに `publishes` で発行します。",
        ),
    ),
)  # fmt: skip
#: All phrases, in the order of the page.
PHRASES = (*_PROGRAM_PHRASES, *PLATFORM_PHRASES, *STORE_PHRASES)
