"""Schedules as Kubernetes spells them."""

from dataclasses import replace

import pytest

from advisor.architecture import Node
from advisor.text import EMPTY
from blueprints.errors import Unsupported
from blueprints.project.kubernetes.cron import cron

NODE = Node("a.compute", "eks", "service", "a", "compute", EMPTY, EMPTY, "eks")


@pytest.mark.parametrize(
    ("expression", "fields"),
    [
        ("cron(0 2 * * ? *)", "0 2 * * *"),
        ("cron(15 10 ? * MON-FRI *)", "15 10 * * MON-FRI"),
        ("cron(0 8 ? JUL 2 *)", "0 8 * JUL 1"),
        ("cron(0/5 8-17 ? * 1,7 *)", "0/5 8-17 * * 0,6"),
        ("cron(0 0 1 * ? *)", "0 0 1 * *"),
        ("rate(5 minutes)", "*/5 * * * *"),
        ("rate(1 hour)", "0 */1 * * *"),
        ("rate(24 hours)", "0 0 * * *"),
        ("rate(1 day)", "0 0 * * *"),
    ],
)
def test_a_schedule_becomes_five_fields(expression: str, fields: str) -> None:
    assert cron(replace(NODE, settings={"schedule": expression})) == fields


@pytest.mark.parametrize(
    "expression",
    [
        "cron(0 2 L * ? *)",
        "cron(0 2 ? * 6#3 *)",
        "cron(0 2 15W * ? *)",
        "cron(0 2 1 1 ? 2027)",
        "rate(7 minutes)",
        "rate(2 days)",
    ],
)
def test_what_cron_cannot_say_is_refused(expression: str) -> None:
    with pytest.raises(Unsupported):
        cron(replace(NODE, settings={"schedule": expression}))
