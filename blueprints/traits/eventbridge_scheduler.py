"""Schedules of Amazon EventBridge Scheduler."""

from blueprints.traits import Traits

TRAITS = Traits(
    service="eventbridge-scheduler",
    noun="Schedule",
    dead_letters_by="itself",
)
