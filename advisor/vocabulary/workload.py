"""Questions about the workload as a whole."""

from advisor.vocabulary.field import choice, flag, quantity, words
from advisor.vocabulary.regions import REGIONS

WORKLOAD_FIELDS = (
    words(
        "region",
        "where",
        ("Region", "リージョン"),
        ("AWS Region, such as ap-northeast-1.", "AWS リージョン。例: ap-northeast-1。"),
        pattern=r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]",
        allowed=REGIONS,
        example="ap-northeast-1",
        default="ap-northeast-1",
    ),
    choice(
        "operations",
        "team",
        ("Operations", "運用体制"),
        ("Who runs it once it is live.", "稼働後に誰が運用するか。"),
        {
            "small": ("A small team beside its other work", "少人数の兼任チーム"),
            "team": ("A team of its own", "専任チーム"),
            "platform": ("A platform team", "プラットフォームチーム"),
        },
        default="small",
    ),
    choice(
        "estate",
        "team",
        ("What the house runs today", "現在の標準"),
        ("What most workloads of the house run on.", "社内の多くのワークロードが動いている基盤。"),
        {
            "none": ("No standard", "標準なし"),
            "serverless": ("Serverless", "サーバーレス"),
            "containers": ("Containers", "コンテナ"),
            "kubernetes": ("Kubernetes", "Kubernetes"),
        },
        default="none",
    ),
    choice(
        "priorities",
        "team",
        ("What matters most", "優先事項"),
        ("What to prefer where several services fit.", "複数のサービスが適合するときの優先事項。"),
        {
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
        "goals",
        "percent",
        ("Availability goal", "可用性目標"),
        ("Share of the time in which it must work.", "稼働していなければならない割合。"),
        most=100.0,
    ),
    quantity(
        "recovery_time_s",
        "goals",
        "s",
        ("Recovery time goal", "目標復旧時間"),
        ("How long it may be down after a disaster.", "障害後に停止してよい時間。"),
        most=366 * 86400.0,
    ),
    quantity(
        "recovery_point_s",
        "goals",
        "s",
        ("Recovery point goal", "目標復旧時点"),
        ("How much of the newest data may be lost.", "失ってよい直近データの時間幅。"),
        most=366 * 86400.0,
    ),
    choice(
        "existing",
        "where",
        ("What exists already", "既存のもの"),
        ("What is there already and is to be used.", "既にあり、利用するもの。"),
        {
            "vpc": ("A VPC", "VPC"),
            "cluster": ("A cluster", "クラスター"),
            "identity-provider": ("An identity provider", "ID プロバイダー"),
            "domain": ("A domain and certificate", "ドメインと証明書"),
        },
        many=True,
    ),
    choice(
        "data_class",
        "goals",
        ("Class of data", "データ区分"),
        ("How sensitive the data is.", "データの機密性。"),
        {
            "public": ("Public", "公開"),
            "internal": ("Internal", "社内"),
            "confidential": ("Confidential", "機密"),
            "regulated": ("Regulated", "規制対象"),
        },
        default="internal",
    ),
    flag(
        "customer_managed_keys",
        "goals",
        ("Keys of your own", "カスタマー管理キー"),
        ("Whether data is encrypted with customer-managed KMS keys.", "カスタマー管理の KMS キーで暗号化するか。"),
    ),
    flag(
        "data_stays",
        "goals",
        ("Data stays in the Region", "データをリージョン外に出さない"),
        (
            "Whether the data must never leave the Region, not even as a copy.",
            "コピーを含め、データをリージョンの外に出してはならないか。",
        ),
    ),
    flag(
        "vpc_only",
        "where",
        ("Only inside a VPC", "VPC 内のみ"),
        ("Whether all compute has to run inside a VPC.", "すべての処理を VPC 内で動かす必要があるか。"),
    ),
    flag(
        "allow_emerging",
        "goals",
        ("Allow emerging services", "新しいサービスを許可"),
        (
            "Whether services that are new or in preview may be chosen.",
            "登場したばかりの、またはプレビューのサービスを選んでよいか。",
        ),
    ),
)
