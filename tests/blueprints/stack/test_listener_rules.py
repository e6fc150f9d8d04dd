"""Services behind one load balancer in a stack: rules, sign-ins, groups, alarms and addresses of each."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.shared.listener_rules import LAST_PRIORITY, LISTENER_RULE, priorities_of
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.values import Att, Ref
from tests.advisor.test_shared_balancers import service

GROUP = "AWS::EC2::SecurityGroup"


def stack(book: Book, *components: dict[str, Any], existing: tuple[str, ...] = ()) -> Scope:
    workload = {"estate": "containers", "existing": list(existing)}
    answers = {"title": "Shop", "workload": workload, "components": list(components)}
    return stack_of(plan_for(advise(make_requirements(answers), book)), "en")


@pytest.fixture(scope="module")
def shop(book: Book) -> Scope:
    return stack(
        book,
        service("orders", authentication="sign-up", calls=["stock", "prices"]),
        service("catalog", authentication="sign-up", state_in_memory=True),
        service("search"),
        service("stock", exposure="private"),
        service("prices", exposure="private", calls=["stock"]),
    )


def of_type(scope: Scope, type: str) -> dict[str, Any]:
    return {id: one.get("Properties", {}) for id, one in scope.resources.items() if one["Type"] == type}


def test_priorities_stay_when_services_come_and_go() -> None:
    few, many = priorities_of(["a", "c"]), priorities_of(["a", "b", "c", "d"])
    assert few == {id: many[id] for id in few}
    assert priorities_of(["c", "a"]) == few


def test_no_two_rules_have_one_priority() -> None:
    priorities = priorities_of(str(number) for number in range(2000)).values()
    assert len(set(priorities)) == 2000
    assert 1 <= min(priorities) <= max(priorities) <= LAST_PRIORITY


def test_each_service_has_a_rule_for_its_path(shop: Scope) -> None:
    paths = {
        id: rule["Conditions"][0]["PathPatternConfig"]["Values"] for id, rule in of_type(shop, LISTENER_RULE).items()
    }
    names = ("orders", "catalog", "search", "stock", "prices")
    assert paths == {f"{name.title()}TaskRule": [f"/{name}", f"/{name}/*"] for name in names}
    (action,) = shop.properties("PublicLoadBalancerListener")["DefaultActions"]
    assert (action["Type"], action["FixedResponseConfig"]["StatusCode"]) == ("fixed-response", "404")


def test_each_sign_in_belongs_to_its_rule(shop: Scope) -> None:
    rules = of_type(shop, LISTENER_RULE)
    kinds = {id: [(action["Order"], action["Type"]) for action in rule["Actions"]] for id, rule in rules.items()}
    signed = [(1, "authenticate-cognito"), (2, "forward")]
    assert kinds["OrdersTaskRule"] == kinds["CatalogTaskRule"] == signed
    assert kinds["SearchTaskRule"] == [(1, "forward")]
    cookies = [
        rule["Actions"][0]["AuthenticateCognitoConfig"]["SessionCookieName"]
        for id, rule in rules.items()
        if kinds[id] == signed
    ]
    assert len(set(cookies)) == 2
    assert all(
        rules[id]["Actions"][0]["AuthenticateCognitoConfig"]["SessionTimeout"] <= 8 * 60 * 60
        for id in rules
        if kinds[id] == signed
    )


def test_only_the_load_balancer_reaches_a_service(shop: Scope) -> None:
    for name, balancer in {"Orders": "Public", "Search": "Public", "Stock": "Private"}.items():
        (rule,) = shop.properties(f"{name}TaskSecurityGroup")["SecurityGroupIngress"]
        assert rule["SourceSecurityGroupId"] == Att(f"{balancer}LoadBalancerSecurityGroup", "GroupId")
        assert (rule["FromPort"], rule["ToPort"]) == (8080, 8080)


def test_a_group_has_no_rule_twice(shop: Scope, book: Book) -> None:
    # The callers of two components that are told apart: people who sign in, and a partner who signs.
    hook = service("hook", exposure="public", authentication="signature")
    for scope in (shop, stack(book, service("orders", authentication="existing-provider"), hook)):
        for group in of_type(scope, GROUP).values():
            rules = group.get("SecurityGroupIngress", [])
            assert all(rule not in rules[:number] for number, rule in enumerate(rules))


def test_groups_of_services_that_call_each_other_can_be_made(shop: Scope) -> None:
    inline = shop.properties("PrivateLoadBalancerSecurityGroup")["SecurityGroupIngress"]
    assert [rule for rule in inline if "SourceSecurityGroupId" in rule] == []
    apart = of_type(shop, "AWS::EC2::SecurityGroupIngress")
    assert {rule["SourceSecurityGroupId"].resource for rule in apart.values()} == {
        "OrdersTaskSecurityGroup",
        "PricesTaskSecurityGroup",
    }
    assert {rule["GroupId"].resource for rule in apart.values()} == {"PrivateLoadBalancerSecurityGroup"}


def test_a_service_waits_for_its_rule(shop: Scope) -> None:
    assert shop.resources["OrdersTaskService"]["DependsOn"] == ["OrdersTaskRule"]
    sticky = shop.properties("CatalogTaskTargetGroup")["TargetGroupAttributes"]
    assert {"Key": "stickiness.enabled", "Value": "true"} in sticky
    assert not [
        one for one in shop.properties("SearchTaskTargetGroup")["TargetGroupAttributes"] if "sticki" in one["Key"]
    ]


def test_programs_know_their_path_and_that_of_whom_they_call(shop: Scope) -> None:
    (container,) = shop.properties("OrdersTaskDefinition")["ContainerDefinitions"]
    variables = {one["Name"]: one["Value"] for one in container["Environment"]}
    assert variables["PATH_PREFIX"] == "/orders"
    name = Ref("PrivateLoadBalancerDomainName")
    assert [variables[f"{name}_BASE_URL"].parts for name in ("STOCK", "PRICES")] == [
        ("https://", name, "/stock"),
        ("https://", name, "/prices"),
    ]
    assert shop.outputs["OrdersTaskUrl"]["Value"].parts == ("https://", Ref("PublicLoadBalancerDomainName"), "/orders")


def test_each_service_is_watched_and_rolled_back_by_itself(shop: Scope) -> None:
    share = shop.properties("OrdersTaskTargetErrorsAlarm")["Metrics"]
    metrics = [query["MetricStat"]["Metric"] for query in share if "MetricStat" in query]
    assert [metric["MetricName"] for metric in metrics] == ["HTTPCode_Target_5XX_Count", "RequestCount"]
    assert all([one["Name"] for one in each["Dimensions"]] == ["LoadBalancer", "TargetGroup"] for each in metrics)
    assert {"OrdersTaskLatencyAlarm", "OrdersTaskUnhealthyAlarm", "SearchTaskLatencyAlarm"} <= set(shop.resources)
    assert "PublicLoadBalancerServerErrorsAlarm" in shop.resources
    assert "PublicLoadBalancerTargetErrorsAlarm" not in shop.resources
    deployment = shop.properties("OrdersTaskService")["DeploymentConfiguration"]
    assert deployment["Alarms"]["AlarmNames"] == [Ref("OrdersTaskTargetErrorsAlarm")]


def test_late_is_late_for_the_callers_of_the_service(book: Book) -> None:
    scope = stack(book, service("orders", response_s="50 s"), service("search", response_s="5 s"))
    thresholds = [scope.properties(f"{name}TaskLatencyAlarm")["Threshold"] for name in ("Orders", "Search")]
    assert thresholds == [40, 4]


def test_one_pool_signs_in_for_several_load_balancers(book: Book) -> None:
    scope = stack(
        book,
        service("orders", authentication="sign-up", waf=True),
        service("catalog", waf=True),
        service("admin", authentication="sign-up"),
        service("search"),
        existing=("domain",),
    )
    (client,) = of_type(scope, "AWS::Cognito::UserPoolClient").values()
    assert [url.parts[1] for url in client["CallbackURLs"]] == [
        Ref("PublicFilteredLoadBalancerDomainName"),
        Ref("PublicLoadBalancerDomainName"),
    ]
    assert list(of_type(scope, "AWS::WAFv2::WebACLAssociation")) == ["PublicFilteredLoadBalancerWebAcl"]


def test_a_service_alone_has_no_rule(book: Book) -> None:
    scope = stack(book, service("orders", authentication="sign-up"))
    assert of_type(scope, LISTENER_RULE) == {}
    config = scope.properties("OrdersLoadBalancerListener")["DefaultActions"][0]["AuthenticateCognitoConfig"]
    assert "SessionCookieName" not in config
    assert int(config["SessionTimeout"]) <= 8 * 60 * 60
    (container,) = scope.properties("OrdersTaskDefinition")["ContainerDefinitions"]
    assert "PATH_PREFIX" not in str(container)
