"""The smallest limit of what carries a message on: a consumer may take less than the channel itself."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Budget
from advisor.text import Text, spaced
from advisor.vocabulary.units import words

#: What hands a message on as it is, or starts a workflow with it.
_CARRYING = ("deliver", "consume", "start", "run")


def tightest(architecture: Architecture, channel: str, below: float) -> Budget | None:
    """Return the budget of the connection behind a channel that carries the smallest message, if that is less than `below` bytes.

    `channel` is the id of a subject: every queue of a topic has the same messages.
    """
    budgets = [budget for budget in _payloads(architecture, channel) if budget.allowed < below]
    return min(budgets, key=lambda budget: budget.allowed, default=None)


def words_of_carrier(architecture: Architecture, budget: Budget, reached: Text, share: str) -> Text:
    """Return the description of an alarm on messages that are almost too large for a connection behind their channel."""
    edge = next(edge for edge in architecture.edges if edge.id == budget.edge)
    source, target = (architecture.node(id).title for id in (edge.source, edge.target))
    at = words(budget.allowed, budget.unit)
    return spaced(
        Text(
            f"{reached.en}, which is {share} of what {source.en} can pass to {target.en} ({at.en}). Larger messages fail there. "
            f"{budget.cure.en}",
            f"{reached.ja}を超えたことを通知します。{source.ja}から{target.ja}に渡せる大きさ（{at.ja}）の {share} です。これを超えるメッセージの処理は失敗します。"
            f"{budget.cure.ja}",
        )
    )


def _payloads(architecture: Architecture, channel: str) -> Iterator[Budget]:
    waiting = [node.id for node in architecture.nodes if node.subject == channel]
    seen = {*waiting}
    while waiting:
        for edge in architecture.leaving(waiting.pop()):
            follows = edge.verb in _CARRYING or (
                edge.verb == "call" and architecture.node(edge.target).role == "workflow"
            )
            if follows and edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
                yield from (budget for budget in edge.budgets if budget.kind == "payload")
