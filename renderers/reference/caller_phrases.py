"""Common phrases of briefs and the corresponding answers, in both languages: about callers and how they reach a program."""

from advisor.text import Text

CALLER_PHRASES = (
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
            "`authentication: signature`; the generated program verifies the format of Standard Webhooks, so add another "
            "format as a remark. If it signs with a private key (such as the Ed25519 signatures of Discord), `authentication: "
            "none` with a remark: your program must verify them with the public key, and the generated program does not.",
            "`trigger: request` と `exposure: partner` を指定します。送信元が共有シークレットでリクエストに署名する場合（HMAC）"
            "は、`authentication: signature` も指定します。生成されるプログラムは Standard Webhooks の形式を検証するので、別の"
            "形式は注記（remark）に書きます。秘密鍵で署名する場合（Discord の Ed25519 署名など）は `authentication: none` とし、"
            "注記に書きます。公開鍵による検証はプログラムで行う必要があり、生成されるプログラムには含まれません。",
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
            "If the program answers HTTP in containers and is not `private`, the [pin](#pins) `entry: api-gateway-http`, "
            "although the brief leaves the endpoint open: the decision does not consider this. The API has a domain name with "
            "a certificate, and a load balancer needs your own domain. Otherwise no pin: functions have an API or a URL with "
            "such a name.",
            "コンテナで HTTP に応答するプログラムでは（`private` の場合を除く）、要件でエンドポイントが決まっていなくても、[サ"
            "ービスの指定](#pins)に `entry: api-gateway-http` と書きます（選定では、この条件を考慮しないためです）。API は証明書付"
            "きのドメイン名を持ちますが、ロードバランサーには独自のドメインが必要です。それ以外では指定しません。関数の API や "
            "URL は、そのようなドメイン名を持ちます。",
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
            "`exposure: partner`, and `source_ips: true` if the protocol is HTTP. For other protocols, such as WebSocket, add "
            "the restriction as a remark on `exposure`: the decision does not contain it. `private` only if callers come "
            "through a VPN or another private connection.",
            "`exposure: partner` を指定し、プロトコルが HTTP なら `source_ips: true` も指定します。WebSocket など HTTP 以外では、"
            "`exposure` の注記（remark）に制限を書きます（決定には反映されません）。`private` は、VPN や専用接続を経由して呼び"
            "出す場合だけ指定します。",
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
        Text("Users sign in with accounts of Google, Apple, X or the like (social sign-in)", "Google、Apple、X などのアカウントでサインインする（ソーシャルログイン）"),
        Text(
            "`authentication: sign-up`, with the providers as a remark: the generated project does not connect its user "
            "directory to them. `existing-provider` only if the brief says that the tokens of a single OpenID Connect provider "
            "are accepted as they are, and `none` if the program itself carries out the sign-in.",
            "`authentication: sign-up` を指定し、プロバイダーを注記（remark）に書きます。生成されるプロジェクトのユーザーディレ"
            "クトリは、プロバイダーと連携しません。`existing-provider` は、1 つの OpenID Connect プロバイダーのトークンをそのま"
            "ま受け付けると要件が述べている場合だけ、`none` は、プログラム自身がサインインを処理する場合だけ指定します。",
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
            "`authentication: existing-provider` を指定します。トークンやパスワードをプログラム自身が検査する場合は "
            "`authentication: none` を指定します。",
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
)  # fmt: skip
