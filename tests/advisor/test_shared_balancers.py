"""Services of one exposure share a load balancer; what cannot share keeps its own, and one service alone keeps what it had."""

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.architecture.balancing import components_of, identities, path_of, sharing
from advisor.book import Book
from advisor.graph_builder.shared_balancers import MOST_RULES
from advisor.requirements import make_requirements

STEADY = {
    "trigger": "request",
    "packaging": "container-image",
    "longest_run_s": "10 s",
    "typical_run_s": "100 ms",
    "rate_average_rps": "200/s",
    "rate_peak_rps": "400/s",
    "shape": "steady",
    "hours_per_day": 24,
}


def service(id: str, **answers: Any) -> dict[str, Any]:
    return {"id": id, **STEADY, **answers}


def graph(book: Book, *components: Mapping[str, Any]) -> Architecture:
    answers = {"title": "Services", "workload": {"estate": "containers"}, "components": list(components)}
    return advise(make_requirements(answers), book).architecture


def balancers(architecture: Architecture) -> dict[str, tuple[str, ...]]:
    return {node.id: sharing(node) for node in architecture.of_service("alb")}


def test_a_service_alone_keeps_its_load_balancer(book: Book) -> None:
    architecture = graph(book, service("orders"))
    assert balancers(architecture) == {"orders.entry": ()}
    (invoked,) = architecture.leaving("orders.entry", "invoke")
    assert path_of(invoked) == ""


def test_services_of_one_exposure_have_one_load_balancer(book: Book) -> None:
    architecture = graph(
        book,
        service("orders"),
        service("catalog"),
        service("stock", exposure="private"),
        service("prices", exposure="private"),
        service("feeds", exposure="partner"),
    )
    assert balancers(architecture) == {
        "workload.public-entry": ("orders", "catalog"),
        "workload.private-entry": ("stock", "prices"),
        "feeds.entry": (),
    }
    paths = {edge.target: path_of(edge) for edge in architecture.leaving("workload.public-entry", "invoke")}
    assert paths == {"orders.compute": "/orders", "catalog.compute": "/catalog"}
    assert [edge.id for edge in architecture.entering("workload.private-entry", "request")] == [
        "client.private>request>workload.private-entry"
    ]
    steps = [edge.step for edge in architecture.edges if edge.step is not None]
    assert steps == list(range(1, len(steps) + 1))


def test_alike_services_have_one_load_balancer(book: Book) -> None:
    architecture = graph(book, service("reviews", count=12))
    assert balancers(architecture) == {"workload.public-entry": ("reviews",)}
    (node,) = architecture.of_service("alb")
    assert node.count == 1
    assert architecture.node("reviews.compute").count == 12


def test_load_balancers_have_no_more_services_than_rules(book: Book) -> None:
    halves = [service(f"part-{number}", count=60) for number in range(3)]
    nodes = graph(book, *halves).of_service("alb")
    assert [sharing(node) for node in nodes] == [("part-0",), ("part-1",), ("part-2",)]
    (node,) = graph(book, service("reviews", count=2 * MOST_RULES)).of_service("alb")
    assert node.count == 2


def test_a_web_acl_filters_those_who_ask_for_it_alone(book: Book) -> None:
    architecture = graph(
        book, service("orders", waf=True), service("catalog", waf=True), service("search"), service("admin")
    )
    assert balancers(architecture) == {
        "workload.public-filtered-entry": ("orders", "catalog"),
        "workload.public-entry": ("search", "admin"),
    }
    assert [edge.source for edge in architecture.entering("workload.waf")] == ["workload.public-filtered-entry"]


@pytest.mark.parametrize(
    "apart",
    [
        {"isolation": "per-tenant"},
        {"protocol": "websocket"},
        {"protocol": "tcp-udp"},
        {"pins": {"compute": "eks", "engine": "eks-fargate", "entry": "alb"}},
        {"pins": {"compute": "lambda", "entry": "alb"}, "packaging": "code"},
    ],
    ids=str,
)
def test_what_cannot_share_keeps_its_own(apart: dict[str, Any], book: Book) -> None:
    architecture = graph(book, service("orders"), service("catalog"), service("other", **apart))
    assert balancers(architecture)["workload.public-entry"] == ("orders", "catalog")
    assert [edge for edge in architecture.leaving("workload.public-entry", "invoke") if "other" in edge.target] == []


def test_a_sign_in_is_that_of_the_service_that_asks_for_it(book: Book) -> None:
    architecture = graph(book, service("orders", authentication="sign-up"), service("catalog"))
    (checked,) = architecture.leaving("workload.public-entry", "authorize")
    assert components_of(checked) == ("orders",)
    by_service = {
        edge.target: identities(architecture, edge) for edge in architecture.leaving("workload.public-entry", "invoke")
    }
    assert by_service == {"orders.compute": (checked,), "catalog.compute": ()}


def test_a_call_says_which_service_it_is_for(book: Book) -> None:
    architecture = graph(
        book,
        service("orders", calls=["stock", "prices"]),
        service("stock", exposure="private"),
        service("prices", exposure="private", calls=["stock"]),
    )
    called = {edge.source: components_of(edge) for edge in architecture.entering("workload.private-entry", "call")}
    assert called == {"orders.compute": ("stock", "prices"), "prices.compute": ("stock",)}


def test_it_waits_as_long_as_the_most_patient(book: Book) -> None:
    architecture = graph(book, service("orders", response_s="90 s"), service("catalog", response_s="20 s"))
    node = architecture.node("workload.public-entry")
    assert (node.settings["idle_timeout_s"], node.settings["timeout_s"]) == (90, 90)
    own = {edge.target: edge.settings["timeout_s"] for edge in architecture.leaving(node.id, "invoke")}
    assert own == {"orders.compute": 90, "catalog.compute": 29}


def test_budgets_name_what_is_there(book: Book) -> None:
    architecture = graph(book, service("orders", response_s="90 s"), service("catalog"))
    edges = {edge.id for edge in architecture.edges}
    sources = [budget.source for edge in architecture.edges for budget in edge.budgets]
    assert {budget.edge for edge in architecture.edges for budget in edge.budgets} <= edges
    assert "workload.public-entry.idle_timeout_s" in sources
    assert not [source for source in sources if source.startswith(("orders.entry.", "catalog.entry."))]
