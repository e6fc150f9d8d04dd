"""Schedules of Amazon EventBridge Scheduler."""

from blueprints.traits import Traits

#: Schedules start their target at the minute that they state.
NO_FLEXIBLE_WINDOW = {"Mode": "OFF"}
TRAITS = Traits(
    service="eventbridge-scheduler",
    noun="Schedule",
    brings_no_items=True,
    timed=True,
    event="schedule",
    durable_event="schedule",
    send_commands=('aws scheduler get-schedule --name "$(output {name}Name)"',),
    dead_letters_by="itself",
)
