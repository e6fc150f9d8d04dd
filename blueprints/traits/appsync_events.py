"""Event APIs of AWS AppSync."""

from blueprints.traits import AlarmRule, Metrics, NodeAttribute, Traits
from blueprints.traits._words import SERVER_ERRORS

TRAITS = Traits(
    service="appsync-events",
    noun="EventApi",
    expiring_key=True,
    log_group=True,
    protocol="events",
    metrics=Metrics(
        namespace="AWS/AppSync",
        dimensions=(NodeAttribute("EventAPIId", "id"),),
        alarms=(AlarmRule("ServerErrorsAlarm", "5XXError", "Sum", 5, SERVER_ERRORS),),
    ),
    emulated=False,
)
