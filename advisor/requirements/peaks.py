"""A peak that is stated per day, or longer: it comes within the hours of the day in which there is work."""

from advisor.vocabulary import Answer, Range
from advisor.vocabulary.formats.rates import StatedRate, is_of_days

PEAK, HOURS = "rate_peak_rps", "hours_per_day"
_DAY_H = 24.0


def within_hours(peak: Answer | Range, hours: Answer | Range, most: float) -> Answer | Range:
    """Return a peak, at most `most`, with what comes in a day or longer in some hours of each day; other peaks unchanged."""
    length = hours.reading if isinstance(hours, Range) else hours
    if not isinstance(peak, StatedRate | Range) or not isinstance(length, int | float) or not is_of_days(peak.period):
        return peak
    if not 0 < length < _DAY_H:
        return peak
    if isinstance(peak, Range):
        return peak.within(length, most)
    return peak.within(length) if peak.within(length) <= most else peak
