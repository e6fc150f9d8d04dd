"""What the README says of messages in dead-letter queues: where they come from, and so what is done with them."""

from advisor.architecture import Node
from advisor.text import Lang, Text
from advisor.vocabulary.formats import either
from blueprints.plan import Plan
from blueprints.traits import (
    batch,
    dead_letter_queue,
    dynamodb,
    ecs,
    eventbridge_pipes,
    kinesis,
    lambda_,
    lambda_durable,
    sns,
    sns_fifo,
    traits_of,
)
from blueprints.traits.state_machine import SERVICES
from blueprints.traits.state_machine_states import EXPRESS

#: Of what a queue keeps, by the service that sends it there; anything else sends the input of its target.
_KINDS = {
    "records": (dynamodb, kinesis, eventbridge_pipes),
    "topic": (sns, sns_fifo),
    "invocation": (lambda_, lambda_durable),
    "ended": (batch, ecs),
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

    The input of a target, the event of an invocation, a message of a topic, only the position of records in a stream, or the
    event that tells of the end of a job or a task.
    """
    queues = dead_letter_queue.TRAITS.nodes(plan.architecture)
    sources = [one for node in queues for one in _sources(plan, node) if not traits_of(one.service).queue]
    found = {_KIND_OF.get(one.service, "input") for one in sources}
    return [kind for kind in ("input", *_KINDS) if kind in found]


def dead_targets(plan: Plan, lang: Lang) -> str:
    """Return the commands that start the targets of schedules and rules with an input from the file `input.json`, or "".

    Each with the dead-letter queue whose messages are its input, if there are several.
    """
    graph = plan.architecture
    commands: dict[str, list[str]] = {}
    for node in dead_letter_queue.TRAITS.nodes(graph):
        for one in _sources(plan, node):
            if not traits_of(one.service).queue and one.service not in _KIND_OF:
                targets = dict.fromkeys(edge.target for edge in graph.leaving(one.id) if edge.verb != "dead-letter")
                commands.setdefault(plan.name(node.id), []).extend(_start(plan, graph.node(id)) for id in targets)
    if not commands or any("" in found for found in commands.values()):
        return ""
    each = {queue: either([Text.same(f"`{one}`") for one in dict.fromkeys(found)]) for queue, found in commands.items()}
    if len(each) > 1:
        each = {
            queue: Text(f"{said.en} for a message of `{queue}`", f"`{queue}` のメッセージでは {said.ja}")
            for queue, said in each.items()
        }
    run = Text(either([*each.values()]).en, "、".join(one.ja for one in each.values()))
    return Text(
        f"write it to `input.json`, and run {run.en}", f"入力を `input.json` に保存し、{run.ja} を実行します"
    ).in_(lang)


def only_starts_in_order(plan: Plan) -> bool:
    """Return whether ordered messages only start executions: one that fails holds up no later message of its group.

    A pipe starts an execution of a Standard workflow and does not wait for it
    (https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeTargetStateMachineParameters.html, read 2026-12-01).
    """
    graph = plan.architecture
    ordered = [node for node in graph.nodes if node.kind == "service" and traits_of(node.service).fifo]
    ids = {edge.target for node in ordered for edge in graph.leaving(node.id, "consume")}
    consumers = [graph.node(id) for id in sorted(ids)]
    pipe = eventbridge_pipes.TRAITS.service
    started = [graph.node(edge.target) for one in consumers for edge in graph.leaving(one.id, "start")]
    return (
        bool(started)
        and all(one.service == pipe for one in consumers)
        and all(one.service in SERVICES and one.service != EXPRESS for one in started)
    )


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
