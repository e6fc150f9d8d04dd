"""Alarms on failed requests: single ones ring under a low load, a share of the requests under a high one."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan import Plan, plan_for
from blueprints.plan.monitoring.alarms import Alarm
from blueprints.plan.monitoring.error_rates import failed_share, is_high

API = {"id": "api", "trigger": "request", "longest_run_s": "2 s", "language": "python"}
SHARE, APART = (
    "IF(errors > 1, 100 * errors / requests, 0)",
    "IF(errors > 1, 100 * errors / (errors + FILL(requests, 0)), 0)",
)


def planned(book: Book, *components: dict[str, Any], **more: Any) -> Plan:
    return plan_for(advise(make_requirements({"schema": 2, "title": "T", "components": [*components], **more}), book))


def found(plan: Plan, end: str) -> Alarm:
    (alarm,) = [alarm for alarm in plan.alarms if alarm.name.endswith(end)]
    return alarm


def counted(alarm: Alarm) -> tuple[str, str, str, float] | None:
    """Return what an alarm compares, or None if it counts failures."""
    total = alarm.total
    return None if total is None else (total.metric, total.statistic, failed_share(total), alarm.above)


def test_the_boundary_is_one_failure_that_the_agreement_allows_in_five_minutes() -> None:
    assert not is_high(1999 / 300)
    assert is_high(2001 / 300)


@pytest.mark.parametrize("end", ["ApiFunctionErrorsAlarm", "NewVersionErrorsAlarm"])
def test_a_function_rings_for_a_share_only_where_the_stated_load_is_high(end: str, book: Book) -> None:
    high = found(planned(book, {**API, "rate_average_rps": "3000/s"}), end)
    assert counted(high) == ("Invocations", "Sum", SHARE, 1)
    assert "more than 1% of the invocations" in high.description.en
    assert "エラーが呼び出しの 1% を超えている" in high.description.ja
    for rate in ({"rate_average_rps": "1/s"}, {"rate_peak_rps": "60/s"}, {}):
        alarm = found(planned(book, {**API, **rate}), end)
        assert (alarm.total, alarm.above) == (None, 0)


@pytest.mark.parametrize(
    ("pins", "end", "expected"),
    [
        ({"entry": "api-gateway-http"}, "ApiServerErrorsAlarm", ("Count", "SampleCount", SHARE, 1)),
        ({"entry": "api-gateway-rest"}, "ApiServerErrorsAlarm", ("Count", "SampleCount", SHARE, 1)),
        ({"entry": "alb"}, "ServerErrorsAlarm", ("RequestCount", "Sum", APART, 1)),
        ({"entry": "alb"}, "TargetErrorsAlarm", ("RequestCount", "Sum", SHARE, 1)),
    ],
)
def test_an_endpoint_rings_for_a_share_of_its_requests(
    pins: dict[str, str], end: str, expected: tuple[str, str, str, float], book: Book
) -> None:
    assert counted(found(planned(book, {**API, "rate_average_rps": "500/s", "pins": pins}), end)) == expected
    low = found(planned(book, {**API, "rate_average_rps": "2/s", "pins": pins}), end)
    assert (counted(low), low.above) == (None, 5)


@pytest.mark.parametrize(("rate", "above"), [("2/s", 5), ("500/s", 1500)])
def test_where_no_metric_counts_the_requests_the_stated_rate_does(rate: str, above: float, book: Book) -> None:
    alarm = found(planned(book, {**API, "protocol": "graphql", "rate_average_rps": rate}), "ApiServerErrorsAlarm")
    assert (alarm.total, alarm.above) == (None, above)


def test_an_authorizer_rings_for_a_share_and_its_approvals_for_one_failure(book: Book) -> None:
    api = {
        **API,
        "rate_average_rps": "500/s",
        "authentication": "existing-provider",
        "pins": {"entry": "api-gateway-rest"},
    }
    asker = {"id": "order", "trigger": "schedule", "longest_run_s": "20 s", "steps": 2, "human_approval": True}
    plan = planned(book, api, asker)
    assert counted(found(plan, "AuthorizerErrorsAlarm")) == counted(found(plan, "AuthorizerNewVersionErrorsAlarm"))
    assert counted(found(plan, "AuthorizerErrorsAlarm")) == ("Invocations", "Sum", SHARE, 1)
    assert {alarm.total for alarm in plan.alarms if "Approval" in alarm.name} == {None}


def test_a_function_that_reads_batches_is_invoked_once_for_each(book: Book) -> None:
    work = {"id": "work", "trigger": "message", "listens_to": "jobs", "longest_run_s": "10 s", "language": "python"}
    plan = planned(book, work, channels=[{"id": "jobs", "rate_average_rps": "20/s"}])
    (node,) = [node for node in plan.architecture.nodes if node.role == "compute"]
    assert node.settings["batch_size"] == 5
    assert counted(found(plan, "WorkFunctionErrorsAlarm")) is None
    busy = planned(book, work, channels=[{"id": "jobs", "rate_average_rps": "2000/s"}])
    assert counted(found(busy, "WorkFunctionErrorsAlarm")) == ("Invocations", "Sum", SHARE, 1)


def test_work_that_is_lost_rings_at_once_under_every_load(book: Book) -> None:
    work = {"id": "work", "trigger": "message", "listens_to": "jobs", "longest_run_s": "10 s", "language": "python"}
    plan = planned(book, work, channels=[{"id": "jobs", "rate_average_rps": "2000/s"}])
    lost = [alarm for alarm in plan.alarms if alarm.metric == "ApproximateNumberOfMessagesVisible"]
    assert [(alarm.total, alarm.above) for alarm in lost] == [(None, 0)]


def test_a_shared_load_balancer_has_the_load_of_all_services_and_each_service_its_own(book: Book) -> None:
    service = {"trigger": "request", "packaging": "container-image", "pins": {"compute": "ecs", "entry": "alb"}}
    shop, quiet = (
        {"id": "shop", **service, "rate_average_rps": "100/s"},
        {"id": "quiet", **service, "rate_average_rps": "1/s"},
    )
    plan = planned(book, shop, quiet)
    by_name = {alarm.name: counted(alarm) for alarm in plan.alarms if "5XX" in alarm.metric}
    assert {name for name, share in by_name.items() if share} == {name for name in by_name if "Quiet" not in name}
    assert len(by_name) == 3


@pytest.mark.parametrize("rate", ["2/s", "500/s"])
def test_errors_of_a_load_balancer_and_of_its_targets_are_told_apart(rate: str, book: Book) -> None:
    plan = planned(book, {**API, "rate_average_rps": rate, "pins": {"entry": "alb"}})
    own, behind = found(plan, "ServerErrorsAlarm").description, found(plan, "TargetErrorsAlarm").description
    assert "of the load balancer itself" in own.en
    assert "of the targets" in behind.en
    assert "ロードバランサー自身の" in own.ja
    assert "ターゲットの" in behind.ja
