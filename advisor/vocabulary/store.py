"""Questions about a store: data with one owner, its readers and its writers."""

from advisor.vocabulary.field import choice, flag, quantity

STORE_FIELDS = (
    choice(
        "access",
        "what",
        ("Access", "アクセス方法"),
        ("How the data is read and written.", "データの読み書きの方法。"),
        {
            "key-value": ("By key", "キーによる読み書き"),
            "relational": ("Relational (SQL, joins)", "リレーショナル（SQL・結合）"),
            "objects": ("Whole objects (files over HTTP)", "オブジェクト"),
            "search": ("Full-text search", "全文検索"),
            "cache": ("Cache in memory", "インメモリキャッシュ"),
            "files": ("A shared file system", "共有ファイルシステム"),
        },
        default="key-value",
    ),
    quantity(
        "item_bytes",
        "what",
        "B",
        ("Item size", "項目サイズ"),
        ("Size of the largest item, row or object.", "最大の項目・行・オブジェクトのサイズ。"),
        most=50 * 2.0**40,
        default=4096.0,
    ),
    quantity(
        "volume_bytes",
        "what",
        "B",
        ("Volume", "データ量"),
        ("Size of all the data.", "全データのサイズ。"),
        most=2.0**60,
        default=10 * 2.0**30,
    ),
    choice(
        "consistency",
        "what",
        ("Consistency", "整合性"),
        ("What a reader must see.", "読み取り側に求める整合性。"),
        {
            "eventual": ("Soon the newest", "結果整合性"),
            "strong": ("Always the newest", "強い整合性"),
            "transactions": ("Transactions over many items", "複数項目のトランザクション"),
        },
        default="eventual",
    ),
    flag(
        "multi_region",
        "what",
        ("Several Regions", "複数リージョン"),
        ("Whether the data is written in several Regions.", "複数リージョンで書き込むか。"),
    ),
    choice(
        "shape",
        "load",
        ("Shape of the load", "負荷の形"),
        ("How the load moves over the day.", "1 日の負荷の変動。"),
        {"steady": ("Steady", "一定"), "spiky": ("Spiky", "急増あり"), "rare": ("Rare", "まれ")},
        default="spiky",
    ),
)
