"""Event APIs of AWS AppSync."""

from blueprints.traits import AlarmRule, Metrics, NodeAttribute, Traits
from blueprints.traits._words import SERVER_ERRORS

TRAITS = Traits(
    service="appsync-events",
    noun="EventApi",
    metrics=Metrics(
        namespace="AWS/AppSync",
        dimensions=(NodeAttribute("EventAPIId", "id"),),
        alarms=(AlarmRule("ServerErrorsAlarm", "5XXError", "Sum", 5, SERVER_ERRORS),),
    ),
    log_group=True,
    emulated=False,
)
