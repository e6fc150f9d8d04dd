"""Questions about a channel: messages or events between components or to outside parties."""

from advisor.text import Text
from advisor.vocabulary.field import MANDATORY, PRESENT, TOLERATED, Field, Option, choice, flag, quantity
from advisor.vocabulary.many import CHANNEL_COUNT, CHANNEL_EXISTS
from advisor.vocabulary.units import YEAR_S

#: The question whether messages start consumers without a queue in between.
DIRECT = "direct_delivery"
#: The question whether events of AWS services report new objects of a store of the workload.
AWS_EVENTS = "aws_events"
#: The question how many calls a second each external destination accepts.
DESTINATION_RATE = "destination_max_rps"
#: A call an hour: what accepts less is no destination of single messages.
LEAST_DESTINATION_RATE = 1 / 3600
#: Destinations that run something for each message, and so may accept only some of them a second.
CALLED = ("partner-http", "saas", "function", "other-account")
#: Of these, the ones that are called over HTTPS.
CALLED_OVER_HTTPS = CALLED[:2]
DESTINATION_KINDS = (
    Option("queue", Text("Queue", "キュー")),
    Option("function", Text("Existing function", "既存の関数")),
    Option("email", Text("Email", "メール")),
    Option("customer-email", Text("Formatted email to individual customers", "顧客一人ひとりへの HTML メール")),
    Option("sms", Text("SMS", "SMS")),
    Option("push", Text("Mobile push", "モバイルプッシュ")),
    Option("partner-http", Text("Partner over HTTP", "パートナー（HTTP）")),
    Option("saas", Text("SaaS product", "SaaS")),
    Option("other-account", Text("Another AWS account", "別の AWS アカウント")),
    Option("data-lake", Text("Data lake or warehouse", "データレイク・データウェアハウス")),
)

