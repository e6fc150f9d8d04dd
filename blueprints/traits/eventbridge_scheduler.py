"""Schedules of Amazon EventBridge Scheduler."""

from blueprints.traits import Traits

TRAITS = Traits(
    service="eventbridge-scheduler",
    noun="Schedule",
    brings_no_items=True,
    dead_letters_by="itself",
)
