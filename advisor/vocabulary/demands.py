"""Hard requirements (`must`): properties that a service must or must not have. Each rejects services by their properties.

A file lists its demands by their keywords under `must`. In the engine, each demand is a separate flag
(`must.no-servers`), so that a conflict, a flip point or a way out names the single requirement. A demand that is not
stated is open; it is not assumed to be refused.
"""

from dataclasses import dataclass

from advisor.text import Text
from advisor.vocabulary.field import MANDATORY, Field, Option, quantity

MUST = "must"
PREFIX = f"{MUST}."
SECTION = "demands"
#: A fact that is known of a subject only when something is demanded of it, so that others are decided without looking.
DEMANDING = "demanding"
#: The fact that a component's `start_within_s` is compared with, as a property of services.
START_TIME, START_WITHIN = "start-time", "start_within_s"
_EVERYWHERE = ("workload", "component", "channel", "store")
_PROGRAM = ("workload", "component")


@dataclass(frozen=True, slots=True)
class Demand:
    """One hard requirement: its word under `must`, how it is put, and the property of services that it excludes.

    `roles` are the roles that it concerns (none named: all), `kinds` the subjects that can demand it. Without a
    property it rules nothing out: rules prefer by it.
    """

    word: str
    title: Text
    reading: Text
    sentence: Text
    excludes: str
    kinds: tuple[str, ...] = _EVERYWHERE
    roles: tuple[str, ...] = ()

    @property
    def fact(self) -> str:
        """Its flag in the engine."""
        return PREFIX + self.word


DEMANDS = (
    Demand(
        word="nothing-while-idle",
        title=Text("No charges while idle", "アイドル時の課金なし"),
        reading=Text(
            "no hourly or monthly charge and no minimum capacity while there are no requests; storage (data, images, "
            "logs, secrets) does not count",
            "リクエストがない間に、時間・月単位の料金や最小キャパシティーの料金がかからないこと。"
            "ストレージ（データ、イメージ、ログ、シークレット）の料金は含めません",
        ),
        sentence=Text("There must be no charges while idle.", "アイドル時に料金がかからないことが必須です。"),
        excludes="standing-charge",
    ),
    Demand(
        word="no-hourly-entry",
        title=Text("No fixed hourly charge for the endpoint", "エンドポイントの時間課金なし"),
        reading=Text("the endpoint itself is charged per request only", "エンドポイント自体はリクエスト数だけで課金されること"),
        sentence=Text(
            "The endpoint must have no fixed hourly charge.", "エンドポイントに固定の時間料金がかからないことが必須です。"
        ),
        excludes="standing-charge",
        kinds=_PROGRAM,
        roles=("entry",),
    ),
    Demand(
        word="spot",
        title=Text("Runs on Spot capacity", "スポットで実行"),
        reading=Text(
            "the compute of the program supports Spot capacity and can be interrupted",
            "プログラムの実行基盤がスポットキャパシティーを使えること（中断されることがあります）",
        ),
        sentence=Text("The component must run on Spot capacity.", "スポットキャパシティーで実行することが必須です。"),
        excludes="no-spot",
        kinds=_PROGRAM,
    ),
    Demand(
        word="predictable-cost",
        title=Text("Predictable cost", "予測できるコスト"),
        reading=Text(
            "capacity with a fixed hourly price is preferred over charges by use; no service is excluded",
            "従量課金より、時間あたりの料金が固定のキャパシティーを優先します（候補は除外しません）",
        ),
        sentence=Text("The cost must be predictable.", "コストを予測できることが必須です。"),
        excludes="",
    ),
    Demand(
        word="no-servers",
        title=Text("No servers", "サーバーなし"),
        reading=Text(
            "no instances in your account, not even those that AWS manages there, and no database or broker instances "
            "whose class you choose",
            "アカウント内のインスタンス（AWS が管理するものを含む）も、クラスを選ぶデータベースやブローカーのインスタンスもないこと",
        ),
        sentence=Text("There must be no servers.", "サーバーがないことが必須です。"),
        excludes="servers",
    ),
    Demand(
        word="no-containers",
        title=Text("No containers", "コンテナなし"),
        reading=Text(
            "no container images and no service that runs containers",
            "コンテナイメージを作らず、コンテナを実行するサービスも使わないこと",
        ),
        sentence=Text("There must be no containers.", "コンテナを使わないことが必須です。"),
        excludes="containers",
        kinds=_PROGRAM,
    ),
    Demand(
        word="no-clusters",
        title=Text("No clusters to operate", "クラスターの運用なし"),
        reading=Text(
            "no cluster whose versions, nodes or brokers you operate: EKS, ECS on EC2 instances, Kafka. The ECS cluster "
            "of Fargate tasks does not count",
            "バージョン、ノード、ブローカーの管理が必要なクラスター（EKS、EC2 上の ECS、Kafka）を使わないこと。"
            "Fargate だけを使う ECS クラスターは該当しません",
        ),
        sentence=Text("There must be no cluster to operate.", "運用するクラスターがないことが必須です。"),
        excludes="cluster",
    ),
    Demand(
        word="no-functions",
        title=Text("No functions", "関数なし"),
        reading=Text("no AWS Lambda functions of any kind", "種類を問わず AWS Lambda 関数を使わないこと"),
        sentence=Text("There must be no functions.", "関数を使わないことが必須です。"),
        excludes="functions",
        kinds=_PROGRAM,
    ),
    Demand(
        word="managed-only",
        title=Text("Managed services only", "マネージドサービスのみ"),
        reading=Text(
            "AWS patches hosts and server software; instances that AWS patches and replaces are allowed",
            "ホストの OS とサーバーソフトウェア（データベースなど）のパッチを AWS が適用すること。AWS が更新・入れ替えするインスタンスは使用できます",
        ),
        sentence=Text("Only managed services are allowed.", "マネージドサービスのみを使うことが必須です。"),
        excludes="self-run",
    ),
    Demand(
        word="no-program-change",
        title=Text("No program changes", "プログラムの変更なし"),
        reading=Text(
            "the program runs unchanged, without an added handler, because it must not be changed. A web server in a container "
            "image also runs unchanged on Lambda: the Lambda Web Adapter is added to the image, not to the program",
            "プログラムを変更できないため、ハンドラーを加えずに実行できること。コンテナイメージの Web サーバーは Lambda でも変更なしで動きます"
            "（Lambda Web Adapter はプログラムではなくイメージに加えます）",
        ),
        sentence=Text("The program must run unchanged.", "プログラムを変更せずに実行できることが必須です。"),
        excludes="program-change",
        kinds=_PROGRAM,
    ),
)  # fmt: skip
BY_FACT = {demand.fact: demand for demand in DEMANDS}
#: The facts that something is demanded by.
DEMAND_FACTS = frozenset((*BY_FACT, START_WITHIN))
#: What a service's file may state of it, under `properties`.
PROPERTIES = (*dict.fromkeys(demand.excludes for demand in DEMANDS if demand.excludes), START_TIME)


