"""Questions about what starts a component and what it is linked to."""

from advisor.vocabulary.field import choice, link, quantity, words
from advisor.vocabulary.units import YEAR_S

# The three forms of an EventBridge Scheduler expression.
# https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-25)
SCHEDULE_PATTERN = (
    r"cron\((?:[0-9A-Za-z*?,/#-]+ ){5}[0-9A-Za-z*?,/#-]+\)"
    r"|rate\([1-9][0-9]{0,4} (?:minutes?|hours?|days?)\)"
    r"|at\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\)"
)

START_FIELDS = (
    quantity(
        "longest_run_s",
        section="first",
        unit="s",
        title=("Longest run", "最長の実行時間"),
        help=(
            "The longest that one item, message or step is worked on, waiting not counted. Above 15 minutes a Lambda "
            "function would be cut off.",
            "1 項目、1 メッセージまたは 1 ステップの処理にかかりうる最長の時間。待ち時間は含みません。"
            "15 分を超えると Lambda 関数は打ち切られます。",
        ),
        least=0.001,
        most=YEAR_S,
        default=10.0,
        adjectives=True,
    ),
    choice(
        "kubernetes",
        section="first",
        title=("Kubernetes", "Kubernetes"),
        help=("Whether this work runs, or has to run, on Kubernetes.", "この処理を Kubernetes で動かす必要があるか。"),
        options={
            "none": ("Not needed", "不要"),
            "on-premises": ("Runs on Kubernetes on premises today", "現在オンプレミスの Kubernetes で稼働"),
            "house-standard": ("Kubernetes is the house standard", "Kubernetes が社内標準"),
            "ecosystem": ("Its open-source tools are wanted", "Kubernetes のオープンソースを使いたい"),
        },
        default="none",
    ),
    choice(
        "trigger",
        section="first",
        title=("What starts the work", "処理の起点"),
        help=(
            "What makes this component begin; several answers are possible. On demand: an operator, a pipeline or the SDK starts "
            "it, without an endpoint. Callback: a call from outside that resumes a waiting run. If not answered, links and answers "
            "about callers decide; without either, no endpoint is created.",
            "このコンポーネントが動き出すきっかけ（複数可）。オンデマンド: 運用者、パイプライン、SDK から開始（エンドポイントなし）。"
            "コールバック: 待機中の処理を再開する外部からの呼び出し。未回答の場合はリンクと呼び出し元に関する回答から判断し、"
            "どちらもなければエンドポイントは作成しません。",
        ),
        options={
            "request": ("A request", "リクエスト"),
            "schedule": ("A schedule", "スケジュール"),
            "event": ("An event", "イベント"),
            "message": ("A message", "メッセージ"),
            "stream": ("A stream of records", "ストリーム"),
            "always-on": ("Nothing: it always runs", "常時稼働"),
            "on-demand": ("On demand", "オンデマンド"),
            "callback": ("A callback", "コールバック"),
        },
        many=True,
        least=1,
    ),
    choice(
        "event_source",
        section="start",
        title=("Source of the event", "イベントの発生元"),
        help=(
            "Where the event that starts this component comes from.",
            "このコンポーネントを起動するイベントの発生元。",
        ),
        options={
            "s3-object": ("An object in S3", "S3 のオブジェクト"),
            "table-change": ("A change in a table", "テーブルの変更"),
            "saas-partner": ("A SaaS partner", "SaaS パートナー"),
            "own-application": ("Our own application", "自社アプリケーション"),
            "other-account": ("Another AWS account", "別の AWS アカウント"),
            "aws-service": ("An AWS service", "AWS サービス"),
        },
        default="own-application",
        applies={"trigger": ("event",)},
    ),
    link(
        "listens_to",
        section="links",
        title=("Listens to", "受信元"),
        help=(
            "The channel whose messages, or the store whose changes, start this component. Only stores read by key and stores of "
            "objects report changes; with others, whoever writes publishes to a channel.",
            "このコンポーネントを起動するメッセージのチャネル、または変更を監視するストア。変更を通知するのはキーによるストアと"
            "オブジェクトのストアだけです。それ以外では、書き込む側がチャネルに発行します。",
        ),
        to=("channel", "store"),
        many=False,
        applies={"trigger": ("event", "message", "stream")},
    ),
    link(
        "reads",
        section="links",
        title=("Reads from", "読み取り先"),
        help=("Stores that this component reads.", "このコンポーネントが読み取るストア。"),
        to=("store",),
    ),
    link(
        "writes",
        section="links",
        title=("Writes to", "書き込み先"),
        help=("Stores that this component writes.", "このコンポーネントが書き込むストア。"),
        to=("store",),
    ),
    link(
        "publishes",
        section="links",
        title=("Publishes to", "発行先"),
        help=("Channels that this component sends to.", "このコンポーネントがメッセージを送るチャネル。"),
        to=("channel",),
    ),
    link(
        "calls",
        section="links",
        title=("Calls", "呼び出し先"),
        help=(
            "Components that this component calls and waits for. Where it does not wait, it publishes to a channel, and the other "
            "listens to that.",
            "このコンポーネントが呼び出し、応答を待つコンポーネント。待たない場合はチャネルに発行し、相手がそれを受信します。",
        ),
        to=("component",),
    ),
)

SCHEDULE_FIELDS = (
    words(
        "schedule_expression",
        section="start",
        title=("Schedule", "スケジュール"),
        help=(
            'When it runs: "cron(0 2 * * ? *)" or "rate(1 hour)". The shortest interval is a minute.',
            "実行時刻。例:「cron(0 2 * * ? *)」「rate(1 hour)」。間隔は最短 1 分です。",
        ),
        pattern=SCHEDULE_PATTERN,
        example="cron(0 2 * * ? *)",
        default="cron(0 2 * * ? *)",
        applies={"trigger": ("schedule",)},
    ),
    quantity(
        "granularity_s",
        section="start",
        unit="s",
        title=("Precision of the schedule", "スケジュールの精度"),
        help=(
            "How exactly the stated time must be met; it is not the interval.",
            "示された開始時刻に求める精度。間隔ではありません。",
        ),
        least=0.001,
        most=86400.0,
        default=60.0,
        applies={"trigger": ("schedule",)},
        cautious="low",
        asks="at_most",
    ),
)
