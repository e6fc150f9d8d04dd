"""Each fault of listener rules is found, and sound projects have none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.listening import prefixes, rules_of, taken_by
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

#: Forged headers are tried on the programs themselves.
pytestmark = pytest.mark.usefixtures("project_python")
Resources = dict[str, Any]
RULE = "OrdersTaskRule"


def answers() -> dict[str, Any]:
    shop = story("shared-balancer")
    orders, catalog, _, prices = shop["components"]
    shop["stores"].append({"id": "baskets", "access": "key-value"})
    orders |= {"authentication": "sign-up", "calls": ["stock", "prices"]}
    catalog |= {"authentication": "sign-up", "reads": ["baskets"], "writes": ["baskets"]}
    prices["calls"] = ["stock"]
    return shop


@pytest.fixture
def project(tmp_path: Path) -> WrittenProject:
    return write_project(answers(), tmp_path / "shop")


def test_sound_projects_have_none(project: WrittenProject) -> None:
    for check in ("routing", "trust", "alarms", "watched", "contracts", "suppressions"):
        assert project.rules_found_by(check) == set(), check


def test_a_service_alone_has_none(tmp_path: Path) -> None:
    assert write_project(story("container-web-service"), tmp_path / "web").rules_found_by("routing") == set()


def _change(id: str, **values: Any) -> Callable[[Resources], None]:
    def fault(resources: Resources) -> None:
        resources[id]["Properties"].update(values)

    return fault


def _takes_all(resources: Resources) -> None:
    rule = resources["CatalogTaskRule"]["Properties"]
    rule["Priority"] = 1
    rule["Conditions"][0]["PathPatternConfig"]["Values"] = ["/*"]


def _same_priority(resources: Resources) -> None:
    resources[RULE]["Properties"]["Priority"] = resources["CatalogTaskRule"]["Properties"]["Priority"]


def _default_forward(resources: Resources) -> None:
    forward = resources["CatalogTaskRule"]["Properties"]["Actions"][-1]
    resources["PublicLoadBalancerListener"]["Properties"]["DefaultActions"] = [{**forward, "Order": 1}]


def _one_session(resources: Resources) -> None:
    for id in (RULE, "CatalogTaskRule"):
        del resources[id]["Properties"]["Actions"][0]["AuthenticateCognitoConfig"]["SessionCookieName"]


def _no_sign_in(resources: Resources) -> None:
    resources[RULE]["Properties"]["Actions"].pop(0)


def _other_prefix(resources: Resources) -> None:
    container = resources["OrdersTaskDefinition"]["Properties"]["ContainerDefinitions"][0]
    next(one for one in container["Environment"] if one["Name"] == "PATH_PREFIX")["Value"] = "/order"


def _called_elsewhere(resources: Resources) -> None:
    container = resources["OrdersTaskDefinition"]["Properties"]["ContainerDefinitions"][0]
    variable = next(one for one in container["Environment"] if one["Name"] == "STOCK_BASE_URL")
    variable["Value"] = {"Fn::Sub": "https://${PrivateLoadBalancerDomainName}/stocks"}


def _called_by_host_name(resources: Resources) -> None:
    container = resources["OrdersTaskDefinition"]["Properties"]["ContainerDefinitions"][0]
    variable = next(one for one in container["Environment"] if one["Name"] == "STOCK_BASE_URL")
    variable["Value"] = {"Fn::Sub": "https://${PrivateLoadBalancer.DNSName}/stock"}


FAULTS: dict[str, tuple[Callable[[Resources], None], str]] = {
    "two rules with one priority": (_same_priority, "priority"),
    "a priority that there is not": (_change(RULE, Priority=50001), "priority"),
    "a rule that takes what is another's": (_takes_all, "shadowed-rule"),
    "a default that forwards": (_default_forward, "default-forward"),
    "one session for two sign-ins": (_one_session, "shared-session"),
    "a rule without its sign-in": (_no_sign_in, "unsigned-rule"),
    "a program that expects another path": (_other_prefix, "other-path"),
    "an address that no rule is for": (_called_elsewhere, "called-in-vain"),
    "an address that no certificate is for": (_called_by_host_name, "unverified-host"),
    "health asked by a path of callers": (
        _change("OrdersTaskTargetGroup", HealthCheckPath="/orders/health"),
        "health-by-rule",
    ),
}


def test_a_function_that_calls_an_internal_load_balancer_is_in_its_vpc(tmp_path: Path) -> None:
    """Fault: it is outside, from where there is no way."""
    portal = {"id": "portal", "trigger": "request", "exposure": "public", "calls": ["booking"]}
    booking = {"id": "booking", "packaging": "container-image", "cold_start_ok": False, "exposure": "private"}
    project = write_project({"title": "Booking", "components": [portal, booking]}, tmp_path / "booking")
    assert project.rules_found_by("routing") == set()

    def outside(resources: Resources) -> None:
        del resources["PortalFunction"]["Properties"]["VpcConfig"]

    project.plant(outside)
    assert project.rules_found_by("routing") == {"no-way"}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str, project: WrittenProject) -> None:
    plant, rule = FAULTS[fault]
    project.plant(plant)
    assert rule in project.rules_found_by("routing")


def test_a_program_that_takes_no_notice_of_its_path_is_found(project: WrittenProject) -> None:
    main = project.evidence.folder / "src" / "orders" / "main.py"
    main.write_text(main.read_text("utf-8").replace("PATH_PREFIX", "PREFIX"), "utf-8")
    assert "other-path" in project.rules_found_by("routing")


def test_a_forged_identity_without_sign_in_is_found(project: WrittenProject) -> None:
    project.plant(_no_sign_in)
    assert "forged-header" in project.rules_found_by("trust")


def test_a_group_that_no_rule_forwards_to_has_no_alarm_that_rings(project: WrittenProject) -> None:
    project.plant(_change(RULE, Actions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}]))
    assert "dimension-resource" in project.rules_found_by("alarms")


def test_a_filter_belongs_to_the_services_behind(tmp_path: Path) -> None:
    shop = answers()
    for component in shop["components"][:2]:
        component["waf"] = True
    project = write_project(shop, tmp_path / "filtered")
    assert project.rules_found_by("suppressions") == set()

    def unfiltered(resources: Resources) -> None:
        del resources["PublicFilteredLoadBalancerWebAcl"]

    project.plant(unfiltered)
    assert project.rules_found_by("suppressions")


def test_requests_follow_the_rules(project: WrittenProject) -> None:
    stack = project.evidence.stack
    listener = stack.resources["PublicLoadBalancerListener"]
    assert [rule.resource.id for rule in rules_of(stack, listener.id)] == ["CatalogTaskRule", RULE]
    assert taken_by(stack, listener, "/orders/items").id == RULE
    assert taken_by(stack, listener, "/orders").id == RULE
    assert taken_by(stack, listener, "/ordersx/items") is listener
    assert [*prefixes(stack, ["OrdersTaskTargetGroup"])] == ["/orders"]
