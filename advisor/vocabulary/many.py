"""Questions about the parts themselves: how many identical ones an entry represents, and whether they exist already."""

from advisor.vocabulary.field import PRESENT, Field, Words, flag, quantity

COUNT = "count"
EXISTS = "already_exists"
MOST = 1000.0


def _count(help: Words) -> Field:
    return quantity(
        COUNT, section="load", unit="count", title=("Count", "個数"), help=help, least=1.0, most=MOST, default=1.0
    )


def exists(title: Words, help: Words) -> Field:
    """Return the question whether a part exists and is not to be created. It counts only when it is stated."""
    return flag(EXISTS, section="what", title=title, help=help, default=None, demand=True, answers=PRESENT)


COMPONENT_COUNT = _count(
    (
        "Number of identical components that this component represents. Rates, sizes and times apply to one of them. The count "
        "has no effect on the decision.",
        "このコンポーネントが代表する同種のコンポーネントの数です。レート、サイズ、時間は 1 つあたりの値を答えます。個数は選定に影響しません。",
    )
)
CHANNEL_COUNT = _count(
    (
        "Number of identical channels that this channel represents. Rates and sizes apply to one of them. The count has no "
        "effect on the decision.",
        "このチャネルの定義にまとめた、同種のチャネルの数です。レートとサイズは 1 つあたりの値を答えます。個数は選定に影響しません。",
    )
)
STORE_COUNT = _count(
    (
        "Number of identical stores that this store represents. Sizes apply to one of them. The count has no effect on the "
        "decision.",
        "このストアの定義にまとめた、同種のストアの数です。サイズは 1 つあたりの値を答えます。個数は選定に影響しません。",
    )
)
CHANNEL_EXISTS = exists(
    ("Existing channel", "既存のチャネル"),
    (
        "Whether the queue, topic, bus or stream exists and must not be created, such as the queue of another team. Select its "
        'service under "Specified service". No project can be generated, because it would create the channel again.',
        "他チームのキューなど、既に存在し、作成してはならないキュー、トピック、バス、ストリームですか。サービスは「サービスの指定」で選びます。"
        "プロジェクトは、チャネルを二重に作成することになるため生成できません。",
    ),
)
STORE_EXISTS = exists(
    ("Existing store", "既存のストア"),
    (
        'Whether the database, bucket or file system exists and must not be created. Select its service under "Specified service". '
        "No project can be generated, because it would create the store again.",
        "既に存在し、作成してはならないデータベース、バケット、ファイルシステムですか。サービスは「サービスの指定」で選びます。"
        "プロジェクトは、ストアを二重に作成することになるため生成できません。",
    ),
)
