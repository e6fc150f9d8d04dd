"""Schedules that are due start within a second; the emulator looks every ten."""

from ministack.services import scheduler

EVERY_S = 0.5


def install() -> None:
    """Look more often."""
    scheduler._SCHEDULE_TICK_INTERVAL = EVERY_S
