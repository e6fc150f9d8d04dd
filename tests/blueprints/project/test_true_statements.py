"""Statements about AWS that depend on the service: what is true of one endpoint or reader is not said of another."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.project.documents.program_tasks import what_it_does
from blueprints.project.documents.standing_costs import priced_costs
from blueprints.project.programs.composition import codes

HOOK = {"id": "hook", "trigger": "request", "exposure": "partner", "authentication": "signature"}


def made(book: Book, *components: dict[str, Any], **rest: Any) -> Design:
    return advise(make_requirements({"components": [*components], **rest}), book)


@pytest.mark.parametrize(
    ("pins", "waits"),
    [
        ({"entry": "lambda-function-url"}, "The endpoint itself waits for up to 15 min."),
        ({"entry": "alb"}, "The endpoint itself waits for up to 1 min."),
        ({"entry": "api-gateway-http"}, "The endpoint times out after 29 s."),
    ],
)
def test_only_an_endpoint_with_a_timeout_of_its_own_times_out(book: Book, pins: dict[str, str], waits: str) -> None:
    design = made(book, {**HOOK, "pins": pins})
    function = next(node for node in design.architecture.nodes if node.service == "lambda")
    assert waits in function.grounds["timeout_s"].reason.en
    late = [alarm.description.en for alarm in plan_for(design).alarms if alarm.expires and alarm.metric == "Duration"]
    assert late
    own = pins["entry"] == "api-gateway-http"
    assert all(("callers receive no result" in one) is (pins["entry"] != "lambda-function-url") for one in late)
    assert all(("endpoint (29 s)" in one) is own for one in late)


def test_a_threshold_of_the_rules_is_not_called_a_limit(book: Book) -> None:
    design = made(book, {**HOOK, "rate_average_rps": "9/day"}, workload={"priorities": ["simplicity", "cost"]})
    (said,) = [alarm.description.en for alarm in plan_for(design).alarms if "the average rate" in alarm.description.en]
    assert "which is 80% of 20 per second. At 20 per second or more, the decision rules select Amazon API" in said
    assert "limit" not in said


@pytest.mark.parametrize("must", [[], ["nothing-while-idle"]])
def test_monitoring_is_charged_while_idle(book: Book, must: list[str]) -> None:
    design = made(book, HOOK, workload={"must": must})
    warned = [one.id for one in design.decision.warnings if one.id == "monitoring-charged-while-idle"]
    assert len(warned) == len(must)
    plan = plan_for(design)
    totals = [words.en for words, _ in priced_costs(plan) if "allow no charges while idle" in words.en]
    expected = f"{len(plan.alarms) / 10 + 3 + 1:.2f} USD per month in total"
    assert [expected in one for one in totals] == [True] * len(must)


@pytest.mark.parametrize("compute", ["lambda", "ecs"])
def test_failed_records_of_kafka_go_to_a_queue_of_the_function_that_reads_them(book: Book, compute: str) -> None:
    reader = {"id": "reader", "trigger": "stream", "listens_to": "log", "pins": {"compute": compute}}
    channel = {"id": "log", "carries": "records", "pins": {"messaging": "msk"}}
    design = made(book, reader, channels=[channel])
    queues = [edge for edge in design.architecture.edges if edge.verb == "dead-letter"]
    assert [edge.source for edge in queues] == (["reader.compute"] if compute == "lambda" else [])
    assert all("positions of records" in edge.sentence.en for edge in queues)
    assert "no-connection" not in [one.id for one in design.decision.warnings]


def test_a_network_load_balancer_is_warned_of_as_what_it_is(book: Book) -> None:
    listener = {
        "id": "tcp",
        "trigger": "request",
        "protocol": "tcp-udp",
        "exposure": "partner",
        "authentication": "none",
    }
    design = made(book, listener, workload={"customer_managed_keys": True})
    said = {one.id: one.sentence.en for one in design.decision.warnings}
    assert "do not support mutual TLS" in said["partners-connect-without-proof"]
    assert "A customer managed key is also possible" in said["connection-logs-take-a-key-of-your-own"]
    assert not {"partners-come-without-proof", "access-logs-take-no-key-of-your-own"} & said.keys()
    plan = plan_for(design)
    assert [what_it_does(plan, code).en for code in codes(plan)] == ["accepts TCP connections and UDP datagrams"]


@pytest.mark.parametrize(
    ("answers", "bound"),
    [
        ({"trigger": "schedule", "schedule_expression": "rate(1 hour)"}, "It starts every 1 h on average"),
        ({"trigger": "schedule", "schedule_expression": "rate(30 days)"}, "so the design assumes 1 day"),
        ({"trigger": "on-demand", "whole_run_s": "2 h"}, "By the stated requirement, a run must end within 2 h"),
    ],
)
def test_a_late_map_names_what_bounds_it(book: Book, answers: dict[str, Any], bound: str) -> None:
    mapping = {
        "id": "p", "parallel_items": 10_000_000, "longest_run_s": "10 min", "reads": ["o"],
        "pins": {"workflow": "step-functions-distributed-map"}, **answers,
    }  # fmt: skip
    design = made(book, mapping, stores=[{"id": "o", "access": "objects"}])
    (said,) = [one.sentence.en for one in design.decision.warnings if one.id == "map-lasts-too-long"]
    assert bound in said
