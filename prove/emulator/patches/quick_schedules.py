"""Schedules start within a second; the emulator checks every ten."""

from ministack.services import scheduler

EVERY_S = 0.5


def install() -> None:
    """Check more often."""
    scheduler._SCHEDULE_TICK_INTERVAL = EVERY_S
