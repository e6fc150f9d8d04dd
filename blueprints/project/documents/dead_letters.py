"""What the README says of messages in dead-letter queues: where they come from, and so what is done with them."""

from advisor.architecture import Node
from blueprints.plan import Plan
from blueprints.traits import (
    dead_letter_queue,
    dynamodb,
    eventbridge_pipes,
    kinesis,
    lambda_,
    lambda_durable,
    sns,
    sns_fifo,
    traits_of,
)

#: Of what a queue keeps, by the service that sends it there; anything else sends the input of its target.
_KINDS = {
    "records": (dynamodb, kinesis, eventbridge_pipes),
    "topic": (sns, sns_fifo),
    "invocation": (lambda_, lambda_durable),
}
_CHANGES_KEPT_H = 24
_KIND_OF = {module.TRAITS.service: kind for kind, modules in _KINDS.items() for module in modules}


def dead_letters(plan: Plan) -> list[tuple[str, bool]]:
    """Return the dead-letter queues, and whether SQS moves the messages of each back to its source queues."""
    return [
        (plan.name(node.id), bool(sources) and all(traits_of(one.service).queue for one in sources))
        for node in dead_letter_queue.TRAITS.nodes(plan.architecture)
        for sources in [_sources(plan, node)]
    ]


def dead_kinds(plan: Plan) -> list[str]:
    """Return what the dead-letter queues contain that have no queue as their source.

    The input of a target, the event of an invocation, a message of a topic, or only the position of records in a stream.
    """
    queues = dead_letter_queue.TRAITS.nodes(plan.architecture)
    sources = [one for node in queues for one in _sources(plan, node) if not traits_of(one.service).queue]
    found = {_KIND_OF.get(one.service, "input") for one in sources}
    return [kind for kind in ("input", *_KINDS) if kind in found]


def records_kept_h(plan: Plan) -> int:
    """Return for how many hours the streams keep the records whose positions the dead-letter queues contain; the least of them.

    DynamoDB keeps them for 24 hours
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html, read 2026-12-01).
    """
    streams = [kinesis.kept_h(node) for node in kinesis.TRAITS.nodes(plan.architecture)]
    changes = any(plan.architecture.leaving(node.id, "stream") for node in dynamodb.TRAITS.nodes(plan.architecture))
    return min((*streams, *([_CHANGES_KEPT_H] if changes else ())), default=0)


def _sources(plan: Plan, queue: Node) -> list[Node]:
    graph = plan.architecture
    return [graph.node(edge.source) for edge in graph.entering(queue.id, "dead-letter")]
