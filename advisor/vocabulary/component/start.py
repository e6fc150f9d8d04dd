"""Questions about the triggers and links of a component."""

from advisor.vocabulary.field import choice, link, quantity, words
from advisor.vocabulary.schedule_words import expression_of
from advisor.vocabulary.time_zones import TIME_ZONES, zone_named
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
            "The longest processing time of one item, message or step, without waiting time. A Lambda function times out "
            "after 15 minutes.",
            "1 項目、1 メッセージまたは 1 ステップの処理にかかる最長の時間です。待ち時間は含みません。"
            "Lambda 関数は 15 分でタイムアウトします。",
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
        help=(
            "Whether this component runs, or must run, on Kubernetes.",
            "このコンポーネントを Kubernetes で動かしていますか。または、動かす必要がありますか。",
        ),
        options={
            "none": ("Not needed", "不要"),
            "on-premises": ("Runs on premises today", "現在オンプレミスの Kubernetes で稼働"),
            "house-standard": ("Standard platform of the organization", "社内の標準基盤"),
            "ecosystem": ("Its open-source ecosystem is required", "オープンソースのエコシステムが必要"),
        },
        default="none",
    ),
    choice(
        "trigger",
        section="first",
        title=("Trigger", "起動方法"),
        help=(
            "What starts this component; you can select several triggers. On demand: an operator, a pipeline or another system starts "
            "the component through an SDK, without an endpoint. Callback: an external call resumes a waiting run.",
            "このコンポーネントの起動方法です（複数可）。手動・SDK からの実行: 運用担当者、パイプライン、他のシステムが SDK で開始します（エンドポイントなし）。"
            "コールバック: 外部からの呼び出しが待機中の処理を再開します。",
        ),
        options={
            "request": ("A request", "リクエスト"),
            "schedule": ("A schedule", "スケジュール"),
            "event": ("An event", "イベント"),
            "message": ("A message", "メッセージ"),
            "stream": ("A stream of records", "レコードのストリーム"),
            "always-on": ("Always running", "常時稼働"),
            "on-demand": ("On demand", "手動・SDK からの実行"),
            "callback": ("A callback", "コールバック"),
        },
        many=True,
        least=1,
    ),
    choice(
        "event_source",
        section="start",
        title=("Event source", "イベントの発生元"),
        help=(
            "The source of the event that starts this component.",
            "このコンポーネントを起動するイベントの発生元です。",
        ),
        options={
            "s3-object": ("An object in S3", "S3 のオブジェクト"),
            "table-change": ("A change in a table", "テーブルの変更"),
            "saas-partner": ("A SaaS partner", "SaaS パートナー"),
            "own-application": ("An in-house application", "自社アプリケーション"),
            "other-account": ("Another AWS account", "別の AWS アカウント"),
            "aws-service": ("An AWS service", "AWS サービス"),
        },
        default="own-application",
        applies={"trigger": ("event",)},
    ),
    link(
        "listens_to",
        section="links",
        title=("Source of messages or changes", "受信元"),
        help=(
            "The channel whose messages, or the store whose changes, start this component. Only key-value stores and object "
            "stores publish their changes. For other stores, the writer publishes to a channel.",
            "このコンポーネントを起動するメッセージのチャネル、または変更が起点になるストアです。変更をイベントとして通知できるのは、キーで読み書きする"
            "ストアとオブジェクトストアだけです。それ以外では、書き込み側がチャネルに発行します。",
        ),
        to=("channel", "store"),
        many=False,
        applies={"trigger": ("event", "message", "stream")},
    ),
    link(
        "reads",
        section="links",
        title=("Stores read", "読み取り元"),
        help=("Stores that this component reads.", "このコンポーネントが読み取るストアです。"),
        to=("store",),
    ),
    link(
        "writes",
        section="links",
        title=("Stores written", "書き込み先"),
        help=("Stores that this component writes.", "このコンポーネントが書き込むストアです。"),
        to=("store",),
    ),
    link(
        "publishes",
        section="links",
        title=("Outgoing channels", "発行先"),
        help=("Channels that this component publishes to.", "このコンポーネントがメッセージを発行するチャネルです。"),
        to=("channel",),
    ),
    link(
        "calls",
        section="links",
        title=("Components called", "呼び出し先"),
        help=(
            "Components that this component calls synchronously. For asynchronous calls, publish to a channel that the other "
            "component listens to. If this component only has others run one after another, list them in this order: a workflow runs "
            "them as its steps. If the component is a static site without custom code, its pages make these calls from the browser.",
            "このコンポーネントが同期で呼び出すコンポーネントです。非同期の場合は、相手が受信するチャネルに発行します。ほかのコンポーネントを順に実行するだけの場合は、"
            "その順に挙げます。ワークフローが、それらを各ステップとして実行します。カスタムコードのない静的サイトの場合は、ページがブラウザから呼び出す先です。",
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
            'When the component runs: "daily at 18:00", "weekdays at 9:00", "every 15 minutes", or an expression such as '
            '"cron(0 2 * * ? *)". The shortest interval is a minute.',
            "コンポーネントの実行時刻です（例:「毎日 18:00」「平日 9 時」「15 分ごと」「1日に1回」、または「cron(0 2 * * ? *)」のような式）。"
            "間隔は最短 1 分です。",
        ),
        pattern=SCHEDULE_PATTERN,
        reading=expression_of,
        example="cron(0 2 * * ? *)",
        default="cron(0 2 * * ? *)",
        applies={"trigger": ("schedule",)},
    ),
    words(
        "time_zone",
        section="start",
        title=("Time zone of the schedule", "スケジュールのタイムゾーン"),
        help=(
            "The time zone in which the schedule is read, such as Europe/London. If omitted: Asia/Tokyo in the Regions in Japan, otherwise UTC.",
            "スケジュールの時刻のタイムゾーンです（例: Europe/London）。省略すると、日本のリージョンでは Asia/Tokyo、それ以外では UTC です。",
        ),
        pattern="|".join(TIME_ZONES),
        reading=zone_named,
        example="Asia/Tokyo",
        applies={"trigger": ("schedule",)},
    ),
    quantity(
        "granularity_s",
        section="start",
        unit="s",
        title=("Allowed deviation from the schedule", "スケジュールとのずれの許容範囲"),
        help=(
            "How far the start may deviate from the scheduled time. The interval between starts is part of the schedule.",
            "予定時刻から開始がずれてもよい時間です。実行の間隔はスケジュールで回答します。",
        ),
        least=0.001,
        most=86400.0,
        default=60.0,
        applies={"trigger": ("schedule",)},
        cautious="low",
        asks="at_most",
    ),
)