CHANNEL_FIELDS = (
    quantity(
        "fan_out",
        section="first",
        unit="count",
        title=("Fan-out", "ファンアウト"),
        help=(
            "Number of destinations that receive a copy of each message. If you do not answer, the links determine it.",
            "各メッセージのコピーを受け取る宛先の数です。未回答ならリンクから数えます。",
        ),
        least=1.0,
        most=12500000.0,
    ),
    Field(
        "destinations",
        kind="destinations",
        title=Text("External destinations", "外部の宛先"),
        help=Text("Destinations other than the listening components.", "受信コンポーネント以外の宛先です。"),
        section="first",
        options=DESTINATION_KINDS,
    ),
    choice(
        "carries",
        section="what",
        title=("Message type", "メッセージの種類"),
        help=("What one message represents.", "1 件のメッセージが表すものです。"),
        options={
            "work": ("A task", "処理の依頼"),
            "event": ("An event (something happened)", "イベント（出来事の通知）"),
            "records": ("A stream of records", "レコードのストリーム"),
        },
        default="work",
    ),
    choice(
        "source",
        section="what",
        title=("Message source", "メッセージの発生元"),
        help=("The producer of the messages.", "メッセージのプロデューサーです。"),
        options={
            "own-application": ("An in-house application", "自社アプリケーション"),
            "saas-partner": ("A SaaS partner", "SaaS パートナー"),
            "aws-service": ("AWS services", "AWS サービス"),
            "other-account": ("Another AWS account", "別の AWS アカウント"),
        },
        default="own-application",
    ),
    choice(
        AWS_EVENTS,
        section="what",
        title=("Events of AWS services", "AWS サービスのイベント"),
        help=(
            "What the events report. If you do not answer and the only consumer reads one store of objects, new objects are assumed.",
            "イベントの内容です。未回答で、唯一のコンシューマーが読み取るオブジェクトのストアが 1 つだけの場合は、新しいオブジェクトの通知とみなします。",
        ),
        options={
            "s3-object": ("New objects in a store of this workload", "このワークロードのストアの新しいオブジェクト"),
            "other": ("Other events", "その他のイベント"),
        },
        applies={"source": ("aws-service",)},
    ),
    choice(
        "ordering",
        section="delivery",
        title=("Ordering", "順序"),
        help=("The order in which messages are delivered.", "メッセージの配信順序です。"),
        options={
            "none": ("Any order", "順不同"),
            "per-key": ("In order per key", "キーごとに順序保証"),
            "global": ("One order for all messages", "全体で 1 つの順序"),
        },
        default="none",
    ),
    flag(
        "duplicates_ok",
        section="delivery",
        answers=TOLERATED,
        title=("Duplicates tolerated", "メッセージの重複"),
        help=(
            "Whether a message may occasionally arrive twice. Answer no if the channel itself must drop repeated messages.",
            "同じメッセージがまれに 2 回届くことを許容しますか。チャネル自体で重複を排除する必要があれば、許容しないと回答します。",
        ),
        default=True,
    ),
    quantity(
        "message_bytes",
        section="delivery",
        unit="B",
        title=("Largest message", "最大メッセージサイズ"),
        help=("Size of the largest message.", "最大のメッセージのサイズです。"),
        most=2.0**40,
        default=16384.0,
    ),
    quantity(
        "rate_average_rps",
        section="load",
        unit="per_s",
        title=("Average rate", "平均メッセージ数"),
        help=("Messages per second on average.", "1 秒あたりの平均メッセージ数です。"),
        most=1e8,
        default=1.0,
    ),
    quantity(
        "rate_peak_rps",
        section="load",
        unit="per_s",
        title=("Peak rate", "ピーク時のメッセージ数"),
        help=("Messages per second at the peak.", "ピーク時の 1 秒あたりのメッセージ数です。"),
        most=1e8,
    ),
    quantity(
        DESTINATION_RATE,
        section="load",
        unit="per_s",
        title=("Rate limit of the destinations", "宛先が受け付ける上限レート"),
        help=(
            "The highest rate of calls that each external destination accepts, such as 2 per second.",
            "外部の宛先が 1 つあたりに受け付ける呼び出しの上限レートです（毎秒 2 件など）。",
        ),
        least=LEAST_DESTINATION_RATE,
        most=1e8,
        applies={"destinations": CALLED},
        cautious="low",
        asks="at_most",
    ),
    flag(
        "replay",
        section="delivery",
        title=("Replay", "再読み取り（リプレイ）"),
        help=(
            "Whether consumers, such as a new one, read processed messages again from the channel. If only runs are safe to repeat, "
            "answer that duplicates are tolerated instead.",
            "処理済みのメッセージを、新しいコンシューマーなどがチャネルから読み直しますか。実行を安全に繰り返せるだけの場合は、重複の許容として回答します。",
        ),
    ),
    quantity(
        "retention_s",
        section="delivery",
        unit="s",
        title=("Retention", "保持期間"),
        help=("How long a message is retained until it is processed.", "処理されるまでメッセージを保持する期間です。"),
        least=60.0,
        most=10 * YEAR_S,
    ),
    quantity(
        "delay_s",
        section="delivery",
        unit="s",
        title=("Intentional delay", "意図的に遅らせる時間"),
        help=(
            "How long each message is held back on purpose before it is delivered. This is no deadline for the delivery.",
            "各メッセージの配信を意図的に遅らせる時間です。配信の期限ではありません。",
        ),
        no_limit=(
            "this question asks how long each message is held back on purpose, not by when it must arrive; leave it open "
            "unless messages must wait",
            "この質問は、各メッセージの配信を意図的に遅らせる時間です。届くまでの期限ではありません。遅らせる必要がなければ、回答しないでください",
        ),
        most=YEAR_S,
    ),
    flag(
        "routing",
        section="delivery",
        title=("Content-based routing", "内容によるルーティング"),
        help=(
            "Whether destinations receive only messages that match a pattern.",
            "条件に一致するメッセージだけを宛先に届けますか。",
        ),
    ),
    flag(
        "other_teams",
        section="delivery",
        answers=PRESENT,
        title=("Consumers owned by other teams", "他チームのコンシューマー"),
        help=(
            "Whether consumers belong to other teams and subscribe themselves. One team that receives work assigned to it does not count.",
            "コンシューマーが他チームの所有で、自分でサブスクライブしますか。特定の 1 チームへの処理の依頼は含みません。",
        ),
    ),
    choice(
        "migrates_from",
        section="what",
        title=("Migration source", "移行元"),
        help=("The service that carries these messages today.", "現在これらのメッセージを運んでいるサービスです。"),
        options={
            "nothing": ("None (new)", "なし（新規）"),
            "kafka": ("Apache Kafka", "Apache Kafka"),
            "rabbitmq-jms": ("RabbitMQ or JMS", "RabbitMQ / JMS"),
        },
        default="nothing",
    ),
    flag(
        "keeps_clients",
        section="what",
        title=("Existing clients kept", "既存クライアントの維持"),
        help=(
            "Whether the programs keep using that protocol, or are rewritten for another service.",
            "プログラムは同じプロトコルを使い続けますか。それとも、別のサービス向けに書き換えますか。",
        ),
        default=True,
        applies={"migrates_from": ("kafka", "rabbitmq-jms")},
    ),
    flag(
        DIRECT,
        section="delivery",
        answers=MANDATORY,
        title=("No queue before consumers", "コンシューマー前のキューなし"),
        help=(
            "Whether messages must start each consumer directly, without a queue in between. Messages that still fail after the "
            "retries of the channel go to a dead-letter queue.",
            "間にキューを置かず、メッセージで各コンシューマーを直接起動することが必須ですか。チャネルの再試行後も処理できないメッセージは、"
            "デッドレターキューに移します。",
        ),
        default=None,
        demand=True,
    ),
    CHANNEL_EXISTS,
    CHANNEL_COUNT,
)