def _flag(demand: Demand) -> Field:
    return Field(
        demand.fact,
        kind="flag",
        title=demand.title,
        help=demand.reading,
        section=SECTION,
        default=None,
        demand=True,
        answers=MANDATORY,
    )


#: The flags that the engine knows the demands of each kind of subject by.
DEMAND_FLAGS = {kind: tuple(_flag(demand) for demand in DEMANDS if kind in demand.kinds) for kind in _EVERYWHERE}
_FLAG_IDS = {kind: frozenset(flag.id for flag in flags) for kind, flags in DEMAND_FLAGS.items()}


def demands_on(kind: str) -> frozenset[str]:
    """Return the flags of the hard requirements that apply to a kind of subject."""
    return _FLAG_IDS[kind]


def concerning(property: str, role: str) -> tuple[Demand, ...]:
    """Return the hard requirements that a service with a property does not meet in a role."""
    return tuple(d for d in DEMANDS if d.excludes == property and (not d.roles or role in d.roles))


def must_field(kind: str) -> Field:
    """Return the question for the hard requirements of a kind of subject."""
    demands = [demand for demand in DEMANDS if kind in demand.kinds]
    where = _WHERE if kind == "workload" else Text("", "")
    return Field(
        MUST,
        kind="choices",
        title=Text("Hard requirements", "必須条件"),
        help=Text(
            f"Requirements that services must meet. Services that do not meet them are excluded, if necessary all of them. Answer only what is mandatory; preferences are priorities.{where.en} "
            + " ".join(f"{d.title.en}: {d.reading.en}." for d in demands),
            f"サービスが必ず満たすべき条件です。満たさないサービスは、すべてであっても除外されます。必須と明示されたものだけを回答し、希望は優先事項に回答します。{where.ja}"
            + "".join(f"{d.title.ja}: {d.reading.ja}。" for d in demands),
        ),
        section=SECTION,
        options=tuple(Option(demand.word, demand.title) for demand in demands),
        demand=True,
    )


_WHERE = Text(
    " They apply to all parts, including caches and interface endpoints, which incur charges even when idle. If a requirement applies to one part only, state it for that part.",
    "アイドル時にも料金がかかるキャッシュやインターフェイスエンドポイントを含め、すべての要素に適用されます。一部の要素だけの条件は、その要素の質問で回答してください。",
)

WORKLOAD_DEMANDS = (
    must_field("workload"),
    quantity(
        "budget_month_usd",
        section=SECTION,
        unit="usd",
        title=("Monthly cost limit", "月額コストの上限"),
        help=(
            "The maximum monthly cost of the workload, in US dollars. Services whose minimum monthly price alone is known and higher are "
            "excluded. The total cost is not calculated yet and remains an open point. If you rely on the free tier, leave this out.",
            "ワークロードの月額コストの上限です（米ドル）。最低月額が分かっていて、それだけで上限を超えるサービスは候補から外れます。"
            "合計コストの計算には未対応のため、未決事項として残ります。無料利用枠を前提とする場合は回答しません。",
        ),
        least=0.0,
        most=1e9,
        demand=True,
        asks="at_most",
    ),
)
COMPONENT_DEMANDS = (
    must_field("component"),
    quantity(
        START_WITHIN,
        section=SECTION,
        unit="s",
        title=("Start time limit", "起動時間の上限"),
        help=(
            "A requirement for components that run jobs or sessions: the longest time that a service may take to start a new execution "
            "environment (function environment, task or instance). Time in a queue does not count. If the only concern is a slow first "
            "request, leave this question open and answer the question about cold starts.",
            "ジョブやセッションの必須条件です。サービスによる新しい実行環境（関数、タスク、インスタンス）の起動にかかる時間の上限です。"
            "キューでの待ち時間は含みません。最初のリクエストの遅れだけが問題の場合は、この質問ではなく、コールドスタートの質問に回答します。",
        ),
        least=0.001,
        most=86400.0,
        demand=True,
        asks="at_most",
    ),
)
CHANNEL_DEMANDS = (must_field("channel"),)
STORE_DEMANDS = (must_field("store"),)
