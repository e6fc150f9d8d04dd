"""When clocks go forward: the times that do not exist on such a day, and whether a schedule would start in them.

Source: the Time Zone Database, for the days of 2026 to 2036 (https://www.iana.org/time-zones, read 2026-11-30).
"""

from datetime import date
from typing import NamedTuple

from advisor.vocabulary.schedule_expression import matches_day, times_of_day

_DAY = 24 * 60


class _Change(NamedTuple):
    """From which time and by how many minutes the clocks of `zones` go forward, on which `days`."""

    start: str
    minutes: int
    days: str
    zones: str


class Skipped(NamedTuple):
    """A start that does not happen: its time, the days, and the times before and from which a start always happens."""

    time: str
    days: tuple[str, ...]
    before: str
    after: str


def skipped_start(expression: str, zone: str) -> Skipped | None:
    """Return the first time of a daily `cron(…)` that clocks going forward leave out; None if there is none."""
    change = _BY_ZONE.get(zone)
    times = times_of_day(expression) if change is not None else ()
    if change is None or not times:
        return None
    start = _minutes(change.start)
    for time in times:
        left_out = start <= time < start + change.minutes
        days = (
            tuple(day for day in change.days.split() if matches_day(expression, date.fromisoformat(day)))
            if left_out
            else ()
        )
        if days:
            return Skipped(_clock(time), days, change.start, _clock(start + change.minutes))
    return None


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes % _DAY // 60:02d}:{minutes % 60:02d}"


