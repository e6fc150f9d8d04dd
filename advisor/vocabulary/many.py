"""The question how many alike subjects one entry of the file stands for. It changes no decision."""

from advisor.vocabulary.field import Field, Words, quantity

COUNT = "count"
MOST = 1000.0


def _count(help: Words) -> Field:
    return quantity(
        COUNT, section="load", unit="count", title=("Count", "個数"), help=help, least=1.0, most=MOST, default=1.0
    )


COMPONENT_COUNT = _count(
    (
        "How many alike components this one stands for. Rates, sizes and times are those of one of them; the count changes "
        "no decision.",
        "このコンポーネントが代表する同種のコンポーネントの数。レート、サイズ、時間は 1 つあたりの値を答えます。個数は選定に影響しません。",
    )
)
CHANNEL_COUNT = _count(
    (
        "How many alike channels this one stands for. Rates and sizes are those of one of them; the count changes no decision.",
        "このチャネルが代表する同種のチャネルの数。レートとサイズは 1 つあたりの値を答えます。個数は選定に影響しません。",
    )
)
STORE_COUNT = _count(
    (
        "How many alike stores this one stands for. Sizes are those of one of them; the count changes no decision.",
        "このストアが代表する同種のストアの数。サイズは 1 つあたりの値を答えます。個数は選定に影響しません。",
    )
)
