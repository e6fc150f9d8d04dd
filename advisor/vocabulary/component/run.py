"""Questions about the program that does the work of a component, and what one run needs."""

from advisor.vocabulary.field import MANDATORY, PRESENT, choice, flag, quantity
from advisor.vocabulary.units import YEAR_S

_TIB_IN_MIB = 2.0**20

RUN_FIELDS = (
    quantity(
        "typical_run_s",
        section="run",
        unit="s",
        title=("Typical run time", "通常の実行時間"),
        help=(
            "Usual processing time of one item, message or step, without waiting time.",
            "1 項目、1 メッセージまたは 1 ステップの処理に通常かかる時間です。待ち時間は含みません。",
        ),
        least=0.001,
        most=YEAR_S,
        adjectives=True,
    ),
    choice(
        "logic",
        section="run",
        title=("Custom code", "カスタムコード"),
        help=(
            "Whether custom code must run, or the request is only stored or forwarded unchanged. Work that a schedule or an event starts "
            "needs no code if it only calls APIs or AWS services, nor does a flow that only runs other components one after another.",
            "カスタムコードが必要ですか。それとも、受け取ったリクエストを変更せずに保存・転送するだけですか。スケジュールやイベントで始まる処理は、"
            "API や AWS サービスを呼び出すだけなら、コードは不要です。ほかのコンポーネントを順に実行するだけのフローにも、コードは不要です。",
        ),
        options={
            "code": ("Needed", "必要"),
            "none": ("Not needed (data is only stored or forwarded)", "不要（データの保存・転送のみ）"),
        },
        default="code",
    ),
    quantity(
        "memory_mib",
        section="run",
        unit="MiB",
        title=("Memory", "メモリ"),
        help=("Memory that one run needs.", "1 回の実行に必要なメモリです。"),
        least=1.0,
        most=24 * _TIB_IN_MIB,
        default=512.0,
    ),
    quantity(
        "vcpu",
        section="run",
        unit="vcpu",
        title=("CPU", "CPU"),
        help=("Number of vCPUs that one run needs.", "1 回の実行に必要な vCPU 数です。"),
        least=0.01,
        most=896.0,
        default=0.5,
    ),
    flag(
        "gpu",
        section="run",
        title=("GPU", "GPU"),
        help=(
            "Whether the component needs a GPU. The candidates run your own program. Amazon SageMaker AI and Amazon Bedrock, which host models, are "
            "outside the scope.",
            "処理に GPU が必要ですか。候補は、自社のプログラムを実行するサービスだけです。モデルをホストする Amazon SageMaker AI と Amazon Bedrock は対象外です。",
        ),
    ),
    quantity(
        "disk_mib",
        section="run",
        unit="MiB",
        title=("Temporary storage", "一時ストレージ"),
        help=("Temporary storage that one run needs.", "1 回の実行に必要な一時ストレージです。"),
        most=64 * _TIB_IN_MIB,
        default=512.0,
    ),
    choice(
        "os",
        section="run",
        title=("Operating system", "OS"),
        help=("Operating system that the program needs.", "プログラムが必要とする OS です。"),
        options={"linux": ("Linux", "Linux"), "windows": ("Windows", "Windows")},
        default="linux",
    ),
    choice(
        "packaging",
        section="run",
        title=("Packaging", "パッケージ形態"),
        help=(
            "How the program is packaged today, or must be packaged.",
            "プログラムの現在の、または必須のパッケージ形態です。",
        ),
        options={"code": ("Code", "コード"), "container-image": ("A container image", "コンテナイメージ")},
        default="code",
    ),
    quantity(
        "package_bytes",
        section="run",
        unit="B",
        title=("Package size", "パッケージのサイズ"),
        help=(
            "Size of the program with its libraries, models and tools, uncompressed. Above 250 MiB, a function becomes a container image.",
            "ライブラリ、モデル、ツールを含むプログラムの、圧縮前のサイズです。250 MiB を超えると、関数はコンテナイメージになります。",
        ),
        least=1.0,
        most=2.0**40,
    ),
    flag(
        "other_registry",
        section="run",
        answers=PRESENT,
        title=("Images in another registry", "外部レジストリのイメージ"),
        help=(
            "Whether the container images must stay in a registry outside Amazon ECR, such as GitHub Container Registry.",
            "コンテナイメージを、GitHub Container Registry などの Amazon ECR 以外のレジストリに置き続ける必要がありますか。",
        ),
        applies={"packaging": ("container-image",)},
    ),
    flag(
        "privileged",
        section="run",
        title=("Privileged container", "特権コンテナ"),
        help=("Whether the container needs privileged mode.", "コンテナに特権モードが必要ですか。"),
    ),
    flag(
        "host_control",
        section="run",
        title=("Control over hosts", "ホストの制御"),
        help=(
            "Whether you must choose the instance type, the AMI or the agents on the host.",
            "インスタンスタイプ、マシンイメージ、ホスト上のエージェントを自分で決める必要がありますか。",
        ),
    ),
    choice(
        "language",
        section="run",
        title=("Language", "言語"),
        help=("Programming language of the code.", "コードのプログラミング言語です。"),
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
        answers=PRESENT,
        title=("State in memory", "メモリ上の状態"),
        help=(
            "Whether the program keeps state in memory between requests.",
            "リクエストをまたいでメモリに状態を保持しますか。",
        ),
    ),
    flag(
        "single_instance",
        section="run",
        answers=MANDATORY,
        title=("Single instance", "単一インスタンス"),
        help=(
            "Whether at most one instance of the program may run at any time, also during a release, for example because two instances "
            "would do the same work or write to the same file. For a consumer of messages, answer the limit on concurrent messages instead.",
            "リリースの間も含め、プログラムを同時に 1 つしか動かせませんか。2 つ動くと同じ作業が重複する場合や、同じファイルに書き込む場合などが"
            "該当します。メッセージのコンシューマーについては、代わりに同時処理数の上限に回答してください。",
        ),
        applies={"trigger": ("request", "always-on")},
    ),
    flag(
        "uses_secrets",
        section="run",
        title=("Secrets", "シークレット"),
        help=(
            "Whether the program needs passwords or API keys, apart from those of the databases in this design.",
            "パスワードや API キーが必要ですか（この構成のデータベースのものを除く）。",
        ),
    ),
    flag(
        "fixed_outgoing_ip",
        section="run",
        title=("Fixed outgoing IP address", "固定の送信元 IP アドレス"),
        help=(
            "Whether the program must call other systems from fixed public IP addresses, for example because a partner allows only these.",
            "接続先が許可する IP アドレスを限定しているなどの理由で、プログラムの送信元を固定のパブリック IP アドレスにする必要がありますか。",
        ),
    ),
    flag(
        "pod_access",
        section="run",
        title=("Access control per pod", "Pod 単位のアクセス制御"),
        help=(
            "Whether each pod needs its own IAM role and security group.",
            "Pod ごとに IAM ロールとセキュリティグループが必要ですか。",
        ),
        applies={"kubernetes": ("on-premises", "house-standard", "ecosystem")},
    ),
    flag(
        "portability",
        section="run",
        title=("Portability", "可搬性"),
        help=(
            "Whether the program must also run unchanged outside AWS.",
            "AWS の外でも変更なしで動く必要がありますか。",
        ),
        answers=MANDATORY,
    ),
    choice(
        "isolation",
        section="run",
        title=("Tenant isolation", "テナント分離"),
        help=("How strictly tenants are isolated from each other.", "テナント間の処理をどこまで分離しますか。"),
        options={"shared": ("Shared", "共有"), "per-tenant": ("One environment per tenant", "テナントごとの実行環境")},
        default="shared",
    ),
    choice(
        "migrates_from",
        section="run",
        title=("Migration source", "移行元"),
        help=("The platform that runs this component today.", "現在このコンポーネントを動かしている基盤です。"),
        options={
            "nothing": ("None (new)", "なし（新規）"),
            "on-premises-kubernetes": ("Kubernetes on premises", "オンプレミスの Kubernetes"),
            "app-runner": ("AWS App Runner", "AWS App Runner"),
            "copilot": ("AWS Copilot", "AWS Copilot"),
        },
        default="nothing",
    ),
)
