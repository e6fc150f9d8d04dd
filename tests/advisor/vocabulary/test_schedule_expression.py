"""How often a schedule expression starts something."""

import pytest

from advisor.vocabulary.schedule_expression import starts_per_s


@pytest.mark.parametrize(
    ("expression", "per_day"),
    [
        ("cron(0 2 * * ? *)", 1),
        ("rate(5 minutes)", 288),
        ("rate(1 hour)", 24),
        ("rate(2 days)", 0.5),
        ("cron(0/15 * * * ? *)", 96),
        ("cron(0 8-18/2 * * ? *)", 6),
        ("cron(0 9,17 ? * MON-FRI *)", 2 * 5 / 7),
        ("cron(0 9 ? * FRI-MON *)", 4 / 7),
        ("cron(0 0 1 * ? *)", 12 / 365.2425),
        ("cron(0 0 L * ? *)", 12 / 365.2425),
        ("cron(0 0 15W JAN,JUL ? 2027)", 2 / 365.2425),
        ("cron(0 0 ? * 6#3 *)", 12 / 365.2425),
        ("cron(0 0 ? * 6L *)", 12 / 365.2425),
        ("at(2027-01-01T00:00:00)", 0),
    ],
)
def test_starts_are_counted(expression: str, per_day: float) -> None:
    assert starts_per_s(expression) * 86400 == pytest.approx(per_day)


@pytest.mark.parametrize("expression", ["cron(99 0 1/0 x-y ? *)", "cron(A B C D E F)", "cron(0-0/0 0 0 0 0 0)"])
def test_what_nobody_can_read_is_still_a_number(expression: str) -> None:
    assert 0 <= starts_per_s(expression) < 1
