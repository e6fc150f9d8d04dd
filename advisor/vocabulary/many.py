"""The question how many identical subjects an entry represents. It does not affect the decision."""

from advisor.vocabulary.field import Field, Words, quantity

COUNT = "count"
MOST = 1000.0


def _count(help: Words) -> Field:
    return quantity(
        COUNT, section="load", unit="count", title=("Count", "個数"), help=help, least=1.0, most=MOST, default=1.0
    )


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
