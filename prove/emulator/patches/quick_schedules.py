"""Schedules start within a second and tell their time; the emulator checks every ten, and passes on the keywords.

The keywords and their values: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html.
"""

from datetime import UTC, datetime
from typing import Any

from ministack.services import eventbridge, scheduler

EVERY_S = 0.5


def install() -> None:
    """Check more often, and put what the keywords stand for into the input of a target."""
    scheduler._SCHEDULE_TICK_INTERVAL = EVERY_S
    invoke = eventbridge._invoke_target

    def invoked(target: dict[str, Any], event: dict[str, Any], *rest: Any, **options: Any) -> Any:
        if event.get("Source") == "aws.scheduler" and target.get("Input"):
            time = datetime.fromtimestamp(event["Time"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            values = {"scheduled-time": time, "execution-id": event["EventId"], "attempt-number": "1"}
            text = str(target["Input"])
            for name, value in values.items():
                text = text.replace(f"<aws.scheduler.{name}>", value)
            target = {**target, "Input": text}
        return invoke(target, event, *rest, **options)

    eventbridge._invoke_target = invoked
