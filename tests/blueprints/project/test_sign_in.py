"""Programs behind a load balancer that signs users in: they verify its signature where they reach its public keys."""

from typing import Any

import pytest
import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from blueprints.sam.translation import parse_template

WEB = {"packaging": "container-image", "portability": True}
#: Name -> answers of the workload, answers of the component, and whether the program reaches the public keys.
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "tasks without a way out": ({"estate": "containers"}, WEB, False),
    "tasks in an existing VPC": ({"estate": "containers", "existing": ["vpc"]}, WEB, False),
    "pods behind a NAT gateway": ({"estate": "kubernetes"}, {**WEB, "kubernetes": "ecosystem"}, True),
    "pods in an existing VPC": (
        {"estate": "kubernetes", "existing": ["vpc", "cluster"]},
        {**WEB, "kubernetes": "ecosystem"},
        False,
    ),
    "a function": ({}, {"pins": {"entry": "alb", "compute": "lambda"}}, True),
    "a function in the VPC": ({"vpc_only": True}, {"pins": {"entry": "alb", "compute": "lambda"}}, False),
}
BEARERS = ("src/shop/bearer.py", "src/shop/bearer.ts")
HEADERS = {True: "x-amzn-oidc-data", False: "x-amzn-oidc-identity"}


def built(name: str, target: str, lang: str = "en", **more: Any) -> dict[str, bytes]:
    workload, component, _ = CASES[name]
    shop = {"id": "shop", "trigger": "request", "authentication": "sign-up", "reads": ["data"], "writes": ["data"]}
    asked = {
        "schema": 2,
        "workload": workload,
        "components": [{**shop, **component, **more}],
        "stores": [{"id": "data"}],
    }
    return blueprints.build(advise(make_requirements(asked), rules.load_book()), target, lang=lang, extras={})


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
@pytest.mark.parametrize("name", CASES)
def test_the_signature_is_verified_where_the_keys_are_reached(name: str, target: str) -> None:
    files, verified = built(name, target), CASES[name][2]
    programs = [content.decode() for path, content in files.items() if path.startswith("src/shop/")]
    assert any(f"src/shop/identity.{end}" in files for end in ("py", "ts")) is verified
    written = "".join(programs).lower().replace("_", "-")
    assert HEADERS[verified] in written
    assert HEADERS[not verified] not in written
    assert ("LOAD_BALANCER_ARN" in "".join(programs)) is verified


def test_a_function_is_told_which_load_balancer_signs() -> None:
    template = parse_template(built("a function", "sam")["template.yaml"].decode())
    functions = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    (told,) = [f["Environment"]["Variables"]["LOAD_BALANCER_ARN"] for f in functions]
    assert template["Resources"][told["Ref"]]["Type"] == "AWS::ElasticLoadBalancingV2::LoadBalancer"


def test_pods_are_told_which_load_balancer_signs() -> None:
    files = built("pods behind a NAT gateway", "sam")
    template = parse_template(files["template.yaml"].decode())
    documents = list(yaml.safe_load_all(files["kubernetes/base/shop.yaml"]))
    (variables,) = [document["data"] for document in documents if document["kind"] == "ConfigMap"]
    assert "LOAD_BALANCER_ARN" in variables
    told = template["Outputs"]["ShopWorkloadEnvLoadBalancerArn"]["Value"]["Ref"]
    assert template["Resources"][told]["Type"] == "AWS::ElasticLoadBalancingV2::LoadBalancer"


@pytest.mark.parametrize("name", CASES)
def test_the_readme_says_what_is_believed(name: str) -> None:
    _, _, verified = CASES[name]
    for lang in ("en", "ja"):
        readme = built(name, "sam", lang)["README.md"].decode()
        said = {"en": "identifies the user by the header `{}`", "ja": "ヘッダー `{}` で利用者を識別します"}[lang]
        believed = [said.format(HEADERS[one]) in readme for one in (verified, not verified)]
        assert believed == [True, False]
    readme = built(name, "sam")["README.md"].decode()
    assert ("the generator does not know whether your VPC" in readme) is ("existing VPC" in name)


def test_without_sign_in_nothing_is_said() -> None:
    files = built("a function", "sam", authentication="none")
    assert "oidc" not in files["README.md"].decode()
    assert "src/shop/identity.py" not in files


