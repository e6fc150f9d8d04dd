"""The alarm of a queue's oldest message does not ring at the stated peak."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan import plan_for

ECS = {"pins": {"compute": "ecs"}, "packaging": "container-image"}


def threshold(book: Book, worker: dict[str, Any], **rates: Any) -> tuple[Any, float]:
    given = {
        "components": [{"id": "work", "trigger": "message", "listens_to": "jobs", "typical_run_s": 2, **worker}],
        "channels": [{"id": "jobs", **rates}],
    }
    plan = plan_for(advise(make_requirements(given), book))
    (queue,) = (node for node in plan.architecture.of_service("sqs") if "visibility_timeout_s" in node.settings)
    (alarm,) = (
        one
        for one in plan.alarms
        if one.metric == "ApproximateAgeOfOldestMessage" and one.node == queue.id and not one.expires
    )
    visible = float(str(queue.settings["visibility_timeout_s"]))
    return queue.settings.get("peak_wait_s"), alarm.above - 2 * visible


@pytest.mark.parametrize(
    ("worker", "rates", "waits"),
    [
        # All that the peak needs may run, after some minutes.
        (ECS, {"rate_average_rps": 80, "rate_peak_rps": 300}, 300),
        # 200 tasks work off 100 of the 300 messages a second, so that those of an hour wait for two more.
        ({**ECS, "most_at_once": 200}, {"rate_average_rps": 80, "rate_peak_rps": 300}, 300 + 2 * 3600),
        # Two tasks are enough.
        (ECS, {"rate_average_rps": 0.5, "rate_peak_rps": 0.8}, None),
        (ECS, {}, None),
        ({"most_at_once": 300}, {"rate_average_rps": 80, "rate_peak_rps": 300}, 3600),
        ({}, {"rate_average_rps": 80, "rate_peak_rps": 300}, None),
    ],
)  # fmt: skip
def test_messages_may_wait_as_long_as_the_peak_makes_them(
    worker: dict[str, Any], rates: dict[str, Any], waits: int | None, book: Book
) -> None:
    found, above = threshold(book, worker, **rates)
    assert found == waits
    assert above == waits if waits else above <= 300


def test_no_wait_is_planned_for_longer_than_half_of_the_retention(book: Book) -> None:
    found, _ = threshold(book, {**ECS, "most_at_once": 2}, rate_average_rps=1, rate_peak_rps=300)
    assert found == 345_600 / 2
