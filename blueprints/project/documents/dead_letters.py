"""What the README says of messages in dead-letter queues: where they come from, and so what is done with them."""

from advisor.architecture import Node
from advisor.text import Lang, Text
from advisor.vocabulary.formats import listed
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
from blueprints.traits.state_machine import SERVICES

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


def dead_targets(plan: Plan, lang: Lang) -> str:
    """Return the commands that start the targets of schedules and rules with an input from the file `input.json`, or ""."""
    graph = plan.architecture
    sources = {one.id: one for node in dead_letter_queue.TRAITS.nodes(graph) for one in _sources(plan, node)}
    kept = [id for id, one in sources.items() if not traits_of(one.service).queue and one.service not in _KIND_OF]
    targets = dict.fromkeys(edge.target for id in kept for edge in graph.leaving(id) if edge.verb != "dead-letter")
    commands = [_start(plan, graph.node(id)) for id in targets]
    if not commands or "" in commands:
        return ""
    quoted = listed([Text(f"`{one}`", f"`{one}`") for one in commands])
    return Text(
        f"write it to `input.json`, and run {quoted.en}", f"入力を `input.json` に保存し、{quoted.ja} を実行します"
    ).in_(lang)


def _start(plan: Plan, node: Node) -> str:
    """Return the command that starts a target, or "" where it has none."""
    name = plan.name(node.id)
    if node.service in SERVICES:
        machine = f'--state-machine-arn "$(output {name}Arn)"'
        return f"aws stepfunctions start-execution {machine} --input file://input.json"
    if traits_of(node.service).compute == "function":
        function = f'--function-name "$(output {name}Name)" --cli-binary-format raw-in-base64-out'
        return f"aws lambda invoke {function} --payload file://input.json /dev/stdout"
    return ""


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
