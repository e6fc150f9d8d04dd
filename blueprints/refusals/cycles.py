"""Programs that would send messages to each other without end: refused, because each message makes the next one."""

from collections.abc import Iterator

from advisor.graph_builder.cautions import loop_words, returning
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.traits import traits_of


def endless(plan: Plan) -> Iterator[Unsupported]:
    """Yield the first program whose own messages come back to it through channels."""
    for node in plan.architecture.nodes:
        if traits_of(node.service).compute and (through := returning(plan.architecture, node)) is not None:
            yield Unsupported(node.id, loop_words(node, through))
            return
