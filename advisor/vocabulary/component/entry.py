"""Questions about how callers reach a component: protocol, sizes, authentication, what the endpoint does."""

from advisor.text import Text
from advisor.vocabulary.field import PRESENT, choice, flag, quantity
from advisor.vocabulary.units import YEAR_S

_REQUEST = {"trigger": ("request", "callback")}

ENTRY_FIELDS = (
    choice(
        "protocol",
        section="entry",
        title=("Protocol", "プロトコル"),
        help=(
            "The protocol that callers use. No candidate service accepts SFTP, FTP or MQTT. Let AWS Transfer Family or AWS IoT Core "
            "receive these, and state that an event, a message or a stream of records starts the component.",
            "呼び出し元が使うプロトコルです。SFTP、FTP、MQTT を受け付けるサービスは候補にありません。AWS Transfer Family や AWS IoT Core で"
            "受け付け、起動方法をイベント、メッセージ、レコードのストリームのいずれかにしてください。",
        ),
        options={
            "http": ("HTTP", "HTTP"),
            "websocket": ("WebSocket", "WebSocket"),
            "graphql": ("GraphQL", "GraphQL"),
            "tcp-udp": ("TCP or UDP", "TCP / UDP"),
            "grpc": ("gRPC", "gRPC"),
        },
        default="http",
        applies=_REQUEST,
    ),
    choice(
        "exposure",
        section="entry",
        title=("Network exposure", "公開範囲"),
        help=("The network that callers come from.", "呼び出し元のネットワークです。"),
        options={
            "public": ("The internet", "インターネット"),
            "private": ("The internal network only", "社内ネットワークのみ"),
            "partner": ("Partners", "パートナー"),
        },
        default="public",
        applies=_REQUEST,
    ),
    quantity(
        "response_s",
        section="entry",
        unit="s",
        title=("Required response time", "応答期限"),
        help=(
            "The longest time that a caller waits for the response. Behind API Gateway, the limit is about 30 seconds.",
            "呼び出し元が応答を待つ最長時間です。API Gateway の背後ではおよそ 30 秒が上限です。",
        ),
        least=0.001,
        most=86400.0,
        applies=_REQUEST,
        asks="at_most",
    ),
    quantity(
        "request_bytes",
        section="entry",
        unit="B",
        title=("Largest request", "最大リクエストサイズ"),
        help=(
            "Size of the largest request that the component itself receives. Files that clients upload directly to an object store "
            "do not count: answer yes to direct uploads, and state their size as the maximum item size of the store. With direct uploads "
            "and no such item size, a request size above 1 MiB is understood as the size of the uploads.",
            "コンポーネント自身が受け取る最大のリクエストのサイズです。クライアントがオブジェクトストアに直接アップロードするファイルは"
            "含みません（直接アップロードを「あり」とし、サイズはストアの「データ 1 件の最大サイズ」として回答します）。"
            "直接アップロードがあり、ストア側のサイズが未回答の場合、1 MiB を超える値はアップロードのサイズとみなします。",
        ),
        most=2.0**40,
        default=65536.0,
        applies=_REQUEST,
    ),
    quantity(
        "response_bytes",
        section="entry",
        unit="B",
        title=("Largest response", "最大レスポンスサイズ"),
        help=(
            "Size of the largest response that the component itself returns. Files that clients download directly from an object store do not count.",
            "コンポーネント自身が返す最大のレスポンスのサイズです。クライアントがオブジェクトストアから直接ダウンロードするファイルは含みません。",
        ),
        most=2.0**40,
        default=262144.0,
        applies=_REQUEST,
    ),
    flag(
        "direct_uploads",
        section="entry",
        answers=PRESENT,
        title=("Direct uploads", "直接アップロード"),
        help=(
            "Whether clients upload files directly to an object store, with a URL that this component issues for each upload. The "
            "component writes to exactly one store of objects; the maximum item size of that store is the maximum size of an upload.",
            "このコンポーネントがアップロードごとに発行する URL を使って、クライアントがオブジェクトストアにファイルを直接アップロードしますか。"
            "コンポーネントが書き込むオブジェクトのストアを 1 つだけ指定します。そのストアの「データ 1 件の最大サイズ」が、アップロードの最大サイズです。",
        ),
        applies={**_REQUEST, "protocol": ("http",)},
    ),
    flag(
        "streaming",
        section="entry",
        answers=PRESENT,
        title=("Streamed response", "ストリーミング応答"),
        help=(
            "Whether the component, or one of its endpoints, streams its response.",
            "コンポーネントまたはそのエンドポイントの 1 つが、応答を生成しながらストリーミングしますか。",
        ),
        applies=_REQUEST,
    ),
    quantity(
        "connection_s",
        section="entry",
        unit="s",
        title=("Connection duration", "接続の継続時間"),
        help=(
            "How long one connection must stay open without interruption. If clients can reconnect, state the time after which they may "
            "have to, not how long they are online.",
            "1 つの接続を切らさずに保つ時間です。クライアントが再接続できる場合は、利用時間ではなく、再接続するまでの時間を回答します。",
        ),
        most=YEAR_S,
        applies={**_REQUEST, "protocol": ("websocket", "tcp-udp", "grpc")},
    ),
    flag(
        "static_site",
        section="entry",
        answers=PRESENT,
        title=("Static site included", "静的サイト"),
        help=("Whether the component includes a site of static files.", "静的ファイルのサイトを含みますか。"),
        applies=_REQUEST,
    ),
    flag(
        "cdn",
        section="entry",
        title=("Content delivery network", "CDN"),
        help=(
            "Whether a content delivery network (CDN) is in front of this component: it caches pages, files or responses near the "
            "users, gives several APIs or buckets one host name, or takes uploads for a bucket under your own domain.",
            "このコンポーネントの前段に CDN を置きますか。ページ、ファイル、応答を利用者の近くにキャッシュする場合、複数の API やバケットを"
            " 1 つのホスト名で公開する場合、バケットへのアップロードを独自ドメインで受ける場合が該当します。",
        ),
        applies={**_REQUEST, "protocol": ("http", "graphql", "websocket"), "exposure": ("public", "partner")},
    ),
    choice(
        "authentication",
        section="entry",
        title=("Authentication", "認証"),
        help=(
            "How the endpoint authenticates callers. If authentication is needed but the method is open, choose sign-up for people, or AWS "
            "credentials for your own programs, and add a remark. For webhooks, choose the signature of the sender: the program verifies "
            "an HMAC of the body with a secret that you share with the sender.",
            "エンドポイントが呼び出し元を認証する方法です。認証が必要で方法が未定の場合は、人が利用するならサインアップ、自社のプログラムだけなら"
            " AWS 認証情報を選び、方法が未定であることを備考に記入してください。Webhook の場合は送信元の署名を選びます。送信元と共有する"
            "シークレットで、プログラムが本文の HMAC を検証します。",
        ),
        options={
            "none": ("None", "なし"),
            "sign-up": ("Users sign up and sign in", "利用者のサインアップとサインイン"),
            "existing-provider": ("An existing identity provider (OIDC)", "既存の ID プロバイダー（OIDC）"),
            "aws-iam": ("AWS credentials (IAM)", "AWS 認証情報（IAM）"),
            "signature": ("Signature of the sender (webhook)", "送信元の署名（Webhook）"),
        },
        default="none",
        applies=_REQUEST,
    ),
    flag(
        "open_reads",
        section="entry",
        answers=(Text("allowed", "許可する"), Text("not allowed", "許可しない")),
        title=("Unauthenticated reads", "認証なしの読み取り"),
        help=(
            "Whether reads are public and only writes need authentication. Everyone can then read the data, and every authenticated "
            "caller can change it. If readers use a different authentication, create two components that share a store.",
            "読み取りは公開し、書き込みにだけ認証を求めますか。データは全員が読み取れ、認証済みの呼び出し元なら誰でも変更できます。"
            "読み取りに別の認証を使う場合は、ストアを共有する 2 つのコンポーネントに分けてください。",
        ),
        applies={
            **_REQUEST,
            "protocol": ("http",),
            "authentication": ("sign-up", "existing-provider", "aws-iam"),
        },
    ),
    flag(
        "caching",
        section="entry",
        title=("Response caching", "応答キャッシュ"),
        help=(
            "Whether the API endpoint itself caches responses. Pages and static files are cached by a CDN instead.",
            "API エンドポイント自体で応答をキャッシュしますか。ページや静的ファイルのキャッシュについては、CDN の質問で回答してください。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "validation",
        section="entry",
        title=("Request validation", "リクエスト検証"),
        help=(
            "Whether the endpoint itself rejects requests that do not match a model, before code runs. Validation in the code does not count.",
            "コードの実行前に、エンドポイント自体がモデルに合わないリクエストを拒否しますか。コード内の検証は含みません。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "throttling",
        section="entry",
        title=("Throttling", "スロットリング"),
        help=(
            "Whether the endpoint limits the request rate of its callers. Limits of services that the program calls do not count, nor do "
            "limits on concurrent executions that only bound the cost.",
            "エンドポイントで呼び出し元のリクエスト数を制限しますか。プログラムが呼び出すサービスの制限や、コストを抑えるだけの同時実行数の上限は含みません。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "api_keys",
        section="entry",
        title=("API keys", "API キー"),
        help=(
            "Whether the endpoint identifies each caller by an API key, to meter or limit callers individually.",
            "エンドポイントで呼び出し元を API キーで識別し、呼び出し元ごとに利用量を計測または制限しますか。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "source_ips",
        section="entry",
        title=("Source IP restriction", "送信元 IP アドレスの制限"),
        help=(
            "Whether the endpoint itself accepts requests only from stated source IP addresses. Checks in the program do not count.",
            "エンドポイント自体が、決められた送信元 IP アドレスからのリクエストだけを受け付けますか。プログラム内の検査は含みません。",
        ),
        applies={**_REQUEST, "protocol": ("http",), "exposure": ("public", "partner")},
    ),
    flag(
        "waf",
        section="entry",
        title=("Web application firewall", "WAF"),
        help=("Whether a web application firewall is required.", "WAF が必要ですか。"),
        applies=_REQUEST,
    ),
)
