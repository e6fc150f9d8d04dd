"""Questions about a channel: messages or events between components or to outside parties."""

from advisor.text import Text
from advisor.vocabulary.field import Field, Option, choice, flag, quantity
from advisor.vocabulary.many import CHANNEL_COUNT
from advisor.vocabulary.units import YEAR_S

DESTINATION_KINDS = (
    Option("queue", Text("A queue", "キュー")),
    Option("function", Text("An existing function", "既存の関数")),
    Option("email", Text("Email", "メール")),
    Option("customer-email", Text("Designed mail to single customers", "顧客一人ひとりへの HTML メール")),
    Option("sms", Text("Text message (SMS)", "SMS")),
    Option("push", Text("Mobile push", "モバイルプッシュ")),
    Option("partner-http", Text("A partner over HTTP", "パートナー（HTTP）")),
    Option("saas", Text("A SaaS product", "SaaS")),
    Option("other-account", Text("Another AWS account", "別の AWS アカウント")),
    Option("data-lake", Text("A data lake or warehouse", "データレイク・データウェアハウス")),
)

CHANNEL_FIELDS = (
    quantity(
        "fan_out",
        section="first",
        unit="count",
        title=("Fan-out", "ファンアウト"),
        help=(
            "How many destinations get a copy of each message. Counted from the links when not stated.",
            "各メッセージのコピーを受け取る宛先の数。未回答ならリンクから数えます。",
        ),
        least=1.0,
        most=12500000.0,
    ),
    Field(
        "destinations",
        kind="destinations",
        title=Text("Destinations outside", "外部の宛先"),
        help=Text("Where messages go besides the components that listen.", "受信コンポーネント以外の宛先。"),
        section="first",
        options=DESTINATION_KINDS,
    ),
    choice(
        "carries",
        section="what",
        title=("What it carries", "運ぶもの"),
        help=("What one message means.", "1 件のメッセージの意味。"),
        options={
            "work": ("Work to be done", "処理の依頼"),
            "event": ("News of something that happened", "出来事の通知"),
            "records": ("A stream of records", "レコードのストリーム"),
        },
        default="work",
    ),
    choice(
        "source",
        section="what",
        title=("Where messages come from", "メッセージの発生元"),
        help=("Who puts messages in.", "メッセージを送る主体。"),
        options={
            "own-application": ("Our own application", "自社アプリケーション"),
            "saas-partner": ("A SaaS partner", "SaaS パートナー"),
            "aws-service": ("AWS services", "AWS サービス"),
            "other-account": ("Another AWS account", "別の AWS アカウント"),
        },
        default="own-application",
    ),
    choice(
        "ordering",
        section="delivery",
        title=("Ordering", "順序"),
        help=("In which order messages are delivered.", "メッセージの配信順序。"),
        options={
            "none": ("Any order", "順不同"),
            "per-key": ("In order per key", "キーごとに順序保証"),
            "global": ("One order for all", "全体で 1 つの順序"),
        },
        default="none",
    ),
    flag(
        "duplicates_ok",
        section="delivery",
        title=("Duplicates tolerated", "重複許容"),
        help=("Whether a message may now and then arrive twice.", "同じメッセージがまれに 2 回届いてもよいか。"),
        default=True,
    ),
    quantity(
        "message_bytes",
        section="delivery",
        unit="B",
        title=("Message size", "メッセージサイズ"),
        help=("Size of the largest message.", "最大のメッセージのサイズ。"),
        most=2.0**40,
        default=16384.0,
    ),
    quantity(
        "rate_average_rps",
        section="load",
        unit="per_s",
        title=("Average rate", "平均レート"),
        help=("Messages per second on average.", "1 秒あたりの平均メッセージ数。"),
        most=1e8,
        default=1.0,
    ),
    quantity(
        "rate_peak_rps",
        section="load",
        unit="per_s",
        title=("Peak rate", "ピークレート"),
        help=("Messages per second at the peak.", "ピーク時の 1 秒あたりメッセージ数。"),
        most=1e8,
    ),
    flag(
        "replay",
        section="delivery",
        title=("Replay", "再生"),
        help=(
            "Whether messages that were handled already are read again from the channel, such as by a new consumer. That a run is safe to "
            "repeat means that duplicates are tolerated.",
            "処理済みのメッセージを、新しい受信側などがチャネルから読み直すか。実行を安全に繰り返せることは、重複の許容に当たります。",
        ),
    ),
    quantity(
        "retention_s",
        section="delivery",
        unit="s",
        title=("Retention", "保持期間"),
        help=("How long a message is kept until it is handled.", "処理されるまでメッセージを保持する期間。"),
        least=60.0,
        most=10 * YEAR_S,
    ),
    quantity(
        "delay_s",
        section="delivery",
        unit="s",
        title=("Delay", "遅延"),
        help=("How long a message is held back on purpose.", "意図的にメッセージを遅らせる時間。"),
        most=YEAR_S,
    ),
    flag(
        "routing",
        section="delivery",
        title=("Routing by content", "内容による振り分け"),
        help=(
            "Whether destinations get only messages that match a pattern.",
            "条件に合うメッセージだけを宛先に届けるか。",
        ),
    ),
    flag(
        "other_teams",
        section="delivery",
        title=("Consumers of other teams", "他チームの利用"),
        help=(
            "Whether consumers belong to other teams and subscribe by themselves. One team that takes work meant for it is not meant.",
            "受信側が他チームの所有で、自分で購読するか。特定の 1 チームへの処理の依頼は含みません。",
        ),
    ),
    choice(
        "migrates_from",
        section="what",
        title=("Moving from", "移行元"),
        help=("What carries these messages today.", "現在メッセージを運んでいるもの。"),
        options={
            "nothing": ("Nothing: it is new", "新規"),
            "kafka": ("Apache Kafka", "Apache Kafka"),
            "rabbitmq-jms": ("RabbitMQ or JMS", "RabbitMQ / JMS"),
        },
        default="nothing",
    ),
    flag(
        "keeps_clients",
        section="what",
        title=("Programs keep their client", "クライアントを変えない"),
        help=(
            "Whether the programs go on speaking that protocol, or are rewritten for another service.",
            "プログラムが同じプロトコルを使い続けるか、別のサービス向けに書き換えるか。",
        ),
        default=True,
        applies={"migrates_from": ("kafka", "rabbitmq-jms")},
    ),
    CHANNEL_COUNT,
)
