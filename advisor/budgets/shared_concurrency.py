"""A warning about functions that each stay within the concurrency of an account, but not together."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.decision import Warning
from advisor.sizing.node_updates import number
from advisor.text import Text
from advisor.vocabulary.formats import listed

_QUOTA = "lambda-concurrency-default"
_FUNCTIONS = ("lambda", "lambda-durable", "lambda-web-functions")
#: So many functions are named, those first that need the most.
_MOST_NAMED = 3


def exceeded_together(architecture: Architecture, dated: DatedBook) -> Iterator[Warning]:
    """Warn at the function that needs the most, if all together need more than the quota and no function does alone.

    A rule warns of a function that needs more by itself.
    """
    quota = dated.whole(_QUOTA, "count", 1000)
    needing = [(_needed(node), node) for node in architecture.nodes if node.service in _FUNCTIONS]
    needing.sort(key=lambda one: (-one[0], one[1].id))
    total = sum(needed for needed, _ in needing)
    if total > quota and needing[0][0] <= quota:
        most = needing[0][1]
        sentence = together_words(needing[:_MOST_NAMED], total, quota)
        source = dated.book.facts[_QUOTA].source
        yield Warning(most.subject, most.role, "functions-share-the-account-quota", sentence, source)


def _needed(node: Node) -> int:
    """Return the executions of a function that run at the same time at its peak, as far as its setting allows them."""
    expected = number(node, "concurrency")
    return int(min(expected, number(node, "max_concurrency", expected))) * node.count


def together_words(named: list[tuple[int, Node]], total: int, quota: int) -> Text:
    """Return the sentence on functions that need more concurrent executions together than an account has."""
    parts = listed([Text(f'"{node.note.en}" {needed:,}', f"「{node.note.ja}」{needed:,} 件") for needed, node in named])
    return Text(
        f"All functions of an account share {quota:,} concurrent executions per Region by default, but if their peaks coincide, those "
        f"of this workload need {total:,} (most of them: {parts.en}). When the quota is used up, Lambda throttles all of them, including "
        "those that answer callers. Request an increase before you go live, or reserve concurrency for the functions that must answer.",
        f"アカウントの全関数の同時実行数は、デフォルトではリージョンあたり合計 {quota:,} 件までですが、このワークロードの関数は、ピークが重なると"
        f"合計 {total:,} 件を必要とします（多いもの: {parts.ja}）。上限に達すると、呼び出し元に応答する関数を含めて、すべての関数がスロットリング"
        "されます。本番稼働前に引き上げを申請するか、応答が必要な関数に予約済み同時実行数を設定してください。",
    )
