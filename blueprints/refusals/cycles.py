"""Programs that would send messages to each other without end: refused, because each message makes the next one."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.traits import traits_of

#: How a message gets from a program to the next.
_LEADING = ("publish", "deliver", "consume", "start", "run", "emit")


def endless(plan: Plan) -> Iterator[Unsupported]:
    """Give the first program whose own messages come back to it through channels."""
    for node in plan.architecture.nodes:
        if traits_of(node.service).compute and (through := _returning(plan.architecture, node)) is not None:
            yield Unsupported(node.id, _loop(node, through))
            return


def _returning(architecture: Architecture, start: Node) -> Node | None:
    """Return the channel through which what a program publishes comes back to it."""
    seen = {edge.target for edge in architecture.leaving(start.id, "publish")}
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        for edge in architecture.leaving(here):
            if edge.target == start.id and edge.verb in _LEADING:
                return architecture.node(here)
            if edge.verb in _LEADING and edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return None


def _loop(node: Node, through: Node) -> Text:
    return Text(
        f'"{node.note.en}" would get its own messages back through "{through.note.en}", and each makes the next: an endless '
        "loop. Leave out one of the channels, or let a component outside the circle decide what is sent again.",
        f"「{node.note.ja}」が発行したメッセージが「{through.note.ja}」を経て自分に戻り、処理が無限に続きます。"
        "いずれかのチャネルを外すか、再送するかどうかを循環の外のコンポーネントで判断してください。",
    )
