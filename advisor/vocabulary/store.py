"""Questions about a store: data with one owner, its readers and its writers."""

from advisor.vocabulary.field import MANDATORY, POSSIBLE, choice, flag, quantity
from advisor.vocabulary.formats.measures import YEAR_S
from advisor.vocabulary.many import STORE_COUNT, STORE_EXISTS

#: How long an item is kept, in seconds, and whether nothing may change or delete it before.
KEPT, IMMUTABLE = "kept_s", "immutable"
#: Which of the records about the same entity stay, and the answers that all do, or that a later one replaces those before it.
KEEPS, ALL, LATEST = "keeps", "all", "latest"

STORE_FIELDS = (
    choice(
        "access",
        section="what",
        title=("Access", "アクセス方法"),
        help=("How the data is read and written.", "データの読み書きの方法です。"),
        options={
            "key-value": ("By key", "キーによる読み書き"),
            "relational": ("Relational (SQL, joins)", "リレーショナル（SQL・結合）"),
            "objects": ("Objects", "オブジェクト単位"),
            "search": ("Full-text search", "全文検索"),
            "vectors": ("By similarity (vectors)", "ベクトル検索"),
            "cache": ("In-memory cache", "インメモリキャッシュ"),
            "files": ("A shared file system", "共有ファイルシステム"),
        },
        default="key-value",
    ),
    quantity(
        "item_bytes",
        section="what",
        unit="B",
        title=("Largest item", "データ 1 件の最大サイズ"),
        help=("Size of the largest item, row or object.", "最大の項目・行・オブジェクトのサイズです。"),
        most=50 * 2.0**40,
        default=4096.0,
    ),
    quantity(
        "volume_bytes",
        section="what",
        unit="B",
        title=("Stored data volume", "保存するデータ量"),
        help=("Total size of the data.", "全データのサイズです。"),
        most=2.0**60,
        default=10 * 2.0**30,
    ),
    quantity(
        KEPT,
        section="what",
        unit="s",
        title=("Retention", "保存期間"),
        help=(
            "How long an item is kept after it was last written. Then it is deleted. Leave this out if data is kept until a program or "
            "a person deletes it.",
            "項目を最後に書き込んでから保存する期間です。この期間が過ぎると削除されます。プログラムや人が削除するまで残す場合は、答えません。",
        ),
        least=60.0,
        most=50.0 * YEAR_S,
        example="7 years",
        demand=True,
    ),
    flag(
        IMMUTABLE,
        section="what",
        title=("No change or deletion before the end", "期間内の変更・削除の禁止"),
        help=(
            "Whether nobody may change or delete an object before the end of its retention, for example because a law prescribes it "
            "(WORM).",
            "法令などのため、保存期間が終わるまでオブジェクトの変更や削除を禁止する必要がありますか（WORM）。",
        ),
        default=None,
        demand=True,
        applies={"access": ("objects",)},
    ),
    choice(
        KEEPS,
        section="what",
        title=("Records about the same entity", "同じ対象のレコード"),
        help=(
            "What a program that processes messages or records leaves of several about the same device, order or other entity: all of "
            "them, as a history, or only the latest, as its current state.",
            "メッセージやレコードを処理するプログラムが、同じ装置や注文などについて複数回受け取る内容のうち、何を残すかです。すべて残せば履歴、"
            "最新だけ残せば現在の状態になります。",
        ),
        options={
            ALL: ("Keep all (append)", "すべて残す（追記）"),
            LATEST: ("Keep the latest (replace)", "最新だけ残す（上書き）"),
        },
        demand=True,
        applies={"access": ("key-value", "relational", "search", "cache", "objects")},
    ),
    choice(
        "consistency",
        section="what",
        title=("Consistency", "整合性"),
        help=("The consistency that readers need.", "読み取りに必要な整合性です。"),
        options={
            "eventual": ("Eventually consistent", "結果整合性"),
            "strong": ("Strongly consistent", "強い整合性"),
            "transactions": ("Transactions across several items", "複数項目のトランザクション"),
        },
        default="eventual",
    ),
    flag(
        "multi_region",
        section="what",
        title=("Multi-Region writes", "複数リージョンでの書き込み"),
        help=("Whether the data is written in several Regions.", "複数リージョンでデータを書き込みますか。"),
    ),
    quantity(
        "query_ms",
        section="load",
        unit="ms",
        title=("Query time goal", "検索の応答時間の目標"),
        help=(
            "The time in which the store must answer 99% of the similarity queries.",
            "類似検索の 99% について、ストアが応答すべき時間です。",
        ),
        least=1.0,
        most=600000.0,
        applies={"access": ("vectors",)},
        cautious="low",
        asks="at_most",
    ),
    flag(
        "always_awake",
        section="load",
        answers=MANDATORY,
        title=("No wait after idle time", "アイドル後の再開待ちなし"),
        help=(
            "Whether the first query after an idle period must not wait for a paused database to resume, which usually takes about 15 seconds.",
            "アイドル後の最初のクエリで、一時停止したデータベースの再開（通常は約 15 秒）を待たせないことが必須ですか。",
        ),
        default=None,
        applies={"access": ("relational",)},
    ),
    flag(
        "connection_pool",
        section="load",
        answers=MANDATORY,
        title=("Managed connection pool", "マネージドな接続プール"),
        help=(
            "Whether programs must share connections to the database through a managed pool, for example because they open one for each "
            "request or must reconnect quickly after a failover.",
            "プログラムがデータベースへの接続をマネージドなプールで共有することが必須ですか。リクエストごとに接続を開く場合や、フェイルオーバー後にすぐ再接続する必要がある場合などです。",
        ),
        applies={"access": ("relational",)},
    ),
    flag(
        "core_sql",
        section="what",
        answers=POSSIBLE,
        title=("Core SQL is enough", "基本的な SQL での対応"),
        help=(
            "Whether tables, indexes, joins and short transactions in the syntax of PostgreSQL are enough, and the program can retry "
            "conflicting writes. Answer no if it needs MySQL, foreign keys that the database enforces, triggers, stored procedures, row-level security, or extensions such as "
            "pgvector and PostGIS.",
            "PostgreSQL の構文によるテーブル、インデックス、結合、短いトランザクションで足り、競合した書き込みをプログラムで再試行できますか。"
            "MySQL、データベースが検証する外部キー、トリガー、ストアドプロシージャ、行レベルセキュリティ、pgvector や PostGIS などの拡張機能が必要な場合は「いいえ」です。",
        ),
        applies={"access": ("relational",)},
    ),
    choice(
        "database_engine",
        section="what",
        title=("Database engine", "データベースエンジン"),
        help=(
            "The engine that the program or its licenses require. Amazon Aurora is compatible with PostgreSQL and MySQL only.",
            "プログラムやライセンスが前提とするエンジンです。Amazon Aurora と互換性があるのは PostgreSQL と MySQL だけです。",
        ),
        options={
            "any": ("Any", "指定なし"),
            "postgresql": ("PostgreSQL", "PostgreSQL"),
            "mysql": ("MySQL", "MySQL"),
            "mariadb": ("MariaDB", "MariaDB"),
            "sql-server": ("Microsoft SQL Server", "Microsoft SQL Server"),
            "oracle": ("Oracle", "Oracle"),
            "db2": ("Db2", "Db2"),
        },
        default="any",
        applies={"access": ("relational",)},
    ),
    choice(
        "shape",
        section="load",
        title=("Load pattern", "負荷パターン"),
        help=("How the load changes over the day.", "1 日の負荷の変動です。"),
        options={
            "steady": ("Steady", "一定"),
            "ordinary": ("Ordinary", "通常"),
            "spiky": ("Spiky", "急増あり"),
            "rare": ("Infrequent", "散発的"),
        },
        default="ordinary",
    ),
    STORE_EXISTS,
    STORE_COUNT,
)
