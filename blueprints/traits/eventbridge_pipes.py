"""Amazon EventBridge Pipes."""

from blueprints.traits import AlarmRule, Metrics, NodeAttribute, Traits
from blueprints.traits._words import FAILED

TRAITS = Traits(
    service="eventbridge-pipes",
    noun="Pipe",
    brings_no_items=True,
    event="pipe",
    durable_event="pipe",
    dead_letters_by="itself",
    metrics=Metrics(
        namespace="AWS/EventBridge/Pipes",
        dimensions=(NodeAttribute("PipeName", "name"),),
        alarms=(AlarmRule("FailedAlarm", "ExecutionFailed", "Sum", 0, FAILED),),
    ),
)
