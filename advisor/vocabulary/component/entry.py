"""Questions about how callers reach a component: protocol, sizes, authentication, what the endpoint does."""

from advisor.vocabulary.field import choice, flag, quantity
from advisor.vocabulary.units import YEAR_S

_REQUEST = {"trigger": ("request", "callback")}

ENTRY_FIELDS = (
    choice(
        "protocol",
        section="entry",
        title=("Protocol", "プロトコル"),
        help=("How callers speak to this component.", "呼び出し側が使うプロトコル。"),
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
        title=("Who may reach it", "公開範囲"),
        help=("From where callers come.", "呼び出し元の範囲。"),
        options={
            "public": ("The internet", "インターネット"),
            "private": ("Only our own network", "社内ネットワークのみ"),
            "partner": ("Partners", "パートナー"),
        },
        default="public",
        applies=_REQUEST,
    ),
    quantity(
        "response_s",
        section="entry",
        unit="s",
        title=("Answer within", "応答期限"),
        help=(
            "How long a caller waits for the answer at most. Behind API Gateway about 30 seconds is the end.",
            "呼び出し元が応答を待つ最長時間。API Gateway の背後ではおよそ 30 秒が上限です。",
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
            "Size of the largest request that the component itself takes. A file that clients send straight into a store of objects is not "
            "counted: its size is the store's item size.",
            "コンポーネント自身が受け取る最大のリクエストのサイズ。クライアントがオブジェクトのストアに直接送るファイルは含みません"
            "（ストアの項目サイズに書きます）。",
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
            "Size of the largest response that the component itself gives. A file that clients load straight from a store of objects is not counted.",
            "コンポーネント自身が返す最大のレスポンスのサイズ。クライアントがオブジェクトのストアから直接取得するファイルは含みません。",
        ),
        most=2.0**40,
        default=262144.0,
        applies=_REQUEST,
    ),
    flag(
        "streaming",
        section="entry",
        title=("Streamed response", "ストリーミング応答"),
        help=("Whether the response is sent while it is being made.", "応答を生成しながら送るか。"),
        applies=_REQUEST,
    ),
    quantity(
        "connection_s",
        section="entry",
        unit="s",
        title=("Connection length", "接続時間"),
        help=("How long one connection stays open.", "1 つの接続が開いている時間。"),
        most=YEAR_S,
        applies={**_REQUEST, "protocol": ("websocket", "tcp-udp", "grpc")},
    ),
    flag(
        "static_site",
        section="entry",
        title=("Static site", "静的サイト"),
        help=("Whether a site of static files belongs to it.", "静的ファイルのサイトを含むか。"),
        applies=_REQUEST,
    ),
    choice(
        "authentication",
        section="entry",
        title=("Authentication", "認証"),
        help=(
            "How callers prove who they are to the endpoint. Left out where only it is said that they must.",
            "呼び出し元がエンドポイントに対して身元を示す方法。認証が必要としか書かれていなければ答えません。",
        ),
        options={
            "none": ("None", "なし"),
            "sign-up": ("Users sign up and sign in", "利用者のサインアップとサインイン"),
            "existing-provider": ("An identity provider we have (OIDC)", "既存の ID プロバイダー（OIDC）"),
            "aws-iam": ("AWS credentials (IAM)", "AWS 認証情報（IAM）"),
        },
        default="none",
        applies=_REQUEST,
    ),
    flag(
        "open_reads",
        section="entry",
        title=("Reading without sign-in", "読み取りは認証不要"),
        help=(
            "Whether everybody may read, and only who writes has to prove who it is. What is written is then everybody's to read, and "
            "every known caller's to change. Where readers have a sign-in of their own, make two components that share a store.",
            "読み取りは誰でもでき、書き込む呼び出し元だけを認証するか。データは全員が読め、認証済みの呼び出し元なら誰でも変更できます。"
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
        help=("Whether the endpoint caches responses.", "エンドポイントで応答をキャッシュするか。"),
        applies=_REQUEST,
    ),
    flag(
        "validation",
        section="entry",
        title=("Request validation", "リクエスト検証"),
        help=(
            "Whether the endpoint itself turns away requests that do not fit a model, before code runs. Checks in the code are not meant.",
            "コードの実行前に、エンドポイント自体がモデルに合わないリクエストを拒否するか。コード内の検証は含みません。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "throttling",
        section="entry",
        title=("Throttling", "スロットリング"),
        help=(
            "Whether the endpoint limits the rate of its callers. Limits of what the program calls are not meant.",
            "エンドポイントで呼び出し元のリクエスト数を制限するか。プログラムが呼び出す先の制限は含みません。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "api_keys",
        section="entry",
        title=("API keys", "API キー"),
        help=(
            "Whether each caller is known by an API key at the endpoint, so that it is counted or limited by itself.",
            "呼び出し元ごとに API キーで識別し、利用量の計測や制限をエンドポイントで行うか。",
        ),
        applies=_REQUEST,
    ),
    flag(
        "waf",
        section="entry",
        title=("Web application firewall", "WAF"),
        help=("Whether a web application firewall is required.", "WAF が必要か。"),
        applies=_REQUEST,
    ),
)