# fmt: off
_CHANGES = (
    _Change(
        "02:00", 60,
        (
            "2026-03-08 2027-03-14 2028-03-12 2029-03-11 2030-03-10 2031-03-09 2032-03-14 2033-03-13 2034-03-12 2035-03-11 "
            "2036-03-09"
        ),
        (
            "America/Adak America/Anchorage America/Boise America/Cambridge_Bay America/Chicago America/Ciudad_Juarez "
            "America/Denver America/Detroit America/Edmonton America/Glace_Bay America/Goose_Bay America/Grand_Turk "
            "America/Halifax America/Indiana/Indianapolis America/Indiana/Knox America/Indiana/Marengo "
            "America/Indiana/Petersburg America/Indiana/Tell_City America/Indiana/Vevay America/Indiana/Vincennes "
            "America/Indiana/Winamac America/Inuvik America/Iqaluit America/Juneau America/Kentucky/Louisville "
            "America/Kentucky/Monticello America/Los_Angeles America/Matamoros America/Menominee America/Metlakatla "
            "America/Miquelon America/Moncton America/Nassau America/New_York America/Nome America/North_Dakota/Beulah "
            "America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga America/Port-au-Prince "
            "America/Rankin_Inlet America/Resolute America/Sitka America/St_Johns America/Thule America/Tijuana "
            "America/Toronto America/Winnipeg America/Yakutat Atlantic/Bermuda"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-03-29 2027-03-28 2028-03-26 2029-03-25 2030-03-31 2031-03-30 2032-03-28 2033-03-27 2034-03-26 2035-03-25 "
            "2036-03-30"
        ),
        (
            "Africa/Ceuta Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava "
            "Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana "
            "Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica "
            "Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane "
            "Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich"
        ),
    ),
    _Change(
        "03:00", 60,
        (
            "2026-03-29 2027-03-28 2028-03-26 2029-03-25 2030-03-31 2031-03-30 2032-03-28 2033-03-27 2034-03-26 2035-03-25 "
            "2036-03-30"
        ),
        (
            "Asia/Famagusta Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kyiv "
            "Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius"
        ),
    ),
    _Change(
        "01:00", 60,
        (
            "2026-03-29 2027-03-28 2028-03-26 2029-03-25 2030-03-31 2031-03-30 2032-03-28 2033-03-27 2034-03-26 2035-03-25 "
            "2036-03-30"
        ),
        (
            "Atlantic/Canary Atlantic/Faroe Atlantic/Madeira Europe/Dublin Europe/Guernsey Europe/Isle_of_Man Europe/Jersey "
            "Europe/Lisbon Europe/London"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-10-04 2027-10-03 2028-10-01 2029-10-07 2030-10-06 2031-10-05 2032-10-03 2033-10-02 2034-10-01 2035-10-07 "
            "2036-10-05"
        ),
        (
            "Antarctica/Macquarie Australia/Adelaide Australia/Broken_Hill Australia/Hobart Australia/Melbourne "
            "Australia/Sydney Pacific/Norfolk"
        ),
    ),
    _Change(
        "00:00", 60,
        (
            "2026-03-29 2027-03-28 2028-03-26 2029-03-25 2030-03-31 2031-03-30 2032-03-28 2033-03-27 2034-03-26 2035-03-25 "
            "2036-03-30"
        ),
        (
            "Asia/Beirut Atlantic/Azores"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-03-22 2027-03-14 2028-03-05 2029-02-18 2030-02-10 2031-01-26 2032-01-18 2033-01-09 2033-12-25 2034-12-17 "
            "2035-12-09 2036-11-23"
        ),
        (
            "Africa/Casablanca Africa/El_Aaiun"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-03-28 2027-03-27 2028-03-25 2029-03-24 2030-03-30 2031-03-29 2032-03-27 2033-03-26 2034-03-25 2035-03-24 "
            "2036-03-29"
        ),
        (
            "Asia/Gaza Asia/Hebron"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-09-27 2027-09-26 2028-09-24 2029-09-30 2030-09-29 2031-09-28 2032-09-26 2033-09-25 2034-09-24 2035-09-30 "
            "2036-09-28"
        ),
        (
            "Antarctica/McMurdo Pacific/Auckland"
        ),
    ),
    _Change(
        "23:00", 60,
        (
            "2026-03-28 2027-03-27 2028-03-25 2029-03-24 2030-03-30 2031-03-29 2032-03-27 2033-03-26 2034-03-25 2035-03-24 "
            "2036-03-29"
        ),
        (
            "America/Nuuk America/Scoresbysund"
        ),
    ),
    _Change(
        "00:00", 60,
        (
            "2026-03-08 2027-03-14 2028-03-12 2029-03-11 2030-03-10 2031-03-09 2032-03-14 2033-03-13 2034-03-12 2035-03-11 "
            "2036-03-09"
        ),
        (
            "America/Havana"
        ),
    ),
    _Change(
        "00:00", 60,
        (
            "2026-04-24 2027-04-30 2028-04-28 2029-04-27 2030-04-26 2031-04-25 2032-04-30 2033-04-29 2034-04-28 2035-04-27 "
            "2036-04-25"
        ),
        (
            "Africa/Cairo"
        ),
    ),
    _Change(
        "00:00", 60,
        (
            "2026-09-06 2027-09-05 2028-09-03 2029-09-02 2030-09-08 2031-09-07 2032-09-05 2033-09-04 2034-09-03 2035-09-02 "
            "2036-09-07"
        ),
        (
            "America/Santiago"
        ),
    ),
    _Change(
        "01:00", 120,
        (
            "2026-03-29 2027-03-28 2028-03-26 2029-03-25 2030-03-31 2031-03-30 2032-03-28 2033-03-27 2034-03-26 2035-03-25 "
            "2036-03-30"
        ),
        (
            "Antarctica/Troll"
        ),
    ),
    _Change(
        "02:00", 30,
        (
            "2026-10-04 2027-10-03 2028-10-01 2029-10-07 2030-10-06 2031-10-05 2032-10-03 2033-10-02 2034-10-01 2035-10-07 "
            "2036-10-05"
        ),
        (
            "Australia/Lord_Howe"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-03-08"
        ),
        (
            "America/Vancouver"
        ),
    ),
    _Change(
        "02:00", 60,
        (
            "2026-03-27 2027-03-26 2028-03-24 2029-03-23 2030-03-29 2031-03-28 2032-03-26 2033-03-25 2034-03-24 2035-03-23 "
            "2036-03-28"
        ),
        (
            "Asia/Jerusalem"
        ),
    ),
    _Change(
        "02:45", 60,
        (
            "2026-09-27 2027-09-26 2028-09-24 2029-09-30 2030-09-29 2031-09-28 2032-09-26 2033-09-25 2034-09-24 2035-09-30 "
            "2036-09-28"
        ),
        (
            "Pacific/Chatham"
        ),
    ),
    _Change(
        "22:00", 60,
        (
            "2026-09-05 2027-09-04 2028-09-02 2029-09-01 2030-09-07 2031-09-06 2032-09-04 2033-09-03 2034-09-02 2035-09-01 "
            "2036-09-06"
        ),
        (
            "Pacific/Easter"
        ),
    ),
)
# fmt: on
_BY_ZONE = {zone: change for change in _CHANGES for zone in change.zones.split()}
