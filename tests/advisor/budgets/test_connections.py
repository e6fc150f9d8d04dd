"""Connections of databases: what generated programs open is held against what the generated instance accepts."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.sizing.database_instances import MAX_CONNECTIONS
from blueprints.traits.rds import TRAITS


def rows(book: Book, *components: dict[str, Any]) -> list[tuple[float, float, str, str]]:
    given = {
        "components": [
            {"typical_run_s": 1, "pins": {"compute": "ecs", "engine": "fargate"}, "writes": ["orders"], **one}
            for one in components
        ],
        "channels": [{"id": "jobs", "rate_average_rps": 80, "rate_peak_rps": 300}],
        "stores": [{"id": "orders", "access": "relational", "pins": {"store": "rds"}}],
    }
    architecture = advise(make_requirements(given), book).architecture
    found = (one for edge in architecture.edges for one in edge.budgets if one.kind == "connections")
    return [(one.have, one.allowed, one.state, one.counted.en) for one in found]


API = {"id": "shop", "trigger": "request", "rate_peak_rps": 50}
WORKER = {"id": "worker", "trigger": "message", "listens_to": "jobs", "typical_run_s": "0.1 s"}


def test_a_task_that_answers_has_a_connection_per_thread(book: Book) -> None:
    # 50 per second of 1 s, 8 at a time at 70%: 9 tasks.
    assert rows(book, API) == [
        (9 * 8, MAX_CONNECTIONS, "kept", "9 tasks × 8 connections, one per thread"),
    ]


def test_a_worker_has_one_connection_per_task(book: Book) -> None:
    assert rows(book, WORKER) == [(36, MAX_CONNECTIONS, "kept", "36 tasks × 1 connection, one per thread")]


def test_all_programs_share_what_the_instance_accepts(book: Book) -> None:
    assert rows(book, API, WORKER) == [(72 + 36, MAX_CONNECTIONS, "kept", "all 2 programs at their maximum")]
    # 4,500 messages at once fit into a larger class only.
    ((total, most, state, _),) = rows(book, API, {**WORKER, "typical_run_s": "2.5 s"})
    assert (total, most, state) == (72 + 900, MAX_CONNECTIONS, "warned")


def test_the_instance_accepts_what_its_alarm_says() -> None:
    (alarm,) = (one for one in TRAITS.metrics.alarms if one.metric == "DatabaseConnections")  # type: ignore[union-attr]
    assert MAX_CONNECTIONS == 811
    assert alarm.above == int(0.8 * MAX_CONNECTIONS)


@pytest.mark.parametrize(("called", "attempts"), [("lambda", 1), ("step-functions", 3)])
def test_a_call_that_waits_for_an_answer_is_made_once(called: str, attempts: int, book: Book) -> None:
    steps = {"steps": 2} if called == "step-functions" else {}
    given = {
        "components": [
            {"id": "shop", "trigger": "message", "listens_to": "jobs", "calls": ["billing"]},
            {"id": "billing", **({"trigger": "on-demand"} if steps else {"trigger": "request"}), **steps},
        ],
        "channels": [{"id": "jobs"}],
    }
    architecture = advise(make_requirements(given), book).architecture
    calls = [edge for edge in architecture.edges if edge.verb == "call"]
    (row,) = (one for edge in calls for one in edge.budgets if one.kind == "retries")
    assert row.have == 5 * attempts
