"""Dead-letter queues: Amazon SQS queues of failed messages."""

from advisor.architecture import Architecture, Node
from advisor.text import Text
from blueprints.traits import AlarmRule, Curve, Metrics, NodeAttribute, Traits, traits_of

_ANYTHING = Text(
    "{}: messages, events or scheduled starts that could not be delivered or processed",
    "{}: 配信または処理できなかったメッセージ、イベント、起動がある",
)
_RECORDS = Text(
    "{}: records that could not be processed (the queue contains their positions)",
    "{}: 処理できなかったレコードがある（キューに残るのはシャードとシーケンス番号）",
)
#: The noun of a service (`Traits.noun`) -> what it puts into its dead-letter queue.
_FAILED = {
    "Queue": Text("{}: messages that could not be processed", "{}: 処理できなかったメッセージがある"),
    "Topic": Text("{}: messages that could not be delivered", "{}: 配信できなかったメッセージがある"),
    "EventBus": Text("{}: events that could not be delivered", "{}: 配信できなかったイベントがある"),
    "Schedule": Text("{}: scheduled starts that failed", "{}: スケジュールによる起動に失敗した"),
    "Function": Text("{}: events that could not be processed", "{}: 処理できなかったイベントがある"),
    "Task": Text("{}: tasks that could not start or failed", "{}: 起動できなかった、または失敗したタスクがある"),
    "Pipe": _RECORDS,
    "Stream": _RECORDS,
    "Table": _RECORDS,
}


def _contents(architecture: Architecture, queue: Node) -> Text:
    """Return what a dead-letter queue contains, in general terms if its sources differ."""
    sources = (architecture.node(edge.source) for edge in architecture.entering(queue.id, "dead-letter"))
    found = {_FAILED.get(traits_of(source.service).noun, _ANYTHING) for source in sources}
    return found.pop() if len(found) == 1 else _ANYTHING


TRAITS = Traits(
    service="dead-letter-queue",
    noun="DeadLetterQueue",
    metrics=Metrics(
        namespace="AWS/SQS",
        dimensions=(NodeAttribute("QueueName", "name"),),
        alarms=(
            AlarmRule(
                "Alarm",
                "ApproximateNumberOfMessagesVisible",
                "Maximum",
                0,
                _ANYTHING,
                period_s=60,
                words_in=_contents,
            ),
        ),
        left=(Curve("ApproximateNumberOfMessagesVisible", "Maximum"),),
    ),
)