def test_open_reads_verify_who_writes() -> None:
    files = built("a function", "sam", open_reads=True)
    assert "identity.user(" in files["src/shop/caller.py"].decode()


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_the_readme_calls_no_load_balancer_without_a_session(target: str) -> None:
    """A load balancer redirects each request that has no session, also one with a token."""
    readme = built("a function", target)["README.md"].decode()
    calls = [line for line in readme.splitlines() if "$API/" in line and not line.startswith("echo ")]
    assert len(calls) > 2
    assert all('-H "cookie: $COOKIE"' in line for line in calls)
    assert "except that of `shop`" in readme or "does not test the programs" in readme


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
@pytest.mark.parametrize("name", CASES)
def test_the_tokens_of_partners_are_verified_by_the_load_balancer_and_the_program(name: str, target: str) -> None:
    files, reaches_keys = (
        built(name, target, exposure="partner", pins={**CASES[name][1].get("pins", {}), "entry": "alb"}),
        CASES[name][2],
    )
    (checking,) = (content.decode() for path, content in files.items() if path in BEARERS)
    assert ("TOKEN_KEYS_URL" in checking) is reaches_keys
    assert not any(path.startswith("src/shop/identity.") for path in files)
    written = "".join(
        content.decode() for path, content in files.items() if path.startswith(("lib/", "stacks/", "template"))
    )
    assert "uthenticate" not in written.replace("authenticate_jwt", "").replace("authenticateJwt", "")
    assert any(word in written for word in ("jwt-validation", "authenticate_jwt", "authenticateJwt"))
    assert "TOKEN_AUDIENCE" in written or "kubernetes" in str(CASES[name][0])
    readme = files["README.md"].decode()
    assert 'curl -s -H "authorization: Bearer $TOKEN" "$API/health"' in readme
    assert "Programs call `src/shop` with a token" in readme
    assert "cookie" not in readme


def test_the_listener_verifies_the_tokens_of_an_existing_provider() -> None:
    files = built("a function", "sam", exposure="partner", authentication="existing-provider")
    template = parse_template(files["template.yaml"].decode())
    listeners = [r["Properties"] for r in template["Resources"].values() if r["Type"].endswith("::Listener")]
    (actions,) = (one["DefaultActions"] for one in listeners if one["Protocol"] == "HTTPS")
    config = {"Issuer": {"Ref": "OidcIssuer"}, "JwksEndpoint": {"Ref": "OidcJwksEndpoint"}}
    assert actions[0] == {"Type": "jwt-validation", "Order": 1, "JwtValidationConfig": config}
    assert (actions[1]["Type"], actions[1]["Order"]) == ("forward", 2)
    assert {"OidcIssuer", "OidcAudience", "OidcJwksEndpoint"} <= template["Parameters"].keys()
    assert "OidcClientSecretArn" not in template["Parameters"]


@pytest.mark.parametrize("mails", [True, False])
def test_a_sign_in_asks_for_the_address_of_the_user_if_emails_go_to_users(mails: bool) -> None:
    """The claims that a load balancer passes on are those of the scope, by default `openid` without the address."""
    shop = {"id": "shop", "trigger": "request", "authentication": "existing-provider", "writes": ["data"]}
    shop |= {"pins": {"entry": "alb"}, **({"publishes": ["mails"]} if mails else {})}
    people = [{"kind": "customer-email", "title": "Customer"}]
    channels = {"channels": [{"id": "mails", "carries": "work", "destinations": people}]} if mails else {}
    design = advise(
        make_requirements({"components": [shop], "stores": [{"id": "data"}], **channels}), rules.load_book()
    )
    for target in ("sam", "cdk-python", "cdk-typescript"):
        files = blueprints.build(design, target, lang="en", extras={})
        assert (
            any(
                b"openid email" in content
                for path, content in files.items()
                if path.startswith(("lib/", "stacks/", "template"))
            )
            is mails
        )


def test_the_readme_names_the_entry_points_that_are_not_tested() -> None:
    nightly = {"id": "nightly", "trigger": "request", "authentication": "sign-up", "writes": ["data"]}
    shop = {"id": "shop", "trigger": "request", "authentication": "sign-up", "writes": ["data"]}
    asked = {"components": [{**shop, "pins": {"entry": "alb"}}, nightly], "stores": [{"id": "data"}]}
    files = blueprints.build(advise(make_requirements(asked), rules.load_book()), "sam", lang="en", extras={})
    readme, tests = files["README.md"].decode(), files["integration/test_stack.py"].decode()
    assert "each entry point except that of `shop`, or start an execution" in readme
    assert "def test_nightly" in tests
    assert "def test_shop" not in tests


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "must reach the token and user info endpoints"), ("ja", "IPv4 で到達")]
)
def test_an_existing_vpc_lets_an_internal_load_balancer_reach_an_existing_provider(lang: str, words: str) -> None:
    name, private = "tasks in an existing VPC", {"authentication": "existing-provider", "exposure": "private"}
    assert words in built(name, "sam", lang, **private)["README.md"].decode()
    for other in ({**private, "exposure": "public"}, {**private, "authentication": "none"}):
        assert words not in built(name, "sam", lang, **other)["README.md"].decode()
