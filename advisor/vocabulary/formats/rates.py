"""A rate in the period in which it was stated: 30,000 a day stays "30,000 per day", though a design counts per second."""

from typing import Any

#: The periods in which rates are stated, in seconds: a month is a twelfth of a year.
PERIODS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86400.0,
    "week": 7 * 86400.0,
    "month": 365.2425 / 12 * 86400.0,
    "year": 365.2425 * 86400.0,
}
_DAY_H = 24.0


class StatedRate(float):
    """A rate per second that remembers its period, as a name in `PERIODS`, and the text that was written ("" for none).

    `hours` is the number of hours of each day in which all of it comes, 24 if it is spread over the whole day.
    """

    __slots__ = ("hours", "period", "text")
    period: str
    text: str
    hours: float

    def __new__(cls, value: float, period: str, text: str = "", hours: float = _DAY_H) -> "StatedRate":
        """Return the rate with the period and the text in which it was stated."""
        rate = super().__new__(cls, value)
        rate.period, rate.text, rate.hours = period, text, hours
        return rate

    def __reduce__(self) -> tuple[Any, ...]:
        return StatedRate, (float(self), self.period, self.text, self.hours)

    def __deepcopy__(self, memo: Any) -> "StatedRate":
        return self

    @property
    def amount(self) -> float:
        """How many come in the period."""
        return round(float(self) * PERIODS[self.period] * self.hours / _DAY_H, 2)

    def within(self, hours: float) -> "StatedRate":
        """Return the rate with all of it in some hours of each day."""
        return StatedRate(float(self) * self.hours / hours, self.period, self.text, hours)


def period_of(seconds: float) -> str:
    """Return the name of a period by its length, or "" for a length that no period has."""
    return next((name for name, length in PERIODS.items() if abs(length - seconds) < 1e-6 * length), "")


def is_of_days(period: str) -> bool:
    """Return whether a period is a day or longer."""
    return PERIODS.get(period, 0.0) >= PERIODS["day"]
