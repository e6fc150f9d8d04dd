"""Questions about the workload as a whole."""

from advisor.vocabulary.field import choice, flag, quantity, words
from advisor.vocabulary.regions import REGIONS
from advisor.vocabulary.units import YEAR_S

WORKLOAD_FIELDS = (
    words(
        "region",
        section="where",
        title=("Region", "リージョン"),
        help=("AWS Region, such as ap-northeast-1.", "AWS リージョン。例: ap-northeast-1。"),
        pattern=r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]",
        allowed=REGIONS,
        example="ap-northeast-1",
        default="ap-northeast-1",
    ),
    choice(
        "operations",
        section="team",
        title=("Operations", "運用体制"),
        help=("Who runs it once it is live.", "稼働後に誰が運用するか。"),
        options={
            "small": ("A small team beside its other work", "少人数の兼任チーム"),
            "team": ("A team of its own", "専任チーム"),
            "platform": ("A platform team", "プラットフォームチーム"),
        },
        default="small",
    ),
    choice(
        "estate",
        section="team",
        title=("What the house runs today", "現在の標準"),
        help=("What most workloads of the house run on.", "社内の多くのワークロードが動いている基盤。"),
        options={
            "none": ("No standard", "標準なし"),
            "serverless": ("Serverless", "サーバーレス"),
            "containers": ("Containers", "コンテナ"),
            "kubernetes": ("Kubernetes", "Kubernetes"),
        },
        default="none",
    ),
    choice(
        "priorities",
        section="team",
        title=("What matters most", "優先事項"),
        help=(
            'What to prefer where several services fit. These are wishes, such as "as cheap as possible", and rule nothing out; '
            "what has to be kept is a demand (must).",
            "複数のサービスが適合するときに優先すること。「できるだけ安く」などの希望であり、候補を除外しません。守るべきことは必須条件（must）です。",
        ),
        options={
            "low-operations": ("Little to operate", "運用の少なさ"),
            "cost": ("Cost", "コスト"),
            "latency": ("Latency", "レイテンシー"),
            "portability": ("Portability", "可搬性"),
            "simplicity": ("Simplicity", "単純さ"),
        },
        many=True,
    ),
    quantity(
        "availability_percent",
        section="goals",
        unit="percent",
        title=("Availability goal", "可用性目標"),
        help=("Share of the time in which it must work.", "稼働していなければならない割合。"),
        most=100.0,
        asks="at_least",
    ),
    quantity(
        "recovery_time_s",
        section="goals",
        unit="s",
        title=("Recovery time goal", "目標復旧時間"),
        help=("How long it may be down after a disaster.", "障害後に停止してよい時間。"),
        most=YEAR_S,
        cautious="low",
        asks="at_most",
    ),
    quantity(
        "recovery_point_s",
        section="goals",
        unit="s",
        title=("Recovery point goal", "目標復旧時点"),
        help=("How much of the newest data may be lost.", "失ってよい直近データの時間幅。"),
        most=YEAR_S,
        cautious="low",
        asks="at_most",
    ),
    choice(
        "existing",
        section="where",
        title=("What exists already", "既存のもの"),
        help=("What is there already and is to be used.", "既にあり、利用するもの。"),
        options={
            "vpc": ("A VPC", "VPC"),
            "cluster": ("A cluster", "クラスター"),
            "identity-provider": ("An identity provider", "ID プロバイダー"),
            "domain": ("A domain and certificate", "ドメインと証明書"),
        },
        many=True,
    ),
    choice(
        "data_class",
        section="goals",
        title=("Class of data", "データ区分"),
        help=("How sensitive the data is.", "データの機密性。"),
        options={
            "public": ("Public", "公開"),
            "internal": ("Internal", "社内"),
            "confidential": ("Confidential", "機密"),
            "regulated": ("Regulated", "規制対象"),
        },
        default="internal",
    ),
    flag(
        "customer_managed_keys",
        section="goals",
        title=("Keys of your own", "カスタマー管理キー"),
        help=("Whether data is encrypted with customer-managed KMS keys.", "カスタマー管理の KMS キーで暗号化するか。"),
    ),
    flag(
        "data_stays",
        section="goals",
        title=("Data stays in the Region", "データをリージョン外に出さない"),
        help=(
            "Whether the data must never leave the Region, not even as a copy.",
            "コピーを含め、データをリージョンの外に出してはならないか。",
        ),
    ),
    flag(
        "vpc_only",
        section="where",
        title=("Only inside a VPC", "VPC 内のみ"),
        help=("Whether all compute has to run inside a VPC.", "すべての処理を VPC 内で動かす必要があるか。"),
    ),
    flag(
        "allow_emerging",
        section="goals",
        title=("Allow emerging services", "新しいサービスを許可"),
        help=(
            "Whether services that are new or in preview may be chosen.",
            "登場したばかりの、またはプレビューのサービスを選んでよいか。",
        ),
    ),
)
