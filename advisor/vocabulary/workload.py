"""Questions about the workload as a whole."""

from advisor.text import Text
from advisor.vocabulary.field import MANDATORY, choice, flag, quantity, words
from advisor.vocabulary.region_names import region_named
from advisor.vocabulary.regions import REGIONS
from advisor.vocabulary.units import YEAR_S

WORKLOAD_FIELDS = (
    words(
        "region",
        section="where",
        title=("Region", "リージョン"),
        help=(
            'AWS Region: its code or its name, such as ap-northeast-1 or "Tokyo".',
            "AWS リージョンのコードまたは名前です（例: ap-northeast-1、「東京」）。",
        ),
        pattern=r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]",
        allowed=REGIONS,
        example="ap-northeast-1",
        reading=region_named,
        default="ap-northeast-1",
    ),
    choice(
        "operations",
        section="team",
        title=("Operations", "運用体制"),
        help=("Who operates the workload in production.", "本番稼働後にワークロードを運用するチームです。"),
        options={
            "small": ("A small team, part-time", "少人数の兼任チーム"),
            "team": ("A dedicated team", "専任チーム"),
            "platform": ("A platform team", "プラットフォームチーム"),
        },
        default="small",
    ),
    choice(
        "estate",
        section="team",
        title=("Current standard platform", "社内の標準基盤"),
        help=("What most workloads of your organization run on.", "社内の多くのワークロードの実行基盤です。"),
        options={
            "none": ("None", "なし"),
            "serverless": ("Serverless", "サーバーレス"),
            "containers": ("Containers", "コンテナ"),
            "kubernetes": ("Kubernetes", "Kubernetes"),
        },
        default="none",
    ),
    choice(
        "priorities",
        section="team",
        title=("Priority", "優先事項"),
        help=(
            'Preferences if several services fit, such as "as cheap as possible". Priorities exclude no service; '
            "mandatory requirements are demands.",
            "複数のサービスが適合するときに優先する事項です。「できるだけ安く」などの希望であり、候補を除外しません。守るべきことは必須条件で回答します。",
        ),
        options={
            "low-operations": ("Low operational effort", "運用負荷の軽さ"),
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
        help=(
            "Percentage of time in which the workload must be available.",
            "ワークロードが稼働していなければならない時間の割合です。",
        ),
        most=100.0,
        asks="at_least",
    ),
    flag(
        "zone_failure",
        section="goals",
        title=("Operation during an Availability Zone failure", "アベイラビリティーゾーン障害時の継続稼働"),
        help=(
            "Whether the workload must continue without manual action if one Availability Zone fails.",
            "1 つのアベイラビリティーゾーンに障害が発生しても、手動の操作なしに稼働を続ける必要がありますか。",
        ),
        answers=MANDATORY,
    ),
    quantity(
        "recovery_time_s",
        section="goals",
        unit="s",
        title=("Recovery time objective (RTO)", "目標復旧時間（RTO）"),
        help=("Longest acceptable downtime after a disaster.", "災害の発生後に許容できる最長の停止時間です。"),
        most=YEAR_S,
        cautious="low",
        asks="at_most",
    ),
    quantity(
        "recovery_point_s",
        section="goals",
        unit="s",
        title=("Recovery point objective (RPO)", "目標復旧時点（RPO）"),
        help=("Longest acceptable period of lost data.", "失うことを許容できる直近のデータの期間です。"),
        most=YEAR_S,
        cautious="low",
        asks="at_most",
    ),
    choice(
        "existing",
        section="where",
        title=("Existing infrastructure", "既存のリソース"),
        help=("Existing resources that the workload uses.", "ワークロードが利用する既存のリソースです。"),
        options={
            "vpc": ("A VPC", "VPC"),
            "cluster": ("A cluster", "クラスター"),
            "identity-provider": ("An identity provider", "ID プロバイダー"),
            "domain": ("A domain with a certificate", "ドメインと証明書"),
        },
        many=True,
    ),
    choice(
        "data_class",
        section="goals",
        title=("Data classification", "データ区分"),
        help=("How sensitive the data is.", "データの機密性です。"),
        options={
            "public": ("Public", "公開"),
            "internal": ("Internal", "社内限り"),
            "confidential": ("Confidential", "機密"),
            "regulated": ("Regulated", "規制対象"),
        },
        default="internal",
    ),
    flag(
        "customer_managed_keys",
        section="goals",
        title=("Customer managed keys", "カスタマーマネージドキー"),
        help=(
            "Whether data is encrypted with customer managed KMS keys.",
            "データを KMS のカスタマーマネージドキーで暗号化しますか。",
        ),
    ),
    flag(
        "data_stays",
        section="goals",
        answers=(Text("within the Region only", "リージョン内のみ"), Text("not restricted", "制限なし")),
        title=("Data residency", "データの保管場所"),
        help=(
            "Whether the data must never leave the Region, not even as a copy.",
            "コピーを含め、データをリージョンの外に出すことを禁止しますか。",
        ),
    ),
    flag(
        "vpc_only",
        section="where",
        answers=MANDATORY,
        title=("All compute in a VPC", "全コンピューティングリソースの VPC 内への配置"),
        help=(
            "Whether all compute must run inside a VPC.",
            "すべてのコンピューティングを VPC 内で動かす必要がありますか。",
        ),
    ),
    flag(
        "allow_emerging",
        section="goals",
        answers=(Text("allowed", "許可する"), Text("not allowed", "許可しない")),
        title=("New and preview services", "新しいサービスやプレビューの利用"),
        help=(
            "Whether the advisor may choose services that are new or in preview.",
            "登場したばかりの、またはプレビューのサービスの選択を許可しますか。",
        ),
    ),
)
