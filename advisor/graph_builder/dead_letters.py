"""Adds dead-letter queues to asynchronous senders: topics, buses, functions that are invoked asynchronously, jobs and tasks."""

from dataclasses import replace

from advisor.architecture import Edge
from advisor.graph_builder.draft import GraphDraft
from advisor.text import Text

_HUBS = ("sns", "sns-fifo", "eventbridge-bus")
#: Whom a hub reaches by a delivery of its own. Other accounts subscribe to a topic by themselves, and mail and text
#: messages end with a person.
_DELIVERED = {
    "sns": ("sqs", "function", "lambda", "partner-http", "saas", "data-lake"),
    "sns-fifo": ("sqs-fifo", "sqs"),
    "eventbridge-bus": (
        "sqs", "sqs-fifo", "function", "lambda", "partner-http", "saas", "other-account", "data-lake",
    ),
}  # fmt: skip
#: What invokes a function and does not wait: Lambda itself repeats the event, and drops it after its last attempt. The
#: records of a table's changes are read for the function, and are given up on in its name.
_NOT_WAITED_FOR = (
    ("eventbridge-bus", "start"), ("eventbridge-bus", "consume"), ("eventbridge-bus", "deliver"), ("sns", "deliver"),
    ("eventbridge-scheduler", "start"), ("dynamodb", "stream"),
)  # fmt: skip
_POSITIONS = Text(
    "The positions of records that still fail after the last retry go to the dead-letter queue, without the records themselves",
    "再試行しても処理できなかったレコードの位置をデッドレターキューに送信する（レコード自体は含まない）",
)
#: What runs jobs and tasks, which end with a status that nobody may wait for.
_RUN = ("batch", "ecs")
#: What starts a job, hears of its failure, and has an alarm of its own: a state machine, or what hands work to it.
_STARTING = ("run", "start", "consume")


def add_dead_letters(draft: GraphDraft) -> None:
    """Add a dead-letter queue to each topic and bus, and to functions, jobs and tasks whose results nobody waits for."""
    for edge in tuple(draft.edges.values()):
        source, target = draft.nodes[edge.source], draft.nodes[edge.target]
        if edge.verb == "deliver" and source.service in _HUBS and target.service in _DELIVERED[source.service]:
            draft.add_dead_letter_queue(source)
        if target.service == "lambda" and target.kind != "outside" and _not_waited_for(draft, edge):
            draft.add_dead_letter_queue(target)
    started = {edge.target for edge in draft.edges.values() if edge.verb in _STARTING}
    for node in tuple(draft.nodes.values()):
        if node.service in _RUN and node.settings.get("run") == "job" and node.id not in started:
            draft.add_dead_letter_queue(node)
    _name_records(draft)


def _name_records(draft: GraphDraft) -> None:
    """State what the dead-letter queue of a function that reads records gets: their position, and not the records."""
    reading = {
        edge.target
        for edge in draft.edges.values()
        if (draft.nodes[edge.source].service, edge.verb) in (("dynamodb", "stream"), ("msk", "consume"))
    }
    for id, edge in tuple(draft.edges.items()):
        if edge.verb == "dead-letter" and edge.source in reading:
            draft.edges[id] = replace(edge, sentence=_POSITIONS)


def _not_waited_for(draft: GraphDraft, edge: Edge) -> bool:
    return (draft.nodes[edge.source].service, edge.verb) in _NOT_WAITED_FOR
