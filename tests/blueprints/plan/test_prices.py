"""Prices stand where a choice is made: each from one row with its source and day, none typed anywhere else."""

import re
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
import yaml

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.parameters.deployment import LOG_RETENTION
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.plan.network import Network
from blueprints.plan.prices import ELSEWHERE, price, priced, standing_costs
from blueprints.project import project_files

ROWS = yaml.safe_load(files("blueprints.plan").joinpath("prices.yaml").read_text("utf-8"))


def test_every_price_has_a_source_and_a_day() -> None:
    for id, row in ROWS.items():
        # Some prices are known in one Region only.
        for region in (ELSEWHERE, *({"ap-northeast-1"} & row.keys())):
            assert re.fullmatch(r"20\d\d(-\d\d(-\d\d)?)?", str(row[region]["as_of"])), id
            assert price(id, region).usd > 0
            assert price(id, region).source.startswith("https://")
            assert "{" not in price(id, region).source
    assert price("alarm", "sa-east-1").region == ELSEWHERE


def test_prices_of_another_region_are_not_shown() -> None:
    assert standing_costs(None, 20, "ap-northeast-1")
    assert standing_costs(None, 20, "eu-central-1") == ()
    (shown,) = priced((LOG_RETENTION,), "ap-northeast-1")
    assert "USD" in shown.description.en
    assert priced((LOG_RETENTION,), "eu-central-1") == (LOG_RETENTION,)


@pytest.mark.parametrize("story", rules.STORIES)
def test_parameters_on_which_the_bill_turns_say_what_they_cost(designs: Mapping[str, Design], story: str) -> None:
    said = {one.id: one.description for one in plan_for(designs[story]).parameters}
    for id in ("FunctionArchitecture", "TaskArchitecture", "LogRetentionDays"):
        if id in said:
            assert "USD" in said[id].en
            assert "USD" in said[id].ja
    if "FunctionArchitecture" in said:
        assert (
            f"arm64 costs {Decimal(str(ROWS['lambda-arm64']['ap-northeast-1']['usd'])):f} USD per GB-second"
            in said["FunctionArchitecture"].en
        )


def test_the_readme_holds_endpoints_against_a_gateway(designs: Mapping[str, Design]) -> None:
    plan = plan_for(designs["container-web-service"])
    assert plan.network is not None
    count = len(plan.network.interfaces)
    total = Decimal(str(ROWS["endpoint-hour"]["ap-northeast-1"]["usd"])) * count * 2
    readme = project_files(plan, "sam", "en", permissions_of(plan))["README.md"].decode()
    assert f"{count} interface endpoints in 2 Availability Zones: {total.normalize():f} USD per hour" in readme
    assert (
        f"{len(plan.alarms)} alarms: {Decimal(str(ROWS['alarm']['ap-northeast-1']['usd'])) * len(plan.alarms):.2f} USD"
        in readme
    )
    assert standing_costs(None, 0, "ap-northeast-1") == ()


def _network(book: Book, **workload: object) -> Network:
    web = {"id": "web", "trigger": "request", "packaging": "container-image", "state_in_memory": True}
    worker = {"id": "worker", "trigger": "always-on", "uses_secrets": True, "writes": ["orders"]}
    content = {
        "schema": 2,
        "workload": {"region": "us-east-1", **workload},
        "components": [web, worker],
        "stores": [{"id": "orders", "access": "key-value"}],
    }
    network = plan_for(advise(make_requirements(content), book)).network
    assert network is not None
    return network


def test_a_gateway_replaces_the_endpoints_where_cost_is_a_priority_and_they_cost_more(book: Book) -> None:
    endpoints = _network(book).interfaces
    network = _network(book, priorities=["cost"])
    assert (network.nat, network.interfaces, network.instead_of) == (True, (), endpoints)
    ((text, _),) = standing_costs(network, 0, "us-east-1")
    assert (
        f"{len(endpoints)} interface endpoints in 2 Availability Zones would cost {Decimal('0.02') * len(endpoints)} USD per hour"
        in text.en
    )
    # Two gateways, one in each zone, cost more than four endpoints.
    assert len(endpoints) == 4
    assert _network(book, priorities=["cost"], zone_failure=True).interfaces == endpoints


@pytest.mark.parametrize("private", [{"data_class": "confidential"}, {"vpc_only": True}])
def test_endpoints_stay_whatever_they_cost_where_paths_have_to_be_private(book: Book, private: dict[str, Any]) -> None:
    network = _network(book, priorities=["cost"], **private)
    assert network.interfaces
    assert (network.nat, network.instead_of) == (False, ())


def test_no_price_is_typed_into_a_fragment_or_a_template() -> None:
    for path in files("blueprints").rglob("*"):  # type: ignore[attr-defined]
        if path.suffix in (".py", ".j2", ".txt"):
            text = path.read_text("utf-8")
            assert not re.search(r"\b0\.\d+ USD|\$0\.\d", text), path
