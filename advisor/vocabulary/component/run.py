"""Questions about the program that does the work of a component, and what one run needs."""

from advisor.vocabulary.field import choice, flag, quantity
from advisor.vocabulary.units import YEAR_S

_TIB_IN_MIB = 2.0**20

RUN_FIELDS = (
    quantity(
        "typical_run_s",
        section="run",
        unit="s",
        title=("Typical run", "通常の実行時間"),
        help=(
            "How long one item, message or step is usually worked on, waiting not counted.",
            "1 項目、1 メッセージまたは 1 ステップの処理に通常かかる時間。待ち時間は含みません。",
        ),
        least=0.001,
        most=YEAR_S,
        adjectives=True,
    ),
    choice(
        "logic",
        section="run",
        title=("Own code between", "間に入る独自コード"),
        help=(
            "Whether code of yours has to run, or the request is only stored or passed on as it is.",
            "独自のコードが必要か、受け取ったものをそのまま保存・転送するだけか。",
        ),
        options={"code": ("Code is needed", "コードが必要"), "none": ("Only stored or passed on", "保存・転送のみ")},
        default="code",
    ),
    quantity(
        "memory_mib",
        section="run",
        unit="MiB",
        title=("Memory", "メモリ"),
        help=("Memory that one run needs.", "1 回の実行に必要なメモリ。"),
        least=1.0,
        most=24 * _TIB_IN_MIB,
        default=512.0,
    ),
    quantity(
        "vcpu",
        section="run",
        unit="vcpu",
        title=("vCPU", "vCPU"),
        help=("Virtual processors that one run needs.", "1 回の実行に必要な vCPU 数。"),
        least=0.01,
        most=896.0,
        default=0.5,
    ),
    flag("gpu", section="run", title=("GPU", "GPU"), help=("Whether the work needs a GPU.", "処理に GPU が必要か。")),
    quantity(
        "disk_mib",
        section="run",
        unit="MiB",
        title=("Temporary disk", "一時ディスク"),
        help=("Scratch space that one run needs.", "1 回の実行に必要な一時領域。"),
        most=64 * _TIB_IN_MIB,
        default=512.0,
    ),
    choice(
        "os",
        section="run",
        title=("Operating system", "OS"),
        help=("Operating system that the program needs.", "プログラムが必要とする OS。"),
        options={"linux": ("Linux", "Linux"), "windows": ("Windows", "Windows")},
        default="linux",
    ),
    choice(
        "packaging",
        section="run",
        title=("Packaging", "パッケージ形態"),
        help=("How the program is delivered today, or has to be.", "プログラムの提供形態。"),
        options={"code": ("Code", "コード"), "container-image": ("A container image", "コンテナイメージ")},
        default="code",
    ),
    flag(
        "privileged",
        section="run",
        title=("Privileged container", "特権コンテナ"),
        help=("Whether the container needs privileged mode.", "コンテナに特権モードが必要か。"),
    ),
    flag(
        "host_control",
        section="run",
        title=("Control of the host", "ホストの制御"),
        help=(
            "Whether you must choose the instance type, the machine image or agents on the host.",
            "インスタンスタイプ、マシンイメージ、ホスト上のエージェントを自分で決める必要があるか。",
        ),
    ),
    choice(
        "language",
        section="run",
        title=("Language", "言語"),
        help=("Language that the code is written in.", "コードの言語。"),
        options={
            "python": ("Python", "Python"),
            "nodejs": ("Node.js", "Node.js"),
            "java": ("Java", "Java"),
            "csharp": ("C#", "C#"),
            "go": ("Go", "Go"),
            "powershell": ("PowerShell", "PowerShell"),
            "ruby": ("Ruby", "Ruby"),
            "custom": ("Another, on a custom runtime", "その他（カスタムランタイム）"),
        },
        default="python",
    ),
    flag(
        "state_in_memory",
        section="run",
        title=("State in memory", "メモリ上の状態"),
        help=(
            "Whether the program keeps state in memory between requests.",
            "リクエストをまたいでメモリに状態を保持するか。",
        ),
    ),
    flag(
        "uses_secrets",
        section="run",
        title=("Secrets", "シークレット"),
        help=("Whether the program needs passwords or API keys.", "パスワードや API キーが必要か。"),
    ),
    flag(
        "pod_access",
        section="run",
        title=("Access control per pod", "Pod 単位のアクセス制御"),
        help=(
            "Whether each pod needs an IAM role and a security group of its own.",
            "Pod ごとに IAM ロールとセキュリティグループが必要か。",
        ),
        applies={"kubernetes": ("on-premises", "house-standard", "ecosystem")},
    ),
    flag(
        "portability",
        section="run",
        title=("Portability", "可搬性"),
        help=("Whether the program must also run outside AWS unchanged.", "AWS の外でも変更なしで動く必要があるか。"),
    ),
    choice(
        "isolation",
        section="run",
        title=("Tenant isolation", "テナント分離"),
        help=("How strictly the work of one tenant is kept from another's.", "テナント間の処理をどこまで分離するか。"),
        options={"shared": ("Shared", "共有"), "per-tenant": ("An environment per tenant", "テナントごとの実行環境")},
        default="shared",
    ),
    choice(
        "migrates_from",
        section="run",
        title=("Moving from", "移行元"),
        help=("What runs this work today.", "現在この処理を動かしているもの。"),
        options={
            "nothing": ("Nothing: it is new", "新規"),
            "on-premises-kubernetes": ("Kubernetes on premises", "オンプレミスの Kubernetes"),
            "app-runner": ("AWS App Runner", "AWS App Runner"),
            "copilot": ("AWS Copilot", "AWS Copilot"),
        },
        default="nothing",
    ),
)
