"""Common phrases of briefs and the corresponding answers, in both languages: about packaging, start-up, cost and isolation."""

from advisor.text import Text

PLATFORM_PHRASES = (
    (
        Text("The accounting system accepts at most 2 requests per second", "会計システムは毎秒 2 件まで"),
        Text(
            "`destination_max_rps` on the channel whose messages are delivered to this system, with the system in `destinations`. "
            "`waits_for: rate-limit` if a component calls the system itself.",
            "このシステムにメッセージを配信するチャネルの `destinations` にシステムを書き、`destination_max_rps` に上限を書きます。コンポーネントが自分で"
            "呼び出す場合は `waits_for: rate-limit` を指定します。",
        ),
    ),
    (
        Text("The endpoint (API, load balancer) is described as a part of its own", "エンドポイント（API、ロードバランサー）が独立した部分として書かれている"),
        Text(
            "No component of its own: `protocol`, `exposure`, `authentication` and the other answers about callers belong to the program "
            "behind it.",
            "独立したコンポーネントにはしません。`protocol`、`exposure`、`authentication` など呼び出し元に関する回答は、その背"
            "後のプログラムに書きます。",
        ),
    ),
    (
        Text("Exactly one instance, never two at the same time", "インスタンスは 1 つだけで、同時に 2 つ動かしてはならない"),
        Text(
            "`single_instance: true` on a program that answers requests or runs around the clock, and `most_at_once: 1` on a consumer of "
            "messages.",
            "リクエストに応答するプログラムや常時稼働のプログラムでは `single_instance: true`、メッセージのコンシューマーでは `most_at_once: 1`。",
        ),
    ),
    (
        Text("A program that contains a GraphQL server", "プログラムが GraphQL サーバーを含む"),
        Text(
            "`protocol: graphql`, and `packaging` as in the next two rows.",
            "`protocol: graphql` を指定し、`packaging` は次の 2 行に従います。",
        ),
    ),
    (
        Text("The brief says \"container\", \"image\" or \"Docker\"", "要件に「コンテナ」「イメージ」「Docker」とある"),
        Text(
            "`packaging: container-image` only if containers are required, or if an image exists that must run unchanged. "
            "`packaging: code` if the container is an example, one of several possibilities, or only how the program runs "
            "today and may be changed.",
            "`packaging: container-image` は、コンテナで動かすことが決まっている場合と、既存のイメージを変更せずに動かす場合だ"
            "け指定します。コンテナが例や選択肢の 1 つにすぎない場合や、現在の動かし方にすぎず変更してよい場合は "
            "`packaging: code` とします。",
        ),
    ),
    (
        Text("It runs in a container today and may be rewritten", "現在コンテナで動いているが、書き換えてよい"),
        Text(
            "`packaging: code`, even if only its entry point and interfaces may be changed. `container-image` if the "
            "existing image, including any server in it, runs unchanged; "
            "`no-program-change` only if the program cannot be changed, for example because it is a third-party product.",
            "`packaging: code` を指定します。起動部分や外部とのインターフェイスだけを直し、残りは変えない場合も同じです。イメージとその中のサーバープログラムを"
            "変更せずに動かす場合は `container-image` とします。`no-program-change` は、ベンダー製品などプログラムを変更できない場合だけ指定します。",
        ),
    ),
    (
        Text("No adapter between events and the application", "イベントとアプリケーションの間にアダプターを置かない"),
        Text(
            "`packaging: code` if the program itself may be written to receive the events. If an existing image must run "
            "unchanged, `packaging: container-image`, and `must: [no-functions]` only if the brief says must, because a "
            "function needs an adapter in the image. Queues in between are a matter of `direct_delivery`.",
            "プログラム自身がイベントを受け取るように書けるなら `packaging: code` を指定します。既存のイメージを変更せずに動か"
            "すなら `packaging: container-image` とし、必須条件の場合だけ `must: [no-functions]` も指定します（関数では、イメー"
            "ジにアダプターが必要です）。間にキューを置かないことは `direct_delivery` で指定します。",
        ),
    ),
    (
        Text(
            "Libraries, models or tools that are installed with the program",
            "プログラムと一緒にインストールするライブラリ、モデル、ツール",
        ),
        Text(
            "`package_bytes` with the stated size. `packaging: container-image` only if an image exists, or must be the package for another "
            "reason. Files that a run downloads count towards `disk_mib`.",
            "`package_bytes` に示されたサイズを書きます。`packaging: container-image` は、イメージが既にある場合と、ほかの理由でイメージでなければ"
            "ならない場合だけ指定します。実行時にダウンロードするファイルは `disk_mib` に含めます。",
        ),
    ),
    (
        Text("Images stay in a registry outside AWS", "イメージを AWS 以外のレジストリに置いたままにする"),
        Text("`packaging: container-image` and `other_registry: true`.", "`packaging: container-image` と `other_registry: true` を指定します。"),
    ),
    (
        Text("A server that starts slowly but must respond with consistent latency", "起動に時間がかかり、応答時間のばらつきを避けたいサーバー"),
        Text("`cold_start_ok: false`, and its `language`.", "`cold_start_ok: false` と `language` を指定します。"),
    ),
    (
        Text("How long the first request may wait after an idle period", "アイドル後の最初のリクエストが待ってよい時間"),
        Text(
            "`cold_start_ok: true` if a second or more is acceptable, otherwise `cold_start_ok: false`. For jobs and sessions, "
            "`start_within_s` with the stated time, if it is mandatory.",
            "1 秒以上待てるなら `cold_start_ok: true`、待てないなら `cold_start_ok: false` を指定します。ジョブやセッションで、時間が必須条件として示さ"
            "れていれば `start_within_s` に書きます。",
        ),
    ),
    (
        Text("Time to the first byte, p95, and the length of a streamed response", "最初のバイトまでの時間、p95、ストリーミングする応答の長さ"),
        Text(
            "`latency_ms` with the stated time and the percentile as a remark; for a streamed response, the time to the first byte. Enter "
            "the total duration of a streamed response as `longest_run_s`.",
            "`latency_ms` に示された時間を書き、パーセンタイルを注記（remark）に書きます。応答をストリーミングする場合は、最初のバイトまでの時間です。応"
            "答全体の長さは `longest_run_s` に書きます。",
        ),
    ),
    (
        Text("Pay for use, scale to zero, low cost while idle, \"should be free of charge between runs\"", "利用量に応じた支払い、ゼロへの縮小、アイドル時の低コスト、「実行していない間は料金をかけたくない」"),
        Text(
            "`priorities: [cost]`. `must: [nothing-while-idle]` only if the brief says that nothing may be charged while idle.",
            "`priorities: [cost]` を指定します。`must: [nothing-while-idle]` は、アイドル時に料金がかかってはならないと要件が述"
            "べている場合だけ指定します。",
        ),
    ),
    (
        Text(
            "A base charge of one part is not acceptable: \"we cannot pay 20 dollars a month for this endpoint\", \"it must not "
            "cost anything while nobody uses it\"",
            "ある部分の固定費を許容できない（「このエンドポイントに月 20 ドルは払えない」「誰も使わない間は払えない」）",
        ),
        Text(
            "`must: [nothing-while-idle]` on this part, or `must: [no-hourly-entry]` if only the charge of its endpoint is meant. "
            "`budget_month_usd` is for the whole workload.",
            "その部分に `must: [nothing-while-idle]` を指定します。エンドポイントの固定費だけを指す場合は "
            "`must: [no-hourly-entry]` です。`budget_month_usd` はワークロード全体の上限です。",
        ),
    ),
    (
        Text("Interruptible capacity (Spot) is acceptable for all or some of the work", "中断されることのある安いキャパシティー（スポット）も使いたい、または一部の処理で使う"),
        Text(
            "`priorities: [cost]`, and `interruption` on each part that may be interrupted. The record then says what Spot would take; "
            "generated tasks run On-Demand. `must: [spot]` only on a part that must not run on anything else.",
            "`priorities: [cost]` と、中断されてよい各要素の `interruption` を指定します。決定記録に、スポットを使う場合に必要なことを記載します（生成されるタスクは"
            "オンデマンドで動きます）。`must: [spot]` は、それ以外での実行が認められない要素だけに指定します。",
        ),
    ),
    (
        Text("Nobody to maintain hosts, a small team, no on-call duty", "ホストの保守担当者がいない、少人数のチーム、オンコール当番を置けない"),
        Text(
            "`operations: small` and `priorities: [low-operations]`. Do not set `managed-only` or `no-servers`.",
            "`operations: small` と `priorities: [low-operations]` を指定します。`managed-only` や `no-servers` は書きません。",
        ),
    ),
    (
        Text(
            "New parts should be serverless, although existing programs run in containers",
            "既存のプログラムはコンテナで動いているが、新しい部分はサーバーレスにしたい",
        ),
        Text(
            "`estate: serverless`, and `existing: [cluster]` if the cluster stays. Programs that stay where they are need a "
            "[pin](#pins).",
            "`estate: serverless` を指定します。クラスターを使い続けるなら `existing: [cluster]` も書きます。今の場所で動き続けるプログラ"
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
            "`isolation: per-tenant` を指定します。",
        ),
    ),
    (
        Text("The same workload for each tenant, in an account of its own", "テナントごとに別のアカウントで動く同じワークロード"),
        Text(
            "The file describes one of them. `isolation` is only for tenants that share one deployment.",
            "ファイルには 1 つ分だけを書きます。`isolation` は、1 つの環境を複数のテナントで共有する場合だけ指定します。",
        ),
    ),
)  # fmt: skip
