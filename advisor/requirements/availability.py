"""What a workload must keep running through: the failure of an instance, and that of an Availability Zone."""

from advisor.requirements.model import Requirements

#: The stated availability from which a second instance takes over: without it, Aurora must first create a new one
#: (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html, read 2026-11-27).
READER_PERCENT = 99.9
#: RDS pays back below 99.95 % for two zones and below 99.5 % for one.
ONE_ZONE_PERCENT = 99.5


def survives_zone_failure(requirements: Requirements) -> bool:
    """Return whether the workload must continue without manual action if a zone fails."""
    return requirements.workload_answers.get("zone_failure") is True


def has_reader(requirements: Requirements) -> bool:
    """Return whether a reader can take over from the writer of a cluster."""
    percent = availability_percent(requirements)
    return survives_zone_failure(requirements) or (percent is not None and percent >= READER_PERCENT)


def in_two_zones(requirements: Requirements) -> bool:
    """Return whether data has a standby in a second zone; so it does when no availability is stated."""
    percent = availability_percent(requirements)
    return survives_zone_failure(requirements) or percent is None or percent > ONE_ZONE_PERCENT


def availability_percent(requirements: Requirements) -> float | None:
    """Return the stated availability goal in percent, or None if there is none."""
    stated = requirements.workload_answers.get("availability_percent")
    return None if stated is None else float(str(stated))
