"""Questions about a store: data with one owner, its readers and its writers."""

from advisor.vocabulary.field import choice, flag, quantity
from advisor.vocabulary.many import STORE_COUNT

STORE_FIELDS = (
    choice(
        "access",
        section="what",
        title=("Access", "アクセス方法"),
        help=("How the data is read and written.", "データの読み書きの方法。"),
        options={
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
        section="what",
        unit="B",
        title=("Item size", "項目サイズ"),
        help=("Size of the largest item, row or object.", "最大の項目・行・オブジェクトのサイズ。"),
        most=50 * 2.0**40,
        default=4096.0,
    ),
    quantity(
        "volume_bytes",
        section="what",
        unit="B",
        title=("Volume", "データ量"),
        help=("Size of all the data.", "全データのサイズ。"),
        most=2.0**60,
        default=10 * 2.0**30,
    ),
    choice(
        "consistency",
        section="what",
        title=("Consistency", "整合性"),
        help=("What a reader must see.", "読み取り側に求める整合性。"),
        options={
            "eventual": ("Soon the newest", "結果整合性"),
            "strong": ("Always the newest", "強い整合性"),
            "transactions": ("Transactions over many items", "複数項目のトランザクション"),
        },
        default="eventual",
    ),
    flag(
        "multi_region",
        section="what",
        title=("Several Regions", "複数リージョン"),
        help=("Whether the data is written in several Regions.", "複数リージョンで書き込むか。"),
    ),
    choice(
        "shape",
        section="load",
        title=("Shape of the load", "負荷の形"),
        help=("How the load moves over the day.", "1 日の負荷の変動。"),
        options={
            "steady": ("Steady", "一定"),
            "ordinary": ("Ordinary", "通常"),
            "spiky": ("Spiky", "急増あり"),
            "rare": ("Rare", "まれ"),
        },
        default="ordinary",
    ),
    STORE_COUNT,
)
