"""A warning about functions that each stay within the concurrency of an account, but not together.

A function that calls another one waits for it, so that both run: a slow function holds its callers, up to their limit.
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.budgets.words import largest_words
from advisor.decision import Warning
from advisor.sizing.node_updates import is_durable, number
from advisor.text import Text
from advisor.verdict.known import Known

_QUOTA = "lambda-concurrency-default"
_FUNCTIONS = ("lambda", "lambda-durable", "lambda-web-functions")
#: So many functions are named, those first that need the most.
_MOST_NAMED = 3
#: What the rule `concurrency-exceeds-the-account-quota` leaves to this warning: queues and streams bound their consumers.
_BOUNDED = frozenset(("message", "stream"))


def exceeded_together(architecture: Architecture, facts: Mapping[str, Known], dated: DatedBook) -> Iterator[Warning]:
    """Warn at the function that needs the most, if all together need more than the quota.

    A rule warns of a function that needs more by itself, unless only messages or records start it.
    """
    quota = dated.whole(_QUOTA, "count", 1000)
    functions = [node for node in architecture.nodes if node.service in _FUNCTIONS]
    called = {node.id: _called_in_turn(architecture, node) for node in functions}
    needing = [(_limit(node) if called[node.id] else _needed(node), node) for node in functions]
    needing.sort(key=lambda one: (-one[0], one[1].id))
    held = sum(needed * called[node.id] for needed, node in needing)
    total = sum(needed for needed, _ in needing) + held
    if total > quota and not _warned_alone(facts, needing[0][1], quota):
        most = needing[0][1]
        sentence = together_words(needing, total, quota, held)
        source = dated.book.facts[_QUOTA].source
        yield Warning(most.subject, most.role, "functions-share-the-account-quota", sentence, source)


def _warned_alone(facts: Mapping[str, Known], node: Node, quota: int) -> bool:
    """Return whether the rule about the quota warns of a function."""
    values = facts[node.subject].values if node.subject in facts else {}
    return values.get("concurrency", 0.0) > quota and not _BOUNDED.issuperset(values.get("trigger", ()))


def _needed(node: Node) -> int:
    """Return the executions of a function that run at the same time at its peak, as far as its setting allows them."""
    expected = number(node, "concurrency")
    return int(min(expected, number(node, "max_concurrency", expected))) * node.count


def _limit(node: Node) -> int:
    """Return the executions of a function that waits for others: its limit, if it has one, as a slow one holds it for longer."""
    return int(number(node, "max_concurrency", number(node, "concurrency"))) * node.count


def _called_in_turn(architecture: Architecture, node: Node, path: tuple[str, ...] = ()) -> int:
    """Return how many other functions run while an execution of a function waits: the longest chain of its calls."""
    ends = (architecture.node(edge.target) for edge in architecture.leaving(node.id, "call"))
    waited = [
        one for one in ends if one.service in _FUNCTIONS and not is_durable(one) and one.id not in (node.id, *path)
    ]
    return max((1 + _called_in_turn(architecture, one, (*path, node.id)) for one in waited), default=0)


def together_words(needing: list[tuple[int, Node]], total: int, quota: int, held: int = 0) -> Text:
    """Return the sentence on functions that need more concurrent executions together than an account has.

    `held` are the executions of called functions for which their callers wait.
    """
    parts = [Text(f'"{node.note.en}" {needed:,}', f"「{node.note.ja}」{needed:,} 件") for needed, node in needing]
    named = largest_words(parts, _MOST_NAMED)
    waiting = Text("", "")
    if held:
        waiting = Text(
            f" Of these, up to {held:,} are executions of called functions for which their callers wait, if the called ones are slow.",
            f"うち最大 {held:,} 件は、別の関数から呼び出され、呼び出し元がその応答を待つ関数の実行です（処理が遅い場合）。",
        )
    return Text(
        f"All functions of an account share {quota:,} concurrent executions per Region by default, but if their peaks coincide, those "
        f"of this workload need {total:,} ({named.en}).{waiting.en} When the quota is used up, Lambda throttles all of them, including "
        "those that answer callers. Request an increase before you go live, or reserve concurrency for the functions that must answer.",
        f"アカウントの全関数の同時実行数は、デフォルトではリージョンあたり合計 {quota:,} 件までですが、このワークロードの関数は、ピークが重なると"
        f"合計 {total:,} 件を必要とします（{named.ja}）。{waiting.ja}上限に達すると、呼び出し元に応答する関数を含めて、すべての関数がスロットリング"
        "されます。本番稼働前に引き上げを申請するか、応答が必要な関数に予約済み同時実行数を設定してください。",
    )
